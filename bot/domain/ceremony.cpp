#include "bot/domain/ceremony.hpp"

#include <array>
#include <charconv>

namespace muster {
namespace {

constexpr minutes longest_length = 48h;

template <class Enum, std::size_t count>
std::optional<Enum> find_by_name(const std::array<Enum, count>& all, std::string_view text) {
    for (auto value : all) {
        if (text == name(value)) return value;
    }
    return std::nullopt;
}

// Takes a whole number of one to four digits off the front.
std::optional<int> take_number(std::string_view& text) {
    int number = 0;
    auto end = text.data() + std::min<std::size_t>(text.size(), 4);
    auto [rest, failure] = std::from_chars(text.data(), end, number);
    if (failure != std::errc{} || number < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
    return number;
}

bool take(std::string_view& text, char letter) {
    if (!text.starts_with(letter)) return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace

std::vector<Question> usual_questions() {
    Question today;
    today.key = "today";
    today.letter = "t";
    today.text = "What will you do today?";
    today.required = true;

    Question since;
    since.key = "since";
    since.letter = "y";
    since.text = "What have you done since last time?";

    Question blocker;
    blocker.key = "blocker";
    blocker.letter = "b";
    blocker.text = "Is anything new stopping you?";
    blocker.kind = Question::Kind::blocker;
    return {today, since, blocker};
}

const char* name(Question::Kind kind) {
    switch (kind) {
        case Question::Kind::text: return "text";
        case Question::Kind::choice: return "choice";
        case Question::Kind::scale: return "scale";
        case Question::Kind::yes_no: return "yes-no";
        case Question::Kind::blocker: return "blocker";
    }
    return "";
}

const char* name(ZoneRule rule) {
    switch (rule) {
        case ZoneRule::member: return "member";
        case ZoneRule::team: return "team";
    }
    return "";
}

const char* name(OnHoliday rule) {
    switch (rule) {
        case OnHoliday::skip: return "skip";
        case OnHoliday::before: return "before";
        case OnHoliday::after: return "after";
        case OnHoliday::hold: return "hold";
    }
    return "";
}

std::optional<Question::Kind> question_kind_from(std::string_view text) {
    using Kind = Question::Kind;
    std::array all{Kind::text, Kind::choice, Kind::scale, Kind::yes_no, Kind::blocker};
    return find_by_name(all, text);
}

std::optional<ZoneRule> zone_rule_from(std::string_view text) {
    return find_by_name(std::array{ZoneRule::member, ZoneRule::team}, text);
}

std::optional<OnHoliday> on_holiday_from(std::string_view text) {
    using enum OnHoliday;
    return find_by_name(std::array{skip, before, after, hold}, text);
}

std::optional<minutes> length_from(std::string_view text) {
    auto first = take_number(text);
    if (!first) return std::nullopt;
    auto length = minutes{*first};
    if (take(text, 'h')) {
        length *= 60;
        if (!text.empty()) {
            auto rest = take_number(text);
            if (!rest || *rest > 59 || !take(text, 'm')) return std::nullopt;
            length += minutes{*rest};
        }
    } else if (!take(text, 'm')) {
        return std::nullopt;
    }
    if (!text.empty() || length <= 0min || length > longest_length) return std::nullopt;
    return length;
}

std::string length_text(minutes length) {
    auto hours = length / 1h;
    auto rest = (length % 1h).count();
    std::string text;
    if (hours > 0) text += std::to_string(hours) + "h";
    if (rest > 0 || hours == 0) text += std::to_string(rest) + "m";
    return text;
}

std::optional<ReminderRule> reminder_from(std::string_view text) {
    if (text == "none") return ReminderRule{std::nullopt, std::nullopt};
    auto rest = text;
    if (auto number = take_number(rest); number && rest == "%") {
        if (*number < 1 || *number > 99) return std::nullopt;
        return ReminderRule{number, std::nullopt};
    }
    auto length = length_from(text);
    if (!length) return std::nullopt;
    return ReminderRule{std::nullopt, length};
}

std::string to_text(const ReminderRule& rule) {
    if (rule.percent) return std::to_string(*rule.percent) + "%";
    return rule.before_close ? length_text(*rule.before_close) : "none";
}

}  // namespace muster
