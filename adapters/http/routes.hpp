#pragma once

#include <map>

#include "adapters/http/message.hpp"

namespace muster::http {

struct Route {
    std::string method;                           // "GET" (answers HEAD too), "POST", ...
    std::string path;                             // "/livez", or "/local/*" for everything below
    std::size_t body_limit = 0;                   // bytes; a longer body is refused unread (413)
    std::vector<std::string> content_types = {};  // accepted, lower case; empty: not looked at
    Handler handler;
    milliseconds deadline = 10s;  // then the peer gets 503, while the handler runs on
};

// Which handler answers what. An exact path comes before a prefix, a longer prefix before a
// shorter.
class Routes {
public:
    // Throws std::invalid_argument for a route that is there already or cannot match.
    void add(Route route);

    using Methods = std::map<std::string, Route, std::less<>>;

    // Everything at the path, by method; nullptr when there is nothing. Valid as long as the table.
    const Methods* at(std::string_view path) const;

    // "GET, HEAD, POST", for the Allow field of a 405.
    static std::string allowed(const Methods& methods);
    std::string allowed() const;

private:
    std::map<std::string, Methods, std::less<>> exact_;
    std::map<std::string, Methods, std::less<>> below_;  // by prefix, which ends in '/'
};

}  // namespace muster::http
