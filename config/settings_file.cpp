#include "config/settings_file.hpp"

#include <algorithm>

#include "config/calendar_files.hpp"
#include "config/calendars.hpp"
#include "config/section.hpp"

namespace muster::config {
namespace {

using settings::Wanted;
using settings::WantedCover;
using settings::WantedPerson;
using settings::WantedTeam;

class Reader {
public:
    Reader(const Place& root, const FileReader& files) : root_(root), files_(files) {}

    Wanted take() {
        root_.text("$schema");
        each(root_, "people", [&](Section& section) { wanted_.people.push_back(person(section)); });
        each(root_, "teams", [&](Section& section) { wanted_.teams.push_back(team(section)); });
        read_organisation();
        read_calendars();
        root_.refuse_others();
        return std::move(wanted_);
    }

private:
    WantedPerson person(Section&);
    void read_accounts(Section&, WantedPerson&);
    WantedTeam team(Section&);
    void read_roles(Section&, WantedTeam&);
    std::pair<std::string, std::vector<std::chrono::weekday>> role_holder(const Place&);
    void read_channels(Section&, WantedTeam&);
    Ceremony ceremony(Section&);
    void read_recurrence(Section&, Ceremony&);
    void read_slots(Section&, Ceremony&);
    Question question(Section&);
    void read_organisation();
    WantedCover cover(Section&);
    void read_calendars();
    Calendar calendar(const std::string& key, const Place&);
    void read_dates(const Place&, Calendar&);
    void read_file(const Place&, CalendarFile (*read)(const std::string&), Calendar&);

    WorkingHours working_hours(Section&);
    WorkingWeek week(const Place&);
    std::string language(Section&);
    std::vector<std::string> people(Section&, std::string_view key);
    std::optional<LocalDate> date(const Place&);
    LocalDate needed_date(Section&, std::string_view key);

    template <class Read>
    void each(Section& section, std::string_view key, Read read) {
        auto list = section.find(key);
        if (!list) return;
        for (const auto& element : list->elements()) {
            Section inside(element);
            read(inside);
        }
    }

    // A value that is written as one word, or a problem and the fallback.
    template <class Value, class From>
    Value word(
        Section& section,
        std::string_view key,
        Value fallback,
        const std::string& expected,
        From from
    ) {
        auto place = section.find(key);
        if (!place) return fallback;
        if (const auto* text = place->value().text()) {
            if (auto value = from(*text)) return *value;
        }
        place->refuse(expected);
        return fallback;
    }

