#pragma once

#include "bot/app/service.hpp"
#include "bot/ports/metrics.hpp"
#include "tests/sim/mortal_store.hpp"

namespace muster::sim {

// One process of the bot over the store that all of them share: from its start to its end, or its
// death.
struct Process {
    // Everything must outlive it. `dying` is the chance of a death per write.
    Process(
        TaskGroup::Executor executor,
        std::unique_ptr<Store> opened,
        Clock& clock,
        Entropy& entropy,
        Log& log,
        Random& dice,
        double dying
    )
        : file(std::move(opened)),
          store(*file, dice, dying),
          service(executor, store, clock, entropy, log, metrics),
          requests(executor, [](std::exception_ptr problem) { std::rethrow_exception(problem); }) {}

    bool is_up() const { return !store.is_dead(); }

    std::unique_ptr<Store> file;
    MortalStore store;
    Metrics metrics;
    Service service;
    TaskGroup requests;
};

}  // namespace muster::sim
