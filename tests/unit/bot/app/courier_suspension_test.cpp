#include "bot/domain/suspension.hpp"
#include "tests/unit/bot/app/courier_story.hpp"
#include "tests/unit/bot/app/talkative_directory.hpp"

namespace muster {
namespace {

// The platform refuses the whole connection.
class SuspensionStory : public CourierStory {
protected:
    std::optional<Instant> suspended_since() {
        return look([](View& view) { return view.connections().at(0).suspended_since; });
    }

    // How many such events the log of the store holds.
    long logged(const std::string& kind) {
        auto all = look([](View& view) { return view.events(0, 10'000); });
        return std::ranges::count(all, kind, [](const auto& row) { return row.event.kind; });
    }
};

TEST_F(SuspensionStory, CallsARefusedConnectionNoMoreAndRaisesOneAlarm) {
    platform.suspend();
    start();
    pass(9min);
    EXPECT_EQ(calls.size(), 3U) << "what was under way when the first was refused";
    EXPECT_TRUE(suspended_since());
    until("2026-11-23T10:30");

    EXPECT_EQ(calls.size(), 3U + 5U) << "a probe every ten minutes";
    EXPECT_EQ(log.count("connection.suspended"), 1);
    EXPECT_EQ(logged("connection.suspended"), 1);
    EXPECT_EQ(prompt("amira").state, DeliveryState::pending);
}

TEST_F(SuspensionStory, CallsNobodyWhoseTurnComesAfterTheRefusal) {
    platform.suspend();
    OneSlowPlace half_asleep{platform, clock, sim::account_of("amira")};
    start({{connection, &half_asleep}});
    pass(20s);
    auto refused = calls.size();
    take("bo", line("Test refunds")).value();
    take("dev", line("Plan the release", "line-2")).value();
    pass(5min);

    EXPECT_EQ(calls.size(), refused);
    stop();
}

TEST_F(SuspensionStory, ServesAConnectionAgainFromTheFirstProbeThatGoesThrough) {
    platform.suspend();
    start();
    pass(5min);
    platform.resume();
    pass(4min);
    EXPECT_TRUE(direct("bo").empty());
    pass(4min);

    for (const auto* key : {"dev", "amira", "bo"})
        EXPECT_EQ(direct(key).size(), 1U) << key;
    EXPECT_FALSE(suspended_since());
    EXPECT_EQ(log.count("connection.resumed"), 1);
    EXPECT_EQ(logged("connection.resumed"), 1);
}

TEST_F(SuspensionStory, TriesARefusedConnectionOnceWhenItStartsAnew) {
    platform.suspend();
    start();
    pass(2min);
    stop();
    calls.clear();
    start();
    pass(2min);
    EXPECT_EQ(calls.size(), 1U);
    EXPECT_EQ(log.count("connection.suspended"), 1) << "that is known";

    stop();
    platform.resume();
    start();
    pass(10s);
    EXPECT_EQ(direct("amira").size(), 1U);
    EXPECT_FALSE(suspended_since());
}

TEST_F(SuspensionStory, ServesAConnectionAtOnceThatWasMended) {
    platform.suspend();
    start();
    pass(2min);
    platform.resume();
    TalkativeDirectory directory;
    service->serve(connection, platform, directory);
    pass(10s);

    for (const auto* key : {"dev", "amira", "bo"})
        EXPECT_EQ(direct(key).size(), 1U) << key;
    EXPECT_FALSE(suspended_since());
    stop();
}

TEST_F(SuspensionStory, ServesAConnectionThatWasNotThereAtTheStart) {
    start({});
    pass(2min);
    EXPECT_TRUE(direct("amira").empty());
    TalkativeDirectory directory;
    service->serve(connection, platform, directory);
    pass(10s);

    for (const auto* key : {"dev", "amira", "bo"})
        EXPECT_EQ(direct(key).size(), 1U) << key;
    stop();
}

TEST_F(SuspensionStory, LooksForALostMessageWhenTheConnectionIsServedAgain) {
    start();
    trouble(posted_but_unheard(), 5s);
    platform.suspend();
    pass(1min);
    EXPECT_EQ(prompt("amira").state, DeliveryState::uncertain);
    EXPECT_TRUE(suspended_since());
    platform.resume();
    pass(15min);

    for (const auto* key : {"dev", "amira", "bo"}) {
        EXPECT_EQ(direct(key).size(), 1U) << key;
        EXPECT_EQ(prompt(key).state, DeliveryState::sent);
    }
    EXPECT_EQ(count(Call::deliver), 3);
}

TEST_F(SuspensionStory, LearnsOfARefusalFromTheRemovalOfACopy) {
    NothingIsRemoved refusing{platform, Outcome::Kind::suspended};
    start({{connection, &refusing}});
    trouble(posted_but_unheard(), 5s);
    post_once_more(direct("amira").at(0));
    pass(1min);

    EXPECT_TRUE(suspended_since());
    EXPECT_EQ(log.count("connection.suspended"), 1);
    stop();
}

TEST_F(SuspensionStory, KeepsTheProbeThatTheStoreDidNotLetItMake) {
    platform.suspend();
    start();
    pass(9min);
    platform.resume();
    store.is_broken = true;
    pass(2min);
    store.is_broken = false;
    pass(5s);

    for (const auto* key : {"dev", "amira", "bo"})
        EXPECT_EQ(direct(key).size(), 1U) << key;
}

TEST_F(SuspensionStory, KeepsTheProbeWhenWhatItWasForThrows) {
    platform.suspend();
    start();
    clock.run_until(nine_thirty + 10min);  // the first refusal was a moment later
    platform.resume();
    store.throws_once = true;
    pass(1min);

    EXPECT_EQ(log.count("delivery.failed"), 1);
    for (const auto* key : {"dev", "amira", "bo"})
        EXPECT_EQ(direct(key).size(), 1U) << key;
}

TEST_F(SuspensionStory, ProbesAgainAtOnceWhenItsSuccessCouldNotBeRecorded) {
    platform.suspend();
    start();
    pass(9min);
    platform.resume();
    while (platform.messages().empty())
        pass(1ms);
    store.throws_once = true;
    pass(30s);

    EXPECT_FALSE(store.throws_once);
    EXPECT_FALSE(suspended_since());
    EXPECT_EQ(log.count("connection.resumed"), 2);
}

TEST_F(SuspensionStory, CallsAConnectionNoMoreThatADecisionHasSuspended) {
    ask_everybody();
    auto current = look([](View& view) { return view.connections().at(0); });
    platform.suspend();
    apply(suspended(current, "token_revoked", clock.now()));
    take("amira", line("Finish the refund form")).value();
    pass(9min);
    EXPECT_LE(calls.size(), 1U) << "whether it is true";
    EXPECT_TRUE(suspended_since());

    platform.resume();
    pass(2min);
    EXPECT_EQ(direct("amira").size(), 2U) << "the card, and the receipt";
    EXPECT_FALSE(suspended_since());
    EXPECT_EQ(log.count("connection.resumed"), 1);
}

// A platform may tell late, and again, what has been mended since.
TEST_F(SuspensionStory, IsOverAtOnceWhereTheLossIsLongOver) {
    ask_everybody();
    auto current = look([](View& view) { return view.connections().at(0); });
    apply(suspended(current, "app_uninstalled", clock.now()));
    take("amira", line("Finish the refund form")).value();
    pass(10s);
    EXPECT_EQ(direct("amira").size(), 2U) << "the card, and the receipt";
    EXPECT_FALSE(suspended_since());
}

TEST_F(SuspensionStory, CallsARoundNotAskedInTimeAlsoWhenNothingMayBeCalled) {
    platform.suspend();
    start();
    auto expiry = at("2026-11-23T11:30");
    clock.run_until(expiry - 1s);
    EXPECT_EQ(prompt("amira").expires_at, expiry);
    EXPECT_EQ(prompt("amira").state, DeliveryState::pending);
    pass(2s);

    for (const auto* key : {"dev", "amira", "bo"}) {
        EXPECT_EQ(prompt(key).state, DeliveryState::expired) << key;
        EXPECT_EQ(round(key).not_asked, NotAsked::downtime) << key;
    }
}

}  // namespace
}  // namespace muster
