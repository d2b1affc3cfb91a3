#pragma once

#include "adapters/http/request_head.hpp"
#include "adapters/http/routes.hpp"

namespace muster::http {

// A request that a route takes; its body is not read yet.
struct Asked {
    const Route* route = nullptr;  // lives in the table
    RequestHead head;
};

struct Refused {
    int status = 0;     // 0: the peer has gone, there is nobody to tell
    std::string allow;  // with 405: the methods that would do
};

// Everything that is decided before a byte of the body is read. `head` ends with its empty line.
std::variant<Asked, Refused> admit(
    std::string_view head, const std::vector<std::string>& hosts, const Routes& routes
);

}  // namespace muster::http
