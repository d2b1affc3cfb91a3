#include <algorithm>

#include <gtest/gtest.h>

#include "tests/unit/bot/domain/standup_scene.hpp"

namespace muster {
namespace {

using namespace scene;

std::optional<Instant> due(const Decision& decision, Purpose purpose) {
    for (const auto& tell : decision.deliveries)
        if (tell.key.purpose == purpose) return tell.due;
    return std::nullopt;
}

Decision first_answer(Instant now) {
    auto turn = open_turn();
    turn.channels.push_back({ChannelId{301}, payments().id, ConnectionId{401}, "payments"});
    auto answered = turn.round;
    answered.phase = Phase::answered;
    answered.answered_at = now;
    Decision decision;
    auto source = ids();
    standup::refresh(decision, turn, answered, now, source);
    return decision;
}

TEST(StandupThreadOrder, OpensWithTheNoteWhereRepliesStay) {
    for (auto now : {at("2026-11-23T10:00"), at("2026-11-23T07:00")}) {
        auto decision = first_answer(now);
        auto note = due(decision, Purpose::mirror_note);
        ASSERT_TRUE(note);
        EXPECT_LT(*note, due(decision, Purpose::plan));
        EXPECT_LT(*note, due(decision, Purpose::open_blockers));
    }
}

TEST(StandupAskedAnew, ClosesTheCardFromBeforeTheAbsence) {
    auto turn = waiting_turn();
    turn.round.prompts = 1;  // asked, then away, then back
    auto source = ids();
    auto decision = standup::ask(turn, nine_thirty, source);

    auto tells_card = [&](int seq) {
        auto key = standup::to_person(Purpose::prompt, turn.round.id.value, amira.id, seq);
        return std::ranges::find(decision.deliveries, key, &Tell::key) != decision.deliveries.end();
    };
    EXPECT_TRUE(tells_card(1));
    EXPECT_TRUE(tells_card(0)) << "it says that a newer one asks";
    EXPECT_TRUE(timer(decision, TimerKind::remind)) << "unlike after a snooze";
}

}  // namespace
}  // namespace muster
