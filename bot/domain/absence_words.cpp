#include <algorithm>

#include "bot/domain/absence_parts.hpp"
#include "bot/domain/standup.hpp"

namespace muster::absence {
namespace {

std::optional<Text> return_to_work(const Situation&, const DaysAway&, const Team*);
std::optional<Text> how_to_name_a_team(const Situation&, const Team*);

}  // namespace

Text words_for(const DaysAway& days) {
    const auto from_midday = days.first_day == DayPart::afternoon;
    const auto to_midday = days.last_day == DayPart::morning;
    if (days.from == days.to) {
        if (from_midday) return text("absence.days_afternoon", {{"from", days.from}});
        if (to_midday) return text("absence.days_morning", {{"from", days.from}});
        return text("absence.days_one", {{"from", days.from}});
    }
    const std::vector<std::pair<std::string, Argument>> ends{{"from", days.from}, {"to", days.to}};
    if (from_midday && to_midday) return text("absence.days_midday_to_midday", ends);
    if (from_midday) return text("absence.days_from_midday", ends);
    if (to_midday) return text("absence.days_to_midday", ends);
    return text("absence.days_range", ends);
}

const Team* team_of(const Situation& situation, std::optional<TeamId> id) {
    const auto found = std::ranges::find(situation.teams, id.value_or(TeamId{}), &Team::id);
    return found == situation.teams.end() ? nullptr : &*found;
}

Text in_team(const char* everywhere, const char* in_one, const DaysAway& days, const Team* team) {
    const auto spoken = TextList{words_for(days)};
    if (!team) return text(everywhere, {{"days", spoken}});
    return text(in_one, {{"days", spoken}, {"team", UserText{team->name}}});
}

Say proposal(
    const Situation& situation, const Draft& draft, const DaysAway& days, const Team* team
) {
    const auto spoken = TextList{words_for(days)};
    const auto proposed = in_team("absence.proposed", "absence.proposed_in_team", days, team);
    auto reply = standup::say(situation.person, proposed);
    auto& message = reply.message;
    message.blocks = {Paragraph{proposed}};
    if (auto next = return_to_work(situation, days, team))
        message.blocks.push_back(Paragraph{*next});
    const auto* question =
        situation.person.plain ? "absence.is_that_right_plain" : "absence.is_that_right";
    message.blocks.push_back(Paragraph{text(question)});
    if (auto hint = how_to_name_a_team(situation, team)) message.blocks.push_back(Quiet{*hint});
    if (situation.person.plain) return reply;

    const Button yes{
        .verb = Verb::confirm_absence,
        .subject = draft.id.value,
        .label = text("absence.yes"),
        .spoken = text("absence.yes_spoken", {{"days", spoken}}),
        .primary = true};
    const Button cancel{
        .verb = Verb::forget_draft,
        .subject = draft.id.value,
        .label = text("absence.cancel"),
        .spoken = text("absence.cancel_spoken", {{"days", spoken}})};
    message.blocks.push_back(Buttons{{yes, cancel}});
    return reply;
}

Say confirmation(const Situation& situation, Text what, const Team* team) {
    auto how_to_undo = team ? text("absence.how_to_undo_in_team", {{"team", UserText{team->name}}})
                            : text("absence.how_to_undo");
    auto reply = standup::say(situation.person, what);
    reply.message.blocks = {
        Paragraph{std::move(what)},
        Paragraph{std::move(how_to_undo)},
        Quiet{text("absence.who_sees")}};
    return reply;
}

namespace {

// "Your next day at work is Monday 30 November."; none where nobody can say.
std::optional<Text> return_to_work(
    const Situation& situation, const DaysAway& days, const Team* team
) {
    auto all = team ? counted_for(team->id, situation.absences) : situation.absences;
    Absence proposed;
    proposed.days = days;
    all.push_back(proposed);
    const auto pattern = pattern_of(situation, all);
    const auto at = next_working_instant(pattern, end_of(pattern.zone, days));
    if (!at) return std::nullopt;
    const auto day = local_date(pattern.zone, *at);
    if (team)
        return text("absence.expected_in_team", {{"team", UserText{team->name}}, {"day", day}});
    if (day == days.to) return text("absence.back_that_afternoon", {{"day", day}});
    return text("absence.next_day_at_work", {{"day", day}});
}

// For one team only: those who are in several may not know that it can be said.
std::optional<Text> how_to_name_a_team(const Situation& situation, const Team* team) {
    if (team || situation.teams.size() < 2) return std::nullopt;
    return text("absence.all_teams", {{"team", UserText{situation.teams.front().name}}});
}

}  // namespace

}  // namespace muster::absence
