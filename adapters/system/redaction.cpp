#include "adapters/system/redaction.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace muster {
namespace {

constexpr std::string_view veil = "[redacted]";

bool is_word(char character) {
    auto byte = static_cast<unsigned char>(character);
    return std::isalnum(byte) || character == '_' || character == '-';
}

bool is_of_a_token(char character) {
    return is_word(character) ||
           std::string_view{".~+/=%:"}.find(character) != std::string_view::npos;
}

bool is_of_an_address(char character) {
    auto byte = static_cast<unsigned char>(character);
    return byte > ' ' && std::string_view{"\"'<>\\^`{|}"}.find(character) == std::string_view::npos;
}

template <class Belongs>
std::size_t length_of(std::string_view text, Belongs belongs) {
    auto end = std::ranges::find_if_not(text, belongs);
    return static_cast<std::size_t>(end - text.begin());
}

bool begins_with(std::string_view text, std::string_view lower_case) {
    auto is_same = [](char one, char other) {
        return std::tolower(static_cast<unsigned char>(one)) == other;
    };
    return text.size() >= lower_case.size() &&
           std::equal(
               lower_case.begin(),
               lower_case.end(),
               text.begin(),
               [&](char want, char have) { return is_same(have, want); }
           );
}

// What was recognised at the beginning of a text: how much of it stays, and how much goes.
struct Secret {
    std::size_t kept = 0;
    std::size_t hidden = 0;
};

// "xoxb-...", "xapp-..."
Secret api_token(std::string_view text) {
    constexpr std::size_t mark = 5;
    if (text.size() < mark || text[mark - 1] != '-') return {};
    auto is_one = begins_with(text, "xapp") ||
                  (begins_with(text, "xox") && std::isalpha(static_cast<unsigned char>(text[3])));
    return is_one ? Secret{mark, length_of(text.substr(mark), is_of_a_token)} : Secret{};
}

Secret credential(std::string_view text) {
    for (std::string_view scheme : {"bearer", "authorization: basic"}) {
        if (!begins_with(text, scheme)) continue;
        auto rest = text.substr(scheme.size());
        auto gap = length_of(rest, [](char character) { return character == ' '; });
        auto length = length_of(rest.substr(gap), is_of_a_token);
        if (gap > 0 && length > 0) return {scheme.size() + gap, length};
    }
    return {};
}

// Three parts in base64, of which the first is a JSON object: "eyJ0...".
Secret signed_token(std::string_view text) {
    if (!text.starts_with("eyJ")) return {};
    auto head = length_of(text, is_word);
    if (text.size() <= head || text[head] != '.') return {};
    auto dot_or_word = [](char character) { return character == '.' || is_word(character); };
    return {0, length_of(text, dot_or_word)};
}

Secret web_address(std::string_view text) {
    auto scheme = begins_with(text, "https://") ? 8U : begins_with(text, "http://") ? 7U : 0U;
    if (scheme == 0) return {};
    auto all = text.substr(0, length_of(text, is_of_an_address));
    auto host_ends = std::min(all.find_first_of("/?#", scheme), all.size());
    auto user_ends = all.substr(0, host_ends).rfind('@');
    if (user_ends != std::string_view::npos) return {scheme, all.size() - scheme};
    auto is_bare = all.size() <= host_ends + 1;
    return is_bare ? Secret{all.size(), 0} : Secret{host_ends + 1, all.size() - host_ends - 1};
}

// Where replies are posted to, without the host: who knows the path may post.
Secret reply_path(std::string_view text) {
    for (std::string_view folder :
         {"/commands/", "/actions/", "/services/", "/workflows/", "/triggers/"}) {
        if (!text.starts_with(folder)) continue;
        auto length = length_of(text.substr(folder.size()), is_of_an_address);
        if (length > 0) return {folder.size(), length};
    }
    return {};
}

constexpr std::array nets{api_token, credential, signed_token, web_address, reply_path};

Secret secret_at(std::string_view text) {
    for (auto recognise : nets)
        if (auto found = recognise(text); found.kept + found.hidden > 0) return found;
    return {};
}

}  // namespace

std::string redacted(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        auto secret = secret_at(text);
        auto kept = std::max<std::size_t>(secret.kept, secret.hidden > 0 ? 0 : 1);
        result += text.substr(0, kept);
        if (secret.hidden > 0) result += veil;
        text.remove_prefix(kept + secret.hidden);
    }
    return result;
}

}  // namespace muster
