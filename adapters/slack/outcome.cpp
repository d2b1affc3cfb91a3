#include "adapters/slack/outcome.hpp"

#include <algorithm>
#include <array>

#include "adapters/slack/names.hpp"
#include "bot/domain/hindrance.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

constexpr auto until_it_settles = 30s;
constexpr auto until_slack_recovers = 10s;

// What Slack's word means. Every other code is a definite refusal of this one call: Slack says
// ok:false, and a code that is new to us says why better than a guess.
enum class Meaning {
    too_soon,    // not done: again after a pause
    moving,      // not done: its channel is on the move, and settles
    connection,  // not done: Slack refuses Muster as a whole
    method,      // not done, and no call of this method will be
    trouble,     // perhaps done
    refused,
};

struct Code {
    std::string_view code;
    Meaning meaning;
};

constexpr std::array codes{
    Code{"ratelimited", Meaning::too_soon},
    Code{"rate_limited", Meaning::too_soon},
    Code{"external_channel_migrating", Meaning::moving},

    Code{"not_authed", Meaning::connection},
    Code{"invalid_auth", Meaning::connection},
    Code{"account_inactive", Meaning::connection},
    Code{"token_revoked", Meaning::connection},
    Code{"token_expired", Meaning::connection},
    Code{"user_removed_from_team", Meaning::connection},
    Code{"team_disabled", Meaning::connection},
    Code{"two_factor_setup_required", Meaning::connection},
    Code{"accesslimited", Meaning::connection},  // not from this network
    Code{"ekm_access_denied", Meaning::connection},
    Code{"org_login_required", Meaning::connection},  // the workspace is moving to an organisation
    Code{"team_added_to_org", Meaning::connection},

    // Not this message's fault: every other would meet with the same, until somebody has mended it.
    // A person's prompt that was refused instead would have failed for good.
    Code{"missing_scope", Meaning::method},
    Code{"not_allowed_token_type", Meaning::method},
    Code{"method_deprecated", Meaning::method},
    Code{"deprecated_endpoint", Meaning::method},
    Code{"enterprise_is_restricted", Meaning::method},
    Code{"message_limit_exceeded", Meaning::method},  // by everybody in the workspace together

    // Of one workspace of an organisation, where Muster is in several by one token: the others go
    // on.
    Code{"team_access_not_granted", Meaning::refused},

    // "Some aspect of the operation may have succeeded."
    Code{"internal_error", Meaning::trouble},
    Code{"fatal_error", Meaning::trouble},
    Code{"service_unavailable", Meaning::trouble},
    Code{"request_timeout", Meaning::trouble},
    Code{"update_failed", Meaning::trouble},
    Code{"fetch_members_failed", Meaning::trouble},
    Code{"list_record_comment_fetch_failed", Meaning::trouble},
    // Slack knows the message from before, and not where it is.
    Code{"duplicate_message_not_found", Meaning::trouble},
    Code{"duplicate_channel_not_found", Meaning::trouble},
    // Ours.
    Code{"no_answer", Meaning::trouble},
    Code{"unreadable", Meaning::trouble},
};

Meaning meaning_of(std::string_view code) {
    auto known = std::ranges::find(codes, code, &Code::code);
    return known == codes.end() ? Meaning::refused : known->meaning;
}

// An answer that Slack's method did not write may come from something on the way, and says nothing
// of what became of the request behind it.
bool is_from_elsewhere(const ApiAnswer& answer) {
    return answer.error.starts_with("http_");
}

Meaning meaning_of(const ApiAnswer& answer) {
    if (answer.status == 429) return Meaning::too_soon;
    auto is_broken = answer.status >= 500 || answer.status == 408;
    if (is_broken || is_from_elsewhere(answer)) return Meaning::trouble;
    return meaning_of(answer.error);
}

// Slack's words for what the delivery manager can do something about, of messages to a person. A
// channel has a notice of its own.
std::string hindrance_in(const std::string& code) {
    constexpr std::array unknown{"user_not_found", "user_not_visible", "channel_not_found"};
    constexpr std::array forbidden{"messages_tab_disabled", "restricted_action", "cannot_dm_bot"};
    if (code == "user_disabled") return std::string{hindrance::deactivated};
    if (std::ranges::count(unknown, code) > 0) return std::string{hindrance::unknown};
    if (std::ranges::count(forbidden, code) > 0) return std::string{hindrance::forbidden};
    return code;
}

Outcome not_sent(Outcome::Kind kind, const ApiAnswer& answer) {
    return not_done(kind, answer.error);
}

Outcome try_later(const ApiAnswer& answer, milliseconds pause, Scope scope) {
    auto outcome = not_sent(Outcome::Kind::try_later, answer);
    outcome.retry_after = pause;
    outcome.scope = scope;
    return outcome;
}

// Where a message is to be posted, an answer that does not say where it is is none.
Outcome sent(Call call, const ApiAnswer& answer) {
    auto channel = answer.body.text_of("channel");
    auto ts = answer.body.text_of("ts");
    auto is_told = !channel.empty() && !ts.empty();
    Outcome outcome;
    if (is_told) outcome.provider_id = provider_id(channel, ts);
    if (is_told || call != Call::deliver) return outcome;
    outcome = not_sent(Outcome::Kind::ambiguous, answer);
    outcome.reason = "unreadable";
    return outcome;
}

}  // namespace

Outcome outcome_of(Call call, const ApiAnswer& answer) {
    if (answer.ok) return sent(call, answer);
    auto meaning = meaning_of(answer);
    if (meaning == Meaning::too_soon) {
        return try_later(answer, answer.retry_after, scope_of_pause(answer));
    }
    if (!answer.was_sent) return try_later(answer, 0ms, Scope::call);  // the caller's own pauses
    switch (meaning) {
        case Meaning::connection:
        case Meaning::method: return not_sent(Outcome::Kind::suspended, answer);
        case Meaning::trouble: return not_sent(Outcome::Kind::ambiguous, answer);
        case Meaning::moving: return try_later(answer, until_it_settles, Scope::place);
        case Meaning::too_soon:
        case Meaning::refused: break;
    }
    if (is_gone(answer) && call == Call::remove) return {};
    return not_done(Outcome::Kind::refused, hindrance_in(answer.error));
}

Outcome not_done(Outcome::Kind kind, std::string reason) {
    Outcome outcome;
    outcome.kind = kind;
    outcome.reason = std::move(reason);
    return outcome;
}

bool is_gone(const ApiAnswer& answer) {
    return answer.error == "message_not_found";
}

// "ratelimited" is said of a method, "rate_limited" of too many messages in one place.
Scope scope_of_pause(const ApiAnswer& answer) {
    return answer.error == "rate_limited" ? Scope::place : Scope::call;
}

Reading reading_of(const ApiAnswer& answer) {
    if (answer.ok) return Reading::answered;
    if (answer.error == "invalid_cursor") return Reading::not_now;  // it has expired: begin again
    switch (meaning_of(answer)) {
        case Meaning::too_soon:
        case Meaning::moving:
        case Meaning::trouble: return Reading::not_now;
        case Meaning::connection: return Reading::suspended;
        case Meaning::method:  // a scope for history is optional
        case Meaning::refused: break;
    }
    return Reading::never;
}

milliseconds pause_of_reading(const ApiAnswer& answer) {
    return std::max<milliseconds>(answer.retry_after, until_slack_recovers);
}

}  // namespace muster::slack
