#include "bot/domain/decision.hpp"

#include <set>

#include <gtest/gtest.h>

using namespace muster;

namespace {

Decision one_of_each(std::int64_t id) {
    Decision decision;
    decision.changes = {AbsenceEnds{AbsenceId{id}}};
    decision.timers = {CancelTimer{TimerKind::ask, id}};
    decision.deliveries = {
        Tell{.id = DeliveryId{id}, .key = {}, .in_thread_of = {}, .expires_at = {}}};
    decision.events = {Event{"round.asked", id, std::nullopt, {}}};
    return decision;
}

}  // namespace

TEST(Decision, AppendsEverythingInOrder) {
    auto decision = one_of_each(1);
    append(decision, one_of_each(2));

    ASSERT_EQ(decision.changes.size(), 2u);
    EXPECT_EQ(std::get<AbsenceEnds>(decision.changes[1]).absence, AbsenceId{2});
    ASSERT_EQ(decision.timers.size(), 2u);
    EXPECT_EQ(std::get<CancelTimer>(decision.timers[1]).ref, 2);
    ASSERT_EQ(decision.deliveries.size(), 2u);
    EXPECT_EQ(decision.deliveries[1].id, DeliveryId{2});
    ASSERT_EQ(decision.events.size(), 2u);
    EXPECT_EQ(decision.events[1].subject, 2);
}

TEST(Decision, KeepsTheReplyWhereTheNextHasNone) {
    auto decision = one_of_each(1);
    decision.reply = FormErrors{};
    append(decision, one_of_each(2));
    EXPECT_TRUE(std::holds_alternative<FormErrors>(decision.reply));

    auto next = one_of_each(3);
    next.reply = OpenForm{};
    append(decision, next);
    EXPECT_TRUE(std::holds_alternative<OpenForm>(decision.reply));
}

TEST(Decision, NamesEveryTimerOnceAndFindsItAgain) {
    std::set<std::string> names;
    for (int kind = 0; kind <= static_cast<int>(TimerKind::welcome_back); ++kind) {
        const auto timer = static_cast<TimerKind>(kind);
        EXPECT_TRUE(names.insert(name(timer)).second) << name(timer);
        EXPECT_EQ(timer_kind_from(name(timer)), timer);
    }
    EXPECT_EQ(timer_kind_from("nothing"), std::nullopt);
    EXPECT_EQ(timer_kind_from(""), std::nullopt);
}

TEST(Round, NamesEveryPhaseOnceAndFindsItAgain) {
    std::set<std::string> names;
    for (int phase = 0; phase <= static_cast<int>(Phase::silent); ++phase) {
        const auto state = static_cast<Phase>(phase);
        EXPECT_TRUE(names.insert(name(state)).second) << name(state);
        EXPECT_EQ(phase_from(name(state)), state);
    }
    EXPECT_EQ(phase_from("asleep"), std::nullopt);
    EXPECT_STREQ(name(NotAsked::too_late), "too_late");
}
