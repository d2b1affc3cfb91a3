#include "bot/cli/condition.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/ports/measures.hpp"
#include "tests/unit/bot/ports/measured.hpp"

namespace muster::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A store with one team in London, written to a moment ago.
class ConditionStory : public testing::Test {
protected:
    ConditionStory() {
        OrganisationId organisation{1};
        team.id = TeamId{5};
        team.organisation = organisation;
        team.key = "payments";
        team.zone = "Europe/London";
        change(
            {Organisation{organisation, "Example"},
             Connection{ConnectionId{1}, organisation, "main", "slack"}}
        );
        change({team});
        beat(now);
    }

    ~ConditionStory() override { finish(store->close()); }

    void change(std::vector<Change> changes) {
        Decision decision;
        decision.changes = std::move(changes);
        write([&](Transaction& transaction) { transaction.apply(decision, now); });
    }

    void beat(Instant at) {
        write([&](Transaction& transaction) { transaction.still_alive(at); });
    }

    void write(std::function<void(Transaction&)> work) {
        auto once = [&](Transaction& transaction) -> Result<int> {
            work(transaction);
            return 0;
        };
        auto story = [&]() -> Task<> { co_await store->write(once); };
        finish(story());
    }

    StoreCondition condition() {
        StoreCondition found;
        auto story = [&]() -> Task<> { found = co_await condition_of(*store, now); };
        finish(story());
        return found;
    }

    std::vector<std::string> missing() { return missing_for_readiness(true, condition(), now); }

    void finish(Task<> task) {
        auto ended = [](std::exception_ptr problem) {
            if (problem) std::rethrow_exception(problem);
        };
        boost::asio::co_spawn(loop, std::move(task), ended);
        loop.restart();
        loop.run();
    }

    Instant now = *instant_from("2026-11-24T12:00:00.000Z");
    Team team;
    boost::asio::io_context loop;
    std::unique_ptr<SqliteStore> store = open();

private:
    std::unique_ptr<SqliteStore> open() {
        StoreOptions options;
        options.path = ":memory:";
        options.threads = false;
        return SqliteStore::open(loop, options).value();
    }
};

TEST_F(ConditionStory, IsReadyWhenNothingIsMissing) {
    EXPECT_THAT(missing(), IsEmpty());
}

TEST_F(ConditionStory, IsNotReadyBeforeItHasStarted) {
    EXPECT_THAT(missing_for_readiness(false, condition(), now), ElementsAre("started"));
}

TEST_F(ConditionStory, SaysSoWhenTheStoreDoesNotAnswer) {
    EXPECT_THAT(missing_for_readiness(true, std::nullopt, now), ElementsAre("database_readable"));
}

TEST_F(ConditionStory, MissesAHeartbeatOfTheLastMinutes) {
    now += 4min;
    EXPECT_THAT(missing(), ElementsAre("database_written"));
}

TEST_F(ConditionStory, MissesTheRulesOfATimeZone) {
    team.zone = "Nowhere/At_All";
    change({team});
    EXPECT_THAT(missing(), ElementsAre("time_zones_loaded"));

    team.archived = true;
    change({team});
    EXPECT_THAT(missing(), IsEmpty()) << "nobody needs it any more";
}

TEST_F(ConditionStory, DoesNotTrustAClockThatIsBehindItsOwnHeartbeat) {
    beat(now + 2min);
    EXPECT_THAT(missing(), ElementsAre("clock_sane"));
}

TEST_F(ConditionStory, DoesNotTrustAClockThatWasNeverSet) {
    now = *instant_from("1970-01-01T00:10:00.000Z");
    beat(now);
    EXPECT_THAT(missing(), ElementsAre("clock_sane"));
}

TEST_F(ConditionStory, MeasuresWhatIsDueAndForHowLong) {
    Decision decision;
    decision.timers = {SetTimer{TimerKind::ask, 1, now - 90s}};
    for (auto number : {1, 2, 3}) {
        DeliveryKey key{Purpose::prompt, number, PersonId{1}, 0};
        decision.deliveries.push_back(
            {DeliveryId{number}, key, {}, number == 3 ? now + 1h : now - number * 10s, {}}
        );
    }
    write([&](Transaction& transaction) { transaction.apply(decision, now); });

    Metrics metrics;
    measure(metrics, condition(), now);
    EXPECT_EQ(value_of(metrics, measures::delivery_depth, {"pending"}), 3);
    EXPECT_EQ(value_of(metrics, measures::delivery_due), 2);
    EXPECT_EQ(value_of(metrics, measures::delivery_oldest_due), 20);
    EXPECT_EQ(value_of(metrics, measures::timer_oldest_due), 90);
    EXPECT_EQ(value_of(metrics, measures::connections, {"slack", "served"}), 1);
    EXPECT_EQ(value_of(metrics, measures::connections, {"slack", "suspended"}), 0);
}

TEST_F(ConditionStory, ShowsNothingOverdueAsNought) {
    Metrics metrics;
    measure(metrics, condition(), now);
    EXPECT_EQ(value_of(metrics, measures::delivery_oldest_due), 0);
    EXPECT_EQ(value_of(metrics, measures::timer_oldest_due), 0);
    EXPECT_TRUE(metrics.families().contains("delivery_oldest_due_seconds"));
}

}  // namespace
}  // namespace muster::cli
