#include "tests/sim/world.hpp"

#include <algorithm>

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include "bot/app/settings_change.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "tests/sim/model_side.hpp"
#include "tests/sim/occurrences.hpp"
#include "tests/sim/slack_side.hpp"

namespace muster::sim {
namespace {

using namespace std::chrono_literals;

constexpr auto quantum = 20s;  // how soon the world notices a death

const char* kind_of(const InboundEvent& event) {
    struct Kind {
        const char* operator()(const Said&) { return "says"; }

        const char* operator()(const Edited&) { return "edits"; }

        const char* operator()(const Deleted&) { return "deletes"; }

        const char* operator()(const Pressed& pressed) { return name(pressed.verb); }

        const char* operator()(const Submitted&) { return "submits"; }

        const char* operator()(const Dismissed&) { return "dismisses"; }

        const char* operator()(const Commanded&) { return "commands"; }

        const char* operator()(const HomeOpened&) { return "looks at their page"; }

        const char* operator()(const Seen&) { return "the platform shows"; }

        const char* operator()(const BlockerWanted&) { return "wants to raise a blocker"; }

        const char* operator()(const ConnectionLost&) { return "the platform lets us in no more"; }

        const char* operator()(const PersonChanged&) { return "an account changes"; }

        const char* operator()(const Left&) { return "a place is lost"; }

        const char* operator()(const Reopened&) { return "a place is open again"; }

        const char* operator()(const PlaceMoved&) { return "a place moves"; }

        const char* operator()(const QuietWanted&) { return "somebody wants quiet"; }

        const char* operator()(const GroupChanged&) { return "a group of people changes"; }

        const char* operator()(const Introduced&) { return "a platform says who Muster is"; }

        const char* operator()(const MemberJoined&) { return "somebody comes to a place"; }

        const char* operator()(const Joined&) { return "Muster is invited"; }

        const char* operator()(const LookedUp&) { return "a set-up is looked up"; }
    };

    return std::visit(Kind{}, event);
}

std::string words_of(const InboundEvent& event) {
    if (const auto* said = std::get_if<Said>(&event)) return said->message + " " + said->text;
    if (const auto* edited = std::get_if<Edited>(&event))
        return edited->message + " " + edited->text;
    if (const auto* deleted = std::get_if<Deleted>(&event)) return deleted->message;
    if (const auto* commanded = std::get_if<Commanded>(&event)) return commanded->text;
    if (const auto* seen = std::get_if<Seen>(&event)) return seen->message;
    std::string words;
    if (const auto* form = std::get_if<Submitted>(&event)) {
        words = to_text(form->form);
        for (const auto& [field, value] : form->values)
            words += " " + field + "=" + value;
    }
    return words;
}

}  // namespace

World::World(WorldOptions options)
    : options_(std::move(options)),
      clock_(loop_, options_.start),
      entropy_(options_.seed),
      random_(options_.seed),
      dice_of_death_(options_.seed + 1'000'000),
      trace_(clock_),
      tasks_(
          loop_.get_executor(), [](std::exception_ptr problem) { std::rethrow_exception(problem); }
      ),
      invariants_(trace_),
      other_side_(new_other_side()),
      latest_(options_.start) {
    apply_settings();
    start_bot();
}

std::unique_ptr<OtherSide> World::new_other_side() {
    Surroundings around{
        .clock = clock_,
        .tasks = tasks_,
        .entropy = entropy_,
        .random = random_,
        .trace = trace_,
        .invariants = invariants_,
        .endanger = [this] { endanger(); },
        .check = [this](
                     Call call, DeliveryId delivery, const Destination& to, const Message& message
                 ) { check(call, delivery, to, message); },
    };
    if (options_.slack)
        return std::make_unique<SlackSide>(
            std::move(around), options_.seed, *options_.slack, options_.inputs, options_.wanted
        );
    auto tell_news = [this](InboundEvent news) { tell("", std::move(news), new_keys(1)); };
    return std::make_unique<ModelSide>(
        std::move(around),
        options_.seed,
        options_.platform,
        options_.inputs,
        options_.longest_echo,
        std::move(tell_news)
    );
}

SimulatedPlatform& World::platform() {
    return dynamic_cast<ModelSide&>(*other_side_).platform();
}

SlackSide& World::slack_side() {
    return dynamic_cast<SlackSide&>(*other_side_);
}

World::~World() {
    finish_stopping();
    if (bot_) kill_bot();
    tasks_.cancel();
    clock_.run_until(now());
}

void World::run_until(Instant limit) {
    while (now() < limit) {
        clock_.run_until(std::min<Instant>(limit, now() + quantum));
        latest_ = std::max(latest_, now());
        other_side_->let_people_look();
        if (bot_ && !bot_->is_up() && !is_stopping_) bury();
        if (!bot_ && restart_at_ && *restart_at_ <= clock_.steady_now()) start_bot();
    }
}

void World::step_clock(milliseconds by) {
    trace_.note("somebody sets the clock by " + std::to_string(by.count() / 1000) + " s");
    clock_.step(by);
    latest_ = std::max(latest_, now());
}

void World::after(milliseconds delay, std::function<void()> act) {
    auto wait = [](Clock& clock, milliseconds length, std::function<void()> then) -> Task<> {
        co_await clock.pause(length);
        then();
    };
    tasks_.spawn(wait(clock_, delay, std::move(act)));
}

// ---- the bot

void World::start_bot() {
    auto opened = SqliteStore::open(
        loop_,
        StoreOptions{
            .path = folder_.path() + "/muster.db",
            .threads = false,
            .backup_dir = folder_.path(),
            .salt_seed = entropy_.seed()}
    );
    bot_ = std::make_unique<Process>(
        loop_.get_executor(),
        std::move(opened).value(),
        clock_,
        entropy_,
        trace_,
        dice_of_death_,
        healing_ ? 0 : options_.dying
    );
    restart_at_.reset();
    trace_.note("the bot starts");
    auto connection = ConnectionId{1};
    auto reach = other_side_->meet(*bot_);
    Platforms platforms{{connection, &reach.platform}};
    Directories directories;
    Histories histories;
    if (reach.directory) directories[connection] = reach.directory;
    if (reach.history) histories[connection] = reach.history;
    auto start = [](Process& bot, Platforms places, Directories who, Histories said) -> Task<> {
        co_await bot.service.start(std::move(places), std::move(who), std::move(said));
    };
    bot_->requests.spawn(
        start(*bot_, std::move(platforms), std::move(directories), std::move(histories))
    );
    clock_.run_until(now());
}

void World::stop_bot() {
    finish_stopping();
    if (!bot_) return;
    trace_.note("the bot is stopped");
    auto stop = [](Process& bot) -> Task<> {
        co_await bot.service.stop();
        bot.requests.cancel();
        co_await bot.requests.join();
        co_await bot.store.close();
    };
    other_side_->let_go();
    run_now(stop(*bot_));
    other_side_->leave();
    bot_.reset();
}

// What is under way may end by itself, as long as the program lets it (bot/cli/program).
Task<> World::stop_gently() {
    constexpr auto grace = 3s;
    constexpr auto longest = 5s;
    auto began = clock_.steady_now();
    auto& bot = *bot_;
    bot.store.be_safe();
    other_side_->let_go();
    co_await bot.service.stop(grace);
    bot.requests.cancel();
    co_await bot.requests.join();
    co_await bot.store.close();
    other_side_->leave();
    bot_.reset();
    if (clock_.steady_now() - began > longest) invariants_.violate("F33: stops for too long");
    restart_at_ = clock_.steady_now() + (choose_pause_ && !healing_ ? choose_pause_() : 1s);
    is_stopping_ = false;
}

void World::finish_stopping() {
    stops_at_next_call_ = false;
    while (is_stopping_)
        run_for(1s);
}

void World::kill_bot() {
    if (is_stopping_) return;
    bot_->store.die();
    bury();
}

void World::bury() {
    trace_.note("the bot is dead");
    ++deaths_;
    auto end = [](Process& bot) -> Task<> {
        bot.requests.cancel();
        co_await bot.service.stop();
        co_await bot.requests.join();
    };
    other_side_->let_go();
    run_now(end(*bot_));
    other_side_->leave();
    bot_.reset();
    restart_at_ = clock_.steady_now() + (choose_pause_ && !healing_ ? choose_pause_() : 1s);
}

void World::heal() {
    healing_ = true;
    finish_stopping();
    other_side_->heal();
    if (bot_) bot_->store.be_safe();
    if (bot_ && !bot_->is_up()) bury();
    if (!bot_) start_bot();
}

// Runs a task that needs no time.
void World::run_now(Task<> task) {
    auto done = false;
    auto note_end = [](Task<> inner, bool& ended) -> Task<> {
        co_await std::move(inner);
        ended = true;
    };
    tasks_.spawn(note_end(std::move(task), done));
    clock_.run_until(now());
    if (!done) throw std::logic_error("a task that should need no time did not end");
}

void World::apply_settings() {
    auto store = SqliteStore::open(
                     loop_,
                     StoreOptions{
                         .path = folder_.path() + "/muster.db",
                         .threads = false,
                         .backup_dir = folder_.path(),
                         .salt_seed = entropy_.seed()}
    )
                     .value();
    IdSource ids{entropy_.seed()};
    auto set = [this, &ids](Transaction& transaction) -> Result<int> {
        Decision ground;
        ground.changes = {
            Organisation{OrganisationId{1}, "Example Agency"},
            Connection{ConnectionId{1}, OrganisationId{1}, connection_key, platform_key}};
        transaction.apply(ground, now());
        if (options_.slack && options_.slack->sets_up_in_chat) return 0;
        auto changed = change_settings(transaction, options_.wanted, false, now(), ids);
        if (!changed) {
            const auto& problem = changed.error().front();
            throw std::runtime_error(problem.where + ": " + problem.expected);
        }
        return 0;
    };
    auto apply = [](Store& opened, decltype(set)& work) -> Task<> {
        co_await opened.write(work);
        co_await opened.close();
    };
    run_now(apply(*store, set));
}

void World::change_settings_to(settings::Wanted wanted) {
    auto change = [](Process& bot, settings::Wanted asked) -> Task<> {
        auto changed = co_await bot.service.change(std::move(asked), false);
        if (!changed || !*changed) throw std::runtime_error("the settings are refused");
    };
    run_now(change(*bot_, std::move(wanted)));
}

void World::change_team(const std::string& key, TeamChange how, std::function<void()> done) {
    if (!is_up()) return;
    trace_.note("somebody changes " + key);
    auto change =
        [](World& world, Process& bot, std::string team, TeamChange as, std::function<void()> then
        ) -> Task<> {
        IdSource ids{world.entropy_.seed()};
        auto now = world.now();
        auto set = [&](Transaction& transaction) -> Result<int> {
            auto document = settings_document(transaction);
            auto known = std::ranges::find(document.teams, team, &Team::key);
            auto wanted = settings::wanted_of(document, known->id);
            as(wanted.teams.front());
            auto before = all_runs(transaction);
            auto changed = change_settings(transaction, wanted, false, now, ids);
            if (!changed)
                world.invariants_.violate("F32: refused: " + changed.error().front().expected);
            if (all_runs(transaction) != before)
                world.invariants_.violate("F32: changed settings have touched a run");
            return 0;
        };
        auto stored = co_await bot.store.write(set);
        if (stored) then();
    };
    bot_->requests.spawn(change(*this, *bot_, key, std::move(how), std::move(done)));
}

// ---- what goes out

void World::endanger() {
    bot_->store.go_on_living();
    if (std::exchange(stops_at_next_call_, false)) {
        is_stopping_ = true;
        trace_.note("the bot is stopped at a call");
        after(dice_of_death_.between(0ms, 400ms), [this] { tasks_.spawn(stop_gently()); });
    }
    if (is_stopping_) return;
    auto dies = !healing_ && dice_of_death_.chance(options_.dying);
    if (dies && dice_of_death_.chance(0.5)) {
        trace_.note("the bot dies at a call");
        bot_->store.die();
        bot_->store.go_on_living();
    }
    if (dies)
        after(dice_of_death_.between(0ms, 400ms), [this] {
            if (bot_) bot_->store.die();
        });
}

void World::check(
    Call call, DeliveryId delivery, const Destination& destination, const Message& message
) {
    auto look = [](World& world, Call made, DeliveryId id, Destination to, Message words
                ) -> Task<> {
        auto hold = [&](View& view) {
            world.invariants_.check_call(view, made, id, to, words, world.now());
            return 0;
        };
        co_await world.bot_->store.read(hold);
    };
    bot_->requests.spawn(look(*this, call, delivery, destination, message));
}

// ---- what comes in

std::vector<std::string> World::new_keys(int number) {
    std::vector<std::string> keys;
    for (int key = 0; key < number; ++key)
        keys.push_back("key" + std::to_string(next_key_++));
    return keys;
}

std::string World::new_line_id() {
    return "line" + std::to_string(next_key_++);
}

std::shared_ptr<Input> World::tell(
    const std::string& account,
    InboundEvent event,
    std::vector<std::string> keys,
    std::function<void(const Reply&)> on_reply
) {
    auto input = std::make_shared<Input>();
    input->inbound = Inbound{
        ConnectionId{1}, account, std::move(keys), now(), entropy_.seed(), std::move(event)};
    input->on_reply = std::move(on_reply);
    if (!other_side_->is_done(*input)) return nullptr;
    inputs_.push_back(input);
    invariants_.note_input(*input);
    trace_.note(
        account + " " + kind_of(input->inbound.event) + " " + words_of(input->inbound.event)
    );
    other_side_->bring(input);
    return input;
}

int World::tell_everything_again(milliseconds not_older_than) {
    int told = 0;
    for (const auto& input : inputs_) {
        auto is_old = input->acknowledged_at < now() - not_older_than;
        if (!input->acknowledged || input->refused || is_old) continue;
        other_side_->repeat(input);
        ++told;
    }
    clock_.run_until(now());
    return told;
}

std::uint64_t World::hash() {
    auto of_store = look([](View& view) { return Invariants::hash_of(view); });
    return of_store ^ Invariants::hash_of(other_side_->copies());
}

}  // namespace muster::sim
