#pragma once

#include <algorithm>
#include <random>

#include "bot/domain/settings.hpp"

// An agency, its settings, and what is set after a change: for the tests of settings.
namespace settings_story {

using namespace muster;
using namespace muster::settings;

inline Document an_agency() {
    Document document;
    document.organisation = {OrganisationId{1}, "Example Agency"};
    document.connections = {{ConnectionId{77}, OrganisationId{1}, "main", "chat"}};
    return document;
}

inline WantedPerson person(const std::string& key, const std::string& name) {
    WantedPerson wanted;
    wanted.key = key;
    wanted.name = name;
    wanted.zone = "Europe/London";
    wanted.accounts = {{"chat", "main", "U-" + key}};
    return wanted;
}

inline Ceremony stand_up(const std::string& key) {
    Ceremony ceremony;
    ceremony.key = key;
    ceremony.name = "stand-up";
    ceremony.recurrence =
        parse_recurrence("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", std::nullopt).value();
    ceremony.slots = {{"main", 9h + 30min}};
    ceremony.questions = usual_questions();
    return ceremony;
}

inline Wanted payments() {
    WantedTeam team;
    team.key = "payments";
    team.name = "Payments";
    team.zone = "Europe/London";
    team.calendar = "office";
    team.members = {"amira", "bo", "dev"};
    team.roles = {{Role::delivery_manager, {{"dev", {}}}}, {Role::lead, {{"bo", {}}}}};
    team.channels = {{"chat", "main", "C1"}};
    team.ceremonies = {stand_up("standup")};

    Calendar office;
    office.key = "office";
    office.days[LocalDate{std::chrono::year{2026} / 12 / 25}] = "Christmas Day";

    Wanted wanted;
    wanted.people = {
        person("amira", "Amira Khan"), person("bo", "Bo Lund"), person("dev", "Dev Patel")};
    wanted.teams = {team};
    wanted.organisation_roles = {{Role::product_ops, {"bo"}}, {Role::fallback, {}}};
    auto first = std::chrono::year{2026} / 12 / 1;
    wanted.covers = {{"payments", Role::delivery_manager, "amira", first, first}};
    wanted.calendars = {office};
    return wanted;
}

// ---- any settings that are allowed

inline bool coin(std::mt19937& chance) {
    return chance() % 2 == 0;
}

template <class Value>
Value any_of(std::mt19937& chance, const std::vector<Value>& values) {
    return values[chance() % values.size()];
}

inline WorkingHours any_hours(std::mt19937& chance) {
    auto week = [&] {
        WorkingWeek result;
        for (auto& day : result.days)
            day = *hours_from(any_of<std::string>(
                chance, {"", "09:00-17:30", "08:00-12:00,13:00-16:00", "22:00-24:00"}
            ));
        return result;
    };
    WorkingHours hours{week(), std::nullopt, std::nullopt};
    if (coin(chance)) {
        hours.week_b = week();
        hours.week_a = std::chrono::year{2026} / 11 / 23;
    }
    return hours;
}

inline Ceremony any_ceremony(std::mt19937& chance, const std::string& key) {
    auto ceremony = stand_up(key);
    auto from = LocalDate{std::chrono::year{2026} / 12 / 3};
    if (coin(chance))
        ceremony.recurrence = parse_recurrence("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", from).value();
    if (coin(chance)) ceremony.slots = {{"am", 9h}, {"pm", 16h + 5min}};
    ceremony.name = any_of<std::string>(chance, {"stand-up", "Check \"in\"\n\u00e9"});
    ceremony.zone = any_of(chance, std::vector{ZoneRule::member, ZoneRule::team});
    ceremony.window = any_of(chance, std::vector<minutes>{30min, 90min, 2h, 24h});
    ceremony.reminder = any_of(
        chance,
        std::vector<ReminderRule>{
            {80, std::nullopt},
            {1, std::nullopt},
            {std::nullopt, 20min},
            {std::nullopt, std::nullopt}}
    );
    ceremony.on_holiday =
        any_of(chance, std::vector{OnHoliday::skip, OnHoliday::before, OnHoliday::hold});
    ceremony.names_hidden = coin(chance);
    ceremony.show_silent = coin(chance);
    ceremony.paused = coin(chance);
    if (coin(chance)) {
        auto& question = ceremony.questions[1];
        question.kind = any_of(chance, std::vector{Question::Kind::choice, Question::Kind::scale});
        question.choices = {"low", "high"};
        question.letter = any_of<std::string>(chance, {"", "z"});
        question.rotate = any_of<std::string>(chance, {"", "group"});
        question.required = coin(chance);
    }
    return ceremony;
}

inline Wanted any_wanted(std::mt19937& chance) {
    Wanted wanted;
    std::vector<std::string> keys;
    for (const std::string key : {"amira", "bo", "dev", "lin"}) {
        if (!coin(chance)) continue;
        auto next =
            person(key, any_of<std::string>(chance, {"Amira Khan", "Si\u00e2n \u00b7 \"Si\""}));
        next.zone = any_of<std::string>(chance, {"Europe/London", "Asia/Kolkata"});
        next.email = any_of<std::string>(chance, {"", "a@example.gov.uk"});
        next.calendar = any_of<std::string>(chance, {"", "office"});
        next.language = any_of<std::string>(chance, {"en", "cy"});
        if (coin(chance)) next.hours = any_hours(chance);
        if (coin(chance)) next.accounts[0].external_id += "-2";
        wanted.people.push_back(next);
        keys.push_back(key);
    }
    wanted.calendars = payments().calendars;
    for (const std::string key : {"payments", "licences"}) {
        if (!coin(chance)) continue;
        auto team = payments().teams[0];
        team.key = key;
        team.zone = any_of<std::string>(chance, {"Europe/London", "America/New_York"});
        team.channels[0].external_id = "C-" + key + (coin(chance) ? "-2" : "");
        if (coin(chance)) team.hours = any_hours(chance);
        team.members.clear();
        team.roles.clear();
        for (const auto& member : keys) {
            if (coin(chance)) (coin(chance) ? team.members : team.observers).push_back(member);
            if (!coin(chance)) continue;
            auto days = coin(chance) ? days_from("mon-wed,fri") : days_from("");
            team.roles[any_of(chance, std::vector{Role::deputy, Role::head})].push_back(
                {member, days}
            );
        }
        team.ceremonies.clear();
        for (const std::string ceremony : {"standup", "evening"}) {
            if (coin(chance)) team.ceremonies.push_back(any_ceremony(chance, ceremony));
        }
        auto date = add_days(std::chrono::year{2026} / 12 / 1, static_cast<int>(chance() % 20));
        if (coin(chance) && !keys.empty())
            wanted.covers.push_back({key, Role::head, keys.front(), date, add_days(date, 3)});
        wanted.teams.push_back(team);
    }
    wanted.organisation_roles = {{Role::product_ops, {}}, {Role::fallback, {}}};
    if (coin(chance) && !keys.empty()) wanted.organisation_roles[Role::fallback] = {keys.back()};
    return wanted;
}

// ---- what the store would hold after a change

template <class Row, class Same>
void put(std::vector<Row>& rows, const Row& row, Same same) {
    auto found = std::ranges::find_if(rows, [&](const Row& known) { return same(known, row); });
    if (found == rows.end()) {
        rows.push_back(row);
    } else {
        *found = row;
    }
}

inline Document after(Document document, const Changed& changed) {
    auto same_id = [](const auto& a, const auto& b) { return a.id == b.id; };
    auto same_member = [](const Membership& a, const Membership& b) {
        return a.team == b.team && a.person == b.person;
    };
    auto same_holder = [](const RoleHolder& a, const RoleHolder& b) {
        return a.team == b.team && a.role == b.role && a.person == b.person;
    };
    for (const auto& change : changed.decision.changes) {
        if (const auto* row = std::get_if<Person>(&change)) put(document.people, *row, same_id);
        if (const auto* row = std::get_if<Account>(&change)) put(document.accounts, *row, same_id);
        if (const auto* row = std::get_if<Team>(&change)) put(document.teams, *row, same_id);
        if (const auto* row = std::get_if<Channel>(&change)) put(document.channels, *row, same_id);
        if (const auto* row = std::get_if<Cover>(&change)) put(document.covers, *row, same_id);
        if (const auto* row = std::get_if<Ceremony>(&change))
            put(document.ceremonies, *row, same_id);
        if (const auto* row = std::get_if<Membership>(&change))
            put(document.memberships, *row, same_member);
        if (const auto* row = std::get_if<RoleHolder>(&change))
            put(document.roles, *row, same_holder);
        if (const auto* row = std::get_if<CalendarRow>(&change))
            put(document.calendars, row->calendar, [](const auto& a, const auto& b) {
                return a.key == b.key;
            });
        if (const auto* row = std::get_if<MembershipEnds>(&change))
            std::erase_if(document.memberships, [&](const Membership& known) {
                return known.team == row->team && known.person == row->person;
            });
        if (const auto* row = std::get_if<RoleEnds>(&change))
            std::erase_if(document.roles, [&](const RoleHolder& known) {
                return known.team == row->team && known.role == row->role &&
                       known.person == row->person;
            });
        if (const auto* row = std::get_if<CoverEnds>(&change))
            std::erase_if(document.covers, [&](const Cover& known) {
                return known.id == row->cover;
            });
        if (const auto* row = std::get_if<AccountEnds>(&change))
            std::erase_if(document.accounts, [&](const Account& known) {
                return known.id == row->account;
            });
        if (const auto* row = std::get_if<ChannelEnds>(&change))
            std::erase_if(document.channels, [&](const Channel& known) {
                return known.id == row->channel;
            });
    }
    return document;
}

}  // namespace settings_story
