#include "adapters/http/form_body.hpp"

#include <algorithm>

namespace muster::http {
namespace {

std::optional<FormEntry> entry_in(std::string_view pair);
std::optional<std::string> decoded(std::string_view text);
int digit_of(char letter);

}  // namespace

std::optional<std::vector<FormEntry>> form_in(std::string_view body) {
    std::vector<FormEntry> form;
    while (!body.empty()) {
        auto pair = body.substr(0, body.find('&'));
        body.remove_prefix(std::min(pair.size() + 1, body.size()));
        auto entry = entry_in(pair);
        if (!entry || form.size() == most_entries) return std::nullopt;
        if (std::ranges::find(form, entry->name, &FormEntry::name) != form.end())
            return std::nullopt;
        form.push_back(std::move(*entry));
    }
    return form;
}

std::string form_of(const std::vector<FormEntry>& form) {
    std::string body;
    for (const auto& [name, value] : form) {
        if (!body.empty()) body += '&';
        body += escaped(name) + "=" + escaped(value);
    }
    return body;
}

namespace {

std::optional<FormEntry> entry_in(std::string_view pair) {
    auto equals = pair.find('=');
    if (equals == 0 || equals == pair.npos) return std::nullopt;
    auto name = decoded(pair.substr(0, equals));
    auto value = decoded(pair.substr(equals + 1));
    if (!name || !value) return std::nullopt;
    return FormEntry{std::move(*name), std::move(*value)};
}

std::optional<std::string> decoded(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    while (!text.empty()) {
        auto letter = text.front();
        if (letter <= ' ' || letter > '~') return std::nullopt;
        if (letter != '%') {
            plain += letter == '+' ? ' ' : letter;
            text.remove_prefix(1);
            continue;
        }
        if (text.size() < 3) return std::nullopt;
        auto high = digit_of(text[1]);
        auto low = digit_of(text[2]);
        if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
        plain += static_cast<char>(high * 16 + low);
        text.remove_prefix(3);
    }
    return plain;
}

int digit_of(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
    if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
    return -1;
}

bool stays(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.';
}

}  // namespace

std::string escaped(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string escaped;
    for (auto c : text) {
        if (stays(c)) {
            escaped += c;
            continue;
        }
        auto byte = static_cast<unsigned char>(c);
        escaped += '%';
        escaped += hex[byte >> 4];
        escaped += hex[byte & 15];
    }
    return escaped;
}

}  // namespace muster::http
