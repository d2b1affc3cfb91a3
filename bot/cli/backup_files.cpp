#include "bot/cli/backup_files.hpp"

#include <algorithm>

#include "bot/ports/measures.hpp"

namespace muster::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "muster-";
constexpr std::string_view ending = "Z.db";
constexpr auto after_failure = 10min;
constexpr auto longest_sleep = 1h;  // what somebody copied here meanwhile counts as well

}  // namespace

std::string backup_name(Instant now) {
    auto second = to_text(now).substr(0, 19);  // 2026-11-24T09:30:00
    std::erase_if(second, [](char character) { return character == '-' || character == ':'; });
    return std::string{prefix} + second + std::string{ending};
}

std::optional<Instant> backup_time(const std::string& name) {
    constexpr std::size_t length = 15;  // 20261124T093000
    if (!name.starts_with(prefix) || !name.ends_with(ending)) return std::nullopt;
    if (name.size() != prefix.size() + length + ending.size()) return std::nullopt;
    auto digits = name.substr(prefix.size(), length);
    auto part = [&](std::size_t at, std::size_t size) { return digits.substr(at, size); };
    return instant_from(
        part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(9, 2) + ":" + part(11, 2) +
        ":" + part(13, 2) + ".000Z"
    );
}

fs::path backup_folder(const config::Configuration& configuration) {
    if (const auto& backup = configuration.storage.backup) return backup->directory;
    return configuration.storage.sqlite.parent_path() / "backups";
}

Task<> BackupKeeper::run() {
    for (;;) {
        tell_the_newest();
        co_await clock_.sleep_until(std::min(due(), clock_.now() + longest_sleep), never_);
        if (clock_.now() >= due()) co_await make();
    }
}

void BackupKeeper::tell_the_newest() const {
    auto made = names();
    auto newest = made.empty() ? Instant{} : *backup_time(made.back());
    auto seconds = std::chrono::duration<double>{newest.time_since_epoch()}.count();
    metrics_.set(measures::backup_last_success, {}, seconds);
}

Instant BackupKeeper::due() const {
    auto made = names();
    if (made.empty()) return not_before_;
    return std::max(not_before_, *backup_time(made.back()) + wanted_.every);
}

Task<> BackupKeeper::make() {
    std::error_code ignored;
    fs::create_directories(wanted_.directory, ignored);
    auto target = wanted_.directory / backup_name(clock_.now());
    auto problem = co_await store_.back_up(target.string());
    if (problem) {
        log_.alarm("backup.failed", {{"problem", problem->sentence}});
        not_before_ = clock_.now() + after_failure;
        co_return;
    }
    log_.info("backup.written", {{"file", target.string()}});
    remove_old();
}

void BackupKeeper::remove_old() const {
    auto made = names();
    auto keep = static_cast<std::size_t>(std::max(wanted_.keep, 1));
    for (std::size_t at = 0; at + keep < made.size(); ++at) {
        std::error_code problem;
        fs::remove(wanted_.directory / made[at], problem);
        if (problem)
            log_.warning("backup.not_removed", {{"file", made[at]}, {"reason", problem.message()}});
    }
}

std::vector<std::string> BackupKeeper::names() const {
    std::vector<std::string> made;
    std::error_code none_yet;
    for (const auto& entry : fs::directory_iterator(wanted_.directory, none_yet))
        if (auto name = entry.path().filename().string(); backup_time(name)) made.push_back(name);
    std::ranges::sort(made);
    return made;
}

}  // namespace muster::cli
