#include "bot/domain/team_page.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "bot/domain/form_parts.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/plain_words.hpp"
#include "bot/domain/standup_words.hpp"
#include "bot/domain/team_days.hpp"

namespace muster::team_page {
namespace {

using namespace standup::words;
using namespace std::chrono_literals;

constexpr std::array usual_windows{30min, 60min, 120min, 180min, 240min, 480min};

Text zone_rule(ZoneRule rule) {
    return text(rule == ZoneRule::member ? "team.zone_member" : "team.zone_team");
}

Button button_of(Verb verb, const char* label, const Ceremony& ceremony) {
    auto made = choice(verb, ceremony.id.value, text(label));
    made.spoken = text(
        "team.button_spoken",
        {{"button", several(text(label))}, {"ceremony", UserText{ceremony.name}}}
    );
    return made;
}

Button button_of(Verb verb, const char* label, const Team& team) {
    auto made = choice(verb, team.id.value, text(label));
    made.spoken = text(
        "team.button_spoken", {{"button", several(text(label))}, {"ceremony", UserText{team.name}}}
    );
    return made;
}

Buttons buttons_of(const Team& team) {
    return {{
        button_of(Verb::edit_people, "button.edit_people", team),
        button_of(Verb::edit_roles, "button.edit_roles", team),
        button_of(Verb::edit_cover, "button.edit_cover", team),
        button_of(Verb::edit_days_off, "button.edit_days_off", team),
    }};
}

Text times_of(const Ceremony& ceremony) {
    TextList times;
    for (const auto& slot : ceremony.slots)
        times.push_back(text("team.time", {{"at", clock(slot.at)}}));
    return joined(std::move(times));
}

void add_ceremony(Message& message, const Ceremony& ceremony, bool may_change) {
    message.blocks.push_back(Heading{text("team.ceremony", {{"ceremony", UserText{ceremony.name}}})}
    );
    if (ceremony.paused) message.blocks.push_back(Paragraph{text("team.is_paused")});
    message.blocks.push_back(facts_of(ceremony));
    message.blocks.push_back(questions_of(ceremony));
    if (!may_change) return;
    auto pause = ceremony.paused
                     ? button_of(Verb::resume_ceremony, "button.resume_ceremony", ceremony)
                     : button_of(Verb::pause_ceremony, "button.pause_ceremony", ceremony);
    message.blocks.push_back(Buttons{{
        button_of(Verb::edit_schedule, "button.edit_schedule", ceremony),
        button_of(Verb::edit_questions, "button.edit_questions", ceremony),
        std::move(pause),
    }});
}

void add_findings(Message& message, const std::vector<examination::Finding>& findings) {
    auto words = examination::in_words(findings);
    if (words.items.empty()) return;
    message.blocks.push_back(Paragraph{text("doctor.found_here")});
    message.blocks.push_back(std::move(words));
}

Field needed(std::string key, Field::Kind kind, Text label) {
    auto made = field(std::move(key), kind, std::move(label));
    made.required = true;
    return made;
}

// A weekly rule that a row of seven days can say.
bool is_said_by_weekdays(const Recurrence& rule) {
    return rule.frequency == Recurrence::Frequency::weekly && rule.interval == 1 && !rule.count;
}

const char* day_key(std::chrono::weekday day) {
    constexpr std::array keys{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    return keys[day.iso_encoding() - 1];
}

Field days_field(const Ceremony& ceremony) {
    if (!is_said_by_weekdays(ceremony.recurrence)) {
        auto shown = needed("days", Field::Kind::shown, text("team.days"));
        shown.initial = to_text(ceremony.recurrence);
        shown.hint = text("team.only_in_the_file");
        return shown;
    }
    auto days = needed("days", Field::Kind::several, text("team.days"));
    constexpr LocalDate monday{
        std::chrono::year{2026}, std::chrono::November, std::chrono::day{23}};
    for (int day = 0; day < 7; ++day) {
        auto date = add_days(monday, day);
        days.choices.push_back({day_key(weekday_of(date)), text("date.weekday", {{"date", date}})});
    }
    for (auto day : ceremony.recurrence.weekdays)
        days.initial += (days.initial.empty() ? "" : " ") + std::string{day_key(day)};
    return days;
}

Field window_field(const Ceremony& ceremony) {
    auto window = needed("window", Field::Kind::choice, text("team.open_for"));
    std::set<minutes> lengths(usual_windows.begin(), usual_windows.end());
    lengths.insert(ceremony.window);
    for (auto length : lengths)
        window.choices.push_back({length_text(length), text("team.length", {{"length", length}})});
    window.initial = length_text(ceremony.window);
    return window;
}

Form form_of(FormKind kind, const Ceremony& ceremony, const Reader& reader, const char* title) {
    Form form;
    form.context = {kind, ceremony.id.value, 1};
    form.reader = reader;
    form.title = text(title);
    form.submit = text("form.save");
    form.who_sees = text("team.from_the_next");
    return form;
}

FormErrors wrong(const Reader& reader, const char* field, Text words) {
    return {reader, {{field, std::move(words)}}};
}

std::vector<std::chrono::weekday> weekdays_in(const std::string& words) {
    std::vector<std::chrono::weekday> days;
    for (unsigned day = 1; day <= 7; ++day) {
        auto weekday = std::chrono::weekday{day % 7};
        auto at = words.find(day_key(weekday));
        if (at != std::string::npos) days.push_back(weekday);
    }
    return days;
}

// ---- questions

std::vector<std::string> lines_of(const std::string& entered) {
    std::vector<std::string> lines;
    std::string_view rest{entered};
    while (!rest.empty()) {
        auto end = std::min(rest.find('\n'), rest.size());
        auto line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        constexpr std::string_view spaces = " \t\r";
        auto begins = line.find_first_not_of(spaces);
        if (begins == line.npos) continue;
        lines.emplace_back(line.substr(begins, line.find_last_not_of(spaces) - begins + 1));
    }
    return lines;
}

// What of the questions before is taken by no line as it stands.
class Known {
public:
    explicit Known(std::vector<Question> before) : before_(std::move(before)) {
        for (const auto& question : before_)
            keys_.insert(question.key);
    }

    std::optional<Question> take_as_it_was(const std::string& words) {
        for (auto& question : before_)
            if (same_words(question.text, words) && taken_.insert(question.key).second)
                return question;
        return std::nullopt;
    }

    std::optional<Question> take_in_place(std::size_t place) {
        if (place >= before_.size() || !taken_.insert(before_[place].key).second)
            return std::nullopt;
        return before_[place];
    }

    Question a_new_one() {
        Question question;
        for (int number = 1; question.key.empty(); ++number) {
            auto key = "q" + std::to_string(number);
            if (keys_.insert(key).second) question.key = key;
        }
        return question;
    }

private:
    std::vector<Question> before_;
    std::set<std::string> keys_;
    std::set<std::string> taken_;
};

std::vector<Question> questions_in(
    const std::vector<std::string>& lines, const std::vector<Question>& before
) {
    Known known{before};
    std::vector<std::optional<Question>> found;
    for (const auto& line : lines)
        found.push_back(known.take_as_it_was(line));
    std::vector<Question> questions;
    for (std::size_t place = 0; place < lines.size(); ++place) {
        auto question = found[place];
        if (!question) question = known.take_in_place(place);
        if (!question) question = known.a_new_one();
        question->text = lines[place];
        questions.push_back(*std::move(question));
    }
    return questions;
}

bool differ_in_time(const Ceremony& one, const Ceremony& other) {
    return one.recurrence != other.recurrence || one.slots != other.slots ||
           one.zone != other.zone || one.window != other.window;
}

}  // namespace

Facts facts_of(const Ceremony& ceremony) {
    return {{
        {text("team.days"), days_of(ceremony.recurrence)},
        {text("team.at"), times_of(ceremony)},
        {text("team.whose_clock"), zone_rule(ceremony.zone)},
        {text("team.open_for"), text("team.length", {{"length", ceremony.window}})},
    }};
}

Items questions_of(const Ceremony& ceremony) {
    Items questions;
    for (const auto& question : ceremony.questions)
        questions.items.push_back(question_text(question, std::nullopt));
    return questions;
}

Message page(const Roster& roster, const Sight& sight, const Reader& reader) {
    const auto heading = text("team.heading", {{"team", UserText{roster.team.name}}});
    Message message{reader, heading, {Heading{heading}}};
    add_findings(message, sight.findings);
    TextList asked;
    TextList observing;
    for (const auto& member : roster.members)
        (member.standing == Standing::participant ? asked : observing)
            .push_back(verbatim(member.person.name));
    Facts people;
    if (!asked.empty()) people.rows.emplace_back(text("team.asked"), joined(std::move(asked)));
    if (!observing.empty())
        people.rows.emplace_back(text("team.observing"), joined(std::move(observing)));
    static const CalendarBook no_calendars;
    const auto& calendars = roster.calendars ? *roster.calendars : no_calendars;
    auto days_off = team_days::summary(roster.team, calendars, sight.today);
    people.rows.emplace_back(text("team.days_off"), std::move(days_off));
    message.blocks.push_back(std::move(people));
    if (sight.may_change) message.blocks.push_back(buttons_of(roster.team));
    if (roster.ceremonies.empty()) message.blocks.push_back(Paragraph{text("team.no_ceremony")});
    for (const auto& ceremony : roster.ceremonies)
        add_ceremony(message, ceremony, sight.may_change);
    if (sight.may_change)  // far from what is pressed every week
        message.blocks.push_back(Buttons{
            {button_of(Verb::delete_team, "button.delete_team", roster.team)}});
    message.blocks.push_back(Quiet{
        sight.may_change ? text("team.from_the_next") : not_yours(roster.team, sight.managers)});
    return message;
}

Text not_yours(const Team& team, const std::vector<std::string>& managers) {
    if (managers.empty()) return text("team.nobody_may", {{"team", UserText{team.name}}});
    TextList names;
    for (const auto& name : managers)
        names.push_back(verbatim(name));
    return text("team.not_yours", {{"team", UserText{team.name}}, {"names", std::move(names)}});
}

Form schedule_form(const Ceremony& ceremony, const Reader& reader) {
    auto form = form_of(FormKind::schedule, ceremony, reader, "team.schedule_title");
    form.fields.push_back(days_field(ceremony));
    if (ceremony.slots.size() == 1) {
        auto time = needed("time", Field::Kind::time, text("team.at"));
        time.initial = to_text(ceremony.slots.front().at);
        form.fields.push_back(std::move(time));
    }
    auto zone = needed("zone", Field::Kind::choice, text("team.whose_clock"));
    for (auto rule : {ZoneRule::member, ZoneRule::team})
        zone.choices.push_back({name(rule), zone_rule(rule)});
    zone.initial = name(ceremony.zone);
    form.fields.push_back(std::move(zone));
    form.fields.push_back(window_field(ceremony));
    return form;
}

Form questions_form(const Ceremony& ceremony, const Reader& reader) {
    auto form = form_of(FormKind::questions, ceremony, reader, "team.questions_title");
    auto questions = needed("questions", Field::Kind::paragraph, text("team.questions"));
    questions.hint = text("team.questions_hint");
    for (const auto& question : ceremony.questions)
        questions.initial += (questions.initial.empty() ? "" : "\n") + question.text;
    form.fields.push_back(std::move(questions));
    return form;
}

Edited with_schedule(Ceremony ceremony, const FormValues& values, const Reader& reader) {
    if (const auto* days = value_of(values, "days");
        days && is_said_by_weekdays(ceremony.recurrence)) {
        auto weekdays = weekdays_in(*days);
        if (weekdays.empty()) return wrong(reader, "days", text("team.choose_a_day"));
        ceremony.recurrence.weekdays = std::move(weekdays);
    }
    if (const auto* time = value_of(values, "time"); time && ceremony.slots.size() == 1) {
        auto at = time_of_day_from(*time);
        if (!at) return wrong(reader, "time", text("team.choose_a_time"));
        ceremony.slots.front().at = *at;
    }
    if (const auto* zone = value_of(values, "zone"))
        ceremony.zone = zone_rule_from(*zone).value_or(ceremony.zone);
    if (const auto* window = value_of(values, "window"))
        ceremony.window = length_from(*window).value_or(ceremony.window);
    return ceremony;
}

Edited with_questions(Ceremony ceremony, const FormValues& values, const Reader& reader) {
    const auto* typed = value_of(values, "questions");
    if (!typed) return ceremony;
    auto lines = lines_of(*typed);
    if (lines.empty()) return wrong(reader, "questions", text("team.needs_a_question"));
    if (lines.size() > settings::most_questions)
        return wrong(
            reader,
            "questions",
            text("team.too_many_questions", {{"count", count(settings::most_questions)}})
        );
    auto is_too_long = [](const std::string& line) {
        return line.size() > settings::longest_question;
    };
    if (std::ranges::any_of(lines, is_too_long))
        return wrong(reader, "questions", text("team.question_too_long"));
    ceremony.questions = questions_in(lines, ceremony.questions);
    return ceremony;
}

settings::Wanted wanted_with(const settings::Document& document, const Ceremony& changed) {
    auto wanted = settings::wanted_of(document, changed.team);
    for (auto& team : wanted.teams)
        for (auto& ceremony : team.ceremonies)
            if (ceremony.key == changed.key) {
                ceremony = changed;
                ceremony.id = {};
                ceremony.team = {};
            }
    return wanted;
}

Message changed(
    const Team& team, const Ceremony& before, const Ceremony& after, const Reader& reader
) {
    const Arguments names{{"team", UserText{team.name}}, {"ceremony", UserText{after.name}}};
    if (before.paused != after.paused) {
        auto message = note(reader, text(after.paused ? "team.paused" : "team.resumed", names));
        if (after.paused)
            message.blocks.push_back(Buttons{
                {button_of(Verb::resume_ceremony, "button.resume_ceremony", after)}});
        return message;
    }
    if (before.questions != after.questions)
        return note(reader, text("team.questions_changed", names));
    if (!differ_in_time(before, after)) return note(reader, text("team.nothing_changed"));
    auto when = with(
        names,
        {{"days", several(days_of(after.recurrence))},
         {"times", several(times_of(after))},
         {"zone", several(zone_rule(after.zone))},
         {"length", after.window}}
    );
    return note(reader, text("team.schedule_changed", std::move(when)));
}

}  // namespace muster::team_page
