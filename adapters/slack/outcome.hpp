#pragma once

#include "adapters/slack/web_api.hpp"
#include "bot/ports/chat_platform.hpp"

// What Slack's answers mean (spec/reliability.md, "Classify every send outcome"). Pure, and the
// only place that decides it.
namespace muster::slack {

// Of a call that posts, edits or removes; `call` says which codes are definite for it. "sent"
// carries the provider id where Slack told channel and ts.
Outcome outcome_of(Call call, const ApiAnswer&);

Outcome not_done(Outcome::Kind kind, std::string reason);

bool is_gone(const ApiAnswer&);  // the message that was to be edited or removed

Scope scope_of_pause(const ApiAnswer&);  // of an answer that came too soon

// Of a call that reads.
enum class Reading {
    answered,
    not_now,    // it could tell, but not yet: after pause_of_reading()
    never,      // here it will not tell: no scope, not in the channel
    suspended,  // the whole connection is refused
};

Reading reading_of(const ApiAnswer&);
milliseconds pause_of_reading(const ApiAnswer&);

}  // namespace muster::slack
