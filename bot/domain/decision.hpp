#pragma once

#include "bot/domain/delivery.hpp"
#include "bot/domain/run.hpp"
#include "bot/domain/setup.hpp"

namespace muster {

// What will happen later is a row: unique by (kind, ref).
enum class TimerKind {
    open_run,      // ref: ceremony
    ask,           // ref: round: its window opens, or its snooze ends
    remind,        // ref: round
    complete_run,  // ref: run: the team zone's window closes
    close_round,   // ref: round: its window closes
    close_run,     // ref: run: the last window closes
    show_blocker,  // ref: blocker: held back no longer
    drop_draft,    // ref: draft
    welcome_back,  // ref: absence
};

const char* name(TimerKind);
std::optional<TimerKind> timer_kind_from(std::string_view);

struct Timer {
    TimerKind kind;
    std::int64_t ref = 0;
    Instant due{};

    bool operator==(const Timer&) const = default;
};

struct SetTimer {  // replaces one of the same (kind, ref)
    TimerKind kind;
    std::int64_t ref = 0;
    Instant due{};

    bool operator==(const SetTimer&) const = default;
};

struct CancelTimer {
    TimerKind kind;
    std::int64_t ref = 0;

    bool operator==(const CancelTimer&) const = default;
};

using TimerChange = std::variant<SetTimer, CancelTimer>;

// The occurrence that the open_run timer of a ceremony is set for.
struct PlannedRun {
    CeremonyId ceremony;
    LocalDate date{};     // of the rule
    LocalDate held_on{};  // moved off a holiday, or the same
    std::string slot;
    Instant opens_at{};

    bool operator==(const PlannedRun&) const = default;
};

// Whether what people typed while nobody listened was read where they typed it.
enum class ReadBack {
    due,
    done,
    in_part,     // there was too much of it, or the platform would not tell in time
    impossible,  // the platform does not let Muster read it
};

// A time the program did not run.
struct Downtime {
    std::int64_t id = 0;
    Instant from{};
    Instant to{};
    ReadBack read_back = ReadBack::due;

    bool operator==(const Downtime&) const = default;
};

// An answer to this round was typed in that time, and came in by being read back.
struct Recovered {
    std::int64_t downtime = 0;
    RoundId round;

    bool operator==(const Recovered&) const = default;
};

// Row values: each is written over the row of the same key.
// Settings rows may also go: the rest is never deleted by a decision, except drafts.
struct MembershipEnds {
    TeamId team;
    PersonId person;
    bool operator==(const MembershipEnds&) const = default;
};

struct RoleEnds {
    std::optional<TeamId> team;
    Role role;
    PersonId person;
    bool operator==(const RoleEnds&) const = default;
};

struct CoverEnds {
    CoverId cover;
    bool operator==(const CoverEnds&) const = default;
};

struct AccountEnds {
    AccountId account;
    bool operator==(const AccountEnds&) const = default;
};

struct ChannelEnds {
    ChannelId channel;
    bool operator==(const ChannelEnds&) const = default;
};

struct AbsenceEnds {
    AbsenceId absence;
    bool operator==(const AbsenceEnds&) const = default;
};

struct DraftEnds {
    DraftId draft;
    bool operator==(const DraftEnds&) const = default;
};

struct CalendarRow {
    OrganisationId organisation;
    Calendar calendar;
};

struct PlanEnds {  // no further occurrence
    CeremonyId ceremony;
    bool operator==(const PlanEnds&) const = default;
};

using Change = std::variant<
    Organisation,
    Connection,
    Person,
    Account,
    Team,
    Channel,
    Membership,
    RoleHolder,
    Cover,
    Ceremony,
    CalendarRow,
    Absence,
    PlannedRun,
    Run,
    Round,
    Answer,
    Draft,
    Blocker,
    BlockerNote,
    Delivery,
    Downtime,
    Setup,
    Recovered,
    MembershipEnds,
    RoleEnds,
    CoverEnds,
    AccountEnds,
    ChannelEnds,
    AbsenceEnds,
    DraftEnds,
    PlanEnds>;

// An act of a person or a change of a case, for the append-only log. Facts are names and values as
// text.
struct Event {
    std::string kind;  // "round.answered"
    std::int64_t subject = 0;
    std::optional<PersonId> actor;  // none = Muster itself
    std::vector<std::pair<std::string, std::string>> facts;

    bool operator==(const Event&) const = default;
};

// What a pure decision yields: everything it makes true at once. Stored in one transaction or not
// at all.
struct Decision {
    std::vector<Change> changes{};
    std::vector<TimerChange> timers{};
    std::vector<Tell> deliveries{};
    std::vector<Event> events{};
    Reply reply{};
};

// Appends `next` to `decision`; the reply is next's unless it has none.
void append(Decision& decision, Decision next);

}  // namespace muster
