#include "tests/unit/storage/sqlite/memory_database.hpp"
#include "tests/unit/storage/sqlite/sample.hpp"

namespace muster::sqlite {
namespace {

using namespace sample;

struct InboxRows : testing::Test {
    MemoryDatabase memory;
    SqliteTransaction& rows = memory.rows;
    Instant now = tuesday_nine;
    Reply saved = Say{Message{{}, text("saved"), {}, false}};

    std::optional<Reply> kept(ConnectionId connection, std::vector<std::string> keys, Instant at) {
        auto answered = rows.seen(connection, keys, at);
        return answered ? std::optional{answered->reply} : std::nullopt;
    }

    Inbound input(std::vector<std::string> keys) {
        auto inbound = Inbound{};
        inbound.connection = local;
        inbound.account = "U10";
        inbound.keys = std::move(keys);
        inbound.seed = {1, 2};
        inbound.event = Said{"hello", "m1", {}};
        return inbound;
    }
};

TEST_F(InboxRows, KnowTheKeysOfOneConnection) {
    rows.keep(local, {"a", "line:m1"}, saved, now);

    EXPECT_TRUE(rows.is_key_known(local, "line:m1"));
    EXPECT_FALSE(rows.is_key_known(local, "line:m2"));
    EXPECT_FALSE(rows.is_key_known(ConnectionId{local.value + 1}, "line:m1"));
}

TEST_F(InboxRows, KnowADuplicateByAnyOfItsKeys) {
    rows.keep(local, {"a", "b"}, saved, now);

    EXPECT_EQ(kept(local, {"a"}, now), saved);
    EXPECT_EQ(kept(local, {"x", "b"}, now), saved);
    EXPECT_FALSE(kept(local, {"x", "y"}, now));
    EXPECT_FALSE(kept(ConnectionId{3}, {"a", "b"}, now)) << "another workspace";
    EXPECT_FALSE(kept(local, {}, now));
}

TEST_F(InboxRows, RememberWhetherAReplyWasCarriedOut) {
    rows.keep(local, {"a", "b"}, saved, now);
    EXPECT_TRUE(rows.seen(local, {"b"}, now)->is_carried);

    rows.note_carried(local, rows.seen(local, {"b"}, now)->request, false);
    EXPECT_FALSE(rows.seen(local, {"a"}, now)->is_carried);
    EXPECT_TRUE(rows.seen(local, {"a"}, now + 24h)->is_carried) << "nothing is left to carry out";

    rows.keep(local, {"a"}, saved, now);
    EXPECT_TRUE(rows.seen(local, {"a"}, now)->is_carried);
}

TEST_F(InboxRows, ForgetRepliesAfterADayAndKeysAfterTen) {
    rows.keep(local, {"a", "b"}, saved, now);
    auto silence = Reply{NoReply{}};

    EXPECT_EQ(rows.forget(now + 24h - 1ms), 0);
    EXPECT_EQ(kept(local, {"a"}, now + 24h - 1ms), saved);
    EXPECT_EQ(kept(local, {"a"}, now + 24h), silence) << "too old, whether swept or not";
    EXPECT_EQ(rows.forget(now + 24h), 1);
    EXPECT_EQ(kept(local, {"b"}, now + 9 * 24h), silence);
    EXPECT_EQ(rows.forget(now + 10 * 24h), 2);
    EXPECT_FALSE(kept(local, {"a"}, now + 10 * 24h));
}

TEST_F(InboxRows, TryAnInputFiveTimesEachLaterThanBefore) {
    auto pauses = std::vector<std::chrono::seconds>{};
    for (auto attempt = 1; attempt <= 4; ++attempt) {
        rows.quarantine(input({"a"}), "boom " + std::to_string(attempt), now);
        auto pause = 0s;
        while (rows.take_retryable(now + pause, 10).empty())
            pause += 1s;
        auto found = rows.take_retryable(now + pause, 10);
        ASSERT_EQ(found.size(), 1u);
        EXPECT_EQ(found[0].attempt, attempt);
        EXPECT_EQ(found[0].error, "boom " + std::to_string(attempt));
        EXPECT_EQ(std::get<Said>(found[0].inbound.event).text, "hello");
        pauses.push_back(pause);
    }
    EXPECT_THAT(pauses, testing::ElementsAre(30s, 60s, 120s, 240s));

    rows.quarantine(input({"a"}), "boom 5", now);
    EXPECT_TRUE(rows.take_retryable(now + 1000h, 10).empty()) << "kept to be looked at";
}

TEST_F(InboxRows, SaysOnceWhatItCannotReadAndGoesOnWithTheRest) {
    rows.quarantine(input({"a"}), "boom", now);
    rows.quarantine(input({"b"}), "boom", now);
    memory.database.run("UPDATE quarantine SET inbound = '{\"shout\":1}' WHERE request = 'a'");

    auto found = rows.take_retryable(now + 1h, 10);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_FALSE(found[0].is_readable);
    EXPECT_TRUE(found[1].is_readable);
    EXPECT_EQ(rows.take_retryable(now + 1h, 10).size(), 1u);
}

TEST_F(InboxRows, LetGoOfWhatWasTriedWithSuccess) {
    rows.quarantine(input({"a"}), "boom", now);
    rows.quarantine(input({}), "boom", now);
    auto found = rows.take_retryable(now + 1h, 10);
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(rows.take_retryable(now + 1h, 1).size(), 1u);

    rows.quarantine_settled(found[0].id);
    EXPECT_EQ(rows.take_retryable(now + 1h, 10).size(), 1u);
}

}  // namespace
}  // namespace muster::sqlite
