#include "tests/sim/simulation.hpp"

namespace muster::sim {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

// Which faults a run has; each is switched on in half of the runs.
struct Weather {
    explicit Weather(Random& random) {
        auto half = [&] { return random.chance(0.5); };
        platform = {half(), half(), half(), half(), random.chance(0.25), half(), half()};
        lose_inputs = half();
        double_inputs = half();
        reorder_inputs = half();
        deaths = half();
        long_downtimes = half();
        graceful_stops = half();
        clock_steps = random.chance(0.3);
        suspensions = random.chance(0.3);
        if (random.chance(0.1)) *this = Weather{};
    }

    Weather() = default;

    PlatformFaults platform;
    bool lose_inputs = false;
    bool double_inputs = false;
    bool reorder_inputs = false;
    bool deaths = false;
    bool long_downtimes = false;
    bool graceful_stops = false;
    bool clock_steps = false;
    bool suspensions = false;
};

// Things that happen to the bot from outside, in the order of time.
class Fate {
public:
    Fate(World& world, Random& random, const Weather& weather)
        : world_(world), random_(random), weather_(weather) {}

    void befall_until(Instant end) {
        while (world_.now() < end) {
            world_.run_for(random_.between(milliseconds{20min}, milliseconds{10h}));
            if (!world_.is_up()) continue;
            if (weather_.clock_steps && random_.chance(0.1)) step_clock();
            if (weather_.suspensions && random_.chance(0.1)) suspend();
            if (!world_.is_up()) continue;  // it may have died meanwhile
            if (weather_.graceful_stops && random_.chance(0.15)) restart();
            if (weather_.deaths && random_.chance(0.1)) world_.kill_bot();
        }
    }

    milliseconds pause() {
        if (!weather_.long_downtimes || random_.chance(0.7))
            return random_.between(1'000ms, milliseconds{10min});
        return random_.chance(0.8) ? random_.between(milliseconds{30min}, milliseconds{6h})
                                   : random_.between(milliseconds{24h}, milliseconds{72h});
    }

private:
    void step_clock() {
        auto by = random_.one_of<milliseconds>({1h, 24h, 10min, 2s, -2s, -10min, -1h, -24h});
        world_.step_clock(by);
    }

    // As if its token had been revoked, until somebody mends that.
    void suspend() {
        world_.platform().suspend();
        world_.run_for(random_.between(milliseconds{1min}, milliseconds{6h}));
        world_.platform().resume();
    }

    void restart() {
        world_.stop_bot();
        world_.run_for(pause());
        if (!world_.is_up()) world_.start_bot();
    }

    World& world_;
    Random& random_;
    const Weather& weather_;
};

WorldOptions options_of(std::uint64_t seed, Topology topology, const Weather& weather) {
    return {
        .seed = seed,
        .start = topology.start,
        .wanted = std::move(topology.wanted),
        .platform = weather.platform,
        .dying = weather.deaths ? 0.002 : 0,
        .lose_inputs = weather.lose_inputs,
        .double_inputs = weather.double_inputs,
        .reorder_inputs = weather.reorder_inputs,
        .longest_echo = Random{seed + 5'000'000}.chance(0.5) ? 3min : 0min,
    };
}

void expect_deaf_to_repeats(World& world, Report& report) {
    auto before = world.look([](View& view) { return Invariants::hash_of(view); });
    report.inputs = world.tell_everything_again(days{9});
    auto after = world.look([](View& view) { return Invariants::hash_of(view); });
    if (before != after) world.invariants().violate("I9: a repeated input changed something");
}

}  // namespace

Report simulate(std::uint64_t seed, days length) {
    Random random{seed};
    Weather weather{random};
    World world{options_of(seed, some_topology(random), weather)};
    Fate fate{world, random, weather};
    world.restart_after([&fate] { return fate.pause(); });

    Report report;
    report.seed = seed;
    auto start = world.now();
    People people{world, seed};
    try {
        people.begin(start + length);
        fate.befall_until(start + length);
        people.rest();
        world.heal();
        world.run_for(days{2});
        expect_deaf_to_repeats(world, report);
        world.look([&](View& view) {
            world.invariants().check_end(
                view, world.platform(), start, world.now(), world.latest()
            );
            return 0;
        });
        report.hash = world.hash();
    } catch (const std::exception& problem) {
        world.invariants().violate(std::string("stopped: ") + problem.what());
    }
    report.violations = world.invariants().violations();
    if (!report.violations.empty())
        report.events = {world.trace().lines().begin(), world.trace().lines().end()};
    report.simulated = world.now() - start;
    report.prompts = world.invariants().prompts();
    report.answers = people.answers();
    report.deaths = world.deaths();
    report.healed = world.trace().count("delivery.duplicate_healed");
    report.possible_copies = world.trace().count("delivery.possible_duplicate");
    return report;
}

}  // namespace muster::sim
