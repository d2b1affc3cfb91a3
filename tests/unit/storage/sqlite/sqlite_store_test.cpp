#include <future>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "bot/ports/measures.hpp"
#include "storage/sqlite/file_lock.hpp"
#include "tests/unit/bot/ports/measured.hpp"
#include "tests/unit/storage/sqlite/harness.hpp"
#include "tests/unit/storage/sqlite/sample.hpp"

namespace muster::sqlite {
namespace {

using namespace sample;

auto beat(Instant at) {
    return [at](Transaction& transaction) -> Result<bool> {
        transaction.still_alive(at);
        return true;
    };
}

auto last_beat = [](View& view) { return view.last_alive(); };

// Writes that all wait in the queue at once, and what became of each.
struct Burst {
    explicit Burst(Harness& used) : harness(used) {}

    void add(std::function<Result<bool>(Transaction&)> work) {
        auto& slot = *slots.emplace_back(std::make_unique<Slot>());
        harness.spawn(harness.store->write(std::move(work)), slot.result, slot.thrown);
    }

    void run() {
        harness.loop.restart();
        harness.loop.run();
    }

    Result<bool> result(std::size_t index) { return slots.at(index)->result.value(); }

    std::exception_ptr thrown(std::size_t index) { return slots.at(index)->thrown; }

    struct Slot {
        std::optional<Result<bool>> result;
        std::exception_ptr thrown;
    };

    Harness& harness;
    std::vector<std::unique_ptr<Slot>> slots;
};

struct SqliteStoreOnThreads : testing::Test {
    Harness harness;
    int commits = 0;
    Moved last_moved;

