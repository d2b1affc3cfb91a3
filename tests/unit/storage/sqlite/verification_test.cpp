#include "storage/sqlite/chain.hpp"
#include "tests/unit/storage/sqlite/memory_database.hpp"
#include "tests/unit/storage/sqlite/sample.hpp"

namespace muster::sqlite {
namespace {

using namespace sample;

struct Log : testing::Test {
    MemoryDatabase memory;
    SqliteTransaction& rows = memory.rows;

    void SetUp() override {
        rows.apply(settings(), monday_nine);
        for (auto number = 1; number <= 5; ++number) {
            auto decision = Decision{};
            decision.events = {Event{
                "round.answered", number, amira, {{"text", "plan " + std::to_string(number)}}}};
            rows.apply(decision, monday_nine + minutes{number});
        }
    }

    Verification verified() { return verify_chain(memory.database); }
};

TEST_F(Log, GivesBackWhatHappenedInOrder) {
    auto events = rows.events(3, 10);
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(events[0].number, 4);
    EXPECT_EQ(events[0].at, monday_nine + 4min);
    EXPECT_EQ(events[0].event, (Event{"round.answered", 4, amira, {{"text", "plan 4"}}}));
    EXPECT_EQ(rows.events(0, 2).size(), 2u);
}

TEST_F(Log, IsWholeWhenNobodyTouchedIt) {
    auto found = verified();
    EXPECT_TRUE(found.whole()) << found.reason;
    EXPECT_EQ(found.rows, 5);
    EXPECT_EQ(found.erased, 0);
}

TEST_F(Log, StaysWholeWhenAPayloadIsErased) {
    memory.database.script("DELETE FROM event_payload WHERE number = 3");
    EXPECT_TRUE(verified().whole());
    EXPECT_EQ(verified().erased, 1);
    EXPECT_TRUE(rows.events(2, 1).at(0).event.facts.empty());
}

TEST_F(Log, ShowsThatARowWasSealedAgainByTheRowAfterIt) {
    auto forged = *memory.database.one<LogRow>("WHERE number = 2");
    forged.actor = bo;
    forged.own = seal_of(forged);
    memory.database.run(
        "UPDATE event_log SET actor = ?, own = ? WHERE number = 2", forged.actor, forged.own
    );
    EXPECT_EQ(verified().broken_at, 3) << verified().reason;
}

struct Tampering {
    const char* sql;
    int broken_at;
};

struct TamperedLog : Log, testing::WithParamInterface<Tampering> {};

TEST_P(TamperedLog, ShowsTheFirstRowThatDoesNotFit) {
    memory.database.script(GetParam().sql);
    EXPECT_EQ(verified().broken_at, GetParam().broken_at) << verified().reason;
    EXPECT_FALSE(verified().reason.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Each,
    TamperedLog,
    testing::Values(
        Tampering{"UPDATE event_log SET actor = 11 WHERE number = 2", 2},
        Tampering{"UPDATE event_log SET actor = NULL WHERE number = 2", 2},
        Tampering{"UPDATE event_log SET at = at + 1 WHERE number = 5", 5},
        Tampering{"UPDATE event_log SET kind = 'round.skipped' WHERE number = 1", 1},
        Tampering{"UPDATE event_log SET subject = 9 WHERE number = 4", 4},
        Tampering{"UPDATE event_log SET organisation = 9 WHERE number = 4", 4},
        Tampering{"UPDATE event_log SET own = zeroblob(32) WHERE number = 4", 4},
        Tampering{"UPDATE event_log SET own = x'00' WHERE number = 4", 4},
        Tampering{"UPDATE event_payload SET payload = '[]' WHERE number = 3", 3},
        Tampering{"UPDATE event_payload SET salt = zeroblob(32) WHERE number = 3", 3},
        Tampering{"DELETE FROM event_log WHERE number = 3", 3},
        Tampering{"DELETE FROM event_log WHERE number = 1", 1},
        Tampering{"DELETE FROM event_log WHERE number = 5", 5},
        Tampering{"DELETE FROM event_log", 1},
        Tampering{"DELETE FROM event_log_end", 5},
        Tampering{
            "DELETE FROM event_log WHERE number = 3; UPDATE event_log SET number = 3 WHERE number "
            "= 4;"
            "UPDATE event_log SET number = 4 WHERE number = 5",
            3},
        Tampering{
            "UPDATE event_log SET number = 9 WHERE number = 2; UPDATE event_log SET number = 2 "
            "WHERE "
            "number = 3; UPDATE event_log SET number = 3 WHERE number = 9",
            2}
    )
);

}  // namespace
}  // namespace muster::sqlite
