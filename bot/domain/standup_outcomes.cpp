#include "bot/domain/standup_asking.hpp"

// What became of a prompt, and of posts to a channel.
namespace muster::standup {

Decision prompt_sent(const Turn& turn, Instant now, IdSource& ids) {
    auto round = turn.round;
    if (round.asked_at) return {};
    round.asked_at = now;
    auto ended_meanwhile = round.phase == Phase::not_asked && round.not_asked == NotAsked::downtime;
    if (ended_meanwhile) {  // its close came while the post was under way, or its fate unknown
        round.phase = Phase::silent;
        round.not_asked = NotAsked::none;
    }
    Decision decision;
    decision.events = {{"prompt.sent", round.id.value, std::nullopt, {}}};
    auto closes_at = round.phase == Phase::asked ? close_for(turn, now) : std::nullopt;
    if (closes_at && *closes_at > *round.closes_at) {
        round.closes_at = closes_at;
        move_close(decision, turn.run, round);
        decision.deliveries = {tell(
            to_person(Purpose::prompt, round.id.value, round.person, round.prompts - 1), now, ids
        )};
    }
    decision.changes.push_back(round);
    if (ended_meanwhile) refresh(decision, turn, round, now, ids);
    return decision;
}

Decision prompt_failed(const Turn& turn, const std::string& reason, Instant now, IdSource& ids) {
    auto round = turn.round;
    auto nothing_came_of_it =
        round.phase == Phase::asked || round.phase == Phase::silent ||
        (round.phase == Phase::not_asked && round.not_asked == NotAsked::downtime);
    if (!nothing_came_of_it || round.asked_at) return {};
    round.phase = Phase::unreachable;
    round.not_asked = NotAsked::none;
    round.reason = reason;
    Decision decision;
    decision.changes = {round};
    decision.events = {{"round.unreachable", round.id.value, std::nullopt, {{"reason", reason}}}};
    for (auto manager : turn.delivery_managers)
        decision.deliveries.push_back(
            tell(to_person(Purpose::undelivered, round.id.value, manager), now, ids)
        );
    refresh(decision, turn, round, now, ids);
    return decision;
}

Decision channel_refused(const Roster& roster, Channel channel, Instant now, IdSource& ids) {
    Decision decision;
    if (!channel.refused_since) {
        channel.refused_since = now;
        decision.changes.emplace_back(channel);
    }
    decision.events = {{"channel.refused", channel.id.value, std::nullopt, {}}};
    for (auto manager : holders(roster, Role::delivery_manager, now)) {
        auto key = to_person(Purpose::channel_refused, channel.id.value, manager, day_number(now));
        decision.deliveries.push_back(tell(key, now, ids, now + 24h));
    }
    return decision;
}

// The prompt was decided but could not be posted in time.
Decision prompt_expired(const Turn& turn, Instant now, IdSource& ids) {
    auto round = turn.round;
    if (round.phase != Phase::asked || round.asked_at) return {};
    return end_unasked(turn, NotAsked::downtime, now, ids);
}

}  // namespace muster::standup
