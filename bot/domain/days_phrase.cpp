#include "bot/domain/days_phrase.hpp"

#include <algorithm>

namespace muster {

using namespace std::chrono;

namespace {

constexpr std::size_t most_tokens = 16;
constexpr int longest_absence = 366;  // days
constexpr int furthest_start = 366;   // days from today
constexpr int days_looked_back = 7;
constexpr const char* example = "away until fri";

// A date as it was typed; it may be none of the calendar's ("31/2").
struct TypedDay {
    LocalDate date;
    std::string typed;
};

struct Named {
    std::string_view name;
    unsigned value;
};

constexpr Named weekday_words[]{
    {"mon", 0},
    {"monday", 0},
    {"tue", 1},
    {"tues", 1},
    {"tuesday", 1},
    {"wed", 2},
    {"weds", 2},
    {"wednesday", 2},
    {"thu", 3},
    {"thur", 3},
    {"thurs", 3},
    {"thursday", 3},
    {"fri", 4},
    {"friday", 4},
    {"sat", 5},
    {"saturday", 5},
    {"sun", 6},
    {"sunday", 6}};
constexpr Named month_words[]{
    {"jan", 1},  {"january", 1},  {"feb", 2},    {"february", 2},  {"mar", 3},  {"march", 3},
    {"apr", 4},  {"april", 4},    {"may", 5},    {"jun", 6},       {"june", 6}, {"jul", 7},
    {"july", 7}, {"aug", 8},      {"august", 8}, {"sep", 9},       {"sept", 9}, {"september", 9},
    {"oct", 10}, {"october", 10}, {"nov", 11},   {"november", 11}, {"dec", 12}, {"december", 12}};
constexpr Named number_words[]{
    {"a", 1},
    {"one", 1},
    {"two", 2},
    {"three", 3},
    {"four", 4},
    {"five", 5},
    {"six", 6},
    {"seven", 7},
    {"eight", 8},
    {"nine", 9},
    {"ten", 10}};
constexpr std::string_view until_words[]{"until", "till", "til", "to", "through", "thru", "-"};

std::optional<unsigned> find(std::span<const Named> names, std::string_view word) {
    const auto found = std::ranges::find(names, word, &Named::name);
    if (found == names.end()) return std::nullopt;
    return found->value;
}

std::optional<unsigned> number(std::string_view digits) {
    constexpr std::size_t most_digits = 4;
    if (digits.empty() || digits.size() > most_digits) return std::nullopt;
    unsigned value = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(digit - '0');
    }
    return value;
}

LocalDate date_of(unsigned year_number, unsigned month_number, unsigned day_number) {
    return {year{static_cast<int>(year_number)}, month{month_number}, day{day_number}};
}

LocalDate monday_of(LocalDate date) {
    return add_days(date, -static_cast<int>((weekday_of(date) - Monday).count()));
}

// "1/12-3/12," -> 1/12 | - | 3/12. ISO dates keep their dashes.
std::vector<std::string> tokens_of(std::span<const std::string> words) {
    std::vector<std::string> tokens;
    for (std::string word : words) {
        for (const std::string_view dash : {"\u2013", "\u2014"})
            if (const auto at = word.find(dash); at != std::string::npos)
                word.replace(at, dash.size(), 1, '-');
        if (word.size() > 1 && word.back() == ',') word.pop_back();
        const auto dash = word.find('-');
        const auto is_range = dash != std::string::npos && dash > 0 && dash + 1 < word.size();
        if (!is_range || date_from(word)) {
            tokens.push_back(std::move(word));
            continue;
        }
        tokens.push_back(word.substr(0, dash));
        tokens.push_back("-");
        tokens.push_back(word.substr(dash + 1));
    }
    return tokens;
}

// Reads the words one after another. Each read takes what it understands, or nothing.
class PhraseReader {
public:
    PhraseReader(std::span<const std::string> tokens, LocalDate today)
        : tokens_(tokens), today_(today) {}

    bool at_end() const { return tokens_.empty(); }

    bool take(std::string_view word) {
        if (at_end() || tokens_.front() != word) return false;
        tokens_ = tokens_.subspan(1);
        return true;
    }

    bool take_any(std::span<const std::string_view> words) {
        return std::ranges::any_of(words, [&](std::string_view word) { return take(word); });
    }

    // All of these, or none.
    bool take_all(std::initializer_list<std::string_view> words) {
        const auto before = tokens_;
        const auto all = std::ranges::all_of(words, [&](auto word) { return take(word); });
        if (!all) tokens_ = before;
        return all;
    }

    std::optional<unsigned> count() {
        if (at_end()) return std::nullopt;
        auto value = number(tokens_.front());
        if (!value) value = find(number_words, tokens_.front());
        if (value) tokens_ = tokens_.subspan(1);
        return value;
    }

    // `earliest` is where weekdays are counted from.
    std::optional<TypedDay> day_on(LocalDate earliest) {
        const auto before = tokens_;
        take("on");
        auto found = relative_day(earliest);
        if (!found) found = numeric_date();
        if (!found) found = date_with_month();
        if (!found) tokens_ = before;
        return found;
    }

