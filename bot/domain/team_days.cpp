#include "bot/domain/team_days.hpp"

#include <algorithm>

#include "bot/domain/form_parts.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::team_days {
namespace {

using namespace standup::words;

constexpr const char* none = "none";  // of the calendars
constexpr std::size_t longest_title = 80;

std::string own_key(const std::string& team) {
    constexpr std::string_view ending = "-days";
    return team.substr(0, settings::longest_key - ending.size()).append(ending);
}

const Calendar* calendar_of(const settings::Document& document, const std::string& key) {
    auto found = std::ranges::find(document.calendars, key, &Calendar::key);
    return found == document.calendars.end() ? nullptr : &*found;
}

// What a team follows: a calendar that others may follow too, and days of its own.
struct Followed {
    std::string calendar;  // "" = none
    std::map<LocalDate, std::string> days;
};

Followed followed_by(const Team& team, const settings::Document& document) {
    if (team.calendar != own_key(team.key)) return {team.calendar, {}};
    const auto* own = calendar_of(document, team.calendar);
    if (!own) return {};
    const auto* base = calendar_of(document, own->builds_on);
    return {own->builds_on, (base ? own_days_of(*own, *base) : *own).days};
}

Text day_of(LocalDate date, const std::string& title) {
    if (title.empty()) return text("days_off.day", {{"date", date}});
    return text("days_off.day_with_title", {{"date", date}, {"title", UserText{title}}});
}

std::vector<std::string> words_of(const std::string& entered) {
    std::vector<std::string> words{""};
    for (auto letter : entered)
        if (letter == ' ')
            words.emplace_back();
        else
            words.back() += letter;
    return words;
}

std::string trimmed(const std::string& entered) {
    auto first = entered.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return entered.substr(first, entered.find_last_not_of(' ') + 1 - first);
}

FormErrors wrong(const Reader& reader, const char* field, Text words) {
    return {reader, {{field, std::move(words)}}};
}

Field calendar_field(const settings::Document& document, const std::string& chosen) {
    auto made = field("calendar", Field::Kind::choice, text("setup.holidays"));
    made.required = true;
    made.choices.push_back({none, text("setup.no_holidays")});
    for (const auto& calendar : document.calendars)
        if (!is_own(document, calendar))
            made.choices.push_back({calendar.key, name_of_calendar(calendar.key)});
    made.initial = chosen.empty() ? none : chosen;
    return made;
}

Field kept_field(const std::map<LocalDate, std::string>& days, LocalDate today) {
    auto made = field("kept", Field::Kind::several, text("days_off.other"));
    made.hint = text("days_off.other_hint");
    for (const auto& [date, title] : days) {
        if (date < today) continue;
        made.choices.push_back({to_text(date), day_of(date, title)});
        made.initial += (made.initial.empty() ? "" : " ") + to_text(date);
    }
    return made;
}

}  // namespace

std::string shared_calendar(TeamId id, const settings::Document& document) {
    auto team = std::ranges::find(document.teams, id, &Team::id);
    return team == document.teams.end() ? std::string{} : followed_by(*team, document).calendar;
}

bool is_own(const settings::Document& document, const Calendar& calendar) {
    return std::ranges::any_of(document.teams, [&](const Team& team) {
        return calendar.key == own_key(team.key);
    });
}

Form form(
    const Team& team, const settings::Document& document, LocalDate today, const Reader& reader
) {
    auto followed = followed_by(team, document);
    Form form;
    form.context = {FormKind::days_off, team.id.value, 1};
    form.reader = reader;
    form.title = text("days_off.title");
    form.submit = text("form.save");
    form.who_sees = text("team.from_the_next");
    form.fields.push_back(calendar_field(document, followed.calendar));
    auto kept = kept_field(followed.days, today);
    if (!kept.choices.empty()) form.fields.push_back(std::move(kept));
    auto more = field("date", Field::Kind::date, text("days_off.one_more"));
    more.hint = text("days_off.one_more_hint");
    form.fields.push_back(std::move(more));
    auto title = field("title", Field::Kind::line, text("days_off.what"));
    title.longest = longest_title;
    form.fields.push_back(std::move(title));
    return form;
}

Asked asked(
    const Team& team,
    const settings::Document& document,
    const FormValues& values,
    LocalDate today,
    const Reader& reader
) {
    auto followed = followed_by(team, document);
    if (const auto* chosen = value_of(values, "calendar"); chosen && !chosen->empty())
        followed.calendar = *chosen == none ? "" : *chosen;
    if (const auto* kept = value_of(values, "kept")) {
        auto dates = words_of(*kept);
        std::erase_if(followed.days, [&](const auto& day) {
            return day.first >= today &&
                   std::ranges::find(dates, to_text(day.first)) == dates.end();
        });
    }
    const auto* title = value_of(values, "title");
    const auto* date = value_of(values, "date");
    auto day = date && !date->empty() ? date_from(*date) : std::nullopt;
    if (date && !date->empty() && !day)
        return wrong(reader, "date", text("days_off.choose_a_date"));
    if (day && *day < today) return wrong(reader, "date", text("days_off.in_the_past"));
    if (!day && title && !trimmed(*title).empty())
        return wrong(reader, "date", text("days_off.which_day"));
    if (day) followed.days[*day] = title ? trimmed(*title) : "";

    auto wanted = settings::wanted_of(document, team.id);
    if (wanted.teams.empty()) return wanted;
    wanted.teams.front().calendar = followed.calendar;
    Calendar own;
    own.key = own_key(team.key);
    own.days = std::move(followed.days);
    own.builds_on = followed.calendar;
    // Emptied where it was there: somebody may follow it too.
    if (own.days.empty() && !calendar_of(document, own.key)) return wanted;
    if (!own.days.empty()) wanted.teams.front().calendar = own.key;
    wanted.calendars.push_back(std::move(own));
    return wanted;
}

Message told(const settings::Wanted& wanted, LocalDate today, const Reader& reader) {
    const auto& team = wanted.teams.front();
    const auto* own = wanted.calendars.empty() ? nullptr : &wanted.calendars.front();
    const auto& shared = own ? own->builds_on : team.calendar;
    auto saved = text("days_off.saved", {{"team", UserText{team.name}}});
    Message message{reader, saved, {Paragraph{saved}}};
    Items items;
    items.items.push_back(
        shared.empty()
            ? text("setup.no_holidays")
            : text("days_off.holidays", {{"calendar", several(name_of_calendar(shared))}})
    );
    if (own)
        for (const auto& [date, title] : own->days)
            if (date >= today) items.items.push_back(day_of(date, title));
    message.blocks.push_back(std::move(items));
    return message;
}

Text summary(const Team& team, const CalendarBook& calendars, LocalDate today) {
    auto found = calendars.find(team.calendar);
    if (found == calendars.end()) return text("setup.no_holidays");
    const auto& calendar = found->second;
    auto is_shared = calendar.key != own_key(team.key);
    auto shared = is_shared ? calendar.key : calendar.builds_on;
    TextList parts;
    if (!shared.empty())
        parts.push_back(text("days_off.holidays", {{"calendar", several(name_of_calendar(shared))}})
        );
    auto own = calendar;
    if (auto base = calendars.find(shared); base != calendars.end())
        own = own_days_of(calendar, base->second);
    auto coming =
        std::ranges::count_if(own.days, [&](const auto& day) { return day.first >= today; });
    if (!is_shared && coming > 0)
        parts.push_back(
            text("days_off.others", {{"count", count(static_cast<std::size_t>(coming))}})
        );
    return parts.empty() ? text("setup.no_holidays") : joined(std::move(parts));
}

}  // namespace muster::team_days