    void SetUp() override {
        harness.store->on_commit([this](Moved moved) {
            ++commits;
            last_moved = moved;
        });
    }
};

struct SqliteStoreInBothModes : testing::TestWithParam<bool> {
    Harness harness{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Threads, SqliteStoreInBothModes, testing::Bool());

TEST_P(SqliteStoreInBothModes, ReadsWhatWasWritten) {
    harness.apply(settings(), monday_nine);
    auto people = [](View& view) { return view.people(); };
    EXPECT_EQ(harness.run(harness.store->read(people)).size(), 4u);
}

TEST_P(SqliteStoreInBothModes, TakesBackAWriteThatIsRefusedOrThrowsAndNoOther) {
    auto burst = Burst{harness};
    burst.add(beat(monday_nine));
    burst.add([](Transaction& transaction) -> Result<bool> {
        transaction.still_alive(tuesday_nine);
        return Errc::conflict;
    });
    burst.add([](Transaction& transaction) -> Result<bool> {
        transaction.still_alive(tuesday_nine);
        throw std::domain_error("boom");
    });
    burst.add([](Transaction& transaction) -> Result<bool> {
        transaction.apply(changes({Membership{payments, amira, Standing::participant}}), {});
        return true;
    });
    burst.add([](Transaction& transaction) -> Result<bool> {
        EXPECT_EQ(transaction.last_alive(), monday_nine);
        transaction.apply(settings(), monday_nine);
        return true;
    });
    burst.run();

    EXPECT_TRUE(burst.result(0));
    EXPECT_EQ(burst.result(1).error(), Errc::conflict);
    EXPECT_THROW(std::rethrow_exception(burst.thrown(2)), std::domain_error);
    EXPECT_THROW(std::rethrow_exception(burst.thrown(3)), std::logic_error) << "no such team";
    EXPECT_TRUE(burst.result(4));
    EXPECT_EQ(harness.run(harness.store->read(last_beat)), monday_nine);
}

TEST_P(SqliteStoreInBothModes, FailsEveryCallAfterItWasClosed) {
    harness.run(harness.store->close());
    EXPECT_EQ(harness.run(harness.store->write(beat(monday_nine))).error(), Errc::store_failed);
    EXPECT_THROW(harness.run(harness.store->read(last_beat)), std::runtime_error);
}

TEST_P(SqliteStoreInBothModes, ThrowsWhatAReadThrows) {
    auto ask = [](View&) -> int { throw std::domain_error("boom"); };
    EXPECT_THROW(harness.run(harness.store->read(ask)), std::domain_error);
    EXPECT_EQ(harness.run(harness.store->read(last_beat)), std::nullopt);
}

TEST_P(SqliteStoreInBothModes, FinishesAWriteWhoseCallerIsCancelled) {
    auto signal = boost::asio::cancellation_signal{};
    auto stored = std::optional<bool>{};
    auto story = [&]() -> Task<> {
        auto result = co_await harness.store->write(beat(monday_nine));
        stored = result.has_value();
    };
    auto ended = [](std::exception_ptr) {};
    boost::asio::co_spawn(
        harness.loop, story(), boost::asio::bind_cancellation_slot(signal.slot(), ended)
    );
    harness.loop.restart();
    harness.loop.run_one();
    signal.emit(boost::asio::cancellation_type::terminal);
    harness.loop.run();
    EXPECT_EQ(stored, true);
    EXPECT_EQ(harness.run(harness.store->read(last_beat)), monday_nine);
}

TEST_F(SqliteStoreOnThreads, SharesOneCommitAmongABurst) {
    auto burst = Burst{harness};
    for (auto write = 0; write < 100; ++write)
        burst.add(beat(monday_nine + minutes{write}));
    burst.run();

    EXPECT_EQ(commits, 1);
    EXPECT_EQ(harness.run(harness.store->read(last_beat)), monday_nine + 99min) << "in order";
}

TEST_F(SqliteStoreOnThreads, TellsNobodyOfACommitThatStoredNothing) {
    auto burst = Burst{harness};
    burst.add([](Transaction&) -> Result<bool> { return Errc::not_found; });
    burst.run();
    EXPECT_EQ(commits, 0);
}

TEST_F(SqliteStoreOnThreads, GivesEachReadOneMoment) {
    auto written = std::promise<void>{};
    auto seen_first = std::promise<void>{};
    auto looked = std::optional<std::pair<std::optional<Instant>, std::optional<Instant>>>{};
    auto thrown = std::exception_ptr{};
    auto look_twice = [&](View& view) {
        auto before = view.last_alive();
        seen_first.set_value();
        written.get_future().wait();
        return std::pair{before, view.last_alive()};
    };
    auto write_between = [&](Transaction& transaction) -> Result<bool> {
        seen_first.get_future().wait();
        transaction.still_alive(monday_nine);
        return true;
    };
    harness.store->on_commit([&](Moved) { written.set_value(); });
    harness.spawn(harness.store->read(look_twice), looked, thrown);
    EXPECT_TRUE(harness.run(harness.store->write(write_between)));

    ASSERT_TRUE(looked);
    EXPECT_EQ(looked->first, std::nullopt);
    EXPECT_EQ(looked->second, std::nullopt);
}

TEST_F(SqliteStoreOnThreads, SaysWhatACommitMovedSoThatNobodyLooksInVain) {
    auto set_timer = [](Transaction& transaction) -> Result<bool> {
        transaction.apply({.timers = {SetTimer{TimerKind::ask, 1, monday_nine}}}, monday_nine);
        return true;
    };
    auto tell = [](Transaction& transaction) -> Result<bool> {
        auto key = DeliveryKey{Purpose::prompt, 1, PersonId{1}, 0};
        transaction.apply(
            {.deliveries = {Tell{DeliveryId{1}, key, {}, monday_nine, {}}}}, monday_nine
        );
        return true;
    };
    EXPECT_TRUE(harness.run(harness.store->write(set_timer)));
    EXPECT_TRUE(last_moved.timers);
    EXPECT_FALSE(last_moved.deliveries);
    EXPECT_TRUE(harness.run(harness.store->write(tell)));
    EXPECT_FALSE(last_moved.timers);
    EXPECT_TRUE(last_moved.deliveries);
    EXPECT_TRUE(harness.run(harness.store->write(beat(monday_nine))));
    EXPECT_FALSE(last_moved.timers || last_moved.deliveries);
}

TEST_F(SqliteStoreOnThreads, TellsOfACommitWhatWasNotRolledBack) {
    auto note = [](const char* kind, bool is_refused) {
        return [kind, is_refused](Transaction& transaction) -> Result<bool> {
            auto decision = Decision{};
            decision.events = {Event{kind, 1, {}, {}}};
            transaction.apply(decision, monday_nine);
            auto input = Inbound{};
            input.keys = {kind};
            transaction.quarantine(input, "boom", monday_nine);
            if (is_refused) return Errc::conflict;
            return true;
        };
    };
    auto burst = Burst{harness};
    burst.add(note("one", false));
    burst.add(note("two", true));
    burst.add(note("three", false));
    burst.run();

    EXPECT_EQ(commits, 1);
    auto kinds = std::vector<std::string>{};
    for (const auto& event : last_moved.events)
        kinds.push_back(event.kind);
    EXPECT_THAT(kinds, testing::ElementsAre("one", "three"));
    EXPECT_EQ(last_moved.quarantined, 2);
}

TEST(SqliteStore, MeasuresItsCommitsAndItsFiles) {
    auto metrics = Metrics{};
    auto options = Harness::options(true);
    options.metrics = &metrics;
    auto harness = Harness{options};
    harness.apply(settings(), monday_nine);
    harness.run(harness.store->write(beat(monday_nine)));
    EXPECT_EQ(count_of(metrics, measures::db_commit), 2U);
    EXPECT_GT(value_of(metrics, measures::db_commit), 0);

    auto footprint = harness.run(harness.store->footprint());
    EXPECT_TRUE(footprint.has_newest_schema);
    EXPECT_EQ(footprint.database, std::filesystem::file_size(options.path));
    EXPECT_EQ(footprint.log, std::filesystem::file_size(options.path + "-wal"));
    EXPECT_GT(footprint.free, 0U);
}

TEST_F(SqliteStoreOnThreads, CannotWriteFromAReader) {
    auto sneak = [](View& view) {
        static_cast<SqliteTransaction&>(view).still_alive(monday_nine);
        return true;
    };
    EXPECT_THROW(harness.run(harness.store->read(sneak)), SQLite::Exception);
}

TEST(SqliteStore, RefusesWritesBeyondItsQueueAndTakesThemAgainLater) {
    auto options = Harness::options(true);
    options.queue_limit = 10;
    options.group_limit = 3;
    auto harness = Harness{options};
    auto commits = 0;
    harness.store->on_commit([&](Moved) { ++commits; });
    auto burst = Burst{harness};
    for (auto write = 0; write < 12; ++write)
        burst.add(beat(monday_nine));
    burst.run();

    for (auto write = std::size_t{0}; write < 12; ++write)
        EXPECT_EQ(burst.result(write).has_value(), write < 10) << write;
    EXPECT_EQ(burst.result(11).error(), Errc::store_full);
    EXPECT_GE(commits, 4) << "no group is larger than its limit";
    EXPECT_TRUE(harness.run(harness.store->write(beat(monday_nine))));
}

TEST(SqliteStore, KeepsASecondOneOutUntilItIsClosed) {
    auto options = Harness::options(true);
    auto harness = Harness{options};
    auto began = std::chrono::steady_clock::now();
    auto second = SqliteStore::open(harness.loop, options);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().error, Errc::locked);
    EXPECT_THAT(second.error().sentence, testing::HasSubstr("Another Muster"));
    EXPECT_LT(std::chrono::steady_clock::now() - began, 1s);

