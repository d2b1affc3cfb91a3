#pragma once

#include <boost/asio/io_context.hpp>

#include "adapters/system/entropy.hpp"
#include "adapters/system/virtual_clock.hpp"
#include "tests/sim/other_side.hpp"
#include "tests/sim/scratch_folder.hpp"
#include "tests/sim/slack_weather.hpp"
#include "tests/sim/topology.hpp"

namespace muster::sim {

class SlackSide;

struct WorldOptions {
    std::uint64_t seed = 1;
    Instant start{};
    settings::Wanted wanted;
    PlatformFaults platform;
    double dying = 0;  // chance of a death per write and per platform call
    InputFaults inputs;
    // The platform shows the bot what the bot posted, at most so much later; 0 = it never does.
    milliseconds longest_echo{0};
    // The platform is Slack, with the real adapter in front of it. None: it is a pure model, which
    // `platform` and `longest_echo` are of.
    std::optional<SlackWeather> slack = std::nullopt;
};

// One world on virtual time: the real bot over the real store, an other side that outlives it, and
// people. Everything in it follows from its options: the same ones give the same history.
class World {
public:
    explicit World(WorldOptions);
    ~World();

    World(const World&) = delete;
    World& operator=(const World&) = delete;

    // ---- time

    Instant now() const { return clock_.now(); }

    void run_until(Instant);

    void run_for(milliseconds length) { run_until(now() + length); }

    // Somebody sets the wall clock.
    void step_clock(milliseconds by);

    // `act` happens on the loop, that much later.
    void after(milliseconds delay, std::function<void()> act);

    // ---- the bot

    bool is_up() const { return bot_ && bot_->is_up() && !is_stopping_; }

    void start_bot();
    void stop_bot();  // as SIGTERM does
    void kill_bot();  // as SIGKILL does

    // As SIGTERM does, while the next call to the platform is under way (F33).
    void stop_bot_at_next_call() { stops_at_next_call_ = true; }

    // How long a bot that died lies there before somebody starts it again.
    void restart_after(std::function<milliseconds()> choose) { choose_pause_ = std::move(choose); }

    // As `muster apply` beside the running bot. Not from within the loop.
    void change_settings_to(settings::Wanted);

    using TeamChange = std::function<void(settings::WantedTeam&)>;

    // As somebody in chat does, whatever goes on (F32). `done` is not called when the bot is down,
    // or dies of it.
    void change_team(const std::string& key, TeamChange how, std::function<void()> done);

    // No more faults, no more deaths.
    void heal();

    // A look into the store; the bot must be up. Not from within the loop.
    template <class Work>
    auto look(Work work) {
        std::optional<std::invoke_result_t<Work&, View&>> result;
        auto read = [&result, &work](View& view) {
            result.emplace(work(view));
            return 0;
        };
        auto task = [](Store& store, decltype(read)& reading) -> Task<> {
            co_await store.read(reading);
        };
        run_now(task(bot_->store, read));
        return std::move(*result);
    }

    // ---- people

    // This person does that: the platform tells the bot, until the bot has acknowledged it. Each of
    // the keys would do to recognise it again. Null: it cannot be done, or not any more.
    std::shared_ptr<Input> tell(
        const std::string& account,
        InboundEvent event,
        std::vector<std::string> keys,
        std::function<void(const Reply&)> on_reply = {}
    );
    std::vector<std::string> new_keys(int number);
    std::string new_line_id();

    // Everything that was acknowledged, again, now. The number of inputs.
    int tell_everything_again(milliseconds not_older_than);

    // ---- what there is

    const WorldOptions& options() const { return options_; }

    OtherSide& other_side() { return *other_side_; }

    // Of a world without Slack, and of one with it.
    SimulatedPlatform& platform();
    SlackSide& slack_side();

    Trace& trace() { return trace_; }

    Random& random() { return random_; }

    Invariants& invariants() { return invariants_; }

    int deaths() const { return deaths_; }

    Instant latest() const { return latest_; }  // the furthest that the wall clock has been

    // Of everything that happened: two runs of one seed have the same.
    std::uint64_t hash();

private:
    std::unique_ptr<OtherSide> new_other_side();
    void apply_settings();
    void bury();
    Task<> stop_gently();
    void finish_stopping();
    void run_now(Task<> task);
    void endanger();
    void check(Call, DeliveryId, const Destination&, const Message&);

    WorldOptions options_;
    ScratchFolder folder_;
    boost::asio::io_context loop_;
    VirtualClock clock_;
    SeededEntropy entropy_;
    Random random_;
    Random dice_of_death_;
    Trace trace_;
    TaskGroup tasks_;  // everything but the bot
    Invariants invariants_;
    std::unique_ptr<OtherSide> other_side_;
    std::unique_ptr<Process> bot_;
    std::function<milliseconds()> choose_pause_;
    std::optional<SteadyInstant> restart_at_;
    std::vector<std::shared_ptr<Input>> inputs_;
    Instant latest_;
    int next_key_ = 1;
    int deaths_ = 0;
    bool healing_ = false;
    bool stops_at_next_call_ = false;
    bool is_stopping_ = false;
};

}  // namespace muster::sim
