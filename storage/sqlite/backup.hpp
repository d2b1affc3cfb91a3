#pragma once

#include "storage/sqlite/open_problem.hpp"

namespace muster {

// Copies a database into one file, while a bot may be writing to it: the copy is of one moment,
// complete when it is there at all (written under another name, flushed to the disk, renamed), and
// takes the place of a file of that name. Deleted content is not in it. Blocks for as long as the
// disk takes; for no thread but its own.
Opened<void> back_up(const std::string& database, const std::string& target);

struct Restored {
    std::string kept_aside;  // where the database that was there is now; "" = there was none
    std::int64_t logged_events = 0;
};

// Puts a backup in the place of the database, which no process may use (Errc::locked). The backup
// is checked first: its pages, its schema version, the chain of its log; when anything is wrong
// nothing is changed. Blocks.
Opened<Restored> restore(const std::string& backup, const std::string& database);

}  // namespace muster
