#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace muster::sqlite {

// Threads that take items from one queue, in order, several at a time. The queue has no bound of
// its own: whoever adds to it counts.
template <class Item>
class Workers {
public:
    using Take = std::function<void(std::size_t worker, const std::vector<Item>& items)>;

    // `take` runs on the threads and must not throw. It gets what is queued, at most `most` at a
    // time.
    Workers(std::size_t threads, std::size_t most, Take take)
        : most_(most), take_(std::move(take)) {
        for (std::size_t worker = 0; worker < threads; ++worker)
            threads_.emplace_back([this, worker] { work(worker); });
    }

    ~Workers() { drain_and_join(); }

    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    void add(const std::vector<Item>& items) {
        {
            auto lock = std::lock_guard(mutex_);
            queue_.insert(queue_.end(), items.begin(), items.end());
        }
        if (items.size() > most_)
            wake_.notify_all();
        else
            wake_.notify_one();
    }

    void drain_and_join() {
        {
            auto lock = std::lock_guard(mutex_);
            ending_ = true;
        }
        wake_.notify_all();
        for (auto& thread : threads_)
            if (thread.joinable()) thread.join();
    }

private:
    void work(std::size_t worker) {
        for (auto items = next(); !items.empty(); items = next())
            take_(worker, items);
    }

    // Empty: the end.
    std::vector<Item> next() {
        auto lock = std::unique_lock(mutex_);
        wake_.wait(lock, [this] { return ending_ || !queue_.empty(); });
        auto count = static_cast<std::ptrdiff_t>(std::min(most_, queue_.size()));
        auto items = std::vector<Item>(queue_.begin(), queue_.begin() + count);
        queue_.erase(queue_.begin(), queue_.begin() + count);
        return items;
    }

    std::size_t most_;
    Take take_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Item> queue_;
    bool ending_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace muster::sqlite