    // "24" or "24th", where the month comes with the end of the range.
    std::optional<unsigned> day_of_month() {
        if (at_end()) return std::nullopt;
        auto word = std::string_view{tokens_.front()};
        for (const std::string_view ending : {"st", "nd", "rd", "th"})
            if (word.ends_with(ending)) {
                word.remove_suffix(ending.size());
                break;
            }
        const auto day = number(word);
        if (!day || word.size() > 2) return std::nullopt;
        tokens_ = tokens_.subspan(1);
        return day;
    }

    DayPart part() {
        if (take("morning") || take("am")) return DayPart::morning;
        if (take("afternoon") || take("pm")) return DayPart::afternoon;
        take_all({"all", "day"});
        return DayPart::whole;
    }

private:
    std::optional<TypedDay> relative_day(LocalDate earliest) {
        if (take("today")) return TypedDay{today_, "today"};
        if (take("tomorrow")) return TypedDay{add_days(today_, 1), "tomorrow"};
        if (is_this_half()) {
            take("this");
            return TypedDay{today_, "today"};
        }
        const auto is_next = take("next");
        if (!is_next) take("this");
        if (at_end()) return std::nullopt;
        const auto index = find(weekday_words, tokens_.front());
        if (!index) return std::nullopt;
        auto typed = tokens_.front();
        tokens_ = tokens_.subspan(1);
        if (is_next)
            return TypedDay{add_days(monday_of(today_), 7 + static_cast<int>(*index)), typed};
        const auto ahead = (weekday{Monday} + days{*index} - weekday_of(earliest)).count();
        return TypedDay{add_days(earliest, static_cast<int>(ahead)), typed};
    }

    bool is_this_half() const {
        return tokens_.size() >= 2 && tokens_[0] == "this" &&
               (tokens_[1] == "morning" || tokens_[1] == "afternoon");
    }

    // 1/12, 1/12/26, 1/12/2026 or 2026-12-01.
    std::optional<TypedDay> numeric_date() {
        if (at_end()) return std::nullopt;
        const auto& word = tokens_.front();
        std::optional<LocalDate> date = date_from(word);
        const auto slash = word.find('/');
        if (!date && slash != std::string::npos) {
            const auto rest = std::string_view{word}.substr(slash + 1);
            const auto second = rest.find('/');
            const auto day = number(std::string_view{word}.substr(0, slash));
            const auto month = number(rest.substr(0, second));
            if (!day || !month) return std::nullopt;
            if (second == std::string_view::npos) {
                date = in_the_next_year_it_has(*month, *day);
            } else {
                const auto year = number(rest.substr(second + 1));
                if (!year) return std::nullopt;
                date = date_of(*year < 100 ? 2000 + *year : *year, *month, *day);
            }
        }
        if (!date) return std::nullopt;
        TypedDay found{*date, word};
        tokens_ = tokens_.subspan(1);
        return found;
    }

    // 4 december, 4th of dec 2027, december 4.
    std::optional<TypedDay> date_with_month() {
        const auto first = tokens_;
        auto month = month_name();
        const auto day = day_of_month();
        if (!day) return std::nullopt;
        take("of");
        if (!month) month = month_name();
        if (!month) return std::nullopt;

        auto date = in_the_next_year_it_has(*month, *day);
        if (!at_end() && tokens_.front().size() == 4)
            if (const auto year = number(tokens_.front())) {
                date = date_of(*year, *month, *day);
                tokens_ = tokens_.subspan(1);
            }
        std::string typed;
        for (const auto& word : first.first(first.size() - tokens_.size()))
            typed += (typed.empty() ? "" : " ") + word;
        return TypedDay{date, typed};
    }

    std::optional<unsigned> month_name() {
        if (at_end()) return std::nullopt;
        const auto month = find(month_words, tokens_.front());
        if (month) tokens_ = tokens_.subspan(1);
        return month;
    }

    LocalDate in_the_next_year_it_has(unsigned month_number, unsigned day_number) const {
        const auto earliest = add_days(today_, -days_looked_back);
        const LocalDate date{earliest.year(), month{month_number}, day{day_number}};
        return date >= earliest ? date
                                : LocalDate{date.year() + years{1}, date.month(), date.day()};
    }

