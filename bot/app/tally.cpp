#include "bot/app/tally.hpp"

#include <algorithm>

#include "bot/ports/measures.hpp"

namespace muster {
namespace {

std::string reason_of(const Event& event) {
    auto is_reason = [](const auto& fact) { return fact.first == "reason"; };
    auto reason = std::ranges::find_if(event.facts, is_reason);
    return reason == event.facts.end() ? "none" : reason->second;
}

}  // namespace

void begin_tally(Metrics& metrics) {
    using enum NotAsked;
    for (const auto* counter :
         {&measures::quarantined,
          &measures::send_ambiguous,
          &measures::duplicates_healed,
          &measures::duplicates_possible})
        metrics.count(*counter, {}, 0);
    for (const auto* outcome : {"sent", "unreachable", "not_asked"})
        metrics.count(measures::prompts, {outcome}, 0);
    for (auto reason : {downtime, outside_hours, left, too_late, called_off})
        metrics.count(measures::schedule_missed, {name(reason)}, 0);
    for (auto result :
         {Sighting::present,
          Sighting::absent,
          Sighting::cannot_tell,
          Sighting::try_later,
          Sighting::suspended})
        metrics.count(measures::reconciled, {name(result)}, 0);
}

void tally(Metrics& metrics, const Moved& moved) {
    for (const auto& event : moved.events) {
        if (event.kind == "prompt.sent") metrics.count(measures::prompts, {"sent"});
        if (event.kind == "round.unreachable") metrics.count(measures::prompts, {"unreachable"});
        if (event.kind != "round.not_asked") continue;
        metrics.count(measures::prompts, {"not_asked"});
        metrics.count(measures::schedule_missed, {reason_of(event)});
    }
    if (moved.quarantined > 0) metrics.count(measures::quarantined, {}, moved.quarantined);
}

}  // namespace muster
