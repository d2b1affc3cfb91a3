#pragma once

#include "bot/domain/inbound.hpp"

namespace muster {

// What a button brings back when it is pressed, on platforms that carry one text for it:
// "verb:subject:extra:revision"; and back, of what button_value() gives and of nothing else.
std::string button_value(const Button&);
std::optional<Pressed> pressed_in(std::string_view value);

}  // namespace muster
