#pragma once

#include "storage/store.hpp"
#include "tests/fakes/random.hpp"

namespace muster::sim {

// The real store, of a process that can die at any write: before its commit, or after it and before
// anybody was told. A dead process reads and writes nothing more; its coroutines end as if
// cancelled.
class MortalStore final : public Store {
public:
    // `store` must outlive it. `dying` is the chance of a death per write.
    MortalStore(Store& store, Random& random, double dying)
        : store_(store), random_(random), dying_(dying) {}

    bool is_dead() const { return dead_; }

    void die() { dead_ = true; }

    void be_safe() { dying_ = 0; }

    // Throws as a cancelled operation does, if the process has died.
    void go_on_living() const;

    void on_commit(std::function<void(Moved)> listener) override;
    Task<> close() override;

private:
    Task<std::optional<Errc>> commit(std::function<std::optional<Errc>(Transaction&)> work
    ) override;
    Task<> look(std::function<void(View&)> work) override;

    Store& store_;
    Random& random_;
    double dying_;
    bool dead_ = false;
};

}  // namespace muster::sim
