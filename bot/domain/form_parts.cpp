#include "bot/domain/form_parts.hpp"

#include <algorithm>

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

}  // namespace muster
