#include "adapters/http/admission.hpp"

#include <algorithm>

namespace muster::http {
namespace {

bool accepts_type(const Route& route, const Fields& fields) {
    if (route.content_types.empty()) return true;
    auto field = fields.only("Content-Type");
    if (!field) return false;
    auto type = lower_case(field->substr(0, field->find(';')));
    type.erase(type.find_last_not_of(" \t") + 1);
    const auto& types = route.content_types;
    return std::find(types.begin(), types.end(), type) != types.end();
}

}  // namespace

std::variant<Asked, Refused> admit(
    std::string_view bytes, const std::vector<std::string>& hosts, const Routes& routes
) {
    auto read = read_head(bytes, hosts);
    if (auto* refused = std::get_if<Refusal>(&read))
        return Refused{refused->status, refused->status == 405 ? routes.allowed() : ""};

    Asked asked;
    asked.head = std::move(std::get<RequestHead>(read));
    const auto& head = asked.head;
    const auto* methods = routes.at(head.path);
    if (!methods) return Refused{404, {}};

    auto found = methods->find(head.method);
    if (found == methods->end() && head.method == "HEAD") found = methods->find("GET");
    if (found == methods->end()) return Refused{405, Routes::allowed(*methods)};

    asked.route = &found->second;
    if (!accepts_type(*asked.route, head.fields)) return Refused{415, {}};
    if (head.content_length > asked.route->body_limit)
        return Refused{head.expects_continue ? 417 : 413, {}};
    return asked;
}

}  // namespace muster::http
