#include "bot/cli/secret_files.hpp"

namespace muster::cli {

// What the thread writes to outlives a task that is cancelled meanwhile.

Task<config::FileMark> SecretFilesOnDisk::mark_of(std::filesystem::path file) {
    auto mark = std::make_shared<config::FileMark>();
    auto look = [mark, file = std::move(file)] { *mark = config::mark_of(file); };
    co_await disk_.run(std::move(look));
    co_return *mark;
}

Task<std::variant<config::Secret, std::string>> SecretFilesOnDisk::read(std::filesystem::path file
) {
    auto found = std::make_shared<std::variant<config::Secret, std::string>>();
    auto look = [found, file = std::move(file)] { *found = config::read_secret(file); };
    co_await disk_.run(std::move(look));
    co_return *found;
}

}  // namespace muster::cli
