#include <algorithm>

#include "bot/domain/standup.hpp"

namespace muster::standup {

// One state, and nothing else that says otherwise.
bool has_ended_well(const Round& round) {
    auto has_reason = round.not_asked != NotAsked::none;
    auto is_answered = round.phase == Phase::answered || round.phase == Phase::late;
    auto is_not_asked = round.phase == Phase::not_asked;
    if (!is_final(round.phase)) return false;
    if (is_answered != round.answered_at.has_value() || is_not_asked != has_reason) return false;
    return round.phase != Phase::silent || round.asked_at;
}

std::vector<RoundId> rounds_that_do_not_add_up(const RunBoard& board) {
    std::vector<RoundId> odd;
    for (const auto& round : board.rounds)
        if (!has_ended_well(round)) odd.push_back(round.id);
    return odd;
}

}  // namespace muster::standup
