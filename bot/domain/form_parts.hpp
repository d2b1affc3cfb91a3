#pragma once

#include "bot/domain/message.hpp"

// What everything that asks with a form shares.
namespace muster {

// An empty one, which may stay so.
Field field(std::string key, Field::Kind kind, Text label);

// What was entered there; null: the form did not ask for it, or it was left as it is.
const std::string* value_of(const FormValues& values, std::string_view key);

// Of what stands in it before anybody enters anything: another one when something else does.
std::uint64_t digest_of(const Form&);

}  // namespace muster
