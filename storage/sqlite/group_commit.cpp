#include "storage/sqlite/group_commit.hpp"

#include <algorithm>
#include <iterator>

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

void add(Moved& all, Moved&& one) {
    all.timers |= one.timers;
    all.deliveries |= one.deliveries;
    std::ranges::move(one.events, std::back_inserter(all.events));
    all.quarantined += one.quarantined;
}

}  // namespace

std::optional<Moved> GroupCommit::run(const std::vector<Write*>& group) {
    auto stored = false;
    auto moved = Moved{};
    try {
        database_.run("BEGIN IMMEDIATE");
        auto transaction = SqliteTransaction(database_, calendars_, salt_);
        for (auto write : group) {
            run_one(transaction, *write, moved);
            if (!write->error && !write->thrown) stored = true;
        }
        database_.run("COMMIT");
        return stored ? std::optional{std::move(moved)} : std::nullopt;
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

void GroupCommit::run_one(SqliteTransaction& transaction, Write& write, Moved& moved) {
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
    auto its_own = transaction.take_moved();
    if (write.error || write.thrown)
        take_back();
    else
        add(moved, std::move(its_own));
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
