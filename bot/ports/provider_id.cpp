#include "bot/ports/provider_id.hpp"

#include <algorithm>

namespace muster {
namespace {

std::vector<std::string> split_at_spaces(std::string_view text) {
    std::vector<std::string> pieces;
    for (;;) {
        auto end = text.find(' ');
        pieces.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return pieces;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

std::string provider_id(std::string_view place, std::string_view part) {
    return std::string{place} + "/" + std::string{part};
}

std::string provider_id_of(const Named& message) {
    auto name = provider_id(message.place, message.parts.front());
    for (std::size_t part = 1; part < message.parts.size(); ++part)
        name += " " + message.parts[part];
    return name;
}

std::optional<Named> named(std::string_view provider_id) {
    auto slash = provider_id.rfind('/');
    if (slash == 0 || slash == std::string_view::npos) return std::nullopt;
    Named message{
        std::string{provider_id.substr(0, slash)}, split_at_spaces(provider_id.substr(slash + 1))};
    auto is_missing = [](const std::string& part) { return part.empty(); };
    if (std::ranges::any_of(message.parts, is_missing)) return std::nullopt;
    return message;
}

}  // namespace muster
