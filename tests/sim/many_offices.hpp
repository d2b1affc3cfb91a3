#pragma once

#include <map>
#include <optional>
#include <set>

#include <boost/asio/io_context.hpp>

#include "adapters/slack/app.hpp"
#include "adapters/system/entropy.hpp"
#include "adapters/system/virtual_clock.hpp"
#include "config/texts.hpp"
#include "tests/fakes/slack/client.hpp"
#include "tests/sim/process.hpp"
#include "tests/sim/scratch_folder.hpp"
#include "tests/sim/slack_marks.hpp"
#include "tests/sim/trace.hpp"

namespace muster::sim {

// What a workspace takes in any minute, and not one more.
constexpr int posts_per_minute = 300;

// Hears what arrives at people.
class Ear final : public ChatPlatform {
public:
    // `platform` must outlive it.
    Ear(ChatPlatform& platform, std::function<void(const std::string& person)> on_told)
        : platform_(platform), on_told_(std::move(on_told)) {}

    Task<Outcome> deliver(DeliveryId delivery, Destination to, Message message) override;
    Task<Outcome> update(
        DeliveryId delivery, Destination to, std::string provider_id, Message message
    ) override;
    Task<Outcome> remove(DeliveryId delivery, Destination to, std::string provider_id) override;
    Task<Found> find(DeliveryId delivery, Destination to, Instant since) override;

    Pace pace(Call call) const override { return platform_.pace(call); }

private:
    ChatPlatform& platform_;
    std::function<void(const std::string& person)> on_told_;
};

// One of Slack's workspaces, and what of the bot belongs to it.
struct Office {
    Office(int number, Clock& clock, TaskGroup& tasks, Random random);

    ConnectionId connection;
    fake_slack::FakeSlack slack;
    fake_slack::FakeSlackClient client;
    std::vector<std::string> people;  // external ids
    std::set<std::string> told;       // of them, those who were told anything
    std::optional<slack::App> app{};  // of the process that runs
    std::optional<Ear> ear{};
};

struct OfficesOptions {
    std::uint64_t seed = 1;
    Instant start{};
    int members = 10'000;  // of all workspaces together, in equal parts
    int members_of_a_team = 20;
    int workspaces = 1;
};

// Many people in teams with a stand-up at 9:30 in London on working days, in one or many workspaces
// of Slack, and the real bot with the real adapter in front of them; on virtual time.
class ManyOffices {
public:
    explicit ManyOffices(const OfficesOptions& options);
    ~ManyOffices();

    ManyOffices(const ManyOffices&) = delete;
    ManyOffices& operator=(const ManyOffices&) = delete;

    // ---- time

    VirtualClock& clock() { return clock_; }

    void run_until(Instant when) { clock_.run_until(when); }

    void run_for(milliseconds length) { clock_.run_until(clock_.now() + length); }

    // ---- the bot

    void begin_process();
    void end_process();  // as SIGKILL does

    Process& process() { return *bot_; }

    // Called when somebody is told something for the first time.
    void on_first_told(std::function<void(Office&, const std::string& person)> listener) {
        on_first_told_ = std::move(listener);
    }

    // A look into the store, also while the bot is down. Not from within the loop.
    template <class Work>
    auto look(Work work) {
        std::optional<std::invoke_result_t<Work&, View&>> result;
        look_by([&](View& view) { result.emplace(work(view)); });
        return std::move(*result);
    }

    // ---- what there is

    std::vector<std::unique_ptr<Office>>& offices() { return offices_; }

    Entropy& entropy() { return entropy_; }

    Random& random() { return random_; }

    const Trace& trace() const { return trace_; }

private:
    void settle_in();
    settings::WantedPerson somebody(int number);
    void form_teams(Office& office, settings::Wanted& wanted);
    void apply(const settings::Wanted& wanted);
    std::unique_ptr<Store> open();
    ChatPlatform& move_in(Office& office);
    void look_by(std::function<void(View&)> work);
    void run_now(Task<> task);

    const OfficesOptions options_;
    ScratchFolder folder_;
    boost::asio::io_context loop_;
    VirtualClock clock_;
    SeededEntropy entropy_;
    Random random_;
    Trace trace_;
    TaskGroup tasks_;  // everything but the bot
    Catalogue catalogue_ = config::load_texts();
    std::vector<std::unique_ptr<Office>> offices_;
    std::unique_ptr<Process> bot_;
    std::function<void(Office&, const std::string& person)> on_first_told_;
};

// One of the bot's own messages in a workspace.
struct MessageOfOurs {
    const fake_slack::Message& message;
    DeliveryId delivery;
    std::string person;  // who is told; "" = a channel
    Instant at;
};

// The first part of each.
std::vector<MessageOfOurs> messages_of_ours(Office& office);

}  // namespace muster::sim
