#include "adapters/msteams/outcome.hpp"

#include <algorithm>
#include <array>

#include "bot/domain/hindrance.hpp"

namespace muster::msteams {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds until_others_are_done = 2s;  // with the same conversation
constexpr milliseconds until_there_is_a_token = 30s;

enum class Meaning {
    too_soon,     // not done: again after a pause
    busy,         // not done: others are at work in the conversation
    connection,   // not done: the tenant or the app as a whole
    gone,         // not done: the message or the conversation is there no more
    unreachable,  // not done, and nothing else will be in that place
    trouble,      // perhaps done
    refused,
};

struct Code {
    std::string_view code;
    Meaning meaning;
};

constexpr std::array codes{
    Code{"BotNotRegistered", Meaning::connection},
    Code{"BotDisabledByAdmin", Meaning::connection},
    Code{"InvalidBotApiHost", Meaning::connection},
    Code{"ConversationBlockedByUser", Meaning::unreachable},
    Code{"MessageWritesBlocked", Meaning::unreachable},
    Code{"BotNotInConversationRoster", Meaning::unreachable},
    Code{"ConversationNotFound", Meaning::gone},
    Code{"ActivityNotFoundInConversation", Meaning::gone},
    Code{"MemberNotFoundInConversation", Meaning::gone},
    // Ours. Whoever sent the address may not make us call it.
    Code{"forbidden_host", Meaning::refused},
};

// A number of 500 and more says that something failed on the way, and not where.
Meaning meaning_of(const ConnectorAnswer& answer) {
    if (answer.status == 0 || answer.status == 408 || answer.status >= 500) return Meaning::trouble;
    if (answer.status == 429) return Meaning::too_soon;
    if (answer.status == 412) return Meaning::busy;
    if (answer.status == 401) return Meaning::connection;
    auto known = std::ranges::find(codes, answer.error, &Code::code);
    if (known != codes.end()) return known->meaning;
    // Codes differ from what is written down (spec/reliability.md, F29): the number decides.
    return answer.status == 403 ? Meaning::unreachable : Meaning::refused;
}

Outcome not_done(Outcome::Kind kind, std::string reason, milliseconds pause = 0ms) {
    Outcome outcome;
    outcome.kind = kind;
    outcome.reason = std::move(reason);
    outcome.retry_after = pause;
    return outcome;
}

Outcome not_sent(const ConnectorAnswer& answer) {
    if (answer.error == "no_token")
        return not_done(
            Outcome::Kind::suspended,
            answer.error,
            std::max(answer.retry_after, until_there_is_a_token)
        );
    if (answer.error == "not_installed")
        return not_done(Outcome::Kind::refused, std::string{hindrance::not_added});
    if (answer.error == "forbidden_host") return not_done(Outcome::Kind::refused, answer.error);
    if (answer.error != "conversation_busy")
        return not_done(Outcome::Kind::try_later, answer.error);
    auto outcome = not_done(Outcome::Kind::try_later, answer.error, until_others_are_done);
    outcome.scope = Scope::place;
    return outcome;
}

}  // namespace

Outcome outcome_of(Call call, const ConnectorAnswer& answer) {
    if (answer.ok()) return {};
    if (!answer.was_sent) return not_sent(answer);
    switch (meaning_of(answer)) {
        case Meaning::too_soon:
        case Meaning::busy: {
            auto pause = std::max(answer.retry_after, until_others_are_done);
            auto outcome = not_done(Outcome::Kind::try_later, answer.error, pause);
            outcome.scope = Scope::place;
            return outcome;
        }
        case Meaning::connection: return not_done(Outcome::Kind::suspended, answer.error);
        case Meaning::trouble:
            // To edit or to remove twice is to do it once.
            return call == Call::deliver
                       ? not_done(Outcome::Kind::ambiguous, answer.error)
                       : not_done(Outcome::Kind::try_later, answer.error, answer.retry_after);
        case Meaning::gone:
            if (call == Call::remove) return {};
            break;
        case Meaning::unreachable:
            return not_done(Outcome::Kind::refused, std::string{hindrance::not_added});
        case Meaning::refused: break;
    }
    return not_done(Outcome::Kind::refused, answer.error);
}

}  // namespace muster::msteams
