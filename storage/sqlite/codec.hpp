#pragma once

#include "storage/sqlite/enum_names.hpp"

// Values that are kept whole inside one column, as JSON.
//
// Reading is strict: an unknown key, an unknown alternative, a missing key or a value of the wrong
// type is a CorruptRow. read(write(value)) == value for everything but text that is not UTF-8,
// whose bad bytes become U+FFFD.
namespace muster::sqlite {

using EventFacts = std::vector<std::pair<std::string, std::string>>;

template <class Value, class... Others>
concept one_of = (std::same_as<Value, Others> || ...);

// What settings are made of: the same few texts stand in the rows of many people and runs.
template <class Value>
concept ReadOverAndOver = one_of<
    Value,
    WorkingHours,
    Recurrence,
    ReminderRule,
    std::vector<Slot>,
    std::vector<Question>,
    std::vector<std::chrono::weekday>>;

template <class Value>
concept KeptAsJson = ReadOverAndOver<Value> || one_of<
    Value,
    std::map<LocalDate, std::string>,
    EventFacts,
    PlaceFacts,
    std::vector<Profile>,
    Text,
    Message,
    Form,
    Reply,
    Inbound>;

template <KeptAsJson Value>
std::string to_json(const Value& value);

template <KeptAsJson Value>
Value from_json(std::string_view json);

// from_json, parsed once for each thread while the text is among those that it remembers.
template <ReadOverAndOver Value>
Value known_from_json(std::string_view json);

}  // namespace muster::sqlite
