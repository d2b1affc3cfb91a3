#pragma once

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <gtest/gtest.h>

#include "adapters/system/entropy.hpp"
#include "adapters/system/virtual_clock.hpp"
#include "bot/app/service.hpp"
#include "bot/app/settings_change.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "tests/fakes/simulated_platform.hpp"
#include "tests/sim/topology.hpp"

namespace muster {

class RecordingLog final : public Log {
public:
    void write(Severity, std::string_view event, const Fields&) override {
        events.emplace_back(event);
    }

    auto count(std::string_view event) const { return std::ranges::count(events, event); }

    std::vector<std::string> events;
};

// A store between the bot and the real one, so that a test can hold it up or let it fail.
class TroubledStore final : public Store {
public:
    TroubledStore(Store& store, Clock& clock) : store_(store), clock_(clock) {}

    void on_commit(std::function<void(Moved)> listener) override {
        store_.on_commit(std::move(listener));
    }

    Task<> close() override { return store_.close(); }

    // What was committed in silence is answered now: together and in order, as one group.
    void speak() {
        is_silent = false;
        for (const auto& bell : std::exchange(unanswered_, {}))
            bell->ring();
    }

    bool is_stuck = false;   // before it decides
    bool is_silent = false;  // after the commit
    bool is_broken = false;
    bool throws_once = false;  // the next decision throws

private:
    Task<std::optional<Errc>> commit(std::function<std::optional<Errc>(Transaction&)> work
    ) override {
        while (is_stuck)
            co_await clock_.pause(100ms);
        if (is_broken) co_return Errc::store_failed;
        auto throws = std::exchange(throws_once, false);
        auto pass_on = [&work, throws](Transaction& transaction) -> Result<int> {
            if (throws) throw std::runtime_error("a decision that throws");
            if (auto error = work(transaction)) return *error;
            return 0;
        };
        auto stored = co_await store_.write(pass_on);
        if (is_silent) co_await until_it_speaks();
        if (stored) co_return std::nullopt;
        co_return stored.error();
    }

    Task<> look(std::function<void(View&)> work) override {
        auto pass_on = [&work](View& view) {
            work(view);
            return 0;
        };
        co_await store_.read(pass_on);
    }

    // Also when the caller is cancelled meanwhile: so does a store.
    Task<> until_it_speaks() {
        auto executor = co_await boost::asio::this_coro::executor;
        TaskGroup silence{
            executor, [](std::exception_ptr problem) { std::rethrow_exception(problem); }};
        auto bell = unanswered_.emplace_back(std::make_shared<Bell>());
        silence.spawn(clock_.pause(24h, *bell));
        co_await silence.join();
    }

    Store& store_;
    Clock& clock_;
    std::vector<std::shared_ptr<Bell>> unanswered_;
};

// One team in London on virtual time: Dev, its delivery manager, Amira and Bo. The stand-up is at
// half past nine on weekdays; it is nine o'clock on Monday 23 November 2026.
class AppStory : public testing::Test {
protected:
    AppStory() {
        Decision ground;
        ground.changes = {
            Organisation{OrganisationId{1}, "Example Agency"},
            Connection{connection, OrganisationId{1}, sim::connection_key, sim::platform_key}};
        apply(ground);
        set(payments());
    }

    ~AppStory() override {
        if (service) stop();
        tasks.cancel();
        pass(0s);
    }

    static Instant at(const std::string& text) { return *instant_from(text + ":00.000Z"); }

    static settings::Wanted payments() {
        return sim::a_team_of({sim::a_person("Dev"), sim::a_person("Amira"), sim::a_person("Bo")});
    }

    // ---- time

    void pass(milliseconds length) { clock.run_until(clock.now() + length); }

    void until(const std::string& text) { clock.run_until(at(text)); }

    // Runs a task that needs no time, and throws what it threw.
    template <class T>
    T result_of(Task<T> task) {
        std::optional<T> result;
        auto keep = [](Task<T> inner, std::optional<T>& into) -> Task<> {
            into.emplace(co_await std::move(inner));
        };
        tasks.spawn(keep(std::move(task), result));
        pass(0s);
        return std::move(result).value();
    }

    void finish(Task<> task) {
        auto end = [](Task<> inner) -> Task<bool> {
            co_await std::move(inner);
            co_return true;
        };
        result_of(end(std::move(task)));
    }

    // ---- the store

    template <class Work>
    auto look(Work work) {
        return result_of(store.read(std::move(work)));
    }

    template <class Work>
    auto write(Work work) {
        return result_of(store.write(std::move(work)));
    }

    void apply(Decision decision) {
        auto work = [decision, now = clock.now()](Transaction& transaction) -> Result<int> {
            transaction.apply(decision, now);
            return 0;
        };
        write(work).value();
    }

    void set(const settings::Wanted& wanted) {
        auto work = [this, &wanted](Transaction& transaction) -> Result<int> {
            IdSource ids{entropy.seed()};
            auto changed = change_settings(transaction, wanted, false, clock.now(), ids);
            return changed ? Result<int>{0} : Result<int>{Errc::bad_input};
        };
        write(work).value();
    }

