#include <algorithm>

#include "config/calendar_files.hpp"

namespace muster::config {
namespace {

struct Line {
    std::string date;
    std::string title;
};

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r";
    auto begins = text.find_first_not_of(spaces);
    if (begins == text.npos) return {};
    return text.substr(begins, text.find_last_not_of(spaces) - begins + 1);
}

// A field, and what is left of the line behind its comma. Quotes are doubled inside quotes.
std::string take_field(std::string_view& rest) {
    rest = trimmed(rest);
    std::string field;
    if (!rest.starts_with('"')) {
        auto end = std::min(rest.find(','), rest.size());
        field = trimmed(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return field;
    }
    std::size_t at = 1;
    for (; at < rest.size(); ++at) {
        if (rest[at] == '"' && !(at + 1 < rest.size() && rest[at + 1] == '"')) break;
        if (rest[at] == '"') ++at;
        field += rest[at];
    }
    auto comma = rest.find(',', std::min(at, rest.size()));
    rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
    return field;
}

Line line_in(std::string_view text) {
    Line line;
    line.date = take_field(text);
    line.title = take_field(text);
    return line;
}

}  // namespace

CalendarFile calendar_from_csv(const std::string& whole) {
    std::string_view text{whole};
    if (text.size() > longest_calendar_file) return {{}, "a file of at most 1 MiB"};
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    CalendarFile file;
    auto& days = file.calendar.days;
    for (int number = 1; !text.empty(); ++number) {
        auto end = std::min(text.find('\n'), text.size());
        auto line = line_in(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.date.empty() && line.title.empty()) continue;
        auto date = date_from(line.date);
        if (!date && number == 1) continue;
        if (!date)
            return {
                {},
                "a date such as 2026-12-24 at the beginning of line " + std::to_string(number) +
                    " of the file"};
        days.try_emplace(*date, line.title);
        if (days.size() > most_days_of_a_file) return {{}, "a calendar of at most 4,000 days"};
    }
    if (days.empty())
        return {{}, "a file with a date on each line, such as 2026-12-24,Office closed"};
    file.calendar.data_ends = days.rbegin()->first;
    return file;
}

}  // namespace muster::config
