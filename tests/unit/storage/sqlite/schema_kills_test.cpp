#include <algorithm>
#include <csignal>
#include <fstream>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/sqlite/schema.hpp"
#include "tests/unit/storage/sqlite/harness.hpp"

// reliability.md F34: a crash at each statement of an upgrade.
namespace muster::sqlite {
namespace {

using Content = std::vector<std::string>;  // what stands in a database, and how

// Ends this process, as kill -9 would, before the statement that brings the count to nothing.
int end_at_zero(unsigned, void* statements_left, void*, void*) {
    if (--*static_cast<int*>(statements_left) == 0) ::raise(SIGKILL);
    return 0;
}

class UpgradeUnderKills : public testing::Test {
    Folder folder_;
    std::string old_ = folder_.file("old.db");

protected:
    UpgradeUnderKills() {
        auto text =
            std::ifstream(std::filesystem::path(MUSTER_FIXTURES_FOLDER) / "schema_0001.sql");
        auto database = SQLite::Database(old_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec(std::string{std::istreambuf_iterator<char>(text), {}});
    }

    void lay_out_the_old_one() {
        std::filesystem::remove_all(copies_);
        for (auto* end : {"", "-wal", "-shm"})
            std::filesystem::remove(path_ + end);
        std::filesystem::copy_file(old_, path_);
    }

    Opened<void> upgrade(int* statements_left = nullptr) {
        auto database = Database(path_, Database::Mode::read_write, 0ms);
        database.make_durable();
        if (statements_left)
            sqlite3_trace_v2(database.handle(), SQLITE_TRACE_STMT, end_at_zero, statements_left);
        return migrate(database, path_, known_migrations(), copies_);
    }

    // Whether it was still under way then.
    bool is_killed_before(int statement) {
        auto child = ::fork();
        if (child == 0) end_after_upgrade(statement);
        EXPECT_GT(child, 0);
        auto status = 0;
        ::waitpid(child, &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
        return WIFSIGNALED(status);
    }

    [[noreturn]] void end_after_upgrade(int statement) {
        try {
            ::_exit(upgrade(&statement) ? 0 : 1);
        } catch (...) {
            ::_exit(2);
        }
    }

    Content content() {
        auto found = Content{};
        auto database = SQLite::Database(path_, SQLite::OPEN_READONLY);
        auto tables = SQLite::Statement(
            database, "SELECT name, coalesce(sql, ''), type FROM sqlite_schema ORDER BY name"
        );
        while (tables.executeStep()) {
            auto name = tables.getColumn(0).getString();
            found.push_back(name + ": " + tables.getColumn(1).getString());
            if (tables.getColumn(2).getString() == "table") add_rows(found, database, name);
        }
        std::ranges::sort(found);
        return found;
    }

    std::string path_ = folder_.file("muster.db");
    std::string copies_ = folder_.file("copies");

private:
    static void add_rows(Content& found, SQLite::Database& database, const std::string& table) {
        auto rows = SQLite::Statement(database, "SELECT * FROM \"" + table + "\"");
        while (rows.executeStep()) {
            auto row = table + " has";
            for (auto column = 0; column < rows.getColumnCount(); ++column)
                row += "|" + rows.getColumn(column).getString();
            found.push_back(row);
        }
    }
};

TEST_F(UpgradeUnderKills, IsWholeAfterADeathBeforeAnyOfItsStatements) {
    lay_out_the_old_one();
    ASSERT_TRUE(upgrade());
    auto whole = content();

    auto statement = 1;
    for (;; ++statement) {
        lay_out_the_old_one();
        if (!is_killed_before(statement)) break;
        auto problem = upgrade();
        ASSERT_TRUE(problem) << problem.error().sentence << " after statement " << statement;
        ASSERT_EQ(content(), whole) << "after statement " << statement;
    }
    RecordProperty("statements", statement);
    EXPECT_GT(statement, 4 * static_cast<int>(known_migrations().size()));
}

}  // namespace
}  // namespace muster::sqlite
