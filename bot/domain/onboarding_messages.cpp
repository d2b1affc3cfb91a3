#include <algorithm>

#include "bot/domain/examination.hpp"
#include "bot/domain/form_parts.hpp"
#include "bot/domain/onboarding.hpp"
#include "bot/domain/onboarding_sketch.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"
#include "bot/domain/team_page.hpp"
#include "bot/domain/team_people.hpp"
#include "bot/domain/team_days.hpp"

namespace muster::onboarding {
namespace {

using namespace standup::words;

// A message holds so many names; the team's page shows all.
constexpr std::size_t most_names = 40;

Button button_of(Verb verb, const char* label, const Setup& setup, bool is_primary = false) {
    auto made = choice(verb, setup.id.value, text(label), setup.proposals);
    made.spoken = text(
        "setup.button_spoken",
        {{"button", several(text(label))}, {"team", UserText{chosen_name(setup)}}}
    );
    made.primary = is_primary;
    return made;
}

Text place_of(const Setup& setup) {
    if (setup.found.name.empty()) return text("setup.this_place");
    return text("setup.place", {{"place", UserText{setup.found.name}}});
}

Text about_place(const char* key, const Setup& setup) {
    return text(key, {{"place", several(place_of(setup))}});
}

Text about_team(const char* key, const Setup& setup) {
    return text(key, {{"team", UserText{chosen_name(setup)}}});
}

TextList names_of(const std::vector<std::string>& names) {
    TextList list;
    for (std::size_t place = 0; place < std::min(names.size(), most_names); ++place)
        list.push_back(verbatim(names[place]));
    if (names.size() > most_names)
        list.push_back(text("setup.more", {{"count", count(names.size() - most_names)}}));
    return list;
}

// ---- the offer

std::size_t people_there(const Setup& setup) {
    const auto& members = setup.found.members;
    return static_cast<std::size_t>(std::ranges::count_if(members, [&](const auto& account) {
        const auto* profile = profile_of(setup, account);
        return !profile || (!profile->is_bot && !profile->is_closed);
    }));
}

bool are_ticked(const Setup& setup) {
    const auto people = people_there(setup);
    return !setup.found.has_more && people > 0 && people <= most_ticked;
}

Text who_is_asked(const Setup& setup) {
    if (setup.found.members.empty()) return text("setup.you_choose");
    const auto* key = are_ticked(setup) ? "setup.all_ticked" : "setup.many_there";
    return text(key, {{"count", count(people_there(setup))}});
}

Message offer(const Setup& setup, LocalDate today, const Reader& reader) {
    const auto question = about_place("setup.offer", setup);
    const auto usual = chosen_ceremony(setup, today);
    auto facts = team_page::facts_of(usual);
    facts.rows.emplace_back(text("setup.people"), who_is_asked(setup));
    return {
        .reader = reader,
        .notification = question,
        .blocks =
            {
                Heading{question},
                Paragraph{text("setup.what_muster_does")},
                team_page::questions_of(usual),
                std::move(facts),
                Quiet{text("setup.you_look_after_it")},
                Buttons{{
                    button_of(Verb::setup_form, "button.setup_form", setup, true),
                    button_of(Verb::setup_decline, "button.setup_decline", setup),
                }},
            },
        .edited = false,
    };
}

// ---- the proposal

// One line for all who are first asked at one moment, by clocks that show the same.
struct FirstAsked {
    Instant at;
    ZoneName zone;
    std::vector<std::string> names;
};

std::vector<FirstAsked> first_asked(const Roster& roster, Instant now) {
    std::vector<FirstAsked> all;
    const auto& ceremony = roster.ceremonies.front();
    for (const auto& member : roster.members) {
        auto at = standup::next_window(roster, ceremony, member.person, now);
        if (!at) continue;
        auto same = std::ranges::find_if(all, [&](const FirstAsked& one) {
            return one.at == *at && one.zone == member.person.zone;
        });
        if (same == all.end()) same = all.insert(all.end(), {*at, member.person.zone, {}});
        same->names.push_back(member.person.name);
    }
    std::ranges::sort(all, {}, &FirstAsked::at);
    return all;
}

Text line_of(const FirstAsked& one, const Reader& reader) {
    Arguments arguments{{"names", names_of(one.names)}, {"at", one.at}};
    if (one.zone == reader.zone) return text("setup.first_asked", std::move(arguments));
    const auto there = local_time(one.zone, one.at);
    return text(
        "setup.first_asked_elsewhere",
        with(
            std::move(arguments),
            {{"there", clock(there.time)}, {"city", UserText{city_of(one.zone)}}}
        )
    );
}

// Of many people, all whom the time never suits stand in one line.
void add_schedule(Items& findings, const Roster& roster, Instant now) {
    std::vector<std::string> never;
    std::vector<examination::Finding> others;
    for (auto& finding : examination::of_schedule(roster, now)) {
        if (finding.person && finding.asked == 0)
            never.push_back(finding.person->name);
        else
            others.push_back(std::move(finding));
    }
    if (!never.empty())
        findings.items.push_back(text("setup.found_never", {{"names", names_of(never)}}));
    std::ranges::move(examination::in_words(others).items, std::back_inserter(findings.items));
}

template <class Test>
void add_finding(
    Items& findings, const std::vector<Picked>& all, const char* key, const Roster& roster, Test is
) {
    std::vector<std::string> names;
    std::size_t nameless = 0;
    for (const auto& one : all) {
        if (!is(one)) continue;
        if (one.name.empty())
            ++nameless;
        else
            names.push_back(one.name);
    }
    if (names.empty() && nameless == 0) return;
    findings.items.push_back(text(
        key,
        {{"names", names_of(names)},
         {"count", count(names.size() + nameless)},
         {"city", UserText{city_of(roster.team.zone)}}}
    ));
}

Items findings_of(
    const Setup& setup, const settings::Document& document, const Roster& roster, Instant now
) {
    Items findings;
    const auto all = picked(setup, document);
    auto add = [&](const char* key, auto is) { add_finding(findings, all, key, roster, is); };
    add("setup.found_bots", [](const Picked& one) { return one.why_not == WhyNot::is_bot; });
    add("setup.found_closed", [](const Picked& one) { return one.why_not == WhyNot::is_closed; });
    add("setup.found_unknown", [](const Picked& one) { return one.why_not == WhyNot::not_known; });
    auto is_asked = [](const Picked& one) { return one.why_not == WhyNot::none; };
    add("setup.found_no_zone",
        [&](const Picked& one) { return is_asked(one) && one.zone_is_guessed; });
    add("setup.found_outsiders",
        [&](const Picked& one) { return is_asked(one) && one.is_outsider; });
    add_schedule(findings, roster, now);
    if (setup.found.is_shared) findings.items.push_back(about_place("setup.found_shared", setup));
    return findings;
}

Message with_buttons_only(
    const Setup& setup, Text notification, std::vector<Block> blocks, const Reader& reader
) {
    blocks.push_back(Buttons{{
        button_of(Verb::setup_form, "button.setup_change", setup, true),
        button_of(Verb::setup_decline, "button.setup_decline", setup),
    }});
    return {reader, std::move(notification), std::move(blocks)};
}

Message cannot_start(const Setup& setup, Items findings, const Reader& reader) {
    auto heading = about_team("setup.nobody_asked", setup);
    std::vector<Block> blocks{Heading{heading}};
    if (!findings.items.empty()) blocks.push_back(std::move(findings));
    return with_buttons_only(setup, std::move(heading), std::move(blocks), reader);
}

Message proposal(
    const Setup& setup, const settings::Document& document, Instant now, const Reader& reader
) {
    const auto made = sketch_of(setup, document, now);
    if (!made) {
        const auto words =
            text("team.does_not_fit", {{"expected", UserText{made.error().front().expected}}});
        return with_buttons_only(setup, words, {Paragraph{words}}, reader);
    }
    const auto& roster = made->roster;
    auto findings = findings_of(setup, document, roster, now);
    const auto asked = first_asked(roster, now);
    if (asked.empty()) return cannot_start(setup, std::move(findings), reader);

    const auto heading = about_team("setup.check", setup);
    Message message{reader, heading, {Heading{heading}}};
    message.blocks.push_back(team_page::questions_of(roster.ceremonies.front()));
    message.blocks.push_back(team_page::facts_of(roster.ceremonies.front()));
    message.blocks.push_back(Paragraph{text("setup.when_first")});
    Items lines;
    for (const auto& one : asked)
        lines.items.push_back(line_of(one, reader));
    message.blocks.push_back(std::move(lines));
    if (!findings.items.empty()) {
        message.blocks.push_back(Paragraph{text("setup.to_know")});
        message.blocks.push_back(std::move(findings));
    }
    message.blocks.push_back(Quiet{about_place("setup.what_starting_does", setup)});
    const auto* start = setup.found.is_shared ? "button.setup_start_shared" : "button.setup_start";
    message.blocks.push_back(Buttons{{
        button_of(Verb::setup_start, start, setup, true),
        button_of(Verb::setup_try, "button.setup_try", setup),
        button_of(Verb::setup_form, "button.setup_change", setup),
        button_of(Verb::setup_decline, "button.setup_decline", setup),
    }});
    return message;
}

// ---- the rest of its life

Message put_off(const Setup& setup, const Reader& reader) {
    auto message = note(reader, about_place("setup.was_declined", setup));
    message.blocks.push_back(Buttons{{button_of(Verb::setup_form, "button.setup_form", setup)}});
    return message;
}

Message done(const Setup& setup, const Reader& reader) {
    auto message = note(reader, about_team("setup.is_started", setup));
    if (setup.team) {
        auto show = choice(Verb::show_team, setup.team->value, text("button.show_team"));
        message.blocks.push_back(Buttons{{std::move(show)}});
    }
    return message;
}

// ---- the form

Field needed(std::string key, Field::Kind kind, Text label) {
    auto made = field(std::move(key), kind, std::move(label));
    made.required = true;
    return made;
}

std::string ticked(const Setup& setup) {
    if (const auto* people = value_of(setup.entered, "people")) return *people;
    if (!are_ticked(setup)) return {};
    std::string accounts;
    for (const auto& account : setup.found.members) {
        const auto* profile = profile_of(setup, account);
        if (!profile || profile->is_bot || profile->is_closed) continue;
        accounts += (accounts.empty() ? "" : " ") + account;
    }
    return accounts;
}

std::optional<Field> calendar_field(
    const Setup& setup, const settings::Document& document, const ZoneName& zone
) {
    if (document.calendars.empty()) return std::nullopt;
    auto made = field("calendar", Field::Kind::choice, text("setup.holidays"));
    made.choices.push_back({"none", text("setup.no_holidays")});
    for (const auto& calendar : document.calendars)
        if (!team_days::is_own(document, calendar))
            made.choices.push_back({calendar.key, standup::words::name_of_calendar(calendar.key)});
    made.initial = chosen_calendar(setup, document, zone);
    if (made.initial.empty()) made.initial = "none";
    return made;
}

// ---- to try it

struct Trial {
    Turn turn;
    RunBoard board;
};

std::optional<Trial> trial_of(const Setup& setup, const settings::Document& document, Instant now) {
    const auto made = sketch_of(setup, document, now);
    const auto* starter = person_of(setup, document, setup.starter);
    if (!made || !starter) return std::nullopt;
    const auto& roster = made->roster;
    const auto asked = first_asked(roster, now);
    Trial trial;
    trial.turn.person = *starter;
    trial.turn.team = roster.team;
    trial.turn.ceremony = roster.ceremonies.front();
    trial.turn.run.questions = trial.turn.ceremony.questions;
    trial.turn.run.ceremony_name = trial.turn.ceremony.name;
    trial.turn.run.held_on = local_date(starter->zone, asked.empty() ? now : asked.front().at);
    trial.turn.round.id = RoundId{1};
    trial.turn.round.person = starter->id;
    trial.turn.round.phase = Phase::answered;
    trial.turn.round.answered_at = now;
    trial.board.run = trial.turn.run;
    trial.board.roster = roster;
    trial.board.rounds = {trial.turn.round};
    trial.board.names = {{starter->id, starter->name}};
    return trial;
}

}  // namespace

Composed card(
    const Setup& setup,
    const settings::Document& document,
    int seq,
    const Reader& reader,
    Instant now
) {
    if (setup.kind != SetupKind::new_team) return team_people::told(setup, document, reader);
    const auto is_newest = seq == setup.proposals;
    if (!is_newest) return note(reader, text("setup.see_below"));
    switch (setup.state) {
        case SetupState::looking: return Pointless{"looking"};
        case SetupState::offered: return offer(setup, local_date(reader.zone, now), reader);
        case SetupState::checking: return note(reader, about_team("setup.is_checking", setup));
        case SetupState::proposed: return proposal(setup, document, now, reader);
        case SetupState::started: return done(setup, reader);
        case SetupState::declined: return put_off(setup, reader);
        case SetupState::ended: return note(reader, about_place("setup.is_ended", setup));
    }
    return Pointless{"gone"};
}

Form form(const Setup& setup, const settings::Document& document, const Reader& reader) {
    const auto ceremony = chosen_ceremony(setup, LocalDate{});
    auto name = needed("name", Field::Kind::line, text("setup.team_name"));
    name.initial = chosen_name(setup);
    name.longest = settings::longest_name / 4;  // characters; of up to four bytes each
    auto people = needed("people", Field::Kind::people, text("setup.people"));
    people.hint = text("setup.people_hint");
    people.initial = ticked(setup);

    Form form;
    form.context = {FormKind::setup, setup.id.value, 1};
    form.reader = reader;
    form.title = text("setup.form_title");
    form.fields = {std::move(name), std::move(people)};
    for (auto& asked : team_page::schedule_form(ceremony, reader).fields)
        form.fields.push_back(std::move(asked));
    if (auto calendar = calendar_field(setup, document, reader.zone))
        form.fields.push_back(*std::move(calendar));
    for (auto& asked : team_page::questions_form(ceremony, reader).fields)
        form.fields.push_back(std::move(asked));
    form.who_sees = text("setup.nothing_starts_yet");
    form.submit = text("setup.go_on");
    return form;
}

std::optional<Form> trial(const Setup& setup, const settings::Document& document, Instant now) {
    const auto trial = trial_of(setup, document, now);
    if (!trial) return std::nullopt;
    auto form = standup::answer_form(trial->turn, 1, now);
    form.context = {FormKind::setup_trial, setup.id.value, 1};
    form.who_sees = text("setup.only_to_try");
    form.submit = text("setup.show_me");
    return form;
}

std::optional<Message> tried(
    const Setup& setup, const settings::Document& document, const FormValues& values, Instant now
) {
    auto trial = trial_of(setup, document, now);
    if (!trial) return std::nullopt;
    const auto id = trial->turn.round.id;
    for (const auto& [question, words] : values) {
        if (!question_of(trial->board.run, question)) continue;
        Answer answer;
        answer.round = id;
        answer.question = question;
        answer.text = words;
        trial->board.answers[id].push_back(std::move(answer));
    }
    const auto reader = standup::reader_of(trial->turn.person);
    const auto intro = about_place("setup.this_is_shown", setup);
    Message message{reader, intro, {Paragraph{intro}}};
    const auto shown = standup::plan(trial->board, id, reader);
    if (const auto* plan = std::get_if<Message>(&shown))
        message.blocks.insert(message.blocks.end(), plan->blocks.begin(), plan->blocks.end());
    message.blocks.push_back(Quiet{text("setup.nothing_was_kept")});
    return message;
}

// ---- what the others are told

Composed announcement(const Roster& roster, const Reader& reader) {
    if (roster.ceremonies.empty() || roster.team.archived) return Pointless{"gone"};
    const auto& ceremony = roster.ceremonies.front();
    const auto heading = text("announcement.heading", {{"team", UserText{roster.team.name}}});
    std::vector<std::string> names;
    for (const auto& member : roster.members)
        if (member.standing == Standing::participant) names.push_back(member.person.name);
    auto facts = team_page::facts_of(ceremony);
    facts.rows.emplace_back(text("team.asked"), joined(names_of(names)));
    return Message{
        .reader = reader,
        .notification = heading,
        .blocks =
            {
                Heading{heading},
                Paragraph{text("announcement.what")},
                team_page::questions_of(ceremony),
                std::move(facts),
                Paragraph{text("announcement.who_sees")},
                Paragraph{text("announcement.opt_out")},
            },
        .edited = false,
    };
}

Composed welcome(const Roster& roster, const Person& person, const Reader& reader, Instant now) {
    const auto* member = roster.member(person.id);
    const bool is_asked = member && member->standing == Standing::participant;
    if (!is_asked || roster.ceremonies.empty()) return Pointless{"not_asked"};
    const auto& ceremony = roster.ceremonies.front();
    const auto first = standup::next_window(roster, ceremony, person, now);
    const Arguments team{{"team", UserText{roster.team.name}}};
    const auto heading = text("welcome.heading", team);
    Message message{reader, heading, {Heading{heading}, Paragraph{text("welcome.what")}}};
    message.blocks.push_back(team_page::questions_of(ceremony));
    if (first)
        message.blocks.push_back(Paragraph{text("welcome.first", with(team, {{"at", *first}}))});
    message.blocks.push_back(Paragraph{text("welcome.who_sees")});
    message.blocks.push_back(Paragraph{text("welcome.opt_out")});
    message.blocks.push_back(Buttons{{
        choice(Verb::wrong_hours, roster.team.id.value, text("button.wrong_hours")),
        choice(Verb::stop, roster.team.id.value, text("button.stop")),
    }});
    return message;
}

}  // namespace muster::onboarding
