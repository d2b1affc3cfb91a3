#include "tests/fakes/slack/form.hpp"

#include <charconv>

#include <fmt/format.h>

namespace muster::fake_slack {
namespace {

std::string escaped(std::string_view text) {
    static constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.*";
    std::string result;
    for (auto letter : text) {
        if (letter == ' ')
            result += '+';
        else if (plain.find(letter) != std::string_view::npos)
            result += letter;
        else
            result += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    }
    return result;
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+') {
            result += ' ';
        } else if (text[at] != '%') {
            result += text[at];
        } else {
            auto digits = text.substr(at + 1, 2);
            unsigned char byte = 0;
            auto [end, error] =
                std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
            if (error != std::errc{} || digits.size() < 2 || end != digits.data() + 2)
                return std::nullopt;
            result += static_cast<char>(byte);
            at += 2;
        }
    }
    return result;
}

}  // namespace

std::string encoded(const FormFields& fields) {
    std::string result;
    for (const auto& [name, value] : fields)
        result += (result.empty() ? "" : "&") + escaped(name) + "=" + escaped(value);
    return result;
}

std::optional<FormFields> decoded(std::string_view form) {
    FormFields fields;
    while (!form.empty()) {
        auto field = form.substr(0, form.find('&'));
        form.remove_prefix(std::min(form.size(), field.size() + 1));
        auto equals = std::min(field.find('='), field.size());
        auto name = unescaped(field.substr(0, equals));
        auto value = unescaped(field.substr(std::min(field.size(), equals + 1)));
        if (!name || !value) return std::nullopt;
        fields.emplace_back(std::move(*name), std::move(*value));
    }
    return fields;
}

}  // namespace muster::fake_slack
