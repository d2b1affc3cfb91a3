#include "storage/sqlite/schema.hpp"

#include <filesystem>

#include <sqlite3.h>

#include "migrations.hpp"

namespace muster::sqlite {
namespace {

// Stands in the file's header: "this is a database of Muster" ("mstr").
constexpr int application_id = 0x6d737472;

const std::string how_to_restore = "Restore a backup with: muster restore BACKUP --config FILE";

OpenProblem damaged(const std::string& path, const std::string& details) {
    return {
        Errc::store_failed,
        "The database " + path + " is damaged (" + details + "). " + how_to_restore + "."};
}

OpenProblem not_ours(const std::string& path, const std::string& what) {
    return {
        Errc::store_failed,
        path + " is " + what + ". Check \"storage\" in the configuration, or restore a backup. " +
            how_to_restore + "."};
}

Opened<Schema> inspect_database(Database& database, const std::string& path, int newest_known) {
    auto check = database.value<std::string>("PRAGMA quick_check(1)").value_or("no answer");
    if (check != "ok") return damaged(path, check);

    auto tables = *database.value<int>("SELECT count(*) FROM sqlite_schema");
    if (tables == 0) return Schema{};
    if (database.value<int>("PRAGMA application_id") != application_id)
        return not_ours(path, "an SQLite database of another program");

    auto schema = Schema{};
    auto find_newest = [&](Statement& at) {
        schema = {read<int>(at.cell(0)), read<std::string>(at.cell(1))};
    };
    database.each(
        "SELECT version, written_by FROM migration ORDER BY version DESC LIMIT 1", find_newest
    );
    if (schema.version > newest_known)
        return OpenProblem{
            Errc::newer_schema,
            "The database " + path + " was written by Muster " + schema.written_by + " (schema " +
                std::to_string(schema.version) +
                "); this is Muster " MUSTER_VERSION ", which knows schemas up to " +
                std::to_string(newest_known) +
                ". Use the newer Muster, or restore a backup from before it."};
    return schema;
}

void copy_before(
    Database& database, const std::string& path, const Migration& step, const std::string& folder
) {
    auto name =
        std::filesystem::path(path).filename().string() + ".before-" + step.name.substr(0, 4);
    auto copy = std::filesystem::path(folder) / name;
    auto unfinished = copy.string() + ".unfinished";
    std::filesystem::create_directories(folder);
    std::filesystem::remove(unfinished);
    database.run("VACUUM INTO ?", unfinished);
    std::filesystem::rename(unfinished, copy);
}

void make_step(Database& database, const Migration& step) {
    database.script("BEGIN IMMEDIATE");
    try {
        database.script(step.sql);
        if (database.value<std::string>("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1"))
            throw std::runtime_error(step.name + " leaves references to rows that do not exist");
        database.run(
            "INSERT INTO migration (version, name, written_by) VALUES (?, ?, ?)",
            step.version,
            step.name,
            std::string(MUSTER_VERSION)
        );
        database.script("COMMIT");
    } catch (...) {
        if (database.in_transaction()) database.script("ROLLBACK");
        throw;
    }
}

// The table of steps, and the mark in the header, come with the first step.
void make_list_of_steps(Database& database) {
    database.script(
        "BEGIN IMMEDIATE;"
        "CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, "
        "written_by TEXT NOT NULL) STRICT;"
        "PRAGMA application_id = " +
        std::to_string(application_id) + ";COMMIT"
    );
}

}  // namespace

const std::vector<Migration>& known_migrations() {
    static const auto known = [] {
        auto migrations = std::vector<Migration>{};
        for (const auto& file : embedded::migrations()) {
            auto name = std::string(file.name);
            migrations.push_back({std::stoi(name.substr(0, 4)), name, std::string(file.content)});
        }
        return migrations;
    }();
    return known;
}

Opened<Schema> inspect(Database& database, const std::string& path, int newest_known) {
    try {
        return inspect_database(database, path, newest_known);
    } catch (const SQLite::Exception& problem) {
        if ((problem.getErrorCode() & 0xFF) == SQLITE_NOTADB)
            return not_ours(path, "not a database that SQLite can read");
        return damaged(path, problem.what());
    } catch (const CorruptRow& problem) {
        return damaged(path, problem.what());
    }
}

Opened<std::unique_ptr<Database>> open_to_read(const std::string& path) {
    try {
        auto database = std::make_unique<Database>(path, Database::Mode::read_only, 2s);
        auto schema = inspect(*database, path, known_migrations().back().version);
        if (!schema) return schema.error();
        if (schema->version == 0) return not_ours(path, "empty");
        return database;
    } catch (const SQLite::Exception& problem) {
        return OpenProblem{Errc::store_failed, "Cannot open " + path + ": " + problem.what() + "."};
    }
}

Opened<void> migrate(
    Database& database,
    const std::string& path,
    const std::vector<Migration>& migrations,
    const std::string& backup_dir
) {
    auto newest_known = migrations.empty() ? 0 : migrations.back().version;
    auto schema = inspect(database, path, newest_known);
    if (!schema) return schema.error();
    try {
        if (schema->version < newest_known) make_list_of_steps(database);
        for (const auto& step : migrations) {
            if (step.version <= schema->version) continue;
            if (schema->version > 0 && !backup_dir.empty())  // a new file has nothing to lose
                copy_before(database, path, step, backup_dir);
            make_step(database, step);
        }
        return {};
    } catch (const std::exception& problem) {
        return OpenProblem{
            Errc::store_failed,
            "The database " + path + " could not be brought to this version (" + problem.what() +
                "); it is as it was before. " + how_to_restore +
                ", or free the disk and try again."};
    }
}

}  // namespace muster::sqlite
