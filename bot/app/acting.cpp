#include "bot/app/acting.hpp"

#include <algorithm>

namespace muster {

Instant told_at(const Inbound& inbound, Instant now) {
    return inbound.sent_at == Instant{} ? now : inbound.sent_at;
}

bool is_in_window(const Turn& turn, Instant now) {
    return turn.round.opens_at && *turn.round.opens_at <= now && now < *turn.round.closes_at;
}

std::vector<Turn> Acting::answerable() {
    auto turns = view.answerable_turns(person.id, now);
    std::erase_if(turns, [this](const Turn& turn) { return !takes(turn, Takes::lines, now); });
    return turns;
}

std::vector<Turn> Acting::unfinished() {
    std::vector<Turn> turns;
    for (const auto& round : view.unfinished_rounds_of(person.id))
        if (auto turn = view.turn(round.id, now)) turns.push_back(std::move(*turn));
    return turns;
}

std::vector<Turn> Acting::in_window() {
    auto turns = answerable();
    std::erase_if(turns, [this](const Turn& turn) { return !is_in_window(turn, now); });
    return turns;
}

std::optional<Turn> Acting::own_turn(std::int64_t round) {
    auto turn = view.turn(RoundId{round}, now);
    if (!turn || turn->person.id != person.id) return std::nullopt;
    return turn;
}

std::optional<Draft> Acting::own_draft(std::int64_t id) {
    auto draft = view.draft(DraftId{id});
    if (!draft || draft->person != person.id || draft->expires_at <= now) return std::nullopt;
    return draft;
}

std::optional<blocker_case::Setting> Acting::setting(TeamId id) {
    auto roster = view.roster(id, now);
    if (!roster) return std::nullopt;
    auto setting = blocker_case::setting_of(*roster, person, now);
    setting.open = view.open_blockers(id);
    for (const auto& ceremony : roster->ceremonies)
        for (const auto& run : view.open_runs(ceremony.id))
            if (!setting.run || run.opens_at > setting.run->opens_at) setting.run = run;
    return setting;
}

std::vector<Team> Acting::teams() {
    std::vector<Team> teams;
    for (auto id : view.teams_of(person.id, now))
        if (auto team = view.team(id); team && !team->archived) teams.push_back(std::move(*team));
    std::ranges::sort(teams, {}, &Team::name);
    return teams;
}

std::vector<Roster> Acting::rosters() {
    std::vector<Roster> rosters;
    for (const auto& team : teams())
        if (auto roster = view.roster(team.id, now)) rosters.push_back(std::move(*roster));
    return rosters;
}

Instant Acting::said_at() const {
    return told_at(inbound, now);
}

Decision Acting::say(Text words) const {
    return Decision{.reply = standup::say(person, std::move(words))};
}

}  // namespace muster
