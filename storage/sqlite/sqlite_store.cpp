#include "storage/sqlite/sqlite_store.hpp"

#include <filesystem>

#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fcntl.h>
#include <openssl/rand.h>
#include <unistd.h>

#include "bot/ports/measures.hpp"
#include "storage/sqlite/backup.hpp"
#include "storage/sqlite/chain.hpp"
#include "storage/sqlite/file_lock.hpp"
#include "storage/sqlite/group_commit.hpp"
#include "storage/sqlite/schema.hpp"
#include "storage/sqlite/workers.hpp"

namespace muster {

namespace asio = boost::asio;

// A reader's connection.
struct sqlite::Snapshots {
    Database& database;
    KnownCalendars calendars = {};
};

using sqlite::Database;
using sqlite::Snapshots;
using sqlite::SqliteTransaction;
using sqlite::Write;

namespace {

constexpr int readers = 2;
constexpr auto in_memory = ":memory:";

// One look at the store, or one long job: that has a thread of its own, so that nobody who looks
// waits for it.
struct Read {
    std::function<void(Snapshots&)> work;
    bool is_long = false;
    std::function<void()> resume = {};
    std::exception_ptr thrown = {};
};

// What came of one group of writes.
struct Committed {
    std::optional<Moved> moved;  // none: nothing was committed
    bool broken = false;
    std::chrono::duration<double> took{0};
};

// Runs `work` on one moment of the store.
void look_at(Snapshots& snapshots, const std::function<void(SqliteTransaction&)>& work) {
    static const auto no_salt = sqlite::Salt{};
    auto& database = snapshots.database;
    auto view = SqliteTransaction(database, snapshots.calendars, no_salt);
    database.run("BEGIN");
    try {
        work(view);
    } catch (...) {
        if (database.in_transaction()) database.run("ROLLBACK");
        throw;
    }
    database.run("COMMIT");
}

// Suspends the caller until what `start` was given is called, on the loop. Deaf to cancellation:
// what was started refers to the caller's frame until it resumes.
template <class Start>
Task<> uninterrupted(Start start) {
    auto throwing = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);

    auto initiate = [&start](auto handler) {
        auto kept = std::make_shared<decltype(handler)>(std::move(handler));
        auto executor = asio::get_associated_executor(*kept);
        auto work = asio::make_work_guard(executor);
        start([kept, work] { std::move (*kept)(); });
    };
    auto token = asio::bind_cancellation_slot(asio::cancellation_slot{}, asio::use_awaitable);
    co_await asio::async_initiate<decltype(token), void()>(initiate, token);

    co_await asio::this_coro::throw_if_cancelled(throwing);
}

template <class Job>
void resume(Job& job) {
    auto go_on = std::move(job.resume);  // the job is gone with the frame that resumes
    go_on();
}

sqlite::Salt salt_from(const std::optional<Seed>& seed) {
    if (seed) {
        auto numbers = std::make_shared<IdSource>(*seed);
        return [numbers] { return sqlite::sha256(std::to_string(numbers->next_number())); };
    }
    return [] {
        auto salt = sqlite::Digest{};
        if (RAND_bytes(salt.data(), static_cast<int>(salt.size())) != 1)
            throw std::runtime_error("no randomness for the log");
        return salt;
    };
}

void make_folder_of(const std::string& path) {
    auto folder = std::filesystem::path(path).parent_path();
    if (!folder.empty()) std::filesystem::create_directories(folder);
}

// Nobody but the owner may read it, nor the files that SQLite makes beside it with the same mode.
void make_private(const std::string& path) {
    auto descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        throw std::filesystem::filesystem_error(
            "cannot open the database", path, std::error_code(errno, std::generic_category())
        );
    ::close(descriptor);
}

std::string backup_dir_of(const StoreOptions& options) {
    if (options.path == in_memory) return "";
    if (!options.backup_dir.empty()) return options.backup_dir;
    auto folder = std::filesystem::path(options.path).parent_path();
    return folder.empty() ? "." : folder.string();
}

std::uintmax_t size_of(const std::string& path) {
    auto problem = std::error_code{};
    auto size = std::filesystem::file_size(path, problem);
    return problem ? 0 : size;
}

// Through a symbolic link one database would have two locks.
std::string resolved(const std::string& path) {
    if (path == in_memory) return path;
    return std::filesystem::weakly_canonical(path).string();
}

}  // namespace

// Everything behind the door. Its members are of the loop but for what it hands to its workers: a
// Write or a Read, which only the worker touches until it is posted back.
class SqliteStore::Core : public std::enable_shared_from_this<SqliteStore::Core> {
public:
    Core(asio::io_context& loop, StoreOptions options, std::optional<sqlite::FileLock> lock)
        : options_(std::move(options)),
          loop_(loop),
          lock_(std::move(lock)),
          database_(
              std::make_unique<Database>(options_.path, Database::Mode::read_write, options_.busy)
          ) {}

    Database& database() { return *database_; }

    const std::string& path() const { return options_.path; }

