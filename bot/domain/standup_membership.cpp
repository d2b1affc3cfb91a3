#include <algorithm>

#include "bot/domain/messages.hpp"
#include "bot/domain/settings.hpp"
#include "bot/domain/standup.hpp"

namespace muster::standup {
namespace {

void tell_delivery_managers(
    Decision& decision,
    PersonId about,
    const std::vector<PersonId>& delivery_managers,
    Instant now,
    IdSource& ids
) {
    for (auto manager : delivery_managers)
        if (manager != about)
            decision.deliveries.push_back(tell(
                to_person(Purpose::left_stand_up, about.value, manager, day_number(now)), now, ids
            ));
}

}  // namespace

Decision leave(const Turn& turn, Instant now, IdSource& ids) {
    if (is_final(turn.round.phase)) return {};
    auto round = turn.round;
    round.phase = Phase::not_asked;
    round.not_asked = NotAsked::left;
    round.snoozed_until.reset();
    Decision decision;
    decision.changes.push_back(round);
    decision.timers.push_back(CancelTimer{TimerKind::ask, round.id.value});
    decision.timers.push_back(CancelTimer{TimerKind::remind, round.id.value});
    decision.timers.push_back(CancelTimer{TimerKind::close_round, round.id.value});
    refresh(decision, turn, round, now, ids);
    return decision;
}

Decision rejoin(const Turn& turn, Instant now, IdSource& ids) {
    auto round = turn.round;
    auto has_left = round.phase == Phase::not_asked && round.not_asked == NotAsked::left;
    auto is_too_late = !round.closes_at || *round.closes_at - now < shortest_window;
    if (!has_left || is_too_late || is_called_off(turn)) return {};
    round.not_asked = NotAsked::none;
    round.phase = round.asked_at ? Phase::asked : Phase::waiting;
    Decision decision;
    if (!round.asked_at) {
        round.opens_at = std::max(*round.opens_at, now);
        decision.timers.push_back(SetTimer{TimerKind::ask, round.id.value, *round.opens_at});
    }
    decision.timers.push_back(SetTimer{TimerKind::close_round, round.id.value, *round.closes_at});
    decision.changes.push_back(round);
    refresh(decision, turn, round, now, ids);
    return decision;
}

Decision stop(
    const Person& person,
    const Team& team,
    const std::vector<Turn>& todays,
    const std::vector<PersonId>& delivery_managers,
    Instant now,
    IdSource& ids
) {
    auto decision = settings::set_standing(person, team, Standing::observer, now);
    for (const auto& turn : todays)
        if (turn.team.id == team.id) append(decision, leave(turn, now, ids));
    tell_delivery_managers(decision, person.id, delivery_managers, now, ids);

    auto message = note(reader_of(person), text("stop.done", {{"team", UserText{team.name}}}));
    message.blocks.push_back(Buttons{
        {{Verb::undo_stop,
          team.id.value,
          0,
          0,
          text("button.undo"),
          text("button.undo_stop_spoken"),
          false}}});
    decision.reply = Say{message};
    return decision;
}

// Today's rounds go on where they stood.
Decision undo_stop(
    const Person& person,
    const Team& team,
    const std::vector<Turn>& todays,
    const std::vector<PersonId>& delivery_managers,
    Instant now,
    IdSource& ids
) {
    auto decision = settings::set_standing(person, team, Standing::participant, now);
    for (const auto& turn : todays)
        if (turn.team.id == team.id) append(decision, rejoin(turn, now, ids));
    tell_delivery_managers(decision, person.id, delivery_managers, now, ids);
    decision.reply = say(person, text("stop.undone", {{"team", UserText{team.name}}}));
    return decision;
}

Decision question_hours(
    const Person& person,
    const Team& team,
    const std::vector<PersonId>& delivery_managers,
    Instant now,
    IdSource& ids
) {
    Decision decision;
    for (auto manager : delivery_managers) {
        auto notice = to_person(Purpose::wrong_hours, person.id.value, manager, day_number(now));
        decision.deliveries.push_back(tell(std::move(notice), now, ids));
    }
    decision.events = {{"hours.questioned", person.id.value, person.id, {}}};
    decision.reply =
        say(person, text("hours.told_delivery_manager", {{"team", UserText{team.name}}}));
    return decision;
}

}  // namespace muster::standup
