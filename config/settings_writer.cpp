#include <algorithm>

#include "adapters/json/strict.hpp"
#include "config/calendars.hpp"
#include "config/settings_file.hpp"

namespace muster::config {
namespace {

using json::Array;
using json::Object;
using json::Value;
using muster::to_text;  // dates and times; not the problems of a file

// What is usual is left out.
void put(Object& object, const char* key, const std::string& text, const std::string& usual = "") {
    if (text != usual) object.push_back({key, text});
}

void put(Object& object, const char* key, bool flag) {
    if (flag) object.push_back({key, true});
}

void put(Object& object, const char* key, Array array) {
    if (!array.empty()) object.push_back({key, std::move(array)});
}

void put(Object& object, const char* key, Object inside) {
    if (!inside.empty()) object.push_back({key, std::move(inside)});
}

Array array_of(const std::vector<std::string>& texts) {
    return Array(texts.begin(), texts.end());
}

Object week(const WorkingWeek& week) {
    Object object;
    for (const auto& [days, hours] : settings::by_days(week))
        object.push_back({days, hours});
    return object;
}

void put_hours(Object& object, const WorkingHours& hours) {
    if (hours == office_hours()) return;
    if (!hours.week_b || !hours.week_a) {
        object.push_back({"working_hours", week(hours.week)});
        return;
    }
    object.push_back({"working_hours", Array{week(hours.week), week(*hours.week_b)}});
    object.push_back({"week_a", to_text(*hours.week_a)});
}

Value person(const settings::WantedPerson& person) {
    Object object{{"key", person.key}, {"name", person.name}};
    put(object, "email", person.email);
    object.push_back({"timezone", person.zone});
    put(object, "calendar", person.calendar);
    put_hours(object, person.hours);
    put(object, "home", person.home);
    put(object, "language", person.language, "en");
    Object accounts;
    for (const auto& account : person.accounts)
        accounts.push_back(
            {account.platform,
             Object{{"connection", account.connection}, {"user", account.external_id}}}
        );
    object.push_back({"accounts", std::move(accounts)});
    return object;
}

Object roles(const settings::WantedTeam& team) {
    Object object;
    for (const auto& [role, holders] : team.roles) {
        Array list;
        for (const auto& [key, days] : holders) {
            if (days.empty()) {
                list.emplace_back(key);
            } else {
                list.push_back(Object{{"person", key}, {"days", settings::days_text(days)}});
            }
        }
        object.push_back({name(role), std::move(list)});
    }
    return object;
}

Object channels(const settings::WantedTeam& team) {
    Object object;
    for (const auto& channel : team.channels) {
        Object inside{{"connection", channel.connection}, {"channel", channel.external_id}};
        object.push_back({channel.platform, std::move(inside)});
    }
    return object;
}

Value question(const Question& question) {
    Object object{{"key", question.key}};
    put(object, "letter", question.letter);
    object.push_back({"text", question.text});
    put(object, "kind", name(question.kind), name(Question::Kind::text));
    put(object, "required", question.required);
    put(object, "choices", array_of(question.choices));
    put(object, "rotate", question.rotate);
    return object;
}

void put_slots(Object& object, const std::vector<Slot>& slots) {
    if (slots.size() == 1 && slots.front().key == "main") {
        object.push_back({"time", to_text(slots.front().at)});
        return;
    }
    Array list;
    for (const auto& slot : slots)
        list.push_back(Object{{"key", slot.key}, {"at", to_text(slot.at)}});
    object.push_back({"times", std::move(list)});
}

Value ceremony(const Ceremony& ceremony) {
    const Ceremony usual;
    Object object{{"key", ceremony.key}, {"kind", ceremony.kind}};
    put(object, "name", ceremony.name, ceremony.kind);
    object.push_back({"recurrence", to_text(ceremony.recurrence)});
    if (ceremony.recurrence.from) object.push_back({"from", to_text(*ceremony.recurrence.from)});
    put_slots(object, ceremony.slots);
    put(object, "zone", name(ceremony.zone), name(usual.zone));
    put(object, "window", length_text(ceremony.window), length_text(usual.window));
    put(object, "reminder", to_text(ceremony.reminder), to_text(usual.reminder));
    put(object, "on_holiday", name(ceremony.on_holiday), name(usual.on_holiday));
    Array questions;
    for (const auto& one : ceremony.questions)
        questions.push_back(question(one));
    object.push_back({"questions", std::move(questions)});
    put(object, "names_hidden", ceremony.names_hidden);
    put(object, "show_silent", ceremony.show_silent);
    put(object, "paused", ceremony.paused);
    return object;
}

Value team(const settings::WantedTeam& team) {
    Object object{{"key", team.key}, {"name", team.name}, {"timezone", team.zone}};
    put(object, "calendar", team.calendar);
    put_hours(object, team.hours);
    put(object, "language", team.language, "en");
    object.push_back({"members", array_of(team.members)});
    put(object, "observers", array_of(team.observers));
    put(object, "roles", roles(team));
    put(object, "channels", channels(team));
    Array ceremonies;
    for (const auto& one : team.ceremonies)
        ceremonies.push_back(ceremony(one));
    put(object, "ceremonies", std::move(ceremonies));
    return object;
}

Object organisation(const settings::Wanted& wanted) {
    Object object;
    for (const auto& [role, holders] : wanted.organisation_roles)
        object.push_back({name(role), array_of(holders)});
    Array covers;
    for (const auto& cover : wanted.covers) {
        Object inside{{"role", name(cover.role)}, {"person", cover.person}};
        put(inside, "team", cover.team);
        inside.push_back({"from", to_text(cover.from)});
        inside.push_back({"to", to_text(cover.to)});
        covers.push_back(std::move(inside));
    }
    put(object, "covers", std::move(covers));
    return object;
}

Value calendar(const Calendar& calendar) {
    auto known = builtin_calendars();
    if (std::ranges::find(known, calendar) != known.end())
        return Object{{"bank_holidays", "builtin"}};
    Array dates;
    for (const auto& [date, title] : calendar.days) {
        if (title.empty()) {
            dates.emplace_back(to_text(date));
        } else {
            dates.push_back(Object{{"date", to_text(date)}, {"title", title}});
        }
    }
    Object object{{"dates", std::move(dates)}};
    put(object, "builds_on", calendar.builds_on);
    if (calendar.data_ends) object.push_back({"data_ends", to_text(*calendar.data_ends)});
    return object;
}

}  // namespace

std::string settings_text(const settings::Wanted& wanted) {
    Array people;
    for (const auto& one : wanted.people)
        people.push_back(person(one));
    Array teams;
    for (const auto& one : wanted.teams)
        teams.push_back(team(one));
    Object calendars;
    for (const auto& one : wanted.calendars)
        calendars.push_back({one.key, calendar(one)});

    Object file{{"people", std::move(people)}, {"teams", std::move(teams)}};
    put(file, "organisation", organisation(wanted));
    put(file, "calendars", std::move(calendars));
    return json::pretty(file);
}

}  // namespace muster::config
