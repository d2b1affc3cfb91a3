#include <benchmark/benchmark.h>

#include "tests/bench/agency.hpp"

// One answer end to end, as an adapter hands it in: keys, state, decision, commit, reply. The team
// of nine has so many days of stand-ups behind it; the cost should not grow with them. In memory,
// so that it is not the disk that is measured (writer_bench.cpp does that).
namespace muster::bench {
namespace {

void intake_of_an_answer(benchmark::State& state) {
    constexpr int team = 9;
    Agency agency{team};
    agency.live(static_cast<int>(state.range(0)));
    agency.open_day();
    agency.clock().run_until(agency.now() + 5min);
    SilentLog log;
    Intake intake{agency.store(), agency.clock(), log, agency.tasks()};

    int number = 0;
    for (auto _ : state) {
        auto inbound = agency.line_of(number % team, "t: Test refunds " + std::to_string(number));
        ++number;
        auto arrived = agency.clock().steady_now();
        auto taken = agency.result_of(intake.take(std::move(inbound), arrived));
        if (!taken) state.SkipWithError(name(taken.error()));
    }
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(intake_of_an_answer)
    ->Arg(10)
    ->Arg(100)
    ->Arg(1'000)
    ->Unit(benchmark::kMicrosecond)
    ->Iterations(2'000);

}  // namespace
}  // namespace muster::bench
