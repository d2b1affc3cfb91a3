#pragma once

#include "adapters/json/strict.hpp"
#include "bot/ports/workspace_memory.hpp"

// What the page is told, in its JSON. Sentences become spans {kind, words}; the page only ever
// makes text of them, so what a person typed cannot become markup. Ids are text: 63 bits do not fit
// its numbers. Pure.
namespace muster::local {

json::Value show(const RememberedMessage& message, const Catalogue& catalogue);
json::Value show(const Form& form, const Catalogue& catalogue);

// `said` is a Say as it was remembered, or the message that was replaced.
json::Value show(
    const Reply& reply, const std::optional<RememberedMessage>& said, const Catalogue& catalogue
);

}  // namespace muster::local