    auto link = options.path + ".link";
    std::filesystem::create_symlink(options.path, link);
    auto by_link = options;
    by_link.path = link;
    EXPECT_EQ(SqliteStore::open(harness.loop, by_link).error().error, Errc::locked);

    harness.run(harness.store->close());
    EXPECT_TRUE(SqliteStore::open(harness.loop, options));
}

TEST(SqliteStore, KeepsWhatItAcknowledgedThroughAKill) {
    auto options = Harness::options(true);
    int acknowledged[2];
    ASSERT_EQ(::pipe(acknowledged), 0);
    auto child = ::fork();
    if (child == 0) {
        auto harness = Harness{options};
        for (auto count = 1; count <= 1000; ++count) {
            harness.run(harness.store->write(beat(Instant{milliseconds{count}}))).value();
            if (::write(acknowledged[1], &count, sizeof count) < 0) break;
            if (count == 50) ::raise(SIGKILL);
        }
        ::_exit(0);
    }
    auto status = 0;
    ::waitpid(child, &status, 0);
    ::close(acknowledged[1]);
    auto last = 0;
    while (::read(acknowledged[0], &last, sizeof last) > 0) {
    }
    ::close(acknowledged[0]);

    auto harness = Harness{options};
    EXPECT_EQ(last, 50);
    EXPECT_EQ(harness.run(harness.store->read(last_beat)), Instant{milliseconds{last}});
}

TEST(SqliteStore, FailsTheWholeGroupWhenTheDiskIsFullAndRecovers) {
    auto harness = Harness{};
    auto fill = [](Transaction& transaction) -> Result<bool> {
        auto& database = static_cast<SqliteTransaction&>(transaction).database();
        database.script("PRAGMA max_page_count = 1");
        transaction.apply(settings(), monday_nine);
        auto long_name = Organisation{agency, std::string(10'000'000, 'x')};
        transaction.apply(changes({long_name}), monday_nine);
        return true;
    };
    auto burst = Burst{harness};
    burst.add(beat(monday_nine));
    burst.add(fill);
    burst.add(beat(tuesday_nine));
    burst.run();
    for (auto write : {0u, 1u, 2u})
        EXPECT_EQ(burst.result(write).error(), Errc::store_failed) << write;

    auto free_the_disk = [](Transaction& transaction) -> Result<bool> {
        auto& database = static_cast<SqliteTransaction&>(transaction).database();
        database.script("PRAGMA max_page_count = 1000000");
        transaction.still_alive(tuesday_nine);
        return true;
    };
    EXPECT_TRUE(harness.run(harness.store->write(free_the_disk)));
    EXPECT_EQ(harness.run(harness.store->read(last_beat)), tuesday_nine);
}

TEST(SqliteStore, FailsWithinItsPatienceWhenAnotherToolLocksTheFile) {
    auto options = Harness::options(true);
    options.busy = 50ms;
    auto harness = Harness{options};
    auto tool = SQLite::Database(options.path, SQLite::OPEN_READWRITE);
    tool.exec("BEGIN IMMEDIATE");
    EXPECT_EQ(harness.run(harness.store->write(beat(monday_nine))).error(), Errc::store_failed);
    tool.exec("ROLLBACK");
    EXPECT_TRUE(harness.run(harness.store->write(beat(monday_nine))));
}

TEST(SqliteStore, KeepsItsFilesFromOthers) {
    auto options = Harness::options(true);
    auto harness = Harness{options};
    harness.apply(settings(), monday_nine);
    for (const auto& ending : {"", "-wal", "-shm", ".lock"}) {
        auto mode = std::filesystem::status(options.path + ending).permissions();
        EXPECT_EQ(mode, std::filesystem::perms(0600)) << ending;
    }
}

TEST(SqliteStore, DerivesTheSaltsOfTheLogFromASeedWhenAsked) {
    auto sealed = [](std::optional<Seed> seed) {
        auto options = Harness::options(false);
        options.salt_seed = seed;
        auto harness = Harness{options};
        auto decision = Decision{};
        decision.events = {Event{"a", 1, {}, {}}, Event{"b", 2, {}, {}}};
        harness.apply(decision, monday_nine);
        auto seal = [](View& view) {
            auto& database = static_cast<SqliteTransaction&>(view).database();
            return database.value<Digest>("SELECT own FROM event_log_end");
        };
        EXPECT_EQ(harness.run(harness.store->verify()).rows, 2);
        return harness.run(harness.store->read(seal));
    };
    EXPECT_EQ(sealed(Seed{1, 2}), sealed(Seed{1, 2}));
    EXPECT_NE(sealed(Seed{1, 2}), sealed(Seed{1, 3}));
    EXPECT_NE(sealed({}), sealed({}));
}

TEST(SqliteStore, StoresAndReadsTenThousandAnswers) {
    auto harness = Harness{};
    harness.apply(settings(), monday_nine);
    harness.apply(two_runs(), monday_nine);
    for (auto batch = 0; batch < 100; ++batch) {
        auto burst = Burst{harness};
        for (auto one = 0; one < 100; ++one) {
            auto decision = changes(
                {sample::answer(amira_monday, "q" + std::to_string(batch * 100 + one), "plan")}
            );
            decision.events = {Event{"round.answered", 40, amira, {{"text", "plan"}}}};
            burst.add([decision](Transaction& transaction) -> Result<bool> {
                transaction.apply(decision, monday_nine);
                return true;
            });
        }
        burst.run();
    }
    auto answers = [](View& view) { return view.answers_of(amira_monday).size(); };
    EXPECT_EQ(harness.run(harness.store->read(answers)), 10'000u);
    auto found = harness.run(harness.store->verify());
    EXPECT_TRUE(found.whole()) << found.reason;
    EXPECT_EQ(found.rows, 10'000);
}

TEST(FileLock, KnowsTheFileSystemsItCannotTrust) {
    EXPECT_STREQ(network_file_system(0x6969), "NFS");
    EXPECT_STREQ(network_file_system(static_cast<int>(0xFF534D42)), "an SMB share");
    EXPECT_STREQ(network_file_system(0x01021997), "a 9p share");
    EXPECT_EQ(network_file_system(0xEF53), nullptr) << "ext4";
}

}  // namespace
}  // namespace muster::sqlite
