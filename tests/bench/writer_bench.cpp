#include <chrono>
#include <map>

#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include "tests/bench/agency.hpp"

// How many answers a second become durable: three rows each, in a file, every commit synced. Beside
// it, in the same run, what SQLite does when each answer has a transaction of its own; the counter
// `against_bare` is the ratio of the two.
namespace muster::bench {
namespace {

using Seconds = std::chrono::duration<double>;
using Watch = std::chrono::steady_clock;

double bare_per_second = 0;

// ---- the peer

class BareDatabase {
public:
    explicit BareDatabase(const std::string& path) {
        sqlite3_open(path.c_str(), &database_);
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = FULL");
        run("CREATE TABLE answer (round INTEGER, question TEXT, text TEXT, at INTEGER, "
            "PRIMARY KEY (round, question)) WITHOUT ROWID");
        run("CREATE TABLE round (id INTEGER PRIMARY KEY, phase TEXT, answered_at INTEGER)");
        run("CREATE TABLE inbox_key (connection INTEGER, key TEXT, at INTEGER, "
            "PRIMARY KEY (connection, key)) WITHOUT ROWID");
        begin_ = prepared("BEGIN IMMEDIATE");
        commit_ = prepared("COMMIT");
        answer_ = prepared("INSERT INTO answer VALUES (?, 'today', 'Finish the refund form', 1)");
        round_ = prepared(
            "INSERT INTO round VALUES (1, 'answered', ?) ON CONFLICT (id) DO UPDATE SET "
            "answered_at = excluded.answered_at"
        );
        key_ = prepared("INSERT INTO inbox_key VALUES (1, ?, 1)");
    }

    ~BareDatabase() {
        for (auto* statement : {begin_, commit_, answer_, round_, key_})
            sqlite3_finalize(statement);
        sqlite3_close(database_);
    }

    BareDatabase(const BareDatabase&) = delete;
    BareDatabase& operator=(const BareDatabase&) = delete;

    void write(std::int64_t number) {
        step(begin_);
        for (auto* statement : {answer_, round_, key_}) {
            sqlite3_bind_int64(statement, 1, number);
            step(statement);
        }
        step(commit_);
    }

private:
    void run(const char* sql) {
        if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(database_));
    }

    sqlite3_stmt* prepared(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(database_, sql, -1, &statement, nullptr);
        return statement;
    }

    void step(sqlite3_stmt* statement) {
        if (sqlite3_step(statement) != SQLITE_DONE)
            throw std::runtime_error(sqlite3_errmsg(database_));
        sqlite3_reset(statement);
    }

    sqlite3* database_ = nullptr;
    sqlite3_stmt *begin_, *commit_, *answer_, *round_, *key_;
};

void bare_sqlite_transaction_per_answer(benchmark::State& state) {
    Folder folder;
    BareDatabase database{folder.file("bare.db")};
    std::int64_t number = 0;
    auto began = Watch::now();
    for (auto _ : state)
        database.write(++number);
    bare_per_second = static_cast<double>(number) / Seconds(Watch::now() - began).count();
    state.SetItemsProcessed(number);
}

BENCHMARK(bare_sqlite_transaction_per_answer)->UseRealTime();

// ---- ours

// One caller after another of as many as there are; each waits for its commit before the next.
Task<> keep_writing(Agency& agency, Round round, int caller, int writes, std::int64_t& written) {
    for (int write = 0; write < writes; ++write) {
        auto number = ++written * 1'000 + caller;
        auto now = agency.now();
        auto record = [number, round, now](Transaction& transaction) mutable -> Result<int> {
            round.answered_at = now;
            Answer answer;
            answer.round = round.id;
            answer.question = "today " + std::to_string(number);  // so that it is a new row
            answer.text = "Finish the refund form";
            answer.at = now;
            Decision decision;
            decision.changes = {round, answer};
            transaction.apply(decision, now);
            transaction.keep(ConnectionId{1}, {"key-" + std::to_string(number)}, NoReply{}, now);
            return 0;
        };
        auto stored = co_await agency.store().write(record);
        if (!stored) throw std::runtime_error(name(stored.error()));
    }
}

void store_write_by_callers(benchmark::State& state) {
    Folder folder;
    Agency agency{2, in_file(folder)};
    agency.open_day();
    auto find = [run = agency.newest_run()](View& view) { return view.rounds_of(run).at(0); };
    auto round = agency.look(find);
    auto callers = static_cast<int>(state.range(0));
    constexpr int writes_each = 20;
    std::int64_t written = 0;
    auto began = Watch::now();
    for (auto _ : state) {
        for (int caller = 0; caller < callers; ++caller)
            agency.tasks().spawn(keep_writing(agency, round, caller, writes_each, written));
        agency.loop().restart();
        while (agency.tasks().size() > 0)
            agency.loop().run_one();
    }
    auto per_second = static_cast<double>(written) / Seconds(Watch::now() - began).count();
    state.SetItemsProcessed(written);
    if (bare_per_second > 0) state.counters["against_bare"] = per_second / bare_per_second;
}

BENCHMARK(store_write_by_callers)->Arg(1)->Arg(16)->Arg(64)->UseRealTime();

}  // namespace
}  // namespace muster::bench
