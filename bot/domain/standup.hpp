#pragma once

#include "bot/domain/decision.hpp"
#include "bot/domain/inbound.hpp"
#include "bot/domain/turn.hpp"

// A stand-up, and every ceremony that is a list of questions (spec/standups.md): when it is held,
// who is asked, what an answer changes. Pure decisions: state, event and now in; a Decision out.
namespace muster::standup {

// ---- windows

constexpr minutes shortest_window{30};
constexpr minutes late_grace{10};      // an answer this soon after the close is not late
constexpr minutes prompt_grace{120};   // a prompt found later than this is not sent any more
constexpr minutes worth_an_excuse{5};  // a prompt later than this says so, and its close may move
constexpr minutes usual_snooze{60};    // of the button
constexpr minutes reminder_grace{30};
constexpr minutes snooze_margin{15};  // a snooze ends at least this long before the close
constexpr minutes blocker_held{10};   // a new blocker is shown to nobody else before
constexpr auto longest_run = std::chrono::hours{48};  // the cap: no window is open after it
constexpr auto draft_life = std::chrono::hours{24};

struct Window {
    Instant opens_at;
    Instant closes_at;

    bool operator==(const Window&) const = default;
};

struct NoWindow {
    Phase phase;  // not_expected, away or not_asked
    NotAsked reason = NotAsked::none;

    bool operator==(const NoWindow&) const = default;
};

using WindowOrWhy = std::variant<Window, NoWindow>;

// One member's window on the day an occurrence is held. It opens at the ceremony's time or at the
// member's first working minute after it that day; it closes after the length or at the end of the
// working day.
WindowOrWhy
window_for(const Ceremony&, const Slot&, LocalDate held_on, const Team&, const Member&, const CalendarBook&);

// The window of the team as a whole: its close completes the summary.
Window
team_window(const Ceremony&, const Slot&, LocalDate held_on, const Team&, const CalendarBook&);

// ---- occurrences

// On which day the occurrence of that rule date is held: moved by on_holiday, or none when it is
// skipped.
std::optional<LocalDate>
held_on(const Ceremony&, LocalDate rule_date, const Team&, const CalendarBook&);

struct OccurrenceName {
    LocalDate date;
    std::string slot;

