#include <benchmark/benchmark.h>

#include "bot/app/compose.hpp"
#include "tests/bench/agency.hpp"

// What a look at the store and a message cost, by the size of the team.
namespace muster::bench {
namespace {

// Everybody has answered but one.
Agency& agency_of(int members) {
    static std::map<int, std::unique_ptr<Agency>> agencies;
    auto& agency = agencies[members];
    if (!agency) {
        agency = std::make_unique<Agency>(members);
        agency->open_day();
        agency->everybody_answers(members - 1);
    }
    return *agency;
}

// Measures `ask` inside one snapshot, without the way there.
template <class Ask>
void measure(benchmark::State& state, Agency& agency, Ask ask) {
    auto many = [&](View& view) {
        for (auto _ : state)
            benchmark::DoNotOptimize(ask(view));
        return 0;
    };
    agency.look(many);
}

void read_answerable_turn(benchmark::State& state) {
    auto& agency = agency_of(static_cast<int>(state.range(0)));
    auto person = agency.person(agency.members() / 2);
    measure(state, agency, [&](View& view) { return view.answerable_turns(person, agency.now()); });
}

BENCHMARK(read_answerable_turn)->Arg(9)->Arg(50)->Arg(500)->Unit(benchmark::kMicrosecond);

void read_board(benchmark::State& state) {
    auto& agency = agency_of(static_cast<int>(state.range(0)));
    auto run = agency.newest_run();
    measure(state, agency, [&](View& view) { return view.board(run); });
}

BENCHMARK(read_board)->Arg(9)->Arg(50)->Arg(500)->Unit(benchmark::kMicrosecond);

// The board and its words.
void compose_summary(benchmark::State& state) {
    auto& agency = agency_of(static_cast<int>(state.range(0)));
    auto run = agency.newest_run();
    auto find = [run](View& view) { return view.deliveries_of(Purpose::summary, run.value).at(0); };
    auto summary = agency.look(find);
    measure(state, agency, [&](View& view) { return compose(view, summary, agency.now()); });
}

BENCHMARK(compose_summary)->Arg(9)->Arg(50)->Arg(500)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace muster::bench
