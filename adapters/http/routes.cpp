#include "adapters/http/routes.hpp"

#include <set>
#include <stdexcept>

namespace muster::http {
namespace {

std::string list(const std::set<std::string>& methods) {
    std::string text;
    for (const auto& method : methods)
        text += (text.empty() ? "" : ", ") + method;
    return text;
}

void collect(const Routes::Methods& methods, std::set<std::string>& names) {
    for (const auto& [method, route] : methods)
        names.insert(method);
    if (names.contains("GET")) names.insert("HEAD");
}

}  // namespace

void Routes::add(Route route) {
    auto wrong = std::invalid_argument("route " + route.method + " " + route.path);
    if (!route.path.starts_with('/') || !route.handler) throw wrong;

    bool is_prefix = route.path.ends_with("/*");
    auto path = is_prefix ? route.path.substr(0, route.path.size() - 1) : route.path;
    if (path.find_first_of("*%?") != std::string::npos) throw wrong;

    auto& methods = (is_prefix ? below_ : exact_)[path];
    auto method = route.method;
    if (!methods.emplace(method, std::move(route)).second) throw wrong;
}

const Routes::Methods* Routes::at(std::string_view path) const {
    if (auto found = exact_.find(path); found != exact_.end()) return &found->second;

    for (auto end = path.rfind('/'); end != path.npos; end = path.rfind('/', end - 1)) {
        auto found = below_.find(path.substr(0, end + 1));
        if (found != below_.end()) return &found->second;
        if (end == 0) break;
    }
    return nullptr;
}

std::string Routes::allowed(const Methods& methods) {
    std::set<std::string> names;
    collect(methods, names);
    return list(names);
}

std::string Routes::allowed() const {
    std::set<std::string> names;
    for (const auto* table : {&exact_, &below_})
        for (const auto& [path, methods] : *table)
            collect(methods, names);
    return list(names);
}

}  // namespace muster::http
