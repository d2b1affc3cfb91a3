#pragma once

#include "bot/domain/message.hpp"
#include "bot/domain/result.hpp"

namespace muster {

// What a person is told whose line, press, form or command was refused for this reason: the same
// words on every platform. A decision that refuses has words of its own; these are for when none
// was taken.
Text words_for(Errc);

// What was sent then could not be taken at first and is now. Its reply had nobody to go to any
// more.
Message taken_late(Instant sent_at, const Reader&);

}  // namespace muster