    void start() {
        database_->make_durable();
        auto salt = salt_from(options_.salt_seed);
        group_commit_ = std::make_unique<sqlite::GroupCommit>(*database_, std::move(salt));
        if (options_.threads)
            start_threads();
        else
            snapshots_.push_back({*database_});
    }

    // Drains what the workers have, joins them, lets go of the files and the lock. What they did
    // not have yet is dropped: nobody was told that it is stored.
    void stop() {
        closed_ = true;
        burst_.clear();
        writer_.reset();
        readers_.reset();
        long_reader_.reset();
        snapshots_.clear();
        reader_databases_.clear();
        group_commit_.reset();
        database_.reset();
        lock_.reset();
    }

    void on_commit(std::function<void(Moved)> listener) { on_commit_ = std::move(listener); }

    void on_broken(std::function<void()> listener) { on_broken_ = std::move(listener); }

    std::optional<Errc> refusal() const {
        if (closed_ || broken_) return Errc::store_failed;
        if (writes_waiting_ >= options_.queue_limit) return Errc::store_full;
        return std::nullopt;
    }

    bool refuses_reads() const { return closed_ || reads_waiting_ >= options_.queue_limit; }

    // The first write of a burst posts the commit behind it: what the loop has queued by then
    // shares it.
    void add(Write* write) {
        ++writes_waiting_;
        burst_.push_back(write);
        if (burst_.size() == 1) post([](Core& core) { core.hand_over(); });
    }

    void add(Read* read) {
        ++reads_waiting_;
        if (readers_)
            (read->is_long ? long_reader_ : readers_)->add({read});
        else
            post([read](Core& core) {
                look(core.snapshots_.front(), *read);
                core.finished(read);
            });
    }

    // No new work from now on; `then` is called on the loop when there is none left.
    void close(std::function<void()> then) {
        closed_ = true;
        when_idle_.push_back(std::move(then));
        tell_if_idle();
    }

private:
    void start_threads() {
        for (auto reader = 0; reader <= readers; ++reader) {
            reader_databases_.push_back(
                std::make_unique<Database>(options_.path, Database::Mode::read_only, options_.busy)
            );
            snapshots_.push_back({*reader_databases_.back()});
        }
        auto take_writes = [this](std::size_t, const std::vector<Write*>& group) {
            auto done = commit(group);
            post([group, done](Core& core) { core.finished(group, done); });
        };
        auto take_read = [this](std::size_t reader, const std::vector<Read*>& one) {
            auto read = one.front();
            look(snapshots_[reader], *read);
            post([read](Core& core) { core.finished(read); });
        };
        auto most = static_cast<std::size_t>(options_.group_limit);
        writer_ = std::make_unique<sqlite::Workers<Write*>>(1, most, take_writes);
        readers_ = std::make_unique<sqlite::Workers<Read*>>(readers, 1, take_read);
        auto take_long = [take_read](std::size_t, const std::vector<Read*>& one) {
            take_read(readers, one);
        };
        long_reader_ = std::make_unique<sqlite::Workers<Read*>>(1, 1, take_long);
    }

    // Runs `then` on the loop, if the store still stands by then. From any thread.
    template <class Then>
    void post(Then then) {
        asio::post(loop_, [core = weak_from_this(), then = std::move(then)] {
            auto alive = core.lock();
            if (alive && alive->database_) then(*alive);
        });
    }

    void hand_over() {
        auto burst = std::exchange(burst_, {});
        if (writer_) {
            writer_->add(burst);
            return;
        }
        for (auto write : burst)
            finished({write}, commit({write}));
    }

    // On the writer's thread, if there is one.
    Committed commit(const std::vector<Write*>& group) {
        auto began = std::chrono::steady_clock::now();
        auto moved = group_commit_->run(group);
        auto took = std::chrono::steady_clock::now() - began;
        return {std::move(moved), group_commit_->broken(), took};
    }

    // Touches nothing but the connection and the job.
    static void look(Snapshots& snapshots, Read& read) {
        try {
            read.work(snapshots);
        } catch (...) {
            read.thrown = std::current_exception();
        }
    }

    void finished(const std::vector<Write*>& group, const Committed& done) {
        writes_waiting_ -= static_cast<int>(group.size());
        if (options_.metrics && done.moved)
            options_.metrics->observe(measures::db_commit, {}, done.took);
        if (done.broken && !std::exchange(broken_, true) && on_broken_) on_broken_();
        for (auto write : group)
            resume(*write);
        if (done.moved && on_commit_) on_commit_(*done.moved);
        tell_if_idle();
    }

    void finished(Read* read) {
        --reads_waiting_;
        resume(*read);
        tell_if_idle();
    }

    void tell_if_idle() {
        if (writes_waiting_ > 0 || reads_waiting_ > 0) return;
        for (auto& then : std::exchange(when_idle_, {}))
            asio::post(loop_, std::move(then));
    }

