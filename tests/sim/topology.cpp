#include "tests/sim/topology.hpp"

#include <algorithm>

namespace muster::sim {
namespace {

using namespace std::chrono_literals;
using settings::Wanted;
using settings::WantedPerson;
using settings::WantedTeam;
using std::chrono::days;

const std::vector<ZoneName> zones = {
    "Europe/London",
    "Europe/London",
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Pacific/Chatham",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Africa/Casablanca",
};

// Days before and after which something awkward happens somewhere.
const std::vector<std::string> awkward_days = {
    "2026-03-05",  // United States change their clocks on the 8th
    "2026-03-25",  // Europe and Troll on the 29th
    "2026-04-01",  // Lord Howe and Chatham on the 5th; Easter
    "2026-02-13",  // Casablanca on the 15th, for Ramadan
    "2026-10-01",  // Lord Howe on the 4th
    "2026-10-22",  // Europe on the 25th
    "2026-10-29",  // United States on 1 November
    "2026-12-22",  // Christmas, year's end
    "2028-02-25",  // 29 February
    "2026-08-26",  // bank holiday on the 31st
    "2026-12-30",  // week 53
    "2026-06-10",  // nothing at all
};

Instant midnight(const std::string& date) {
    return Instant{std::chrono::sys_days{*date_from(date)}};
}

WorkingWeek week_of(const std::string& hours, const std::string& friday) {
    WorkingWeek week;
    for (std::size_t day = 0; day < 5; ++day)
        week.days[day] = *hours_from(day == 4 ? friday : hours);
    return week;
}

WorkingHours some_hours(Random& random) {
    static const std::vector<std::string> days_worked = {
        "09:00-17:30",
        "09:00-12:30,13:30-17:30",
        "08:00-12:00",
        "13:00-18:00",
        "09:00-10:15,10:45-15:00",
        "07:00-15:00"};
    auto hours = WorkingHours{};
    const auto& usual = random.one_of(days_worked);
    hours.week = week_of(usual, random.chance(0.2) ? "" : usual);
    if (random.chance(0.1)) hours.week.days[5] = *hours_from("10:00-16:00");
    if (random.chance(0.15)) {
        hours.week_b = week_of(random.one_of(days_worked), "");
        hours.week_a = *date_from("2026-01-05");
    }
    return hours;
}

Calendar office() {
    Calendar calendar;
    calendar.key = "office";
    for (const auto* date :
         {"2026-04-03",
          "2026-04-06",
          "2026-05-04",
          "2026-08-31",
          "2026-12-25",
          "2026-12-28",
          "2027-01-01",
          "2028-02-29"})
        calendar.days[*date_from(date)] = "A holiday";
    return calendar;
}

std::string some_rule(Random& random) {
    return random.one_of<std::string>({
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
        "FREQ=DAILY;INTERVAL=2",
    });
}

std::vector<Question> some_questions(Random& random) {
    auto questions = usual_questions();
    auto add = [&](std::string key, std::string letter, Question::Kind kind, std::string rotate) {
        Question question;
        question.key = key;
        question.letter = std::move(letter);
        question.text = "And " + key + "?";
        question.kind = kind;
        question.rotate = std::move(rotate);
        questions.push_back(question);
    };
    if (random.chance(0.3)) {
        add("tea", "", Question::Kind::text, "drinks");
        add("coffee", "", Question::Kind::text, "drinks");
        add("water", "", Question::Kind::text, "drinks");
    }
    if (random.chance(0.2)) add("focus", "f", Question::Kind::yes_no, "");
    if (random.chance(0.2)) {
        add("load", "l", Question::Kind::choice, "");
        questions.back().choices = {"low", "right", "high"};
    }
    if (random.chance(0.1))
        for (const auto* key : {"one", "two", "three", "four", "five"})
            add(key, "", Question::Kind::text, "");
    return questions;
}

Ceremony some_ceremony(Random& random, LocalDate from) {
    auto at = minutes{random.one_of<int>(
        {5, 8 * 60, 9 * 60 + 30, 9 * 60 + 30, 12 * 60 + 45, 16 * 60, 17 * 60 + 15, 23 * 60 + 45, 90}
    )};
    auto ceremony = a_stand_up(at);
    ceremony.recurrence = parse_recurrence(some_rule(random), from).value();
    if (random.chance(0.25)) ceremony.slots.push_back({"second", (at + 3h + 20min) % (24h)});
    ceremony.zone = random.chance(0.6) ? ZoneRule::member : ZoneRule::team;
    ceremony.window = minutes{random.one_of<int>({30, 60, 120, 120, 240})};
    if (random.chance(0.2)) ceremony.reminder = {std::nullopt, 20min};
    if (random.chance(0.1)) ceremony.reminder = {std::nullopt, std::nullopt};
    ceremony.on_holiday = random.one_of<OnHoliday>(
        {OnHoliday::skip, OnHoliday::skip, OnHoliday::before, OnHoliday::after, OnHoliday::hold}
    );
    ceremony.questions = some_questions(random);
    ceremony.names_hidden = random.chance(0.2);
    ceremony.show_silent = random.chance(0.2);
    return ceremony;
}

}  // namespace

Topology some_topology(Random& random) {
    Topology topology;
    auto day = midnight(random.one_of(awkward_days));
    topology.start = day + random.between(0min, minutes{24h});
    auto& wanted = topology.wanted;
    wanted.calendars = {office()};

    auto people = random.between(4, 10);
    for (std::int64_t number = 0; number < people; ++number) {
        auto name = "P" + std::to_string(number);
        auto person = a_person(name, random.one_of(zones));
        person.name = "Person " + name;
        person.hours = random.chance(0.4) ? office_hours() : some_hours(random);
        if (random.chance(0.5)) person.calendar = "office";
        wanted.people.push_back(person);
    }

    auto teams = random.between(1, 3);
    for (std::int64_t number = 0; number < teams; ++number) {
        WantedTeam team;
        team.key = "team-" + std::to_string(number);
        team.name = "Team " + std::to_string(number);
        team.zone = random.one_of(zones);
        if (random.chance(0.6)) team.calendar = "office";
        auto everybody = wanted.people;
        random.shuffle(everybody);
        auto size =
            std::min<std::size_t>(everybody.size(), static_cast<std::size_t>(random.between(3, 8)));
        for (std::size_t index = 0; index < size; ++index)
            (index > 2 && random.chance(0.1) ? team.observers : team.members)
                .push_back(everybody[index].key);
        team.roles[Role::delivery_manager] = {
            {everybody[random.chance(0.8) ? 0 : size - 1].key, {}}};
        team.channels = {{platform_key, connection_key, channel_of(team.key)}};
        auto from = *date_from(to_text(local_date("Etc/UTC", day - days{2})));
        team.ceremonies = {some_ceremony(random, from)};
        if (random.chance(0.2)) {
            auto second = some_ceremony(random, from);
            second.key = "evening";
            second.name = "evening check";
            team.ceremonies.push_back(second);
        }
        wanted.teams.push_back(team);
    }
    return topology;
}

WantedPerson a_person(const std::string& name, ZoneName zone) {
    WantedPerson person;
    person.key = name;
    std::ranges::transform(person.key, person.key.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    person.name = name;
    person.zone = std::move(zone);
    person.accounts = {{platform_key, connection_key, account_of(person.key)}};
    return person;
}

Ceremony a_stand_up(TimeOfDay at) {
    Ceremony ceremony;
    ceremony.key = "standup";
    ceremony.name = "stand-up";
    ceremony.recurrence =
        parse_recurrence("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", std::nullopt).value();
    ceremony.slots = {{"main", at}};
    ceremony.questions = usual_questions();
    return ceremony;
}

Wanted a_team_of(std::vector<WantedPerson> people, Ceremony ceremony) {
    Wanted wanted;
    WantedTeam team;
    team.key = "payments";
    team.name = "Payments";
    team.zone = "Europe/London";
    team.channels = {{platform_key, connection_key, channel_of(team.key)}};
    team.ceremonies = {std::move(ceremony)};
    team.roles[Role::delivery_manager] = {{people.front().key, {}}};
    for (const auto& person : people)
        team.members.push_back(person.key);
    wanted.people = std::move(people);
    wanted.teams = {team};
    return wanted;
}

WantedTeam another_team(WantedTeam team, const std::string& key, const std::string& name) {
    team.key = key;
    team.name = name;
    team.channels = {{platform_key, connection_key, channel_of(key)}};
    return team;
}

std::string account_of(const std::string& person_key) {
    return "U-" + person_key;
}

std::string channel_of(const std::string& team_key) {
    return "C-" + team_key;
}

}  // namespace muster::sim
