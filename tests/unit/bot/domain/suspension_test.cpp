#include "bot/domain/suspension.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

using namespace std::chrono_literals;

const Instant now = *instant_from("2026-11-23T09:30:00.000Z");
const Connection served{ConnectionId{2}, OrganisationId{1}, "main", "slack"};

Connection changed_by(const Decision& decision) {
    return std::get<Connection>(decision.changes.at(0));
}

TEST(ASuspension, IsNotedOnceWithItsReason) {
    auto decision = suspended(served, "token_revoked", now);

    EXPECT_EQ(changed_by(decision).suspended_since, now);
    Event event{"connection.suspended", 2, {}, {{"reason", "token_revoked"}}};
    EXPECT_EQ(decision.events, std::vector<Event>{event});
    auto again = suspended(changed_by(decision), "token_revoked", now + 10min);
    EXPECT_TRUE(again.changes.empty());
    EXPECT_TRUE(again.events.empty());
}

TEST(ASuspension, EndsOnceAndSaysHowLongItWas) {
    auto suspension = changed_by(suspended(served, "token_revoked", now));
    auto decision = resumed(suspension, now + 2h);

    EXPECT_EQ(changed_by(decision), served);
    Event event{"connection.resumed", 2, {}, {{"minutes", "120"}}};
    EXPECT_EQ(decision.events, std::vector<Event>{event});
    EXPECT_TRUE(resumed(served, now).events.empty());
}

}  // namespace
}  // namespace muster
