#pragma once

#include <filesystem>

#include <boost/asio/io_context.hpp>

#include "adapters/system/entropy.hpp"
#include "adapters/system/virtual_clock.hpp"
#include "bot/app/service.hpp"
#include "storage/sqlite/sqlite_store.hpp"

namespace muster::bench {

// A folder on the disk of the working directory, gone with it: what is measured is a real disk.
class Folder {
public:
    Folder();
    ~Folder();

    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

StoreOptions in_memory();
StoreOptions in_file(const Folder&);

// Who writes nothing down.
class SilentLog final : public Log {
public:
    void write(Severity, std::string_view, const Fields&) override {}
};

// One team of that many people in London with a stand-up at half past nine, from Monday 5 January
// 2026 on. Days pass when the test says so, by the decisions of the bot itself; nobody carries its
// messages.
class Agency {
public:
    explicit Agency(int members, StoreOptions options = in_memory());
    ~Agency();

    // Opens the next day's stand-up and asks everybody.
    void open_day();

    // The first `people` answer with a line each; then, where history is wanted, what was to be
    // sent counts as sent and the day is closed.
    void everybody_answers(int people);
    void close_day();

    void live(int days);

    int members() const { return members_; }

    Inbound line_of(int member, std::string words);

    PersonId person(int member) const { return people_[static_cast<std::size_t>(member)]; }

    RunId newest_run();

    Store& store() { return *store_; }

    boost::asio::io_context& loop() { return loop_; }

    VirtualClock& clock() { return clock_; }

    Instant now() const { return now_; }

    template <class T>
    T result_of(Task<T> task) {
        std::optional<T> result;
        auto keep = [](Task<T> inner, std::optional<T>& into) -> Task<> {
            into.emplace(co_await std::move(inner));
        };
        tasks_.spawn(keep(std::move(task), result));
        loop_.restart();
        while (!result && loop_.run_one() > 0) {
        }
        return std::move(result).value();
    }

    template <class Work>
    auto write(Work work) {
        return result_of(store_->write(std::move(work))).value();
    }

    template <class Work>
    auto look(Work work) {
        return result_of(store_->read(std::move(work)));
    }

    TaskGroup& tasks() { return tasks_; }

private:
    void fire(TimerKind kind);

    int members_;
    boost::asio::io_context loop_;
    VirtualClock clock_;
    SeededEntropy entropy_{1};
    TaskGroup tasks_;
    std::unique_ptr<SqliteStore> store_;
    std::vector<PersonId> people_;
    Instant now_;
    int requests_ = 0;
};

}  // namespace muster::bench
