#pragma once

#include <filesystem>

#include "storage/sqlite/schema.hpp"
#include "storage/sqlite/transaction.hpp"

namespace muster::sqlite {

// A folder of this test alone, gone afterwards.
struct Folder {
    Folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "muster-XXXXXX").string();
        path = ::mkdtemp(pattern.data());
    }

    ~Folder() { std::filesystem::remove_all(path); }

    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string file(const std::string& name) const { return (path / name).string(); }

    std::filesystem::path path;
};

// A fresh database of the newest schema and one endless transaction on it.
struct MemoryDatabase {
    explicit MemoryDatabase(const std::string& path = ":memory:")
        : database(path, Database::Mode::read_write, 0ms) {
        migrate(database, path, known_migrations(), "").value();
        database.make_durable();
        database.script("BEGIN");
    }

    Database database;
    KnownCalendars calendars;
    Salt salt = [] { return Digest{7}; };
    SqliteTransaction rows{database, calendars, salt};
};

}  // namespace muster::sqlite
