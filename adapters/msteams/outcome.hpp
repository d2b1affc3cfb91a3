#pragma once

#include "adapters/msteams/connector.hpp"
#include "bot/ports/chat_platform.hpp"

// What Microsoft's answers mean (protocols/teams.md 5.6; spec/reliability.md, "Classify every send
// outcome"). Pure, and the only place that decides it.
namespace muster::msteams {

// Of a call that posts, edits or removes. "sent" carries no provider id: where it is stands in the
// answer to a post alone.
Outcome outcome_of(Call call, const ConnectorAnswer& answer);

}  // namespace muster::msteams
