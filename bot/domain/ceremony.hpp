#pragma once

#include "bot/domain/ids.hpp"
#include "bot/domain/recurrence.hpp"

namespace muster {

struct Question {
    enum class Kind { text, choice, scale, yes_no, blocker };

    std::string key;     // "today" is the plan; "since" is pre-filled from it
    std::string letter;  // "t": for typed answers; may be ""
    std::string text;
    Kind kind = Kind::text;
    bool required = false;
    std::vector<std::string>
        choices;         // choice: 2..10; scale: its labels from low to high, or empty = 1..5
    std::string rotate;  // one of a group per run, in turn; "" = always

    bool operator==(const Question&) const = default;
};

// A time of the day at which a ceremony takes place. The key is its identity: moving `at` never
// makes a second occurrence.
struct Slot {
    std::string key = "main";
    TimeOfDay at{};

    bool operator==(const Slot&) const = default;
};

enum class ZoneRule { member, team };
enum class OnHoliday { skip, before, after, hold };

// When the one private reminder goes out: a share of the window, or a length before its close. Both
// empty = none.
struct ReminderRule {
    std::optional<int> percent;  // 1..99
    std::optional<minutes> before_close;

    bool operator==(const ReminderRule&) const = default;
};

// What and when. A ceremony that is a list of questions; other kinds come later.
struct Ceremony {
    CeremonyId id;
    TeamId team;
    std::string key;  // "standup"
    std::string kind = "stand-up";
    std::string name;  // "stand-up": how people call it
    Recurrence recurrence;
    std::vector<Slot> slots;  // at least one, keys unique
    ZoneRule zone = ZoneRule::member;
    minutes window = 120min;
    ReminderRule reminder{80, std::nullopt};
    OnHoliday on_holiday = OnHoliday::skip;
    std::vector<Question> questions;  // at most 20
    bool names_hidden = false;
    bool show_silent = false;  // the team chose to name those who gave no answer
    bool paused = false;
    bool archived = false;

    bool operator==(const Ceremony&) const = default;
};

std::vector<Question> usual_questions();  // today, since, blocker: the default of a stand-up

// As settings files write them: "yes-no"; "member"; "skip".
const char* name(Question::Kind);
const char* name(ZoneRule);
const char* name(OnHoliday);
std::optional<Question::Kind> question_kind_from(std::string_view);
std::optional<ZoneRule> zone_rule_from(std::string_view);
std::optional<OnHoliday> on_holiday_from(std::string_view);

// "2h", "90m", "1h30m": whole and above 0. The longest is 48 hours.
std::optional<minutes> length_from(std::string_view text);
std::string length_text(minutes);

// "80%", "20m", "none".
std::optional<ReminderRule> reminder_from(std::string_view text);
std::string to_text(const ReminderRule&);

}  // namespace muster
