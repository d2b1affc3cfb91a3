#pragma once

#include "bot/app/acting.hpp"

namespace muster {

// The form that was sent, as it would be opened now, for platforms that have to show it once more
// with what is wrong. None: it can be opened no more.
std::optional<Form> form_again(Acting&, const FormContext&);

}  // namespace muster
