#pragma once

#include "bot/domain/access.hpp"
#include "bot/domain/decision.hpp"
#include "bot/domain/turn.hpp"

namespace muster {

// What composing a delivery yields: the message as it must be now; or that what was sent may stand
// as it is; or that it has no purpose any more (cancelled when unsent, removed from the platform
// when sent); or that it must not be sent before an instant.
struct KeepAsSent {
    bool operator==(const KeepAsSent&) const = default;
};

struct Pointless {
    std::string reason;  // for `why` and the log: "answered"
    bool operator==(const Pointless&) const = default;
};

struct NotBefore {
    Instant at{};
    bool operator==(const NotBefore&) const = default;
};

using Composed = std::variant<Message, KeepAsSent, Pointless, NotBefore>;

}  // namespace muster

// The messages of a stand-up (spec/words.md). All pure: state in, neutral Message out; times in the
// reader's zone. `revision` of each button is delivery.revision_wanted. Plain mode (person.plain):
// text blocks only, no buttons, numbered choices to reply with, one question per message, and
// KeepAsSent instead of an edit. What is a direct reply, or a notice, has its buttons here: they
// become numbers where replies leave (bot/app/plain_replies).
namespace muster::standup {

// The prompt card, in whatever state the round is: asking (seq 0 or asked again), saved, snoozed,
// skipped, away, closed. The older card of a round that was asked again is closed with one line.
Composed prompt(const Turn&, const Delivery&, Instant now);
Composed receipt(
    const Turn&, const Delivery&, Instant now
);  // "Saved as your plan for today: ..." [Change] [Remove] [Add a blocker]
Composed reminder(
    const Turn&, const Delivery&, Instant now
);  // Pointless once answered, skipped, away, snoozed or closed

Composed summary(const RunBoard&, const Reader& channel, Instant now);
Composed mirror_note(const RunBoard&, const Reader& channel, const std::string& platform);
Composed plan(
    const RunBoard&, RoundId, const Reader& channel
);  // one person's answers; marked edited
Composed
hidden_plans(const RunBoard&, const Reader& channel, IdSource&);  // shuffled; Pointless under four
Composed new_blocker(
    const RunBoard&, const Blocker&, const Reader& channel, int revision, Instant now
);
Composed open_blockers(const RunBoard&, const Reader& channel, Instant now);
Composed not_working(const RunBoard&, const Reader& channel, Instant now);

// The rest are direct messages.
Composed helper_found(const Blocker&, const std::string& helper, const Team&, const Reader&);
Composed blocker_cleared(const Blocker&, const std::string& by, const Team&, const Reader&);
Composed private_blocker(const Blocker&, const std::string& raiser, const Team&, const Reader&);
// `from`: the one team that the person was away from; none = all of them.
Composed
welcome_back(const Person&, const std::optional<Team>& from, const std::vector<Blocker>& own, const std::vector<Blocker>& ended, const Reader&);
Composed channel_refused(const Team&, const Reader&);
// Every team that this tells of; none = nothing to tell (any more).
Composed left_stand_up(const std::vector<Team>&, const Person& who, const Reader&);
Composed wrong_hours(const std::vector<Team>&, const Person& about, const Reader&);
// This person could not be asked.
Composed undelivered(const Turn&, const Reader&);
Composed sums_differ(const Team&, const Run&, const Reader&);

struct DowntimeItem {  // one ceremony's share of "I was away"
    std::string team;
    std::string ceremony;
    LocalDate date{};
    int asked_late = 0;
    int not_asked = 0;
    int recovered = 0;  // answered meanwhile, and read back
    int unread = 0;     // may have answered meanwhile, and nobody could look
};

// Adds what the time away meant for one round of that ceremony. `was_recovered`: its answer was read
// back.
void count_in(DowntimeItem&, const Downtime&, const Round&, bool was_recovered);
bool says_something(const DowntimeItem&);

Composed downtime(const Downtime&, const std::vector<DowntimeItem>&, const Reader&);

// ---- forms

constexpr int inputs_per_page = 5;

// The first view: one row per open blocker (the two oldest), "is anything new stopping you?",
// today, since (pre-filled from the last plan), at most five inputs; further questions on pages of
// five. What was saved or drafted is filled in.
Form answer_form(const Turn&, int page, Instant now);
int pages_of(const Turn&);
Form blocker_details_form(const Blocker&, const Turn&);
Form new_blocker_form(const Turn&);

// These forms as replies, with what is said where they cannot be opened.
OpenForm open_answer_form(const Turn&, int page, Instant now);
OpenForm open_blocker_details(const Blocker&, const Turn&);
OpenForm open_new_blocker(const Turn&);

// Plain mode: what is put to the person, one message each, in this order. round.step is the index
// of the next one.
using PlainStep =
    std::variant<BlockerId, std::string>;  // a row of an open blocker, or a question's key
std::vector<PlainStep> plain_steps(const Turn&);

// ---- answers to what a person asks (private)

Message why(
    const Turn&, const std::vector<Timer>&, const std::vector<Delivery>& prompts, Instant now
);
Message history(const Person&, const std::vector<Turn>& newest_first, Instant now);
Message my_week(
    const Person&, const std::vector<Turn>&, const std::vector<Blocker>& own, Instant now
);

// "hours": what Muster has for this person, with [Wrong hours or time zone] for the first team.
Message my_hours(const Person&, const std::vector<Team>&);
// "why @ana": what the asker may see of it. The delivery manager (or cover): not working, asked or
// answered; the team: only "not working"; others: nothing.
enum class Asker { delivery_manager, teammate, stranger };
Message why_about(const Turn& of_the_other, Asker, const Reader&, Instant now);
// "why 13": who raised it, who helps, what happens next. The caller checks that the reader may know
// of it.
Message why_blocker(
    const Blocker&, const std::map<PersonId, std::string>& names, const Reader&, Instant now
);
// "status": counts for the team; for those who may see names also who has answered and, on the day
// itself and for the delivery manager only, who gave no answer (never a skip).
Message status(const RunBoard&, access::Hats, const Reader&, Instant now);
Message no_run_today(const Team&, std::optional<Instant> next, const Reader&);
// "help": a short list of commands, each with an example.
Message help(const Reader&, bool delivery_manager);
// "blocker list": open ones that this reader may see, with their buttons where they are the
// reader's own.
Message
blocker_list(const Team&, const std::vector<Blocker>& open, PersonId reader_id, const std::map<PersonId, std::string>& names, const Reader&);

// A blocker was raised by a typed line or a command: its number, [Tell only my delivery manager],
// and when an open one of theirs sounds alike, the offer to make it the same [Same as blocker 12].
Message blocker_raised(const Blocker&, const std::optional<Blocker>& similar, const Reader&);

// The reader of a person's direct messages, and of a team's channel.
Reader reader_of(const Person&);
Reader reader_of(const Team&);

}  // namespace muster::standup
