#pragma once

#include "bot/domain/result.hpp"
#include "bot/domain/texts.hpp"

namespace muster {

// What a person is told whose line, press, form or command was refused for this reason: the same
// words on every platform. A decision that refuses has words of its own; these are for when none
// was taken.
Text words_for(Errc);

}  // namespace muster
