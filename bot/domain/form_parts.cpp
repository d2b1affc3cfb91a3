#include "bot/domain/form_parts.hpp"

#include <algorithm>

#include "bot/domain/fnv1a.hpp"

namespace muster {

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
    Fnv1a digest;
    for (const auto& field : form.fields) {
        digest.add(field.key);
        digest.add(field.initial);
    }
    return digest.value();
}

}  // namespace muster