    StoreOptions options_;
    asio::io_context& loop_;
    std::optional<sqlite::FileLock> lock_;
    std::unique_ptr<Database> database_;
    std::unique_ptr<sqlite::GroupCommit> group_commit_;
    std::vector<std::unique_ptr<Database>> reader_databases_;
    std::vector<Snapshots> snapshots_;
    std::unique_ptr<sqlite::Workers<Write*>> writer_;
    std::unique_ptr<sqlite::Workers<Read*>> readers_;
    std::unique_ptr<sqlite::Workers<Read*>> long_reader_;

    std::function<void(Moved)> on_commit_;
    std::function<void()> on_broken_;
    std::vector<std::function<void()>> when_idle_;
    std::vector<Write*> burst_;
    int writes_waiting_ = 0;
    int reads_waiting_ = 0;
    bool closed_ = false;
    bool broken_ = false;
};

Opened<std::unique_ptr<SqliteStore>> SqliteStore::open(
    asio::io_context& loop, StoreOptions options
) {
    try {
        sqlite::do_not_count_memory();
        auto lock = std::optional<sqlite::FileLock>{};
        if (options.path != in_memory) {
            options.path = resolved(options.path);
            make_folder_of(options.path);
            auto taken = sqlite::FileLock::take(options.path);
            if (!taken) return taken.error();
            lock = *std::move(taken);
            make_private(options.path);
        } else if (options.threads) {
            return OpenProblem{
                Errc::store_failed, "A database in memory cannot be shared by threads."};
        }

        auto core = std::make_shared<Core>(loop, options, std::move(lock));
        auto copies = backup_dir_of(options);
        auto ready =
            sqlite::migrate(core->database(), options.path, sqlite::known_migrations(), copies);
        if (!ready) return ready.error();
        core->start();
        return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(core)));
    } catch (const std::exception& problem) {
        return OpenProblem{
            Errc::store_failed,
            "The database " + options.path + " cannot be used: " + problem.what() + "."};
    }
}

SqliteStore::SqliteStore(std::shared_ptr<Core> core) : core_(std::move(core)) {}

SqliteStore::~SqliteStore() {
    core_->stop();
}

void SqliteStore::on_commit(std::function<void(Moved)> listener) {
    core_->on_commit(std::move(listener));
}

void SqliteStore::on_broken(std::function<void()> listener) {
    core_->on_broken(std::move(listener));
}

Task<> SqliteStore::close() {
    auto drain = [core = core_](std::function<void()> resume) { core->close(std::move(resume)); };
    co_await uninterrupted(drain);
    core_->stop();
}

Task<std::optional<Errc>> SqliteStore::commit(std::function<std::optional<Errc>(Transaction&)> work
) {
    if (auto refused = core_->refusal()) co_return *refused;

    auto write = Write{};
    write.work = std::move(work);
    auto start = [core = core_, &write](std::function<void()> resume) {
        write.resume = std::move(resume);
        core->add(&write);
    };
    co_await uninterrupted(start);
    if (write.thrown) std::rethrow_exception(write.thrown);
    co_return write.error;
}

Task<> SqliteStore::look(std::function<void(View&)> work) {
    auto on_snapshot = [work = std::move(work)](Snapshots& snapshots) { look_at(snapshots, work); };
    co_await on_a_reader(on_snapshot);
}

Task<Verification> SqliteStore::verify() {
    auto found = Verification{};
    auto walk = [&found](Snapshots& snapshots) {
        look_at(snapshots, [&found](SqliteTransaction& view) {
            found = sqlite::verify_chain(view.database());
        });
    };
    co_await on_a_reader(walk, true);
    co_return found;
}

Task<Footprint> SqliteStore::footprint() {
    auto found = Footprint{};
    auto measure = [path = core_->path(), &found](Snapshots& snapshots) {
        auto version = snapshots.database.value<int>("SELECT max(version) FROM migration");
        found.has_newest_schema = version == sqlite::known_migrations().back().version;
        found.database = size_of(path);
        found.log = size_of(path + "-wal");
        auto problem = std::error_code{};
        auto space = std::filesystem::space(std::filesystem::path(path).parent_path(), problem);
        if (!problem) found.free = space.available;
    };
    co_await on_a_reader(measure);
    co_return found;
}

Task<std::optional<OpenProblem>> SqliteStore::back_up(std::string target) {
    auto problem = std::optional<OpenProblem>{};
    auto copy = [path = core_->path(), &target, &problem](Snapshots&) {
        auto done = muster::back_up(path, target);
        if (!done) problem = done.error();
    };
    co_await on_a_reader(copy, true);
    co_return problem;
}

Task<> SqliteStore::on_a_reader(std::function<void(Snapshots&)> work, bool is_long) {
    auto core = core_;
    if (core->refuses_reads()) throw std::runtime_error("the store takes no more questions");

    auto read = Read{std::move(work), is_long};
    auto start = [core, &read](std::function<void()> resume) {
        read.resume = std::move(resume);
        core->add(&read);
    };
    co_await uninterrupted(start);
    if (read.thrown) std::rethrow_exception(read.thrown);
}

}  // namespace muster
