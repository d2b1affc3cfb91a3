#include "bot/ports/http_client.hpp"

#include <algorithm>

namespace muster {

std::optional<std::string> HttpAnswer::header(std::string_view name) const {
    auto is_named = [&](const auto& field) { return field.first == name; };
    auto found = std::ranges::find_if(headers, is_named);
    if (found == headers.end()) return std::nullopt;
    return found->second;
}

}  // namespace muster
