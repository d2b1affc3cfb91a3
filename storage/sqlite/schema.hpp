#pragma once

#include "storage/sqlite/database.hpp"
#include "storage/sqlite/open_problem.hpp"

namespace muster::sqlite {

// One step from a schema version to the next; versions count from 1 without a gap.
struct Migration {
    int version = 0;
    std::string name;  // "0001_first_tables.sql"
    std::string sql;
};

const std::vector<Migration>& known_migrations();  // compiled in from migrations/*.sql, in order

// What a file is, before anything is done with it.
struct Schema {
    int version = 0;         // 0 = empty
    std::string written_by;  // the Muster that made the newest step
};

// The schema of a database of ours. Problems, each with what to do: not a database, damaged,
// another program's, or written by a newer Muster.
Opened<Schema> inspect(Database& database, const std::string& path, int newest_known);

// Makes every step that is missing, each in one transaction together with the row that records it,
// so that a crash leaves the step before. Before each step of a database that is not empty a copy
// is made in `backup_dir`. `backup_dir` empty: no copies (a database in memory). The connection
// must not check references yet.
Opened<void> migrate(
    Database& database,
    const std::string& path,
    const std::vector<Migration>& migrations,
    const std::string& backup_dir
);

// Opens a database of ours read-only, after inspect().
Opened<std::unique_ptr<Database>> open_to_read(const std::string& path);

}  // namespace muster::sqlite