    auto operator<=>(const OccurrenceName&) const = default;
};

// The next occurrence of which some member's window opens after `after` and that was not opened
// yet. `opens_at` is the first member's opening (the team's when nobody has a window).
std::optional<PlannedRun> next_planned(
    const Ceremony&, const Roster&, Instant after, const std::vector<OccurrenceName>& opened
);

// When this person's own next window of the ceremony opens; none when they have none (an observer,
// a paused ceremony, ...). Others' windows, which open the run, may be hours or a day away from it.
std::optional<Instant> next_window(const Roster&, const Ceremony&, const Person&, Instant after);

// Sets the open_run timer for `planned`, or clears it.
Decision plan(CeremonyId, const std::optional<PlannedRun>& planned);

// ---- what timers do

// Opens the planned occurrence: a run with frozen questions, a round for every participant, their
// timers, and the plan of the next occurrence. `runs_held` turns the rotating questions. May come
// long after planned.opens_at: the rounds' own timers find out.
Decision
open_run(const Roster&, const Ceremony&, const PlannedRun& planned, const std::vector<OccurrenceName>& opened, int runs_held, IdSource&);

// The round's window opens, or its snooze ends: asks, or says why not (spec/reliability.md,
// catch-up).
Decision ask(const Turn&, Instant now, IdSource&);
// What that earlier card offers counts no more: it says so. One that shows an answer stays as it
// is.
Decision next_has_opened(const Round& earlier, Instant now, IdSource&);
Decision remind(const Turn&, Instant now, IdSource&);
Decision close_round(const Turn&, Instant now, IdSource&);
Decision complete_run(const RunBoard&, Instant now, IdSource&);
Decision close_run(const RunBoard&, Instant now, IdSource&);

// What became of the prompt's delivery.
Decision prompt_sent(const Turn&, Instant now, IdSource&);
Decision prompt_failed(const Turn&, const std::string& reason, Instant now, IdSource&);
Decision prompt_expired(const Turn&, Instant now, IdSource&);

inline constexpr std::string_view was_down_event = "muster.was_down";

// The program did not run: recorded, and told to the delivery managers of these teams once it is
// known what it made late.
Decision was_down(Instant from, Instant to, const std::vector<Roster>&, IdSource&);

// The member takes part no more: a round that has not ended is not asked.
Decision leave(const Turn&, Instant now, IdSource&);
// They take part again: a round that ended because they left goes on, if enough of its window is
// left.
Decision rejoin(const Turn&, Instant now, IdSource&);

// What people typed meanwhile was read, or could not be: the reports say so.
Decision was_read_back(Downtime, const std::vector<Roster>&, Instant now, IdSource&);

// The platform will not post in this channel: told once a day to those who can mend it.
Decision channel_refused(const Roster&, Channel, Instant now, IdSource&);

// ---- what people do

// A message for `turn`: lines with letters replace these answers (a blocker's letter raises one);
// without letters it is saved at once as today's plan; a second one is kept and offered. Platforms
// keep no order (spec/reliability.md F22): what was answered after SaidAt stands, and the earlier
// words are kept.
Decision on_message(const Turn&, const Said&, SaidAt, Instant now, IdSource&);

// The message was changed or removed: an answer that it gives no more is withdrawn. What was
// answered after SaidAt, by another message, stands.
Decision on_message_edited(const Turn&, const Said& edited, SaidAt, Instant now, IdSource&);
Decision on_message_deleted(const Turn&, const std::string& message, Instant now, IdSource&);

// A page of the form: saved, or FormErrors with nothing changed. What was answered after SaidAt
// stands, and the words are kept.
Decision on_form(const Turn&, int page, FormValues, SaidAt, Instant now, IdSource&);

// "Add a blocker": raised with its details at once, so that nothing is held back; or FormErrors
// with nothing changed.
Decision on_new_blocker(const Turn&, const FormValues&, Instant now, IdSource&);

// Says why the round takes this no more.
Decision not_taken(const Turn&, Instant now);

Decision open_form(const Turn&, Instant now);
Decision same_plan(const Turn&, Instant now, IdSource&);
Decision snooze(const Turn&, minutes length, Instant now, IdSource&);
Decision skip(const Turn&, Instant now, IdSource&);
Decision remove_answer(const Turn&, Instant now, IdSource&);

// Added once to all that is decided about a message: its answers, drafts and blockers remember when
// the platform says that it was typed or edited last.
Decision said_then(Decision, const std::string& message, Instant said_at);
// All answers do, whatever message they carry.
Decision answered_then(Decision, Instant said_at);

// Drafts: what was typed and has not found its place.
enum class DraftUse { add, replace };
Decision use_draft(const Turn&, const Draft&, DraftUse, Instant now, IdSource&);
// The person said which stand-up the kept message is for: it is taken as if typed there.
Decision use_for_round(const Turn&, const Draft&, Instant now, IdSource&);
// A line that was added to the plan was changed; "" = removed.
Decision
on_added_edited(const Turn&, const Draft&, const std::string& text, Instant now, IdSource&);
// The line was deleted before it arrived: it is void when it comes.
Decision expect_no_line(const Person&, const std::string& message, Instant now, IdSource&);
Decision forget_draft(const Person&, const Draft&);
// The line that it keeps was changed, or deleted: nobody asked for an answer to that.
Decision on_kept_edited(Draft, const std::string& text);
Decision on_kept_deleted(const Person&, const Draft&);
// It has found its place, or is void.
void end_draft(Decision&, const Draft&);
Decision
ask_which_round(const Person&, const std::vector<Turn>&, const Said&, Instant now, IdSource&);
// A reply under a card whose round takes no more answers: nothing else is meant by it.
Decision keep_overdue_line(const Person&, const Said&, Instant now, IdSource&);
Decision
keep_loose_line(const Person&, const Said&, const std::optional<PlannedRun>& next, Instant now, IdSource&);

// An unscheduled run, now; at most one open run per ceremony.
Decision
start(const Roster&, const Ceremony&, const std::vector<Run>& open, int runs_held, const Person& by, const std::string& request, Instant now, IdSource&);

// Leaves the stand-ups of a team: an observer from now on. And back.
Decision
stop(const Person&, const Team&, const std::vector<Turn>& todays, const std::vector<PersonId>& delivery_managers, Instant now, IdSource&);
Decision
undo_stop(const Person&, const Team&, const std::vector<Turn>& todays, const std::vector<PersonId>& delivery_managers, Instant now, IdSource&);

// Their hours or time zone are wrong: who can mend it is told, once a day.
Decision
question_hours(const Person&, const Team&, const std::vector<PersonId>& delivery_managers, Instant now, IdSource&);

// ---- sums, checked after every run

// The kind of event that says that a run closed with rounds that do not add up: for an alarm.
constexpr auto sums_differ_event = "run.sums_differ";

// The round has ended in exactly one state, and its facts agree: an answer where it was answered, a
// reason where it was not asked, a prompt where it was silent.
bool has_ended_well(const Round&);
// So that asked = answered + late + skipped + silent, and everyone else has one reason: those of
// whom that is not true.
std::vector<RoundId> rounds_that_do_not_add_up(const RunBoard&);

// ---- parts that the files of this namespace share

const Question* plan_question(const Run&);  // key "today", else the first text question
bool is_final(Phase);  // the round has ended in this state (answers may still change it)
Instant latest_close(const Run&);  // the cap

// When the one reminder is due: moved out of a break; none when there is none, or it would come too
// close to the end.
std::optional<Instant> reminder_at(const Turn&, Instant asked_at, Instant closes_at);

// Sees that the cards, the reminder and the summary show the round as it is after this decision.
void refresh(Decision&, const Turn& before, const Round& after, Instant now, IdSource&);
// The summary and, of its thread, what speaks of blockers.
void refresh_summary(Decision&, const Run&, const Team&, const std::vector<Channel>&, const CalendarBook&, Instant now, IdSource&);

// Notices about a person are one message a day, edited when more happens: the day is their seq.
int day_number(Instant);
DeliveryKey to_person(Purpose, std::int64_t subject, PersonId, int seq = 0);
DeliveryKey to_channel(Purpose, std::int64_t subject, ChannelId, int seq = 0);
Tell tell(
    DeliveryKey,
    Instant due,
    IdSource&,
    std::optional<Instant> expires_at = {},
    std::optional<DeliveryKey> thread = {}
);
Say say(const Person&, Text);  // a private reply of one sentence

}  // namespace muster::standup
