#include "tests/fakes/slack/mrkdwn.hpp"

#include <array>
#include <optional>

namespace muster::fake_slack {
namespace {

struct Entity {
    std::string_view name;
    char letter;
};

constexpr std::array entities{Entity{"&lt;", '<'}, Entity{"&gt;", '>'}, Entity{"&amp;", '&'}};

// "<...>" at this place, without its brackets.
std::optional<std::string_view> token_at(std::string_view text, std::size_t at) {
    if (text[at] != '<') return std::nullopt;
    auto end = text.find_first_of("<>\n", at + 1);
    auto is_closed = end != std::string_view::npos && text[end] == '>' && end > at + 1;
    if (!is_closed) return std::nullopt;
    return text.substr(at + 1, end - at - 1);
}

bool names_or_links(std::string_view token) {
    if (token.starts_with("!date^")) return false;
    auto is_link = token.find("://") != std::string_view::npos || token.starts_with("mailto:");
    return is_link || token[0] == '@' || token[0] == '#' || token[0] == '!';
}

}  // namespace

std::vector<std::string> mentions_and_links_in(std::string_view mrkdwn) {
    std::vector<std::string> found;
    for (std::size_t at = 0; at < mrkdwn.size(); ++at)
        if (auto token = token_at(mrkdwn, at); token && names_or_links(*token))
            found.push_back("<" + std::string{*token} + ">");
    return found;
}

std::string as_read(std::string_view mrkdwn) {
    std::string result;
    for (std::size_t at = 0; at < mrkdwn.size();) {
        if (auto token = token_at(mrkdwn, at)) {
            auto bar = token->find('|');
            result += bar == std::string_view::npos ? *token : token->substr(bar + 1);
            at += token->size() + 2;
            continue;
        }
        auto letter = mrkdwn[at];
        std::size_t length = 1;
        for (const auto& entity : entities)
            if (mrkdwn.substr(at).starts_with(entity.name)) {
                letter = entity.letter;
                length = entity.name.size();
            }
        result += letter;
        at += length;
    }
    return result;
}

std::string as_sent(std::string_view typed) {
    std::string result;
    for (auto letter : typed) {
        auto plain = true;
        for (const auto& entity : entities)
            if (entity.letter == letter) {
                result += entity.name;
                plain = false;
            }
        if (plain) result += letter;
    }
    return result;
}

}  // namespace muster::fake_slack
