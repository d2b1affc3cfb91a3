#include "storage/sqlite/backup.hpp"

#include <fstream>

#include "tests/unit/storage/sqlite/harness.hpp"
#include "tests/unit/storage/sqlite/sample.hpp"

namespace muster::sqlite {
namespace {

using namespace sample;

Decision logged(int number) {
    auto decision = changes({Organisation{agency, "Agency " + std::to_string(number)}});
    decision.events = {Event{"renamed", number, {}, {{"name", std::to_string(number)}}}};
    return decision;
}

struct Backups : testing::Test {
    StoreOptions options = Harness::options(true);
    Folder folder;
    std::string backup = folder.file("backup.db");

    // What a store over the file says: the organisation's name and the number of logged events.
    static std::pair<std::string, std::int64_t> state_of(const std::string& path) {
        auto options = StoreOptions{};
        options.path = path;
        auto harness = Harness{options};
        auto name = [](View& view) { return view.organisation()->name; };
        auto verified = harness.run(harness.store->verify());
        EXPECT_TRUE(verified.whole()) << verified.reason;
        return {harness.run(harness.store->read(name)), verified.rows};
    }
};

TEST_F(Backups, AreOfOneMomentWhileTheBotWrites) {
    auto harness = Harness{options};
    harness.apply(logged(1), monday_nine);
    auto writing = [&]() -> Task<int> {
        auto number = 1;
        while (number < 200) {
            auto next = logged(++number);
            auto write = [next](Transaction& transaction) -> Result<bool> {
                transaction.apply(next, monday_nine);
                return true;
            };
            auto stored = co_await harness.store->write(write);
            if (!stored) break;
        }
        co_return number;
    };
    auto copying = [&]() -> Task<int> {
        auto copies = 0;
        for (; copies < 10; ++copies) {
            auto problem = co_await harness.store->back_up(folder.file(std::to_string(copies)));
            if (problem) break;
        }
        co_return copies;
    };
    auto written = std::optional<int>{};
    auto thrown = std::exception_ptr{};
    harness.spawn(writing(), written, thrown);
    EXPECT_EQ(harness.run(copying()), 10);
    EXPECT_EQ(written, 200);

    auto before = std::int64_t{0};
    for (auto copy = 0; copy < 10; ++copy) {
        auto [name, events] = state_of(folder.file(std::to_string(copy)));
        EXPECT_EQ(name, "Agency " + std::to_string(events));
        EXPECT_GE(events, before);
        before = events;
    }
}

TEST_F(Backups, ComeBackAndTheOldFileIsKeptAside) {
    {
        auto harness = Harness{options};
        harness.apply(logged(1), monday_nine);
        ASSERT_TRUE(back_up(options.path, backup));
        harness.apply(logged(2), monday_nine);
        EXPECT_EQ(restore(backup, options.path).error().error, Errc::locked);
    }
    auto restored = restore(backup, options.path);
    ASSERT_TRUE(restored) << restored.error().sentence;
    EXPECT_EQ(restored->logged_events, 1);
    EXPECT_EQ(state_of(options.path), (std::pair{std::string("Agency 1"), std::int64_t{1}}));
    EXPECT_EQ(
        state_of(restored->kept_aside), (std::pair{std::string("Agency 2"), std::int64_t{2}})
    );
}

TEST_F(Backups, NeverReadTheOldLogIntoTheRestoredFile) {
    auto crashed = folder.file("crashed.db");
    {
        auto harness = Harness{options};
        harness.apply(logged(1), monday_nine);
        ASSERT_TRUE(back_up(options.path, backup));
        harness.apply(logged(2), monday_nine);
        std::filesystem::copy(options.path, crashed);
        std::filesystem::copy(options.path + "-wal", crashed + "-wal");
    }
    auto restored = restore(backup, crashed);
    ASSERT_TRUE(restored);
    EXPECT_EQ(state_of(crashed).second, 1);
    EXPECT_EQ(state_of(restored->kept_aside).second, 2) << "its log went with it";
}

TEST_F(Backups, AreRestoredWhereNothingWas) {
    {
        auto harness = Harness{options};
        harness.apply(logged(1), monday_nine);
        ASSERT_TRUE(back_up(options.path, backup));
    }
    auto fresh = folder.file("fresh.db");
    auto restored = restore(backup, fresh);
    ASSERT_TRUE(restored);
    EXPECT_EQ(restored->kept_aside, "");
    EXPECT_EQ(state_of(fresh).second, 1);
}

TEST_F(Backups, AreRefusedWhenTheyAreNotWhole) {
    {
        auto harness = Harness{options};
        harness.apply(logged(1), monday_nine);
        harness.apply(logged(2), monday_nine);
    }
    auto refused = [&](const std::string& why) {
        auto restored = restore(backup, options.path);
        ASSERT_FALSE(restored) << why;
        EXPECT_THAT(restored.error().sentence, testing::HasSubstr(why));
        EXPECT_EQ(state_of(options.path).second, 2) << "nothing was changed";
        EXPECT_FALSE(std::filesystem::exists(options.path + ".restoring"));
    };
    refused("No such file");
    std::ofstream(backup) << "not a database, certainly not, by no means";
    refused("not a database");
    std::ofstream(backup, std::ios::trunc).flush();
    refused("empty");

    ASSERT_TRUE(back_up(options.path, backup));
    {
        auto database = SQLite::Database(backup, SQLite::OPEN_READWRITE);
        database.exec("UPDATE event_log SET subject = 9 WHERE number = 1");
    }
    refused("row 1 was changed");
    ASSERT_TRUE(back_up(options.path, backup)) << "over the old one";
    {
        auto database = SQLite::Database(backup, SQLite::OPEN_READWRITE);
        database.exec("INSERT INTO migration VALUES (99, 'future', '9.8.7')");
    }
    refused("9.8.7");
}

TEST_F(Backups, SayWhyTheyCouldNotBeWritten) {
    auto harness = Harness{options};
    auto problem = harness.run(harness.store->back_up(folder.file("no/such/folder")));
    ASSERT_TRUE(problem);
    EXPECT_THAT(problem->sentence, testing::HasSubstr("could not be written"));
}

TEST_F(Backups, HoldNothingThatWasDeleted) {
    auto harness = Harness{options};
    harness.apply(settings(), monday_nine);
    auto secret = Draft{DraftId{60}, amira, DraftKind::loose, {}, "s3cr3t words", "", monday_nine};
    harness.apply(changes({secret}), monday_nine);
    harness.apply(changes({DraftEnds{secret.id}}), monday_nine);
    ASSERT_TRUE(back_up(options.path, backup));

    auto file = std::ifstream(backup, std::ios::binary);
    auto bytes = std::string{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(bytes.find("s3cr3t"), std::string::npos);
    EXPECT_NE(bytes.find("Amira"), std::string::npos);
}

}  // namespace
}  // namespace muster::sqlite
