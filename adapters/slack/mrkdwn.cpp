#include <algorithm>
#include <array>

#include "adapters/slack/render.hpp"

namespace muster::slack {
namespace {

struct Entity {
    char letter;
    std::string_view written;
};

constexpr std::array<Entity, 3> entities{{{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}}};

std::string without_entities(std::string_view text) {
    std::string words;
    while (!text.empty()) {
        auto is_here = [&](const Entity& entity) { return text.starts_with(entity.written); };
        const auto* entity = std::ranges::find_if(entities, is_here);
        const bool found = entity != entities.end();
        words += found ? entity->letter : text.front();
        text.remove_prefix(found ? entity->written.size() : 1);
    }
    return words;
}

// What stands in <...>: "@U1|ana", "https://example.org|the page".
struct Reference {
    std::string target;
    std::string label;  // "" = none
};

Reference reference_in(std::string_view inside) {
    const auto bar = inside.find('|');
    if (bar == std::string_view::npos) return {without_entities(inside), ""};
    return {without_entities(inside.substr(0, bar)), without_entities(inside.substr(bar + 1))};
}

std::string with_sign(char sign, std::string_view name) {
    return name.starts_with(sign) ? std::string{name} : sign + std::string{name};
}

// "!here", "!subteam^S1|@platform", "!date^1795512600^{date}|24 November"
std::string special_words(const Reference& reference) {
    const std::string_view target = reference.target;
    if (target.starts_with("!date^")) return reference.label;
    const auto name = target.substr(target.find_last_of("!^") + 1);
    return with_sign('@', reference.label.empty() ? name : reference.label);
}

// Whether the label is the address as people type it: without what goes without saying.
bool is_label_of(std::string_view address, std::string_view label) {
    for (std::string_view scheme : {"https://", "http://", "mailto:", "tel:"})
        if (address == std::string{scheme} + std::string{label}) return true;
    return address == label;
}

std::string link_words(const Reference& reference) {
    std::string_view address = reference.target;
    for (std::string_view scheme : {"mailto:", "tel:"})
        if (address.starts_with(scheme)) address.remove_prefix(scheme.size());
    const auto& label = reference.label;
    if (label.empty()) return std::string{address};
    if (is_label_of(reference.target, label)) return label;
    return label + " (" + std::string{address} + ")";
}

std::string words_of(const Reference& reference) {
    if (reference.target.empty()) return reference.label;
    const char sign = reference.target.front();
    if (sign == '!') return special_words(reference);
    if (sign != '@' && sign != '#') return link_words(reference);
    return with_sign(sign, reference.label.empty() ? reference.target : reference.label);
}

}  // namespace

std::string escaped(std::string_view words) {
    std::string text;
    for (const char letter : words) {
        const auto* entity = std::ranges::find(entities, letter, &Entity::letter);
        if (entity == entities.end()) {
            text += letter;
        } else {
            text += entity->written;
        }
    }
    return text;
}

std::string unescaped(std::string_view text) {
    std::string words;
    while (!text.empty()) {
        const auto begin = std::min(text.find('<'), text.size());
        words += without_entities(text.substr(0, begin));
        text.remove_prefix(begin);
        if (text.empty()) break;
        const auto end = text.find_first_of("<>", 1);
        if (end != std::string_view::npos && text[end] == '>') {
            words += words_of(reference_in(text.substr(1, end - 1)));
            text.remove_prefix(end + 1);
        } else {
            words += '<';
            text.remove_prefix(1);
        }
    }
    return words;
}

}  // namespace muster::slack