    std::span<const std::string> tokens_;
    LocalDate today_;
};

Text slip(const char* key, std::vector<std::pair<std::string, Argument>> arguments = {}) {
    arguments.emplace_back("example", UserText{example});
    return text(key, std::move(arguments));
}

// The dates fit together and are near enough, or why not.
DaysPhrase checked(
    const TypedDay& from, DayPart first, const TypedDay& to, DayPart last, LocalDate today
) {
    for (const auto& day : {from, to})
        if (!day.date.ok()) return slip("command.no_such_date", {{"date", UserText{day.typed}}});

    DaysAway days{.from = from.date, .to = to.date};
    if (first == DayPart::afternoon) days.first_day = DayPart::afternoon;
    if (last == DayPart::morning) days.last_day = DayPart::morning;
    const auto is_backwards =
        days.from == days.to && first == DayPart::afternoon && last == DayPart::morning;
    if (days.to < days.from || is_backwards)
        return slip("command.end_before_start", {{"from", days.from}, {"to", days.to}});
    if (days.to < add_days(today, -days_looked_back))
        return slip("command.days_have_passed", {{"to", days.to}});
    if (days_between(days.from, days.to) >= longest_absence ||
        days_between(today, days.from) > furthest_start)
        return slip("command.away_too_long");
    return days;
}

bool would_work(const WorkPattern& pattern, LocalDate date) {
    return day_kind(pattern, date) == DayKind::working;
}

DaysPhrase working_days(unsigned count, LocalDate today, WorkPattern pattern) {
    pattern.away.clear();
    std::optional<LocalDate> first;
    for (int ahead = 0; ahead < longest_absence && count > 0; ++ahead) {
        const auto date = add_days(today, ahead);
        if (!would_work(pattern, date)) continue;
        if (!first) first = date;
        if (--count == 0) return DaysAway{.from = *first, .to = date};
    }
    return slip("command.away_too_long");
}

// From the first to the last day of that week that this person's hours name.
DaysPhrase worked_week(LocalDate monday, LocalDate earliest, const WorkPattern& pattern) {
    std::optional<LocalDate> first, last;
    for (int day = 0; day < 7; ++day) {
        const auto date = add_days(monday, day);
        if (date < earliest || pattern.hours.on(date).empty()) continue;
        if (!first) first = date;
        last = date;
    }
    if (!first) return DaysAway{.from = std::max(monday, earliest), .to = add_days(monday, 6)};
    return DaysAway{.from = *first, .to = *last};
}

// "3 days", "a week".
DaysPhrase length_of_time(PhraseReader read, LocalDate today, const WorkPattern& pattern) {
    const auto count = read.count();
    if (!count) return NoDates{};
    const auto says_working = read.take("working");
    const auto days = read.take("days") || read.take("day");
    const auto weeks = !days && !says_working && (read.take("weeks") || read.take("week"));
    if (!read.at_end() || (!days && !weeks)) return NoDates{};
    if (*count < 1 || *count > longest_absence) return slip("command.away_too_long");
    if (days) return working_days(*count, today, pattern);
    const auto calendar_days = static_cast<int>(*count) * 7;
    if (calendar_days > longest_absence) return slip("command.away_too_long");
    return DaysAway{.from = today, .to = add_days(today, calendar_days - 1)};
}

DaysPhrase whole_week(PhraseReader read, LocalDate today, const WorkPattern& pattern) {
    const auto is_next = read.take_all({"next", "week"});
    const auto is_this =
        !is_next && (read.take_all({"this", "week"}) || read.take_all({"all", "week"}) ||
                     read.take_all({"the", "rest", "of", "the", "week"}) ||
                     read.take_all({"rest", "of", "the", "week"}));
    if ((!is_next && !is_this) || !read.at_end()) return NoDates{};
    const auto monday = monday_of(today);
    return is_next ? worked_week(add_days(monday, 7), add_days(monday, 7), pattern)
                   : worked_week(monday, today, pattern);
}

// "until fri morning": from today on.
DaysPhrase until_a_day(PhraseReader read, LocalDate today) {
    if (!read.take_any(until_words)) return NoDates{};
    const auto to = read.day_on(today);
    if (!to) return NoDates{};
    const auto last = read.part();
    if (!read.at_end()) return NoDates{};
    return checked({today, "today"}, DayPart::whole, *to, last, today);
}

// "fri morning", "from mon to wed", "24 to 27 november".
DaysPhrase day_or_range(PhraseReader read, LocalDate today) {
    const auto must_have_end = read.take("from");
    auto from = read.day_on(today);
    std::optional<unsigned> only_day;
    if (!from) only_day = read.day_of_month();
    if (!from && !only_day) return NoDates{};
    const auto first = read.part();
    if (read.at_end()) {
        if (must_have_end || !from) return NoDates{};
        return checked(*from, first, *from, first, today);
    }

    if (!read.take_any(until_words)) return NoDates{};
    const auto earliest = from && from->date.ok() ? from->date : today;
    const auto to = read.day_on(earliest);
    if (!to) return NoDates{};
    const auto last = read.part();
    if (!read.at_end()) return NoDates{};
    if (only_day) {
        const LocalDate date{to->date.year(), to->date.month(), day{*only_day}};
        from = TypedDay{date, std::to_string(*only_day)};
    }
    return checked(*from, first, *to, last, today);
}

}  // namespace

DaysPhrase days_from_words(
    std::span<const std::string> words, LocalDate today, const WorkPattern& pattern
) {
    if (words.size() > most_tokens) return NoDates{};
    const auto tokens = tokens_of(words);
    if (tokens.empty()) return DaysAway{.from = today, .to = today};

    PhraseReader read{tokens, today};
    read.take("for");
    for (const auto& phrase :
         {length_of_time(read, today, pattern),
          whole_week(read, today, pattern),
          until_a_day(read, today),
          day_or_range(read, today)})
        if (!std::holds_alternative<NoDates>(phrase)) return phrase;
    return NoDates{};
}

}  // namespace muster
