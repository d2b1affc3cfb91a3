#pragma once

#include <string>
#include <vector>

#include "bot/domain/result.hpp"

namespace muster::config {

// One thing in a file that does not fit. All of a file's problems are told at once.
struct Problem {
    std::string file;     // as it was given
    int line = 0;         // from 1; 0 = the file as a whole
    std::string pointer;  // JSON pointer: "/slack/0/transport"; "" = the whole text
    std::string
        expected;  // plain words: "\"http\" or \"socket\""; never a value that may be secret

    bool operator==(const Problem&) const = default;
};

using Problems = std::vector<Problem>;

// muster.jsonc:12: /slack/0/transport: expected "http" or "socket"
std::string to_text(const Problem&);

template <class T>
using Checked = boost::system::result<T, Problems>;

[[noreturn]] void throw_exception_from_error(const Problems&, const boost::source_location&);

}  // namespace muster::config
