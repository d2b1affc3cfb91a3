#pragma once

#include <optional>
#include <variant>

#include "adapters/json/strict.hpp"
#include "bot/domain/inbound.hpp"

// What a card carries to Microsoft and back: which button it is, which form, and what was entered
// in its inputs. Anybody may send any of it: it says what is meant, and never who may. Pure.
namespace muster::msteams {

// `delivery`: of the message with the button, where one activity holds all of it: whoever presses
// it proves that it arrived.
json::Object data_of(const Button& button, std::optional<DeliveryId> delivery);
// Of a form with these inputs. An input that was emptied does not come back, as if it had not been
// there: the form says which there were.
json::Object data_of(const Form& form);
json::Object data_to_dismiss(const FormContext& form);

// The id of an input. It says how its value is to be read, since that is text whatever the field.
std::string input_id(const Field& field);

// nullopt: nothing of ours.
std::optional<std::variant<Pressed, Submitted, Dismissed>> done_in(const json::Value& data);

}  // namespace muster::msteams
