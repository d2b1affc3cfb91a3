#include "bot/domain/recurrence.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <cstdlib>

namespace muster {

using namespace std::chrono;
using Frequency = Recurrence::Frequency;
using NthWeekday = Recurrence::NthWeekday;

namespace {

constexpr std::size_t longest_rule = 300;
constexpr int largest_interval = 366;
constexpr int largest_count = 10'000;
constexpr auto search_ahead = years{60};
constexpr auto last_date = year{9999} / December / 31;
constexpr std::array<std::string_view, 7> weekday_names{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

// Every key of a rule at most once, as it was written (in capitals).
struct Parts {
    std::optional<std::string> freq, interval, byday, bymonthday, until, count;
};

using SplitRule = boost::system::result<Parts, RecurrenceProblem>;

SplitRule split(std::string_view rule);
std::optional<RecurrenceProblem> read_how_often(Recurrence&, const Parts&);
std::optional<RecurrenceProblem> read_end(Recurrence&, const Parts&);
std::optional<RecurrenceProblem> read_days(Recurrence&, const Parts&);
std::optional<RecurrenceProblem> read_days_of_week(Recurrence&, const Parts&);
std::optional<RecurrenceProblem> read_day_of_month(Recurrence&, const Parts&);

std::optional<sys_days> next_by_day(const Recurrence&, sys_days earliest);
std::optional<sys_days> next_by_week(const Recurrence&, sys_days earliest);
std::optional<sys_days> next_by_month(const Recurrence&, sys_days earliest);
int dates_before(const Recurrence&, sys_days);

}  // namespace

void throw_exception_from_error(const RecurrenceProblem& problem, const boost::source_location&) {
    throw std::logic_error("value() of a rule that is not one: " + problem.part);
}

ParsedRecurrence parse_recurrence(std::string_view rule, std::optional<LocalDate> from) {
    if (from && !from->ok()) return RecurrenceProblem{"from is a day that exists", to_text(*from)};
    const auto parts = split(rule);
    if (!parts) return parts.error();

    Recurrence recurrence;
    recurrence.from = from;
    for (const auto read : {read_how_often, read_end, read_days})
        if (auto problem = read(recurrence, *parts)) return *std::move(problem);
    return recurrence;
}

std::string to_text(const Recurrence& recurrence) {
    constexpr std::array frequencies{"DAILY", "WEEKLY", "MONTHLY"};
    const auto name = [](weekday day) { return weekday_names[day.iso_encoding() - 1]; };

    std::string text = "FREQ=";
    text += frequencies[static_cast<std::size_t>(recurrence.frequency)];
    if (recurrence.interval != 1) text += ";INTERVAL=" + std::to_string(recurrence.interval);
    for (auto separator = ";BYDAY="; const auto day : recurrence.weekdays) {
        text += separator;
        text += name(day);
        separator = ",";
    }
    if (const auto& nth = recurrence.nth_weekday) {
        text += ";BYDAY=" + std::to_string(nth->ordinal);
        text += name(nth->weekday);
    }
    if (recurrence.month_day) text += ";BYMONTHDAY=" + std::to_string(*recurrence.month_day);
    if (recurrence.until) {
        auto date = to_text(*recurrence.until);
        std::erase(date, '-');
        text += ";UNTIL=" + date;
    }
    if (recurrence.count) text += ";COUNT=" + std::to_string(*recurrence.count);
    return text;
}

std::optional<LocalDate> next_date(const Recurrence& recurrence, LocalDate earliest) {
    assert(recurrence.interval >= 1);
    if (recurrence.from) earliest = std::max(earliest, *recurrence.from);
    if (earliest > last_date) return std::nullopt;
    const sys_days start{earliest};

    const auto date = [&] {
        switch (recurrence.frequency) {
            case Frequency::daily: return next_by_day(recurrence, start);
            case Frequency::weekly: return next_by_week(recurrence, start);
            case Frequency::monthly: return next_by_month(recurrence, start);
        }
        std::abort();
    }();

    if (!date || *date > sys_days{last_date}) return std::nullopt;
    if (recurrence.until && *date > sys_days{*recurrence.until}) return std::nullopt;
    if (recurrence.count && dates_before(recurrence, *date) >= *recurrence.count)
        return std::nullopt;
    return LocalDate{*date};
}

bool takes_place_on(const Recurrence& recurrence, LocalDate date) {
    return next_date(recurrence, date) == date;
}

namespace {

// ---- reading a rule

bool is_number_of(std::string_view text, int& value, int smallest, int largest) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    return problem == std::errc{} && end == text.data() + text.size() && value >= smallest &&
           value <= largest;
}

std::optional<weekday> weekday_named(std::string_view name) {
    const auto found = std::ranges::find(weekday_names, name);
    if (found == weekday_names.end()) return std::nullopt;
    return weekday{static_cast<unsigned>(found - weekday_names.begin()) + 1};
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

SplitRule split(std::string_view rule) {
    if (rule.size() > longest_rule)
        return RecurrenceProblem{
            "a rule has at most 300 characters", std::string(rule.substr(0, 40))};

    std::string capitals(rule);
    for (auto& letter : capitals)
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');

    Parts parts;
    const std::array<std::pair<std::string_view, std::optional<std::string>*>, 6> keys{{
        {"FREQ", &parts.freq},
        {"INTERVAL", &parts.interval},
        {"BYDAY", &parts.byday},
        {"BYMONTHDAY", &parts.bymonthday},
        {"UNTIL", &parts.until},
        {"COUNT", &parts.count},
    }};
    for (const auto part : pieces(capitals, ';')) {
        const auto key = part.substr(0, part.find('='));
        const auto known =
            std::ranges::find(keys, key, [](const auto& entry) { return entry.first; });
        if (known == keys.end() || key.size() == part.size())
            return RecurrenceProblem{
                "a rule is made of FREQ, INTERVAL, BYDAY, BYMONTHDAY, UNTIL and COUNT, "
                "as in FREQ=WEEKLY;BYDAY=MO",
                std::string(part)};
        if (*known->second)
            return RecurrenceProblem{"a rule has each part only once", std::string(part)};
        *known->second = part.substr(key.size() + 1);
    }
    return parts;
}

std::optional<RecurrenceProblem> read_how_often(Recurrence& recurrence, const Parts& parts) {
    if (parts.freq == "DAILY")
        recurrence.frequency = Frequency::daily;
    else if (parts.freq == "WEEKLY")
        recurrence.frequency = Frequency::weekly;
    else if (parts.freq == "MONTHLY")
        recurrence.frequency = Frequency::monthly;
    else
        return RecurrenceProblem{
            "a rule has FREQ=DAILY, FREQ=WEEKLY or FREQ=MONTHLY",
            parts.freq ? "FREQ=" + *parts.freq : "no FREQ"};

    if (!parts.interval) return std::nullopt;
    if (!is_number_of(*parts.interval, recurrence.interval, 1, largest_interval))
        return RecurrenceProblem{
            "INTERVAL takes a number from 1 to 366", "INTERVAL=" + *parts.interval};
    if (recurrence.interval > 1 && !recurrence.from)
        return RecurrenceProblem{
            "a rule with INTERVAL needs a first date (from)", "INTERVAL=" + *parts.interval};
    return std::nullopt;
}

std::optional<RecurrenceProblem> read_end(Recurrence& recurrence, const Parts& parts) {
    if (parts.until && parts.count)
        return RecurrenceProblem{"a rule has UNTIL or COUNT, not both", "UNTIL and COUNT"};

    if (const auto& until = parts.until) {
        if (until->size() == 8)
            recurrence.until = date_from(
                until->substr(0, 4) + "-" + until->substr(4, 2) + "-" + until->substr(6, 2)
            );
        if (!recurrence.until)
            return RecurrenceProblem{"UNTIL takes a date, as in UNTIL=20261231", "UNTIL=" + *until};
    }

    if (const auto& count = parts.count) {
        if (!is_number_of(*count, recurrence.count.emplace(), 1, largest_count))
            return RecurrenceProblem{"COUNT takes a number from 1 to 10000", "COUNT=" + *count};
        if (!recurrence.from)
            return RecurrenceProblem{
                "a rule with COUNT needs a first date (from)", "COUNT=" + *count};
    }
    return std::nullopt;
}

std::optional<RecurrenceProblem> read_days(Recurrence& recurrence, const Parts& parts) {
    if (parts.bymonthday && recurrence.frequency != Frequency::monthly)
        return RecurrenceProblem{
            "BYMONTHDAY goes with FREQ=MONTHLY", "BYMONTHDAY=" + *parts.bymonthday};
    switch (recurrence.frequency) {
        case Frequency::daily:
            if (!parts.byday) return std::nullopt;
            return RecurrenceProblem{
                "BYDAY goes with FREQ=WEEKLY or FREQ=MONTHLY", "BYDAY=" + *parts.byday};
        case Frequency::weekly: return read_days_of_week(recurrence, parts);
        case Frequency::monthly: return read_day_of_month(recurrence, parts);
    }
    std::abort();
}

std::optional<RecurrenceProblem> read_days_of_week(Recurrence& recurrence, const Parts& parts) {
    auto& weekdays = recurrence.weekdays;
    if (!parts.byday) {
        if (!recurrence.from)
            return RecurrenceProblem{
                "a weekly rule needs BYDAY or a first date (from)", "FREQ=WEEKLY"};
        weekdays = {weekday_of(*recurrence.from)};
        return std::nullopt;
    }

    for (const auto name : pieces(*parts.byday, ',')) {
        const auto day = weekday_named(name);
        if (!day)
            return RecurrenceProblem{
                "BYDAY of a weekly rule takes MO, TU, WE, TH, FR, SA or SU",
                "BYDAY=" + *parts.byday};
        weekdays.push_back(*day);
    }
    std::ranges::sort(weekdays, {}, &weekday::iso_encoding);
    weekdays.erase(std::unique(weekdays.begin(), weekdays.end()), weekdays.end());
    return std::nullopt;
}

std::optional<RecurrenceProblem> read_day_of_month(Recurrence& recurrence, const Parts& parts) {
    if (parts.byday && parts.bymonthday)
        return RecurrenceProblem{
            "a monthly rule has BYDAY or BYMONTHDAY, not both", "BYDAY and BYMONTHDAY"};

    if (const auto& name = parts.byday) {
        const std::string_view text = *name;
        const auto ordinal = text.substr(0, std::max<std::size_t>(text.size(), 2) - 2);
        const auto day = weekday_named(text.substr(ordinal.size()));
        auto& nth = recurrence.nth_weekday.emplace();
        if (!day || !is_number_of(ordinal, nth.ordinal, -1, 5) || nth.ordinal == 0)
            return RecurrenceProblem{
                "BYDAY of a monthly rule takes one day with its place in the month, from 1MO to "
                "5SU, or -1FR for the last Friday",
                "BYDAY=" + *name};
        nth.weekday = *day;
    } else if (const auto& number = parts.bymonthday) {
        auto& month_day = recurrence.month_day.emplace();
        if (!is_number_of(*number, month_day, -1, 31) || month_day == 0)
            return RecurrenceProblem{
                "BYMONTHDAY takes a number from 1 to 31, or -1 for the last day",
                "BYMONTHDAY=" + *number};
    } else if (recurrence.from) {
        recurrence.month_day = static_cast<int>(static_cast<unsigned>(recurrence.from->day()));
    } else {
        return RecurrenceProblem{
            "a monthly rule needs BYDAY, BYMONTHDAY or a first date (from)", "FREQ=MONTHLY"};
    }
    return std::nullopt;
}

// ---- finding dates

// Where intervals are counted from. Without `from` the interval is 1, and any day serves.
sys_days origin(const Recurrence& recurrence) {
    return recurrence.from ? sys_days{*recurrence.from} : sys_days{};
}

sys_days monday_of(sys_days date) {
    return date - (weekday{date} - Monday);
}

// `value` rounded down or up to a multiple of `step`; right for negative values, too.
int floor_to(int value, int step) {
    const auto remainder = value % step;
    return value - remainder - (remainder < 0 ? step : 0);
}

int ceil_to(int value, int step) {
    return -floor_to(-value, step);
}

int count_of(days length) {
    return static_cast<int>(length.count());
}

int count_of(weeks length) {
    return static_cast<int>(length.count());
}

std::optional<sys_days> next_by_day(const Recurrence& recurrence, sys_days earliest) {
    const auto start = origin(recurrence);
    return start + days{ceil_to(count_of(earliest - start), recurrence.interval)};
}

std::optional<sys_days> next_by_week(const Recurrence& recurrence, sys_days earliest) {
    if (recurrence.weekdays.empty()) return std::nullopt;
    const auto first_week = monday_of(origin(recurrence));
    const auto weeks_gone =
        floor_to(count_of(floor<weeks>(earliest - first_week)), recurrence.interval);
    const auto week = first_week + weeks{weeks_gone};

    for (const auto day : recurrence.weekdays)
        if (const auto date = week + (day - Monday); date >= earliest) return date;
    return week + weeks{recurrence.interval} + (recurrence.weekdays.front() - Monday);
}

year_month month_of(sys_days date) {
    const LocalDate day{date};
    return day.year() / day.month();
}

std::optional<sys_days> date_in(const Recurrence& recurrence, year_month month) {
    const auto last = year_month_day_last{month / std::chrono::last}.day();
    if (const auto& nth = recurrence.nth_weekday) {
        if (nth->ordinal == -1) return sys_days{month / nth->weekday[std::chrono::last]};
        const auto date = month / nth->weekday[static_cast<unsigned>(nth->ordinal)];
        if (!date.ok()) return std::nullopt;
        return sys_days{date};
    }
    if (!recurrence.month_day) return std::nullopt;
    if (*recurrence.month_day == -1) return sys_days{month / last};
    return sys_days{month / std::min(day{static_cast<unsigned>(*recurrence.month_day)}, last)};
}

std::optional<sys_days> next_by_month(const Recurrence& recurrence, sys_days earliest) {
    const auto first_month = month_of(origin(recurrence));
    const auto months_gone = static_cast<int>((month_of(earliest) - first_month).count());
    const auto step = months{recurrence.interval};
    const auto end = month_of(earliest) + search_ahead;

    auto month = first_month + months{ceil_to(months_gone, recurrence.interval)};
    for (; month <= end; month += step)
        if (const auto date = date_in(recurrence, month); date && *date >= earliest) return date;
    return std::nullopt;
}

int dates_before_by_week(const Recurrence& recurrence, sys_days end) {
    const auto start = origin(recurrence);
    const auto before_in_week_of = [&](sys_days date) {
        return static_cast<int>(std::ranges::count_if(recurrence.weekdays, [&](weekday day) {
            return monday_of(date) + (day - Monday) < date;
        }));
    };
    const auto weeks_gone = count_of(floor<weeks>(monday_of(end) - monday_of(start)));
    const auto in_whole_weeks =
        weeks_gone / recurrence.interval * static_cast<int>(recurrence.weekdays.size());
    return in_whole_weeks + before_in_week_of(end) - before_in_week_of(start);
}

int dates_before_by_month(const Recurrence& recurrence, sys_days end) {
    auto found = 0;
    const auto start = origin(recurrence);
    const auto step = months{recurrence.interval};
    for (auto month = month_of(start); month <= month_of(end); month += step)
        if (const auto date = date_in(recurrence, month); date && *date >= start && *date < end)
            ++found;
    return found;
}

// How many dates of the rule come before `end`, which is one of them.
int dates_before(const Recurrence& recurrence, sys_days end) {
    switch (recurrence.frequency) {
        case Frequency::daily: return count_of(end - origin(recurrence)) / recurrence.interval;
        case Frequency::weekly: return dates_before_by_week(recurrence, end);
        case Frequency::monthly: return dates_before_by_month(recurrence, end);
    }
    std::abort();
}

}  // namespace

}  // namespace muster
