#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "storage/sqlite/sqlite_store.hpp"
#include "tests/unit/storage/sqlite/memory_database.hpp"

namespace muster::sqlite {

// The store on a loop that runs only when asked to.
struct Harness {
    explicit Harness(bool threads = true) : Harness(options(threads)) {}

    explicit Harness(StoreOptions options) : store(SqliteStore::open(loop, options).value()) {}

    static StoreOptions options(bool threads) {
        auto options = StoreOptions{};
        options.path = threads ? folder().file("muster.db") : ":memory:";
        options.threads = threads;
        return options;
    }

    // Emptied at the end of the program; each test has its own name below it.
    static Folder& folder() {
        static auto tests = std::vector<std::unique_ptr<Folder>>{};
        return *tests.emplace_back(std::make_unique<Folder>());
    }

    template <class T>
    void spawn(Task<T> task, std::optional<T>& result, std::exception_ptr& thrown) {
        auto done = [&](std::exception_ptr problem, T value) {
            thrown = problem;
            if (!problem) result = std::move(value);
        };
        boost::asio::co_spawn(loop, std::move(task), done);
    }

    // Runs the loop until this task and all before it have ended; throws what it threw.
    template <class T>
    T run(Task<T> task) {
        auto result = std::optional<T>{};
        auto thrown = std::exception_ptr{};
        spawn(std::move(task), result, thrown);
        loop.restart();
        loop.run();
        if (thrown) std::rethrow_exception(thrown);
        return *std::move(result);
    }

    void run(Task<> task) {
        auto finish = [](Task<> all) -> Task<bool> {
            co_await std::move(all);
            co_return true;
        };
        run(finish(std::move(task)));
    }

    void apply(const Decision& decision, Instant now) {
        auto work = [decision, now](Transaction& transaction) -> Result<bool> {
            transaction.apply(decision, now);
            return true;
        };
        run(store->write(work)).value();
    }

    boost::asio::io_context loop;
    std::unique_ptr<SqliteStore> store;
};

}  // namespace muster::sqlite
