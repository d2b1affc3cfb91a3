#include "bot/domain/standup_words.hpp"

#include <algorithm>

#include "bot/domain/standup.hpp"

namespace muster::standup::words {
namespace {

constexpr std::size_t rows_in_form = 2;

// With several times a day, or when it was started by hand, the date alone does not say which one
// it is.
std::optional<Instant> distinguishing_time(
    const Team& team, const Ceremony* ceremony, const Run& run, const Reader& reader
) {
    if (run.unscheduled) return run.opens_at;
    if (ceremony == nullptr || ceremony->slots.size() < 2) return std::nullopt;
    const auto slot = std::ranges::find(ceremony->slots, run.slot, &Slot::key);
    if (slot == ceremony->slots.end()) return std::nullopt;
    const auto& zone = ceremony->zone == ZoneRule::member ? reader.zone : team.zone;
    return instant_at(zone, run.held_on, slot->at);
}

bool is_usual(const Question& question) {
    const auto usual = usual_questions();
    const auto same = std::ranges::find(usual, question.key, &Question::key);
    return same != usual.end() && same->text == question.text && same->kind == question.kind;
}

bool is_answer_of_this_round(const Turn& turn, const Blocker& blocker) {
    if (blocker.round != turn.round.id) return false;
    const auto* question = blocker_question(turn.run);
    const auto* answer = question ? answer_to(turn.answers, question->key) : nullptr;
    return answer != nullptr && same_words(answer->text, blocker.title);
}

std::vector<Blocker> rows(const Turn& turn) {
    if (turn.run.names_hidden) return {};
    std::vector<Blocker> open;
    auto is_row = [&](const Blocker& blocker) {
        return blocker.state == BlockerState::open && !is_answer_of_this_round(turn, blocker);
    };
    std::ranges::copy_if(turn.own_blockers, std::back_inserter(open), is_row);
    return open;
}

std::pair<const char*, const char*> labels_of(Verb verb) {
    switch (verb) {
        case Verb::answer: return {"button.answer", "button.answer_spoken"};
        case Verb::same_plan: return {"button.same_plan", "button.same_plan_spoken"};
        case Verb::snooze: return {"button.snooze", "button.snooze_spoken"};
        case Verb::skip: return {"button.skip", "button.skip_spoken"};
        case Verb::change: return {"button.change", "button.change_spoken"};
        case Verb::remove_answer: return {"button.remove_answer", "button.remove_answer_spoken"};
        case Verb::add_blocker: return {"button.add_blocker", "button.add_blocker_spoken"};
        case Verb::tell_only: return {"button.tell_only", "button.tell_only_spoken"};
        case Verb::same_blocker: return {"button.same_blocker", "button.same_blocker_spoken"};
        case Verb::add_to_plan: return {"button.add_to_plan", "button.add_to_plan_spoken"};
        case Verb::replace_plan: return {"button.replace_plan", "button.replace_plan_spoken"};
        case Verb::leave_draft: return {"button.leave_draft", "button.leave_draft_spoken"};
        case Verb::undo_stop: return {"button.undo", "button.undo_stop_spoken"};
        case Verb::stop: return {"button.stop", "button.stop_spoken"};
        case Verb::help_with: return {"button.help_with", "button.help_with_spoken"};
        case Verb::clear_blocker: return {"button.clear_blocker", "button.clear_blocker_spoken"};
        case Verb::still_blocked: return {"button.still_blocked", "button.still_blocked_spoken"};
        case Verb::moving: return {"button.moving", "button.moving_spoken"};
        case Verb::wrong_hours: return {"button.wrong_hours", "button.wrong_hours_spoken"};
        case Verb::choose_round:
        case Verb::choose_team:
        case Verb::confirm_absence:
        case Verb::forget_draft:
        case Verb::back:
        case Verb::my_week:
        case Verb::set_plain:
        case Verb::set_longer:
        case Verb::show_team:
        case Verb::edit_schedule:
        case Verb::edit_questions:
        case Verb::pause_ceremony:
        case Verb::resume_ceremony:
        case Verb::setup_form:
        case Verb::setup_decline:
        case Verb::setup_try:
        case Verb::setup_start:
        case Verb::edit_people:
        case Verb::edit_roles:
        case Verb::edit_days_off:
        case Verb::edit_cover:
        case Verb::delete_team:
        case Verb::confirm_delete:
        case Verb::use_zone:
        case Verb::keep_zone:
        case Verb::add_newcomer:
        case Verb::leave_newcomer:
        case Verb::start_run: break;  // not on a card of a stand-up
    }
    return {"", ""};
}

Button labelled(Verb verb, std::int64_t subject, int revision, bool primary, Arguments spoken) {
    const auto [label, spoken_label] = labels_of(verb);
    return {
        .verb = verb,
        .subject = subject,
        .extra = 0,
        .revision = revision,
        .label = text(label),
        .spoken = text(spoken_label, std::move(spoken)),
        .primary = primary,
    };
}

bool belongs_to_team(Verb verb) {
    return verb == Verb::stop || verb == Verb::undo_stop || verb == Verb::wrong_hours;
}

}  // namespace

Argument count(std::size_t number) {
    return static_cast<std::int64_t>(number);
}

Argument several(Text inner) {
    return TextList{std::move(inner)};
}

Text sentences(TextList parts) {
    return text("list.sentences", {{"parts", std::move(parts)}});
}

Text joined(TextList parts) {
    return text("list.joined", {{"parts", std::move(parts)}});
}

Arguments with(Arguments arguments, Arguments more) {
    std::ranges::move(more, std::back_inserter(arguments));
    return arguments;
}

Argument when(Instant instant, LocalDate day, const Reader& reader) {
    const bool same_day = is_zone(reader.zone) && local_date(reader.zone, instant) == day;
    return several(text(same_day ? "date.at_time" : "date.at_day_time", {{"at", instant}}));
}

Argument clock(TimeOfDay time) {
    return time;
}

Arguments names_of(const Team& team, const Run& run) {
    return {{"team", UserText{team.name}}, {"ceremony", UserText{run.ceremony_name}}};
}

Text title(const Team& team, const Ceremony* ceremony, const Run& run, const Reader& reader) {
    auto arguments = with(names_of(team, run), {{"date", run.held_on}});
    if (auto at = distinguishing_time(team, ceremony, run, reader))
        return text("title.stand_up_at", with(std::move(arguments), {{"at", *at}}));
    return text("title.stand_up", std::move(arguments));
}

const Question* question_of(const Run& run, const std::string& key) {
    const auto question = std::ranges::find(run.questions, key, &Question::key);
    return question == run.questions.end() ? nullptr : &*question;
}

const Question* blocker_question(const Run& run) {
    const auto question =
        std::ranges::find(run.questions, Question::Kind::blocker, &Question::kind);
    return question == run.questions.end() ? nullptr : &*question;
}

const Answer* answer_to(const std::vector<Answer>& answers, const std::string& question) {
    const auto answer = std::ranges::find_if(answers, [&](const Answer& candidate) {
        return candidate.question == question && !candidate.withdrawn;
    });
    return answer == answers.end() ? nullptr : &*answer;
}

Text question_text(const Question& question, const std::optional<LastPlan>& last_plan) {
    if (!is_usual(question)) return verbatim(question.text);
    if (question.key == "today") return text("question.today");
    if (question.key == "blocker") return text("question.blocker");
    if (last_plan) return text("question.since_date", {{"date", last_plan->date}});
    return text("question.since");
}

Text short_label(const Question& question) {
    if (question.key == "today") return text("label.today");
    if (question.key == "since") return text("label.since");
    return question_text(question, std::nullopt);
}

Text answer_text(const Question& question, const Answer& answer) {
    if (question.kind == Question::Kind::yes_no && answer.text == "yes") return text("choice.yes");
    if (question.kind == Question::Kind::yes_no && answer.text == "no") return text("choice.no");
    return verbatim(answer.text);
}

bool says_something(const Question& question, const Answer& answer) {
    if (answer.withdrawn || answer.text.empty()) return false;
    return question.required || question.kind != Question::Kind::text ||
           !means_nothing(answer.text);
}

Text who_sees(const Turn& turn) {
    auto arguments = Arguments{{"team", UserText{turn.team.name}}};
    if (turn.run.names_hidden) return text("who_sees.without_names", std::move(arguments));
    if (turn.channel_platforms.empty()) return text("who_sees.team", std::move(arguments));
    TextList platforms;
    for (const auto& platform : turn.channel_platforms) {
        auto place = text("platform." + platform);
        if (std::ranges::find(platforms, place) == platforms.end())
            platforms.push_back(std::move(place));
    }
    return text("who_sees.team_on", with(std::move(arguments), {{"platforms", platforms}}));
}

Text about(const char* key, const Blocker& blocker) {
    auto title = blocker.title;
    if (title.ends_with('.')) title.pop_back();  // the sentence around it has its own
    return text(
        key, {{"number", std::int64_t{blocker.number}}, {"title", UserText{std::move(title)}}}
    );
}

Argument person(PersonId id, const std::map<PersonId, std::string>& names) {
    const auto found = names.find(id);
    if (found == names.end()) return several(text("person.somebody"));
    return NamedPerson{id, found->second};
}

std::vector<Blocker> asked_blockers(const Turn& turn) {
    auto blockers = rows(turn);
    if (blockers.size() > rows_in_form) blockers.resize(rows_in_form);
    return blockers;
}

std::vector<Blocker> further_blockers(const Turn& turn) {
    auto blockers = rows(turn);
    blockers.erase(
        blockers.begin(),
        blockers.begin() + static_cast<std::ptrdiff_t>(std::min(blockers.size(), rows_in_form))
    );
    return blockers;
}

Button button(const Turn& turn, Verb verb, int revision, bool primary) {
    const auto subject = belongs_to_team(verb) ? turn.team.id.value : turn.round.id.value;
    auto button = labelled(verb, subject, revision, primary, names_of(turn.team, turn.run));
    const bool after_all = turn.round.phase == Phase::skipped || turn.round.phase == Phase::away ||
                           turn.round.phase == Phase::not_expected;
    if (verb == Verb::answer && after_all) {
        button.label = text("button.answer_after_all");
        button.spoken = text("button.answer_after_all_spoken", names_of(turn.team, turn.run));
    }
    return button;
}

Button button(const Blocker& blocker, Verb verb, int revision, bool primary) {
    Arguments spoken{{"number", std::int64_t{blocker.number}}, {"title", UserText{blocker.title}}};
    return labelled(verb, blocker.id.value, revision, primary, std::move(spoken));
}

Button button(const Draft& draft, Verb verb, int revision, bool primary) {
    return labelled(verb, draft.id.value, revision, primary, {{"line", UserText{draft.text}}});
}

Buttons blocker_row(const Blocker& blocker, int revision) {
    return {
        {button(blocker, Verb::still_blocked, revision),
         button(blocker, Verb::moving, revision),
         button(blocker, Verb::clear_blocker, revision)}};
}

Text name_of_calendar(const std::string& key) {
    if (key == "england-and-wales") return text("calendar.england_and_wales");
    if (key == "northern-ireland") return text("calendar.northern_ireland");
    if (key == "scotland") return text("calendar.scotland");
    return verbatim(key);
}

Text name_of_role(Role role) {
    return text(std::string{"role."} + name(role));
}

}  // namespace muster::standup::words

namespace muster::standup {

Reader reader_of(const Person& person) {
    return {person.language, person.zone};
}

Reader reader_of(const Team& team) {
    return {team.language, team.zone};
}

}  // namespace muster::standup