    Section root_;
    const FileReader& files_;
    Wanted wanted_;
};

WantedPerson Reader::person(Section& section) {
    WantedPerson person;
    person.key = section.needed_text("key", "a short name that never changes");
    person.name = section.needed_text("name", "the person's name");
    person.email = section.text("email");
    person.zone = section.needed_text("timezone", "an IANA time zone such as \"Europe/London\"");
    person.calendar = section.text("calendar");
    person.hours = working_hours(section);
    person.home = section.text("home");
    person.language = language(section);
    read_accounts(section, person);
    section.refuse_others();
    return person;
}

void Reader::read_accounts(Section& section, WantedPerson& person) {
    auto accounts = section.need("accounts", "where Muster can reach this person");
    if (!accounts) return;
    for (const auto& [platform, place] : accounts->members()) {
        Section account(place);
        person.accounts.push_back(
            {platform,
             account.needed_text("connection", "the name of a connection"),
             account.needed_text("user", "the user's id on that connection")}
        );
        account.refuse_others();
    }
}

WantedTeam Reader::team(Section& section) {
    WantedTeam team;
    team.key = section.needed_text("key", "a short name that never changes");
    team.name = section.needed_text("name", "the team's name");
    team.zone = section.needed_text("timezone", "an IANA time zone such as \"Europe/London\"");
    team.calendar = section.text("calendar");
    team.hours = working_hours(section);
    team.language = language(section);
    team.members = people(section, "members");
    team.observers = people(section, "observers");
    read_roles(section, team);
    read_channels(section, team);
    each(section, "ceremonies", [&](Section& inside) {
        team.ceremonies.push_back(ceremony(inside));
    });
    auto chain = section.find("chain");
    if (chain && chain->text() != "default" && chain->value().text())
        chain->refuse("\"default\": other chains do not exist yet");
    section.refuse_others();
    return team;
}

void Reader::read_roles(Section& section, WantedTeam& team) {
    auto roles = section.find("roles");
    if (!roles) return;
    Section inside(*roles);
    for (auto role = Role::delivery_manager; role < Role::administrator;
         role = static_cast<Role>(static_cast<int>(role) + 1)) {
        auto list = inside.find(name(role));
        if (!list) continue;
        auto& holders = team.roles[role];
        for (const auto& element : list->elements("a list of people"))
            holders.push_back(role_holder(element));
    }
    inside.refuse_others();
}

std::pair<std::string, std::vector<std::chrono::weekday>> Reader::role_holder(const Place& place) {
    if (const auto* key = place.value().text()) return {*key, {}};
    if (!place.value().object()) {
        place.refuse("the key of a person, or { \"person\": ..., \"days\": \"mon-wed\" }");
        return {};
    }
    Section section(place);
    auto person = section.needed_text("person", "the key of a person");
    std::vector<std::chrono::weekday> days;
    if (auto found = section.find("days")) {
        days = days_from(found->text("days such as \"mon-wed\""));
        if (days.empty() && found->value().text())
            found->refuse("days such as \"mon-wed\" or \"mon,thu\"");
    }
    section.refuse_others();
    return {person, days};
}

void Reader::read_channels(Section& section, WantedTeam& team) {
    auto channels = section.find("channels");
    if (!channels) return;
    for (const auto& [platform, place] : channels->members()) {
        Section channel(place);
        auto connection = channel.needed_text("connection", "the name of a connection");
        channel.text("team");  // may be said for those who read it: the channel's id is enough
        auto id = channel.needed_text("channel", "the channel's id on that connection");
        team.channels.push_back({platform, connection, id});
        channel.refuse_others();
    }
}

Ceremony Reader::ceremony(Section& section) {
    Ceremony ceremony;
    ceremony.key = section.needed_text("key", "a short name that never changes");
    ceremony.kind = section.text("kind", ceremony.kind);
    if (ceremony.kind != "stand-up") {
        if (auto kind = section.find("kind"); kind && kind->value().text())
            kind->refuse("\"stand-up\": this is the only kind of ceremony so far");
        ceremony.name = ceremony.kind;
        ceremony.questions = usual_questions();
        return ceremony;
    }
    ceremony.name = section.text("name", ceremony.kind);
    read_recurrence(section, ceremony);
    read_slots(section, ceremony);
    ceremony.zone = word(section, "zone", ceremony.zone, "\"member\" or \"team\"", zone_rule_from);
    ceremony.window =
        word(section, "window", ceremony.window, "a length such as \"2h\" or \"90m\"", length_from);
    ceremony.reminder = word(
        section,
        "reminder",
        ceremony.reminder,
        "a share of the window such as \"80%\", a length such as \"20m\", or \"none\"",
        reminder_from
    );
    ceremony.on_holiday = word(
        section,
        "on_holiday",
        ceremony.on_holiday,
        "\"skip\", \"before\", \"after\" or \"hold\"",
        on_holiday_from
    );
    if (!section.place().value().find("questions")) ceremony.questions = usual_questions();
    each(section, "questions", [&](Section& inside) {
        ceremony.questions.push_back(question(inside));
    });
    ceremony.names_hidden = section.flag("names_hidden", false);
    ceremony.show_silent = section.flag("show_silent", false);
    ceremony.paused = section.flag("paused", false);
    section.refuse_others();
    return ceremony;
}

void Reader::read_recurrence(Section& section, Ceremony& ceremony) {
    std::optional<LocalDate> from;
    if (auto found = section.find("from")) from = date(*found);
    auto place = section.need("recurrence", "a rule such as \"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\"");
    if (!place) return;
    auto rule = place->text("a rule such as \"FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR\"");
    if (!place->value().text()) return;
    auto parsed = parse_recurrence(rule, from);
    if (parsed) {
        ceremony.recurrence = *parsed;
    } else {
        const auto& problem = parsed.error();
        place->refuse(
            "a rule: " + problem.expected +
            (problem.part.empty() ? "" : "; found \"" + problem.part + "\"")
        );
    }
}

void Reader::read_slots(Section& section, Ceremony& ceremony) {
    auto time_of = [](const Place& place) {
        auto time = place.value().text() ? time_of_day_from(*place.value().text()) : std::nullopt;
        if (time && *time < 24h) return *time;
        place.refuse("a time such as \"09:30\"");
        return TimeOfDay{};
    };
    auto time = section.find("time");
    if (time) ceremony.slots.push_back({"main", time_of(*time)});
    auto times = section.find("times");
    if (times && time) times->refuse("either time or times");
    if (!times) return;
    for (const auto& element : times->elements("a list of times")) {
        Section slot(element);
        auto key = slot.needed_text("key", "a short name that never changes");
        auto at = slot.need("at", "a time such as \"09:30\"");
        ceremony.slots.push_back({key, at ? time_of(*at) : 0min});
        slot.refuse_others();
    }
}

Question Reader::question(Section& section) {
    Question question;
    question.key = section.needed_text("key", "a short name that never changes");
    question.letter = section.text("letter");
    question.text = section.needed_text("text", "the question");
    question.kind = word(
        section,
        "kind",
        question.kind,
        "\"text\", \"choice\", \"scale\", \"yes-no\" or \"blocker\"",
        question_kind_from
    );
    question.required = section.flag("required", false);
    if (auto choices = section.find("choices")) question.choices = choices->texts();
    question.rotate = section.text("rotate");
    section.refuse_others();
    return question;
}

void Reader::read_organisation() {
    auto place = root_.find("organisation");
    if (!place) return;
    Section section(*place);
    for (auto role : {Role::product_ops, Role::fallback}) {
        if (section.place().value().find(name(role)))
            wanted_.organisation_roles[role] = people(section, name(role));
        section.find(name(role));
    }
    each(section, "covers", [&](Section& inside) { wanted_.covers.push_back(cover(inside)); });
    section.refuse_others();
}

WantedCover Reader::cover(Section& section) {
    WantedCover cover;
    cover.team = section.text("team");
    auto role_text = section.needed_text("role", "a role such as \"delivery_manager\"");
    auto role = role_from(role_text);
    if (!role && !role_text.empty())
        section.find("role")->refuse("a role such as \"delivery_manager\"");
    cover.role = role.value_or(Role::delivery_manager);
    cover.person = section.needed_text("person", "the key of a person");
    cover.from = needed_date(section, "from");
    cover.to = needed_date(section, "to");
    section.refuse_others();
    return cover;
}

void Reader::read_calendars() {
    auto calendars = root_.find("calendars");
    if (!calendars) return;
    for (const auto& [key, place] : calendars->members())
        wanted_.calendars.push_back(calendar(key, place));
}

Calendar Reader::calendar(const std::string& key, const Place& place) {
    Calendar calendar;
    Section section(place);
    auto holidays = section.find("bank_holidays");
    auto dates = section.find("dates");
    auto ics = section.find("ics");
    auto csv = section.find("csv");
    auto builds_on = section.find("builds_on");
    if (!holidays && !dates && !ics && !csv && !builds_on && place.value().object())
        place.refuse("\"bank_holidays\", \"dates\", \"ics\", \"csv\" or \"builds_on\"");
    if (holidays) {
        auto known = builtin_calendars();
        auto found = std::ranges::find(known, key, &Calendar::key);
        if (holidays->text("\"builtin\"") != "builtin") {
            if (holidays->value().text()) holidays->refuse("\"builtin\"");
        } else if (found == known.end()) {
            std::vector<std::string_view> keys;
            for (const auto& one : known)
                keys.push_back(one.key);
            place.refuse("a calendar that is built in: " + one_of(keys));
        } else {
            calendar = *found;
        }
    }
    calendar.key = key;
    if (ics) read_file(*ics, calendar_from_ics, calendar);
    if (csv) read_file(*csv, calendar_from_csv, calendar);
    if (dates) read_dates(*dates, calendar);
    if (builds_on) calendar.builds_on = builds_on->text("the key of a calendar");
    if (auto ends = section.find("data_ends")) calendar.data_ends = date(*ends);
    section.refuse_others();
    return calendar;
}

void Reader::read_dates(const Place& place, Calendar& calendar) {
    for (const auto& element : place.elements("a list of dates")) {
        if (element.value().text()) {
            if (auto day = date(element)) calendar.days[*day] = "";
            continue;
        }
        Section section(element);
        auto day = needed_date(section, "date");
        calendar.days[day] = section.text("title");
        section.refuse_others();
    }
}

// Its days are added to those that are there.
void Reader::read_file(
    const Place& place, CalendarFile (*read)(const std::string&), Calendar& calendar
) {
    auto path = place.text("the path of a file");
    if (!place.value().text()) return;
    auto text = files_ && !path.empty() ? files_(path) : std::nullopt;
    if (!text) return place.refuse("a file that Muster may read, beside the settings file");
    auto file = read(*text);
    if (!file.expected.empty()) return place.refuse(file.expected);
    calendar.days.merge(file.calendar.days);
    auto& ends = calendar.data_ends;  // of whichever source ends first
    ends = ends ? std::min(ends, file.calendar.data_ends) : file.calendar.data_ends;
}

WorkingHours Reader::working_hours(Section& section) {
    auto place = section.find("working_hours");
    auto week_a = section.find("week_a");
    WorkingHours hours = office_hours();
    if (place && place->value().array()) {
        auto weeks = place->elements();
        if (weeks.size() != 2) {
            place->refuse("an object, or a list of two: week A and week B");
            return hours;
        }
        hours.week = week(weeks[0]);
        hours.week_b = week(weeks[1]);
        if (!week_a) place->refuse("week_a beside it: a Monday on which week A begins");
    } else {
        if (place) hours.week = week(*place);
        if (week_a) week_a->refuse("working_hours to be a list of two");
        return hours;
    }
    if (week_a) {
        hours.week_a = date(*week_a);
        if (hours.week_a && weekday_of(*hours.week_a) != std::chrono::Monday)
            week_a->refuse("a Monday");
    }
    return hours;
}

WorkingWeek Reader::week(const Place& place) {
    WorkingWeek week;
    std::array<bool, 7> said{};
    for (const auto& [days_text, inside] : place.members()) {
        auto days = days_from(days_text);
        if (days.empty())
            inside.refuse("days such as \"mon-thu\", \"sat\" or \"mon,wed\" as the key");
        auto hours = inside.value().text() ? hours_from(*inside.value().text()) : std::nullopt;
        if (!hours)
            inside.refuse("hours such as \"09:00-12:30,13:30-17:30\", or \"\" for a day off");
        for (auto day : days) {
            auto index = day.iso_encoding() - 1;
            if (said[index]) inside.refuse("each day once");
            said[index] = true;
            if (hours) week.days[index] = *hours;
        }
    }
    return week;
}

std::string Reader::language(Section& section) {
    auto is_letter = [](char letter) { return letter >= 'a' && letter <= 'z'; };
    auto from = [&](std::string_view text) -> std::optional<std::string> {
        if (text.size() != 2 || !std::ranges::all_of(text, is_letter)) return std::nullopt;
        return std::string(text);
    };
    return word(
        section, "language", std::string("en"), "a language such as \"en\" or \"cy\"", from
    );
}

std::vector<std::string> Reader::people(Section& section, std::string_view key) {
    auto list = section.find(key);
    return list ? list->texts() : std::vector<std::string>{};
}

std::optional<LocalDate> Reader::date(const Place& place) {
    auto date = place.value().text() ? date_from(*place.value().text()) : std::nullopt;
    if (!date) place.refuse("a date such as \"2026-11-24\"");
    return date;
}

LocalDate Reader::needed_date(Section& section, std::string_view key) {
    auto place = section.need(key, "a date such as \"2026-11-24\"");
    return place ? date(*place).value_or(LocalDate{}) : LocalDate{};
}

}  // namespace

Checked<SettingsFile> read_settings(const std::filesystem::path& file) {
    auto text = read_text(file);
    if (!text) return text.error();
    return settings_from(*text, file.string(), files_beside(file));
}

FileReader files_beside(const std::filesystem::path& settings_file) {
    return [folder = settings_file.parent_path()](const std::string& path) {
        auto text = read_text(folder / path);
        return text ? std::optional{*std::move(text)} : std::nullopt;
    };
}

Checked<SettingsFile> settings_from(
    std::string_view text, const std::string& file_name, const FileReader& files
) {
    auto parsed = json::parse(text, json::Comments::allowed, json::most_values_of_a_file);
    if (!parsed) return Problems{not_json(file_name, parsed.error())};
    Findings findings(file_name);
    SettingsFile file;
    file.name = file_name;
    file.lines = json::lines_of(*parsed);
    file.wanted = Reader(Place(findings, *parsed, ""), files).take();
    for (auto& problem : file.locate(settings::problems_in(file.wanted))) {
        if (!findings.has_near(problem.pointer))
            findings.add(problem.line, std::move(problem.pointer), std::move(problem.expected));
    }
    if (!findings.empty()) return findings.take();
    return file;
}

Problems SettingsFile::locate(const std::vector<settings::Problem>& problems) const {
    Problems located;
    for (const auto& [where, expected] : problems) {
        auto known = "/" + where;
        while (!lines.contains(known) && !known.empty())
            known.resize(known.rfind('/'));
        located.push_back({name, lines.contains(known) ? lines.at(known) : 0, "/" + where, expected}
        );
    }
    return located;
}

}  // namespace muster::config
