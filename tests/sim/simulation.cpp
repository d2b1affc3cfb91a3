#include "tests/sim/simulation.hpp"

#include "tests/sim/mishaps.hpp"

namespace muster::sim {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

// Which faults a run has; each is switched on in half of the runs.
struct Weather {
    explicit Weather(Random& random) {
        auto half = [&] { return random.chance(0.5); };
        platform = {half(), half(), half(), half(), random.chance(0.25), half(), half()};
        inputs = {half(), half(), half()};
        deaths = half();
        long_downtimes = half();
        graceful_stops = half();
        clock_steps = random.chance(0.3);
        if (random.chance(0.1)) *this = Weather{};
    }

    Weather() = default;

    PlatformFaults platform;
    InputFaults inputs;
    bool deaths = false;
    bool long_downtimes = false;
    bool unnoticed_deaths = false;
    bool graceful_stops = false;
    bool clock_steps = false;
};

// The same for Slack: some kinds of trouble stand for several of the model's, and each for one of
// Slack's own.
SlackWeather slack_weather(std::uint64_t seed, const Mishaps& mishaps) {
    using Kind = fake_slack::Trouble::Kind;
    constexpr double now_and_then = 0.05;
    constexpr double seldom = 0.005;  // the whole connection is refused after one of these
    Random random{seed + 6'000'000};
    SlackWeather weather;
    for (auto kind :
         {Kind::rate_limited,
          Kind::server_error_before,
          Kind::server_error_after,
          Kind::internal_error_before,
          Kind::internal_error_after,
          Kind::schema_drift,
          Kind::cut_answer,
          Kind::hidden,
          Kind::not_connected,
          Kind::reset_before,
          Kind::reset_after,
          Kind::answer_lost,
          Kind::slow})
        if (random.chance(0.5)) weather.calls[kind] = now_and_then;
    if (random.chance(0.3)) weather.calls[Kind::token_revoked] = seldom;
    weather.payloads_drift = random.chance(0.5);
    weather.shows_channels = random.chance(0.5);
    weather.short_pages = random.chance(0.5);
    if (random.chance(0.1)) weather = {.calls = {}, .shows_channels = true};
    weather.shuts_out = mishaps.removals;
    weather.loses_channels = mishaps.lost_channels;
    Random ways{seed + 11'000'000};
    weather.sockets = ways.chance(0.5);
    weather.slow_hello = ways.chance(0.5);
    weather.sets_up_in_chat = mishaps.sets_up_in_chat;
    return weather;
}

// Things that happen to the bot from outside, in the order of time.
class Fate {
public:
    Fate(World& world, Random& random, const Weather& weather, Misfortune& misfortune)
        : world_(world), random_(random), weather_(weather), misfortune_(misfortune) {}

    void befall_until(Instant end) {
        while (world_.now() < end) {
            world_.run_for(random_.between(milliseconds{20min}, milliseconds{10h}));
            misfortune_.strike();
            if (!world_.is_up()) continue;
            if (weather_.clock_steps && random_.chance(0.1)) step_clock();
            if (weather_.graceful_stops && random_.chance(0.15)) restart();
            if (weather_.deaths && random_.chance(0.1)) world_.kill_bot();
        }
    }

    milliseconds pause() {
        // Long enough for people to type what the platform then tells no more.
        if (weather_.unnoticed_deaths && random_.chance(0.3))
            return random_.between(milliseconds{8min}, milliseconds{100min});
        if (!weather_.long_downtimes || random_.chance(0.7))
            return random_.between(1'000ms, milliseconds{10min});
        return random_.chance(0.8) ? random_.between(milliseconds{30min}, milliseconds{6h})
                                   : random_.between(milliseconds{24h}, milliseconds{72h});
    }

private:
    // Slack signs with its own time and does not take ours: what is more than minutes away from it
    // is no fault of a run but the end of all that comes in.
    void step_a_little() {
        auto by = clock_is_off_ > 0ms || clock_is_off_ < 0ms
                      ? -clock_is_off_
                      : random_.one_of<milliseconds>({2s, -2s, 40s, -40s});
        clock_is_off_ += by;
        world_.step_clock(by);
    }

    void step_clock() {
        if (world_.options().slack) return step_a_little();
        auto by = random_.one_of<milliseconds>({1h, 24h, 10min, 2s, -2s, -10min, -1h, -24h});
        world_.step_clock(by);
    }

    void restart() {
        world_.stop_bot();
        world_.run_for(pause());
        if (!world_.is_up()) world_.start_bot();
    }

    World& world_;
    Random& random_;
    const Weather& weather_;
    Misfortune& misfortune_;
    milliseconds clock_is_off_{0};
};

WorldOptions options_of(
    std::uint64_t seed,
    Topology topology,
    const Weather& weather,
    const Mishaps& mishaps,
    Platform platform
) {
    WorldOptions options{
        .seed = seed,
        .start = topology.start,
        .wanted = std::move(topology.wanted),
        .platform = weather.platform,
        .dying = weather.deaths ? 0.002 : 0,
        .inputs = weather.inputs,
        .longest_echo = Random{seed + 5'000'000}.chance(0.5) ? 3min : 0min,
    };
    if (platform == Platform::slack) options.slack = slack_weather(seed, mishaps);
    return options;
}

void expect_deaf_to_repeats(World& world, Report& report) {
    auto before = world.look([](View& view) { return Invariants::hash_of(view); });
    auto shown = world.other_side().replies_shown();
    report.inputs = world.tell_everything_again(days{9});
    auto after = world.look([](View& view) { return Invariants::hash_of(view); });
    if (before != after) world.invariants().violate("I9: a repeated input changed something");
    if (!world.options().slack) return;
    world.run_for(1min);
    if (world.other_side().replies_shown() != shown)
        world.invariants().violate("I9: a repeated input was answered once more");
}

// What is doubled in trouble is single again soon after it (spec/reliability.md, I2).
void expect_no_doubles_soon(World& world) {
    world.run_for(2min);
    world.look([&](View& view) {
        world.invariants().check_nothing_is_doubled(view, world.other_side());
        return 0;
    });
}

}  // namespace

Report simulate(std::uint64_t seed, days length, Platform platform) {
    Random random{seed};
    Weather weather{random};
    weather.unnoticed_deaths = Random{seed + 13'000'000}.chance(0.5);
    auto mishaps = some_mishaps(seed);
    if (platform == Platform::slack && Random{seed + 12'000'000}.chance(0.3))
        mishaps = beginning_from_nothing(mishaps);
    World world{options_of(seed, some_topology(random), weather, mishaps, platform)};
    Misfortune misfortune{world, seed, mishaps};
    Fate fate{world, random, weather, misfortune};
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
        misfortune.end();
        if (platform == Platform::slack) expect_no_doubles_soon(world);
        world.run_for(days{2});
        expect_deaf_to_repeats(world, report);
        world.look([&](View& view) {
            report.teams_set_up =
                mishaps.sets_up_in_chat ? static_cast<int>(view.teams().size()) : 0;
            world.invariants().check_end(
                view, world.other_side(), start, world.now(), world.latest()
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
    report.mishaps = misfortune.strikes();
    report.read_back = world.invariants().read_back();
    report.healed = world.trace().count("delivery.duplicate_healed");
    report.possible_copies = world.trace().count("delivery.possible_duplicate");
    return report;
}

}  // namespace muster::sim
