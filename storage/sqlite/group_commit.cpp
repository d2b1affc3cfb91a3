#include "storage/sqlite/group_commit.hpp"

#include <sqlite3.h>

namespace muster::sqlite {
namespace {

// The disk has refused; which write asked for it is chance.
struct DiskRefused {};

bool is_of_the_disk(int code) {
    switch (code & 0xFF) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_BUSY: return true;
        default: return false;
    }
}

}  // namespace

std::optional<Moved> GroupCommit::run(const std::vector<Write*>& group) {
    auto stored = false;
    try {
        database_.run("BEGIN IMMEDIATE");
        auto transaction = SqliteTransaction(database_, calendars_, salt_);
        for (auto write : group) {
            run_one(transaction, *write);
            if (!write->error && !write->thrown) stored = true;
        }
        database_.run("COMMIT");
        return stored ? std::optional{transaction.moved()} : std::nullopt;
    } catch (const SQLite::Exception& problem) {
        note(problem);
    } catch (const DiskRefused&) {
    }
    calendars_ = {};
    try {
        if (database_.in_transaction()) database_.run("ROLLBACK");
    } catch (const SQLite::Exception& problem) {
        note(problem);
    }
    for (auto write : group) {
        write->error = Errc::store_failed;
        write->thrown = nullptr;
    }
    return std::nullopt;
}

void GroupCommit::run_one(SqliteTransaction& transaction, Write& write) {
    database_.run("SAVEPOINT one_write");
    try {
        write.error = write.work(transaction);
        if (!write.error && database_.has_dangling_references())
            throw std::logic_error("a write refers to a row that does not exist");
    } catch (const SQLite::Exception& problem) {
        note(problem);
        if (is_of_the_disk(problem.getErrorCode())) throw DiskRefused{};
        write.thrown = std::current_exception();
    } catch (...) {
        write.thrown = std::current_exception();
    }
    if (!database_.in_transaction()) throw DiskRefused{};  // SQLite took all of it back
    if (write.error || write.thrown) take_back();
    database_.run("RELEASE one_write");
}

void GroupCommit::take_back() {
    calendars_ = {};
    database_.run("ROLLBACK TO one_write");
}

void GroupCommit::note(const SQLite::Exception& problem) {
    auto code = problem.getErrorCode() & 0xFF;
    if (code == SQLITE_IOERR || code == SQLITE_CORRUPT || code == SQLITE_NOTADB) broken_ = true;
}

}  // namespace muster::sqlite
