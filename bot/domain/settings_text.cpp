#include <array>

#include "bot/domain/settings_parts.hpp"

namespace muster::settings {
namespace {

constexpr std::array<const char*, 7> day_names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::string days_text(const std::array<bool, 7>& days) {
    std::string text;
    for (std::size_t first = 0; first < 7; ++first) {
        if (!days[first]) continue;
        auto last = first;
        while (last + 1 < 7 && days[last + 1])
            ++last;
        if (!text.empty()) text += ",";
        text += day_names[first];
        if (last > first) text += std::string("-") + day_names[last];
        first = last;
    }
    return text;
}

std::string text_of(const WorkingWeek& week) {
    std::string text;
    for (const auto& [days, hours] : by_days(week)) {
        if (!text.empty()) text += "; ";
        text += days + " " + hours;
    }
    return text.empty() ? "none" : text;
}

std::string text_of(const WorkingHours& hours) {
    if (!hours.week_b || !hours.week_a) return text_of(hours.week);
    return "week A from " + to_text(*hours.week_a) + ": " + text_of(hours.week) +
           "; week B: " + text_of(*hours.week_b);
}

std::string text_of(const std::vector<Slot>& slots) {
    std::string text;
    for (const auto& slot : slots) {
        if (!text.empty()) text += ", ";
        text += slot.key + " " + to_text(slot.at);
    }
    return text;
}

std::string text_of(const Question& question) {
    std::string text = question.key + " (" + name(question.kind);
    if (!question.letter.empty()) text += ", letter " + question.letter;
    if (question.required) text += ", required";
    if (!question.rotate.empty()) text += ", in turn with " + question.rotate;
    for (const auto& choice : question.choices)
        text += ", [" + choice + "]";
    return text + "): " + question.text;
}

std::string text_of(const std::vector<Question>& questions) {
    std::string text;
    for (const auto& question : questions)
        text += (text.empty() ? "" : "; ") + text_of(question);
    return text;
}

std::string text_of(const std::optional<LocalDate>& date) {
    return date ? to_text(*date) : "";
}

std::string text_of(bool flag) {
    return flag ? "true" : "false";
}

}  // namespace

Fields fields_of(const Person& person, const std::string& home_platform) {
    return {
        {"name", person.name},
        {"email", person.email},
        {"timezone", person.zone},
        {"calendar", person.calendar},
        {"working_hours", text_of(person.hours)},
        {"home", home_platform},
        {"language", person.language},
    };
}

Fields fields_of(const Team& team) {
    return {
        {"name", team.name},
        {"timezone", team.zone},
        {"calendar", team.calendar},
        {"working_hours", text_of(team.hours)},
        {"language", team.language},
    };
}

Fields fields_of(const Ceremony& ceremony) {
    return {
        {"kind", ceremony.kind},
        {"name", ceremony.name},
        {"recurrence", to_text(ceremony.recurrence)},
        {"from", text_of(ceremony.recurrence.from)},
        {"times", text_of(ceremony.slots)},
        {"zone", name(ceremony.zone)},
        {"window", length_text(ceremony.window)},
        {"reminder", to_text(ceremony.reminder)},
        {"on_holiday", name(ceremony.on_holiday)},
        {"questions", text_of(ceremony.questions)},
        {"names_hidden", text_of(ceremony.names_hidden)},
        {"show_silent", text_of(ceremony.show_silent)},
        {"paused", text_of(ceremony.paused)},
    };
}

Fields fields_of(const Calendar& calendar) {
    std::string days;
    for (const auto& [date, title] : calendar.days) {
        if (!days.empty()) days += ", ";
        days += to_text(date) + " " + title;
    }
    return {
        {"days", days},
        {"data_ends", text_of(calendar.data_ends)},
        {"builds_on", calendar.builds_on}};
}

std::string text_of(const std::vector<std::chrono::weekday>& job_share) {
    return job_share.empty() ? "every day" : days_text(job_share);
}

const char* name(Standing standing) {
    switch (standing) {
        case Standing::participant: return "participant";
        case Standing::observer: return "observer";
    }
    return "";
}

std::string days_text(const std::vector<std::chrono::weekday>& days) {
    std::array<bool, 7> named{};
    for (auto day : days)
        named[day.iso_encoding() - 1] = true;
    return days_text(named);
}

std::vector<std::pair<std::string, std::string>> by_days(const WorkingWeek& week) {
    std::vector<std::pair<std::string, std::string>> groups;
    std::array<bool, 7> done{};
    for (std::size_t first = 0; first < 7; ++first) {
        if (done[first] || week.days[first].empty()) continue;
        std::array<bool, 7> alike{};
        for (auto day = first; day < 7; ++day) {
            alike[day] = week.days[day] == week.days[first];
            done[day] = done[day] || alike[day];
        }
        groups.emplace_back(days_text(alike), to_text(week.days[first]));
    }
    return groups;
}

}  // namespace muster::settings
