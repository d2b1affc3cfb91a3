#pragma once

#include <array>
#include <concepts>
#include <stdexcept>

#include "bot/domain/decision.hpp"
#include "bot/domain/inbound.hpp"

// How enums are written in rows: as words, so that a reordered enum never changes the meaning of
// what is stored. Names are for ever: a new value is added at the end of its list, none is ever
// renamed without a migration.
namespace muster::sqlite {

// A row or a value in it that this program cannot have written.
struct CorruptRow : std::runtime_error {
    using std::runtime_error::runtime_error;
};

template <class Enum>
struct EnumNames;  // `names`, one for each value in order; or `from`, where the domain names its
                   // values itself

// clang-format off
template <> struct EnumNames<AbsenceSource> { static constexpr std::array names{"self", "delivery_manager", "ics", "csv", "holiday"}; };
template <> struct EnumNames<AnswerSource> { static constexpr std::array names{"form", "line", "same_plan"}; };
template <> struct EnumNames<BlockerState> { static constexpr std::array names{"open", "cleared", "withdrawn", "merged"}; };
template <> struct EnumNames<DayPart> { static constexpr std::array names{"whole", "morning", "afternoon"}; };
template <> struct EnumNames<DeliveryState> { static constexpr std::array names{"pending", "sending", "uncertain", "sent", "failed", "cancelled", "expired"}; };
template <> struct EnumNames<DraftKind> { static constexpr std::array names{"loose", "extra", "which_round", "absence", "withdrawn_line", "added", "which_team", "numbered", "away_hint"}; };
template <> struct EnumNames<Field::Kind> { static constexpr std::array names{"line", "paragraph", "choice", "several", "scale", "yes_no", "date", "time", "person", "tick", "shown", "people", "group"}; };
template <> struct EnumNames<FormKind> { static constexpr std::array names{"answer", "blocker_details", "new_blocker", "schedule", "questions", "team_blocker", "setup", "setup_trial", "people", "roles", "days_off", "cover"}; };
template <> struct EnumNames<NotAsked> { static constexpr std::array names{"none", "downtime", "outside_hours", "left", "too_late", "called_off"}; };
template <> struct EnumNames<NoteKind> { static constexpr std::array names{"still", "moving", "note"}; };
template <> struct EnumNames<OnHoliday> { static constexpr std::array names{"skip", "before", "after", "hold"}; };
template <> struct EnumNames<Question::Kind> { static constexpr std::array names{"text", "choice", "scale", "yes_no", "blocker"}; };
template <> struct EnumNames<ReadBack> { static constexpr std::array names{"due", "done", "in_part", "impossible"}; };
template <> struct EnumNames<Recurrence::Frequency> { static constexpr std::array names{"daily", "weekly", "monthly"}; };
template <> struct EnumNames<RunState> { static constexpr std::array names{"open", "complete", "closed"}; };
template <> struct EnumNames<SetupKind> { static constexpr std::array names{"new_team", "people", "roles", "newcomer", "group"}; };
template <> struct EnumNames<SetupState> { static constexpr std::array names{"looking", "offered", "checking", "proposed", "started", "declined", "ended"}; };
template <> struct EnumNames<Standing> { static constexpr std::array names{"participant", "observer"}; };
template <> struct EnumNames<ZoneRule> { static constexpr std::array names{"member", "team"}; };

template <> struct EnumNames<Phase> { static constexpr auto from = phase_from; };
template <> struct EnumNames<Purpose> { static constexpr auto from = purpose_from; };
template <> struct EnumNames<Role> { static constexpr auto from = role_from; };
template <> struct EnumNames<TimerKind> { static constexpr auto from = timer_kind_from; };
template <> struct EnumNames<Verb> { static constexpr auto from = verb_from; };

// clang-format on

template <class Enum>
std::string_view text_of(Enum value) {
    if constexpr (requires { EnumNames<Enum>::names; })
        return EnumNames<Enum>::names.at(static_cast<std::size_t>(value));
    else
        return name(value);
}

template <class Enum>
Enum enum_from(std::string_view text) {
    if constexpr (requires { EnumNames<Enum>::names; }) {
        const auto& names = EnumNames<Enum>::names;
        for (std::size_t index = 0; index < names.size(); ++index)
            if (names[index] == text) return static_cast<Enum>(index);
    } else {
        if (auto value = EnumNames<Enum>::from(text)) return *value;
    }
    throw CorruptRow("unknown word in a row: \"" + std::string(text) + "\"");
}

}  // namespace muster::sqlite
