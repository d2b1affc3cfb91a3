#include "bot/domain/calendar.hpp"

#include <algorithm>

namespace muster {

using namespace std::chrono;

namespace {

constexpr std::size_t longest_text = 200;
constexpr auto midday = TimeOfDay{13h};
constexpr auto end_of_day = TimeOfDay{24h};
constexpr int days_until_nobody_works = 400;
constexpr int days_of_a_deadline = 1'000;
constexpr std::array<std::string_view, 7> weekday_names{
    "mon", "tue", "wed", "thu", "fri", "sat", "sun"};

LocalDate monday_of(LocalDate);
std::string without_spaces(std::string_view);
std::vector<std::string_view> pieces(std::string_view, char separator);
std::optional<unsigned> weekday_index(std::string_view name);
std::optional<Hours> stretch_of_hours(std::string_view text);

bool is_holiday(const WorkPattern&, LocalDate);
bool is_away(const WorkPattern&, LocalDate, DayPart);
std::vector<Hours> hours_left_by_absence(const WorkPattern&, LocalDate);
milliseconds worked_by(const WorkPattern&, LocalDate, Instant from, Instant to);
std::optional<LocalDate> nearest_working_day(const WorkPattern&, LocalDate, int direction);

}  // namespace

const std::vector<Hours>& WorkingHours::on(LocalDate date) const {
    const auto weekday = weekday_of(date).iso_encoding() - 1;
    if (!week_b || !week_a) return week.days[weekday];
    const auto weeks_gone = days_between(monday_of(*week_a), monday_of(date)) / 7;
    return weeks_gone % 2 == 0 ? week.days[weekday] : week_b->days[weekday];
}

WorkingHours office_hours() {
    WorkingHours hours;
    for (std::size_t day = 0; day < 5; ++day)
        hours.week.days[day] = {{.from = 9h, .to = 17h + 30min}};
    return hours;
}

std::vector<weekday> days_from(std::string_view text) {
    if (text.size() > longest_text) return {};
    std::array<bool, 7> named{};
    const auto plain = without_spaces(text);
    for (const auto piece : pieces(plain, ',')) {
        const auto dash = piece.find('-');
        const auto first = weekday_index(piece.substr(0, dash));
        const auto last =
            dash == std::string_view::npos ? first : weekday_index(piece.substr(dash + 1));
        if (!first || !last) return {};
        named[*last] = true;
        for (auto day = *first; day != *last; day = (day + 1) % 7)
            named[day] = true;
    }

    std::vector<weekday> days;
    for (unsigned day = 0; day < 7; ++day)
        if (named[day]) days.push_back(Monday + std::chrono::days{day});
    return days;
}

std::optional<std::vector<Hours>> hours_from(std::string_view text) {
    if (text.size() > longest_text) return std::nullopt;
    std::vector<Hours> day;
    const auto plain = without_spaces(text);
    if (plain.empty()) return day;

    for (const auto piece : pieces(plain, ',')) {
        const auto hours = stretch_of_hours(piece);
        if (!hours) return std::nullopt;
        day.push_back(*hours);
    }
    std::ranges::sort(day, {}, &Hours::from);
    const auto overlap = [](const Hours& earlier, const Hours& later) {
        return later.from < earlier.to;
    };
    if (std::ranges::adjacent_find(day, overlap) != day.end()) return std::nullopt;
    return day;
}

std::string to_text(const std::vector<Hours>& day) {
    std::string text;
    for (const auto& hours : day) {
        if (!text.empty()) text += ',';
        text += to_text(hours.from) + '-' + to_text(hours.to);
    }
    return text;
}

DayKind day_kind(const WorkPattern& pattern, LocalDate date) {
    if (is_away(pattern, date, DayPart::whole)) return DayKind::away;
    if (is_holiday(pattern, date)) return DayKind::holiday;
    if (pattern.hours.on(date).empty()) return DayKind::not_a_working_day;
    if (hours_left_by_absence(pattern, date).empty()) return DayKind::away;
    return DayKind::working;
}

std::vector<Stretch> working_stretches(const WorkPattern& pattern, LocalDate date) {
    if (day_kind(pattern, date) != DayKind::working) return {};

    std::vector<Stretch> stretches;
    for (const auto& hours : hours_left_by_absence(pattern, date)) {
        auto from = instant_at(pattern.zone, date, hours.from);
        const auto to = last_instant_at(pattern.zone, date, hours.to);
        if (!from || !to) continue;
        // Where a time happens twice, the end of one interval may lie after the start of the next.
        if (!stretches.empty()) from = std::max(*from, stretches.back().to);
        if (from < to) stretches.push_back({*from, *to});
    }
    return stretches;
}

bool is_working(const WorkPattern& pattern, Instant instant) {
    const auto date = local_date(pattern.zone, instant);
    // The neighbours count where the clocks go back over midnight: their hours may reach into this
    // date.
    for (const auto day : {date, add_days(date, -1), add_days(date, 1)})
        for (const auto& stretch : working_stretches(pattern, day))
            if (stretch.from <= instant && instant < stretch.to) return true;
    return false;
}

std::optional<Instant> next_working_instant(const WorkPattern& pattern, Instant earliest) {
    const auto yesterday = add_days(local_date(pattern.zone, earliest), -1);
    for (int day = 0; day <= 1 + days_until_nobody_works; ++day)
        for (const auto& stretch : working_stretches(pattern, add_days(yesterday, day)))
            if (earliest < stretch.to) return std::max(earliest, stretch.from);
    return std::nullopt;
}

WorkingMinutes working_time_between(const WorkPattern& pattern, Instant from, Instant to) {
    // Whole minutes of the clock: lengths that are cut off one by one would not add up.
    from = floor<minutes>(from);
    to = floor<minutes>(to);
    if (to <= from) return {0min};

    auto worked = 0ms;
    const auto last = add_days(local_date(pattern.zone, to), 1);
    for (auto date = add_days(local_date(pattern.zone, from), -1); date <= last;
         date = add_days(date, 1))
        worked += worked_by(pattern, date, from, to);
    return {floor<minutes>(worked)};
}

std::optional<Instant> add_working_time(
    const WorkPattern& pattern, Instant from, WorkingMinutes time
) {
    milliseconds left = time.length;
    if (left <= 0ms) return from;

    const auto yesterday = add_days(local_date(pattern.zone, from), -1);
    for (int day = 0; day <= 1 + days_of_a_deadline; ++day)
        for (const auto& stretch : working_stretches(pattern, add_days(yesterday, day))) {
            const auto start = std::max(from, stretch.from);
            if (stretch.to <= start) continue;
            if (left <= stretch.to - start) return start + left;
            left -= stretch.to - start;
        }
    return std::nullopt;
}

std::optional<LocalDate> next_working_day(const WorkPattern& pattern, LocalDate date) {
    return nearest_working_day(pattern, date, 1);
}

std::optional<LocalDate> previous_working_day(const WorkPattern& pattern, LocalDate date) {
    return nearest_working_day(pattern, date, -1);
}

namespace {

LocalDate monday_of(LocalDate date) {
    return add_days(date, -static_cast<int>((weekday_of(date) - Monday).count()));
}

std::string without_spaces(std::string_view text) {
    std::string plain(text);
    std::erase(plain, ' ');
    return plain;
}

std::vector<std::string_view> pieces(std::string_view text, char separator) {
    std::vector<std::string_view> found;
    while (true) {
        const auto end = text.find(separator);
        found.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return found;
        text.remove_prefix(end + 1);
    }
}

std::optional<unsigned> weekday_index(std::string_view name) {
    const auto same_letter = [](char written, char wanted) {
        return written == wanted || written == wanted - 'a' + 'A';
    };
    const auto found = std::ranges::find_if(weekday_names, [&](std::string_view known) {
        return std::ranges::equal(name, known, same_letter);
    });
    if (found == weekday_names.end()) return std::nullopt;
    return static_cast<unsigned>(found - weekday_names.begin());
}

std::optional<Hours> stretch_of_hours(std::string_view text) {
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto from = time_of_day_from(text.substr(0, dash));
    const auto to = time_of_day_from(text.substr(dash + 1));
    if (!from || !to || *from >= *to) return std::nullopt;
    return Hours{*from, *to};
}

bool is_holiday(const WorkPattern& pattern, LocalDate date) {
    return std::ranges::any_of(pattern.calendars, [&](const Calendar* calendar) {
        return calendar->is_holiday(date);
    });
}

bool takes_half(const DaysAway& away, LocalDate date, DayPart part) {
    if (date < away.from || date > away.to) return false;
    const auto is_only_day = away.from == away.to;
    const auto works_morning = date == away.from && away.first_day == DayPart::afternoon;
    const auto works_afternoon = (date == away.to && away.last_day == DayPart::morning) ||
                                 (is_only_day && away.first_day == DayPart::morning);
    return part == DayPart::morning ? !works_morning : !works_afternoon;
}

// Two absences may take a half each.
bool is_away(const WorkPattern& pattern, LocalDate date, DayPart part) {
    if (part == DayPart::whole)
        return is_away(pattern, date, DayPart::morning) &&
               is_away(pattern, date, DayPart::afternoon);
    return std::ranges::any_of(pattern.away, [&](const DaysAway& away) {
        return takes_half(away, date, part);
    });
}

std::vector<Hours> hours_left_by_absence(const WorkPattern& pattern, LocalDate date) {
    const auto start = is_away(pattern, date, DayPart::morning) ? midday : TimeOfDay{0};
    const auto end = is_away(pattern, date, DayPart::afternoon) ? midday : end_of_day;

    std::vector<Hours> left;
    for (const auto& hours : pattern.hours.on(date)) {
        const Hours kept{std::max(hours.from, start), std::min(hours.to, end)};
        if (kept.from < kept.to) left.push_back(kept);
    }
    return left;
}

milliseconds worked_by(const WorkPattern& pattern, LocalDate date, Instant from, Instant to) {
    auto worked = 0ms;
    for (const auto& stretch : working_stretches(pattern, date))
        worked += std::max(std::min(to, stretch.to) - std::max(from, stretch.from), 0ms);
    return worked;
}

std::optional<LocalDate> nearest_working_day(
    const WorkPattern& pattern, LocalDate date, int direction
) {
    for (int distance = 1; distance <= days_until_nobody_works; ++distance) {
        const auto day = add_days(date, distance * direction);
        if (!working_stretches(pattern, day).empty()) return day;
    }
    return std::nullopt;
}

}  // namespace

Calendar with_days_of(Calendar own, const Calendar& base) {
    own.days.insert(base.days.begin(), base.days.end());
    own.data_ends = base.data_ends;
    return own;
}

Calendar own_days_of(Calendar whole, const Calendar& base) {
    std::erase_if(whole.days, [&](const auto& day) {
        auto same = base.days.find(day.first);
        return same != base.days.end() && same->second == day.second;
    });
    whole.data_ends = std::nullopt;
    return whole;
}

}  // namespace muster
