#include "bot/domain/form_parts.hpp"

#include <algorithm>

namespace muster {
namespace {

// FNV-1a, and the end of the part.
void mix(std::uint64_t& digest, std::string_view part) {
    constexpr std::uint64_t prime = 0x100000001b3;
    for (const auto letter : part)
        digest = (digest ^ static_cast<unsigned char>(letter)) * prime;
    digest *= prime;
}

}  // namespace

Field field(std::string key, Field::Kind kind, Text label) {
    Field made;
    made.key = std::move(key);
    made.kind = kind;
    made.label = std::move(label);
    return made;
}

const std::string* value_of(const FormValues& values, std::string_view key) {
    auto value = std::ranges::find(values, key, &FormValues::value_type::first);
    return value == values.end() ? nullptr : &value->second;
}

std::uint64_t digest_of(const Form& form) {
    std::uint64_t digest = 0xcbf29ce484222325;
    for (const auto& field : form.fields) {
        mix(digest, field.key);
        mix(digest, field.initial);
    }
    return digest;
}

}  // namespace muster
