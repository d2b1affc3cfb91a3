#pragma once

#include "bot/ports/clock.hpp"
#include "bot/ports/log.hpp"
#include "bot/ports/metrics.hpp"
#include "config/configuration.hpp"
#include "storage/sqlite/sqlite_store.hpp"

namespace muster::cli {

std::string backup_name(Instant);  // "muster-20261124T093000Z.db"
std::optional<Instant> backup_time(const std::string& file_name);

// As configured, or "backups" beside the database.
std::filesystem::path backup_folder(const config::Configuration&);

// Makes a backup whenever the newest one is old enough, and removes the oldest beyond `keep`. Only
// files whose names backup_name() makes are counted or removed.
class BackupKeeper {
public:
    // Everything must outlive run().
    BackupKeeper(
        SqliteStore& store, Clock& clock, Log& log, Metrics& metrics, config::Backup wanted
    )
        : store_(store), clock_(clock), log_(log), metrics_(metrics), wanted_(std::move(wanted)) {}

    // Runs until cancelled.
    Task<> run();

private:
    Instant due() const;
    void tell_the_newest() const;
    Task<> make();
    void remove_old() const;
    std::vector<std::string> names() const;  // oldest first

    SqliteStore& store_;
    Clock& clock_;
    Log& log_;
    Metrics& metrics_;
    config::Backup wanted_;
    Bell never_;
    Instant not_before_{};  // after a failure
};

}  // namespace muster::cli
