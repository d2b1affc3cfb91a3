#include <fmt/format.h>

#include "bot/cli/at_the_office.hpp"
#include "bot/cli/backup_files.hpp"
#include "bot/cli/errands.hpp"
#include "bot/cli/exit_code.hpp"

namespace muster::cli {

int run(const Backup& command) {
    return at_the_office(configuration_of(command.place), backup_errand(command), to_terminal());
}

// The running bot has another working folder, so it gets a path that does not depend on it.
Errand backup_errand(const Backup& command) {
    auto target =
        command.target.empty() ? command.target : std::filesystem::absolute(command.target);
    return {"backup", target.string()};
}

namespace {

namespace fs = std::filesystem;

fs::path file_for(Office::Parts parts, const fs::path& asked) {
    auto dated = backup_name(parts.clock.now());
    if (asked.empty()) return backup_folder(parts.configuration) / dated;
    return fs::is_directory(asked) ? asked / dated : asked;
}

}  // namespace

Task<int> do_backup(Office::Parts parts, Errand errand, Output& output) {
    errand.resize(2);
    auto target = file_for(parts, errand[1]);
    const auto& database = parts.configuration.storage.sqlite;
    if (fs::weakly_canonical(target) == fs::weakly_canonical(database)) {
        co_await output.err("That is the database itself. Name another file for the backup.\n");
        co_return exit_code::usage;
    }
    std::error_code ignored;
    fs::create_directories(target.parent_path(), ignored);
    auto problem = co_await parts.store.back_up(target.string());
    if (problem) {
        co_await output.err(problem->sentence + "\n");
        co_return exit_code::store;
    }
    auto words =
        fmt::format("Backup written: {} ({} bytes).\n", target.string(), fs::file_size(target));
    co_await output.out(words);
    co_return exit_code::ok;
}

}  // namespace muster::cli