    Person person(const std::string& key) {
        auto find = [key](View& view) {
            auto people = view.people();
            return *std::ranges::find(people, key, &Person::key);
        };
        return look(find);
    }

    // A zone that this machine does not know: what asks for the local time of this person throws.
    void lose_zone_of(const std::string& key) { move(key, "Nowhere/At_All"); }

    void move(const std::string& key, const ZoneName& zone) {
        auto moved = person(key);
        moved.zone = zone;
        apply({.changes = {moved}});
    }

    // This person's rounds that have a window, newest first.
    std::vector<Round> rounds(const std::string& key) {
        auto find = [id = person(key).id](View& view) { return view.rounds_of(id, Instant{}); };
        return look(find);
    }

    Round round(const std::string& key) { return rounds(key).at(0); }

    std::vector<Answer> answers(const std::string& key) {
        auto find = [id = round(key).id](View& view) { return view.answers_of(id); };
        return look(find);
    }

    std::vector<Delivery> deliveries(Purpose purpose, std::int64_t subject) {
        auto find = [=](View& view) { return view.deliveries_of(purpose, subject); };
        return look(find);
    }

    Delivery prompt(const std::string& key) {
        return deliveries(Purpose::prompt, round(key).id.value).at(0);
    }

    std::size_t logged_events() {
        auto count = [](View& view) { return view.events(0, 10'000).size(); };
        return look(count);
    }

    // ---- the bot

    void start() { start({{connection, &platform}}); }

    void start(Platforms platforms, Directories directories = {}, Histories histories = {}) {
        platform.new_caller();
        service =
            std::make_unique<Service>(loop.get_executor(), store, clock, entropy, log, metrics);
        finish(service->start(std::move(platforms), std::move(directories), std::move(histories)));
    }

    void stop() {
        finish(service->stop());
        service.reset();
    }

    // ---- people

    Inbound inbound(
        const std::string& key, InboundEvent event, std::vector<std::string> keys = {}
    ) {
        if (keys.empty()) keys = {"request-" + std::to_string(++requests)};
        return {
            connection,
            sim::account_of(key),
            std::move(keys),
            clock.now(),
            entropy.seed(),
            std::move(event)};
    }

    Result<Reply> take(
        const std::string& key, InboundEvent event, std::vector<std::string> keys = {}
    ) {
        return take(inbound(key, std::move(event), std::move(keys)));
    }

    Result<Reply> take(const Inbound& inbound) {
        auto taken = result_of(service->intake().take(inbound, clock.steady_now()));
        return taken ? Result<Reply>{taken->reply} : Result<Reply>{taken.error()};
    }

    // What the platform tells of itself, with no account of anybody.
    void hear(InboundEvent event) {
        auto news = inbound("", std::move(event));
        news.account = "";
        EXPECT_TRUE(std::holds_alternative<NoReply>(take(news).value()));
        pass(1s);
    }

    static Said line(std::string words, std::string message = "line-1") {
        return {std::move(words), std::move(message), std::nullopt};
    }

    static Commanded command(std::string words) { return {std::move(words)}; }

    static Pressed press(Verb verb, std::int64_t subject, std::string message = "m") {
        return {verb, subject, 0, std::move(message)};
    }

    static Submitted answer_form(const Round& round, std::string today) {
        return {
            FormContext{FormKind::answer, round.id.value, 1},
            {{"today", std::move(today)}, {"since", ""}, {"blocker", ""}}};
    }

    // The key of the sentence that somebody is answered with; "" when there is none.
    static std::string said(const Result<Reply>& reply) {
        const auto* say = reply ? std::get_if<Say>(&*reply) : nullptr;
        return say ? say->message.notification.key : std::string{};
    }

    // ---- what they see

    std::vector<sim::Posted> in(const std::string& place) const {
        auto messages = platform.in_place(place);
        std::erase_if(messages, &sim::Posted::removed);
        return messages;
    }

    std::vector<sim::Posted> direct(const std::string& key) const {
        return in(sim::account_of(key));
    }

    const std::string team_channel = sim::channel_of("payments");
    const ConnectionId connection{1};
    int requests = 0;

    boost::asio::io_context loop;
    VirtualClock clock{loop, at("2026-11-23T09:00")};
    SeededEntropy entropy{1};
    RecordingLog log;
    Metrics metrics;
    TaskGroup tasks{
        loop.get_executor(), [](std::exception_ptr problem) { std::rethrow_exception(problem); }};
    sim::SimulatedPlatform platform{clock, tasks, sim::Random{1}};
    std::unique_ptr<SqliteStore> file = open();
    TroubledStore store{*file, clock};
    std::unique_ptr<Service> service;

private:
    std::unique_ptr<SqliteStore> open() {
        StoreOptions options;
        options.path = ":memory:";
        options.threads = false;
        options.salt_seed = Seed{1, 2};
        return SqliteStore::open(loop, options).value();
    }
};

}  // namespace muster
