#include "bot/domain/team_blocker.hpp"

#include <algorithm>

#include "bot/domain/form_parts.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::team_blocker {
namespace {

constexpr const char* team_field = "team";
constexpr const char* title_field = "title";

Field choice_of_team(const std::vector<Team>& teams) {
    auto choice = field(team_field, Field::Kind::choice, text("form.blocker_team"));
    choice.required = true;
    for (const auto& team : teams)
        choice.choices.push_back(
            {std::to_string(team.id.value), text("team.name", {{"team", UserText{team.name}}})}
        );
    return choice;
}

// What is filled in may be longer than a field holds, as messages may be.
Field title(const std::string& words) {
    auto title = field(title_field, Field::Kind::paragraph, text("form.blocker_title"));
    title.hint = text("form.hint_blocker_title");
    title.initial = clipped(words, title.longest);
    title.required = true;
    return title;
}

Decision missing(const Person& person, const char* field, const char* words) {
    return Decision{.reply = FormErrors{standup::reader_of(person), {{field, text(words)}}}};
}

}  // namespace

OpenForm open_form(const Person& person, const std::vector<Team>& teams, const std::string& words) {
    Form form;
    form.context = {FormKind::team_blocker, 0, 1};
    form.reader = standup::reader_of(person);
    form.title = text("form.title_new_blocker");
    if (teams.size() > 1) form.fields.push_back(choice_of_team(teams));
    auto from = field("needed_from", Field::Kind::line, text("form.needed_from"));
    from.longest = longest_needed_from;
    form.fields.push_back(title(words));
    form.fields.push_back(std::move(from));
    form.fields.push_back(field("needed_by", Field::Kind::date, text("form.needed_by")));
    form.fields.push_back(field("ask", Field::Kind::line, text("form.ask")));
    form.fields.push_back(
        field("only_delivery_manager", Field::Kind::tick, text("form.only_delivery_manager"))
    );
    form.who_sees = text("who_sees.team_blocker");
    form.submit = text("form.save");
    return {std::move(form), note(standup::reader_of(person), text("blocker.say_what"))};
}

std::optional<TeamId> team_in(const FormValues& values, const std::vector<Team>& teams) {
    if (teams.size() == 1) return teams.front().id;
    const auto* chosen = value_of(values, team_field);
    for (const auto& team : teams)
        if (chosen && std::to_string(team.id.value) == *chosen) return team.id;
    return std::nullopt;
}

Decision team_missing(const Person& person) {
    return missing(person, team_field, "form.error_blocker_team");
}

Decision words_missing(const Person& person) {
    return missing(person, title_field, "form.error_blocker_title");
}

std::string words_in(const FormValues& values) {
    const auto* words = value_of(values, title_field);
    return words ? *words : std::string{};
}

Decision raise(
    blocker_case::Setting setting,
    std::optional<RoundId> round,
    const FormValues& values,
    Instant now,
    IdSource& ids
) {
    auto raised = blocker_case::raise(setting, words_in(values), round, now, ids);
    if (!raised.blocker || raised.again) return std::move(raised.decision);
    auto blocker = *std::ranges::find(setting.open, *raised.blocker, &Blocker::id);
    auto detailed = blocker_case::details(setting, blocker, values, now, ids);
    if (std::holds_alternative<FormErrors>(detailed.reply))
        return Decision{.reply = std::move(detailed.reply)};

    const auto* ticked = value_of(values, "only_delivery_manager");
    auto is_private = ticked && *ticked == "yes";
    const auto* words = is_private ? "blocker.told_only" : "blocker.saved";
    auto decision = std::move(raised.decision);
    append(decision, std::move(detailed));
    decision.reply =
        Say{note(standup::reader_of(setting.person), standup::words::about(words, blocker))};
    return decision;
}

}  // namespace muster::team_blocker
