#include <benchmark/benchmark.h>

#include "bot/domain/standup.hpp"
#include "tests/bench/agency.hpp"

// Zones and occurrences: pure functions that every decision calls.
namespace muster::bench {
namespace {

const std::vector<ZoneName> zones = {
    "Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Chatham", "Africa/Casablanca"};

void local_time_of_an_instant(benchmark::State& state) {
    auto now = *instant_from("2026-03-29T00:30:00.000Z");
    std::size_t turn = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(local_time(zones[turn++ % zones.size()], now));
        now += 17min;
    }
}

BENCHMARK(local_time_of_an_instant);

void instant_of_a_local_time(benchmark::State& state) {
    auto day = *date_from("2026-03-29");
    std::size_t turn = 0;
    int days = 0;
    for (auto _ : state)
        benchmark::DoNotOptimize(
            instant_at(zones[turn++ % zones.size()], add_days(day, days++ % 3'000), 9h + 30min)
        );
}

BENCHMARK(instant_of_a_local_time);

void next_planned_occurrence(benchmark::State& state) {
    Agency agency{static_cast<int>(state.range(0))};
    auto find = [&](View& view) { return *view.roster(view.teams().at(0).id, agency.now()); };
    auto roster = agency.look(find);
    const auto& ceremony = roster.ceremonies.at(0);
    for (auto _ : state)
        benchmark::DoNotOptimize(standup::next_planned(ceremony, roster, agency.now(), {}));
}

BENCHMARK(next_planned_occurrence)->Arg(9)->Arg(50)->Arg(500)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace muster::bench
