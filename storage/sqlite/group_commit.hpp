#pragma once

#include "storage/sqlite/transaction.hpp"

namespace muster::sqlite {

// One write and what became of it.
struct Write {
    std::function<std::optional<Errc>(Transaction&)> work;
    std::function<void()> resume;  // continues the caller; on the loop only
    std::optional<Errc> error;     // why it was rolled back
    std::exception_ptr thrown;     // what `work` threw; it was rolled back too
};

// Stores many writes with one wait for the disk. Each stands under its own savepoint: an Errc or an
// exception of one takes back only that one. When the disk refuses (full, broken, COMMIT failed),
// all of the group have store_failed.
class GroupCommit {
public:
    GroupCommit(Database& database, Salt salt) : database_(database), salt_(std::move(salt)) {}

    // Runs every write once, in order. None: nothing was committed.
    std::optional<Moved> run(const std::vector<Write*>& group);

    // The disk has failed in a way that no retry mends (an I/O error, a damaged page): nothing that
    // is not yet stored can be trusted to be storable, and the process should end. Stays true.
    bool broken() const { return broken_; }

private:
    void run_one(SqliteTransaction& transaction, Write& write, Moved& moved);
    void take_back();
    void note(const SQLite::Exception& problem);

    Database& database_;
    Salt salt_;
    KnownCalendars calendars_;
    bool broken_ = false;
};

}  // namespace muster::sqlite
