#pragma once

#include "storage/sqlite/open_problem.hpp"
#include "storage/sqlite/verification.hpp"
#include "storage/store.hpp"

namespace boost::asio {
class io_context;
}

namespace muster::sqlite {
struct Snapshots;
}

namespace muster {

class Metrics;

struct StoreOptions {
    std::string path;  // of the database; ":memory:" only without threads
    bool threads =
        true;  // false: all on the caller's loop, for simulation; each write its own commit
    milliseconds busy{2000};  // how long to wait for a lock that some other tool holds on the file
    int group_limit = 256;    // writes that share one commit
    int queue_limit = 4096;   // writes (and as many reads) that wait; beyond: store_full
    std::string backup_dir;   // for the copy before a migration; "" = beside the database
    std::optional<Seed>
        salt_seed;  // simulation: the log's salts are derived from it; otherwise chance
    Metrics* metrics = nullptr;  // outlives the store; told how long commits take
};

// What the database is and takes, for operators; bytes.
struct Footprint {
    bool has_newest_schema = false;  // of those that this program knows
    std::uintmax_t database = 0;
    std::uintmax_t log = 0;
    std::uintmax_t free = 0;  // for us, where it lies
};

// The store in one SQLite file: a writer thread with group commit and two reader threads.
//
// One process at a time: an OS lock on "<path>.lock" is held until close() or the end of the
// process.
class SqliteStore final : public Store {
public:
    // Opens or creates, checks the file, brings an older schema up to date (with a copy before each
    // step). Blocks: before the loop runs. `loop` must outlive the store.
    static Opened<std::unique_ptr<SqliteStore>> open(boost::asio::io_context& loop, StoreOptions);

    // Without close(): drains the queue and joins the threads, but resumes nobody.
    ~SqliteStore() override;

    void on_commit(std::function<void(Moved)> listener) override;
    Task<> close() override;

    // Called on the loop, once, when the disk failed in a way that no retry mends
    // (spec/reliability.md F4): from now on every write fails, and the process should end with 70
    // and be started again.
    void on_broken(std::function<void()> listener);

    // Checks the chain of the event log, first row to last, on one snapshot.
    Task<Verification> verify();

    Task<Footprint> footprint();

    // A copy of the whole database, consistent and complete, made beside all else. The problem when
    // it failed.
    Task<std::optional<OpenProblem>> back_up(std::string target);

private:
    class Core;

    explicit SqliteStore(std::shared_ptr<Core> core);

    Task<std::optional<Errc>> commit(std::function<std::optional<Errc>(Transaction&)> work
    ) override;
    Task<> look(std::function<void(View&)> work) override;
    Task<> on_a_reader(std::function<void(sqlite::Snapshots&)> work, bool is_long = false);

    std::shared_ptr<Core> core_;
};

}  // namespace muster
