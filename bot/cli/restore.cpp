#include <cstdio>

#include <fmt/format.h>

#include "bot/cli/commands.hpp"
#include "bot/cli/refusal.hpp"
#include "storage/sqlite/backup.hpp"

namespace muster::cli {

int run(const Restore& command) {
    auto configuration = configuration_of(command.place);
    const auto& database = configuration.storage.sqlite;
    if (!std::filesystem::is_regular_file(command.backup))
        throw Refusal(exit_code::usage, "There is no backup file " + command.backup.string() + ".");
    std::error_code ignored;
    std::filesystem::create_directories(database.parent_path(), ignored);
    auto restored = restore(command.backup.string(), database.string());
    if (!restored) {
        auto is_locked = restored.error().error == Errc::locked;
        auto stop_first = is_locked ? " Stop Muster, then restore." : "";
        throw Refusal(
            is_locked ? exit_code::locked : exit_code::store, restored.error().sentence + stop_first
        );
    }
    fmt::print(
        "Restored: {} holds the backup, with {} rows of event log.\n",
        database.string(),
        restored->logged_events
    );
    if (!restored->kept_aside.empty())
        fmt::print(
            "What was there before is kept as {}. Remove it when you no longer need it.\n",
            restored->kept_aside
        );
    return exit_code::ok;
}

}  // namespace muster::cli
