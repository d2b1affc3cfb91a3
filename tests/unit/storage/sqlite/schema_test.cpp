#include "storage/sqlite/schema.hpp"

#include <fstream>

#include "tests/unit/storage/sqlite/harness.hpp"
#include "tests/unit/storage/sqlite/sample.hpp"

namespace muster::sqlite {
namespace {

using namespace sample;

std::string content_of(const std::filesystem::path& path) {
    auto file = std::ifstream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

const Migration first{
    1,
    "0001_one.sql",
    "CREATE TABLE one (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO one VALUES (1, 'kept')"};
const Migration second{
    2, "0002_two.sql", "ALTER TABLE one ADD COLUMN age INTEGER; UPDATE one SET age = 7"};
const Migration interrupted{
    2,
    "0002_two.sql",
    "ALTER TABLE one ADD COLUMN age INTEGER; UPDATE one SET age = 7; INSERT INTO nowhere VALUES "
    "(1)"};
const Migration third{3, "0003_three.sql", "CREATE TABLE three (id INTEGER PRIMARY KEY)"};

struct Schemas : testing::Test {
    Folder folder;
    std::string path = folder.file("muster.db");

    Opened<void> bring_up_to(const std::vector<Migration>& migrations) {
        auto database = Database(path, Database::Mode::read_write, 0ms);
        return migrate(database, path, migrations, folder.file("copies"));
    }

    int version() {
        auto database = Database(path, Database::Mode::read_write, 0ms);
        return inspect(database, path, 99).value().version;
    }

    std::string copy_of(const std::string& step) {
        return folder.file("copies/muster.db.before-" + step);
    }

    OpenProblem problem_of_the_store() {
        auto loop = boost::asio::io_context{};
        auto options = StoreOptions{};
        options.path = path;
        auto opened = SqliteStore::open(loop, options);
        return opened ? OpenProblem{} : opened.error();
    }
};

TEST_F(Schemas, GrowStepByStepAndKeepWhatIsThere) {
    ASSERT_TRUE(bring_up_to({first}));
    EXPECT_FALSE(std::filesystem::exists(copy_of("0001"))) << "there was nothing to copy";
    ASSERT_TRUE(bring_up_to({first, second, third}));

    EXPECT_EQ(version(), 3);
    auto database = Database(path, Database::Mode::read_only, 0ms);
    EXPECT_EQ(database.value<int>("SELECT age FROM one WHERE name = 'kept'"), 7);
    auto before_two = Database(copy_of("0002"), Database::Mode::read_only, 0ms);
    EXPECT_EQ(inspect(before_two, "copy", 3)->version, 1);
    auto before_three = Database(copy_of("0003"), Database::Mode::read_only, 0ms);
    EXPECT_EQ(inspect(before_three, "copy", 3)->version, 2);
    EXPECT_TRUE(bring_up_to({first, second, third})) << "nothing is left to do";
}

TEST_F(Schemas, MakeNoCopiesOfANewFile) {
    ASSERT_TRUE(bring_up_to({first, second, third}));
    EXPECT_FALSE(std::filesystem::exists(copy_of("0002")));
    EXPECT_EQ(version(), 3);
}

TEST_F(Schemas, StayAsTheyWereWhenAStepBreaksInTheMiddle) {
    ASSERT_TRUE(bring_up_to({first}));
    auto broken = bring_up_to({first, interrupted, third});
    ASSERT_FALSE(broken);
    EXPECT_THAT(broken.error().sentence, testing::HasSubstr("it is as it was before"));
    EXPECT_EQ(version(), 1);

    ASSERT_TRUE(bring_up_to({first, second, third}));
    EXPECT_EQ(version(), 3);
}

TEST_F(Schemas, RecoverFromACrashInTheMiddleOfAStep) {
    ASSERT_TRUE(bring_up_to({first}));
    {
        auto database = Database(path, Database::Mode::read_write, 0ms);
        database.script("BEGIN IMMEDIATE; " + second.sql);
        std::filesystem::copy(path, path + ".crashed");
        if (std::filesystem::exists(path + "-journal"))
            std::filesystem::copy(path + "-journal", path + ".crashed-journal");
    }
    path += ".crashed";
    EXPECT_EQ(version(), 1);
    ASSERT_TRUE(bring_up_to({first, second}));
    EXPECT_EQ(version(), 2);
}

TEST_F(Schemas, LeaveNoReferenceToAMissingRow) {
    auto dangling = second;
    dangling.sql =
        "CREATE TABLE two (one INTEGER REFERENCES one (id)); INSERT INTO two VALUES (99)";
    ASSERT_TRUE(bring_up_to({first}));
    EXPECT_FALSE(bring_up_to({first, dangling}));
    EXPECT_EQ(version(), 1);
}

TEST_F(Schemas, OfANewerMusterAreRefusedByName) {
    auto newer = known_migrations();
    auto beyond = newer.back().version + 1;
    newer.push_back({beyond, "9999_future.sql", "CREATE TABLE future (id INTEGER PRIMARY KEY)"});
    ASSERT_TRUE(bring_up_to(newer));
    {
        auto database = Database(path, Database::Mode::read_write, 0ms);
        database.run("UPDATE migration SET written_by = '9.8.7' WHERE version = ?", beyond);
    }
    auto problem = problem_of_the_store();
    EXPECT_EQ(problem.error, Errc::newer_schema);
    EXPECT_THAT(
        problem.sentence, testing::HasSubstr("Muster 9.8.7 (schema " + std::to_string(beyond) + ")")
    );
    EXPECT_THAT(problem.sentence, testing::HasSubstr("this is Muster " MUSTER_VERSION));
}

TEST_F(Schemas, OfTheFirstVersionOpenInThisOne) {
    {
        auto database = SQLite::Database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        auto fixtures = std::filesystem::path(MUSTER_FIXTURES_FOLDER);
        database.exec(content_of(fixtures / "schema_0001.sql"));
    }
    auto options = StoreOptions{};
    options.path = path;
    auto harness = Harness{options};
    auto turn = [](View& view) { return view.turn(amira_tuesday, tuesday_nine); };
    auto found = harness.run(harness.store->read(turn));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->person.name, "Amira");
    EXPECT_EQ(found->last_plan->text, "the plan of Monday");
    auto verified = harness.run(harness.store->verify());
    EXPECT_TRUE(verified.whole()) << verified.reason;
    EXPECT_EQ(verified.rows, 1);
}

TEST_F(Schemas, AreNotMadeInAFileThatIsNoDatabase) {
    std::ofstream(path) << std::string(5000, 'x');
    auto problem = problem_of_the_store();
    EXPECT_EQ(problem.error, Errc::store_failed);
    EXPECT_THAT(problem.sentence, testing::HasSubstr("not a database"));
    EXPECT_THAT(problem.sentence, testing::HasSubstr("muster restore"));
    EXPECT_EQ(content_of(path), std::string(5000, 'x')) << "untouched";
}

TEST_F(Schemas, AreNotMadeInTheDatabaseOfAnotherProgram) {
    {
        auto other = SQLite::Database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        other.exec("CREATE TABLE bookmarks (id INTEGER PRIMARY KEY)");
    }
    EXPECT_THAT(problem_of_the_store().sentence, testing::HasSubstr("another program"));
}

TEST_F(Schemas, AreRefusedWhenAPageIsDamaged) {
    {
        auto options = StoreOptions{};
        options.path = path;
        auto harness = Harness{options};
        harness.apply(settings(), monday_nine);
        harness.run(harness.store->close());
    }
    auto size = static_cast<long>(std::filesystem::file_size(path));
    auto refused = 0;
    for (auto page = 1; page < size / 4096; ++page) {
        auto whole = content_of(path);
        {
            auto file = std::fstream(path, std::ios::in | std::ios::out | std::ios::binary);
            file.seekp(page * 4096L);
            file << std::string(64, '\x7f');
        }
        auto problem = problem_of_the_store();
        EXPECT_THAT(problem.sentence, testing::HasSubstr("is damaged")) << page;
        EXPECT_THAT(problem.sentence, testing::HasSubstr("muster restore"));
        ++refused;
        std::ofstream(path, std::ios::binary) << whole;
    }
    EXPECT_GT(refused, 20);
    EXPECT_EQ(problem_of_the_store().sentence, "");
}

TEST_F(Schemas, AreNumberedWithoutAGap) {
    auto version = 0;
    for (const auto& migration : known_migrations())
        EXPECT_EQ(migration.version, ++version) << migration.name;
    EXPECT_GT(version, 0);
}

TEST_F(Schemas, NeedAFolderThatCanBeWritten) {
    path = "/proc/muster/muster.db";
    EXPECT_EQ(problem_of_the_store().error, Errc::store_failed);
    EXPECT_THAT(problem_of_the_store().sentence, testing::HasSubstr("/proc/muster"));
}

}  // namespace
}  // namespace muster::sqlite
