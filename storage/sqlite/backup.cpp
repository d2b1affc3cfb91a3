#include "storage/sqlite/backup.hpp"

#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "storage/sqlite/chain.hpp"
#include "storage/sqlite/file_lock.hpp"
#include "storage/sqlite/schema.hpp"

namespace muster {
namespace {

namespace fs = std::filesystem;

void flush(const fs::path& path) {
    auto descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    auto flushed = descriptor >= 0 && ::fsync(descriptor) == 0;
    auto problem = std::error_code(errno, std::generic_category());
    if (descriptor >= 0) ::close(descriptor);
    if (!flushed) throw fs::filesystem_error("cannot flush to the disk", path, problem);
}

void flush_folder_of(const fs::path& path) {
    auto folder = path.parent_path();
    flush(folder.empty() ? "." : folder);
}

fs::path beside(const fs::path& path, const std::string& ending) {
    return path.string() + ending;
}

fs::path free_name_beside(const fs::path& path) {
    for (auto number = 1;; ++number) {
        auto name = beside(path, ".replaced-" + std::to_string(number));
        if (!fs::exists(name)) return name;
    }
}

// At every moment there is a whole database under its name: the old one, then the new one. Yields
// the old one's new name, "" when there was none.
fs::path put_in_place(const fs::path& database, const fs::path& fresh) {
    auto aside = free_name_beside(database);
    auto existed = fs::exists(database);
    if (existed) fs::create_hard_link(database, aside);
    // The old log must not be read into the new database; under its new name it still belongs to
    // the old one.
    if (fs::exists(beside(database, "-wal")))
        fs::rename(beside(database, "-wal"), beside(aside, "-wal"));
    fs::remove(beside(database, "-shm"));
    fs::rename(fresh, database);
    flush_folder_of(database);
    return existed ? aside : fs::path{};
}

void remove_with_logs(const fs::path& database) {
    for (const auto& ending : {"", "-wal", "-shm"})
        fs::remove(beside(database, ending));
}

}  // namespace

Opened<void> back_up(const std::string& database, const std::string& target) {
    auto unfinished = beside(target, ".unfinished");
    try {
        auto source = sqlite::open_to_read(database);
        if (!source) return source.error();
        fs::remove(unfinished);
        (*source)->run("VACUUM INTO ?", unfinished.string());
        fs::permissions(unfinished, fs::perms::owner_read | fs::perms::owner_write);
        flush(unfinished);
        fs::rename(unfinished, target);
        flush_folder_of(target);
        return {};
    } catch (const std::exception& problem) {
        auto ignored = std::error_code{};
        fs::remove(unfinished, ignored);
        return OpenProblem{
            Errc::store_failed,
            "The backup " + target + " could not be written: " + problem.what() + "."};
    }
}

Opened<Restored> restore(const std::string& backup, const std::string& database) {
    auto lock = sqlite::FileLock::take(database);
    if (!lock) return lock.error();

    auto fresh = beside(database, ".restoring");
    try {
        remove_with_logs(fresh);
        fs::copy_file(backup, fresh);
        fs::permissions(fresh, fs::perms::owner_read | fs::perms::owner_write);
        auto chain = verify_event_log(fresh.string());
        auto problem = std::optional<OpenProblem>{};
        if (!chain)
            problem = chain.error();
        else if (!chain->whole())
            problem = {
                Errc::store_failed, "The log of the backup is not whole: " + chain->reason + "."};
        if (problem) {
            remove_with_logs(fresh);
            problem->sentence = backup + " is not restored. " + problem->sentence;
            return *problem;
        }
        flush(fresh);
        auto aside = put_in_place(database, fresh);
        return Restored{aside.string(), chain->rows};
    } catch (const std::exception& problem) {
        return OpenProblem{
            Errc::store_failed, backup + " is not restored: " + problem.what() + "."};
    }
}

}  // namespace muster
