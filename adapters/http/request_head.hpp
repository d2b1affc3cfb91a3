#pragma once

#include <variant>

#include "adapters/http/message.hpp"

namespace muster::http {

inline constexpr std::size_t longest_head = 8 * 1024;
inline constexpr std::size_t most_fields = 100;
inline constexpr std::size_t most_parameters = 64;

// The part of a request before its body, after every check that needs no route.
struct RequestHead {
    std::string method;
    std::string path;
    std::vector<Field> query;
    Fields fields;
    std::uint64_t content_length = 0;
    bool keep_alive = true;
    bool expects_continue = false;
};

// The status with which a request is refused; the connection is then closed.
struct Refusal {
    int status;
};

// `head` ends with its empty line. `hosts` are the values of Host that are ours, in lower case.
// Two readers must agree before a request is believed: Beast's parser and a look at the raw bytes.
std::variant<RequestHead, Refusal> read_head(
    std::string_view head, const std::vector<std::string>& hosts
);

// Can these bytes still become a head? Answers early, so that garbage need not run into a deadline.
bool may_become_head(std::string_view beginning);

}  // namespace muster::http
