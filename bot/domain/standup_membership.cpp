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
            decision.deliveries.push_back(
                tell(to_person(Purpose::left_stand_up, about.value, manager), now, ids)
            );
}

}  // namespace

Decision stop(
    const Person& person,
    const Team& team,
    const std::vector<Turn>& todays,
    const std::vector<PersonId>& delivery_managers,
    Instant now,
    IdSource& ids
) {
    auto decision = settings::set_standing(person, team, Standing::observer);
    for (const auto& turn : todays) {
        if (turn.team.id != team.id || is_final(turn.round.phase)) continue;
        auto round = turn.round;
        round.phase = Phase::not_asked;
        round.not_asked = NotAsked::left;
        round.snoozed_until.reset();
        decision.changes.push_back(round);
        decision.timers.push_back(CancelTimer{TimerKind::ask, round.id.value});
        decision.timers.push_back(CancelTimer{TimerKind::remind, round.id.value});
        decision.timers.push_back(CancelTimer{TimerKind::close_round, round.id.value});
        refresh(decision, turn, round, now, ids);
    }
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

Decision undo_stop(
    const Person& person,
    const Team& team,
    const std::vector<PersonId>& delivery_managers,
    Instant now,
    IdSource& ids
) {
    auto decision = settings::set_standing(person, team, Standing::participant);
    tell_delivery_managers(decision, person.id, delivery_managers, now, ids);
    decision.reply = say(person, text("stop.undone", {{"team", UserText{team.name}}}));
    return decision;
}

}  // namespace muster::standup
