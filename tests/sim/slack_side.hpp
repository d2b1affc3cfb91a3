#pragma once

#include "bot/domain/settings.hpp"
#include "config/texts.hpp"
#include "tests/fakes/slack/client.hpp"
#include "tests/fakes/slack/socket_client.hpp"
#include "tests/sim/other_side.hpp"
#include "tests/sim/slack_acts.hpp"
#include "tests/sim/slack_time.hpp"
#include "tests/sim/slack_weather.hpp"

namespace muster::sim {

// The other side is Slack: what people do becomes the signed requests that Slack would make, which
// the real adapter reads and answers, and its calls come to a Slack that holds it to its rules.
//
// Who can see what, and what stands, is judged by Slack's workspace alone.
class SlackSide final : public OtherSide {
public:
    SlackSide(
        Surroundings around,
        std::uint64_t seed,
        const SlackWeather& weather,
        InputFaults input_faults,
        const settings::Wanted& wanted
    );
    ~SlackSide() override;

    Reach meet(Process&) override;

    void let_go() override { sockets_.let_go(); }

    void leave() override;

    bool is_done(Input&) override;
    void bring(std::shared_ptr<Input>) override;
    void repeat(std::shared_ptr<Input>) override;

    void on_seen(std::function<void(const Posted&)> listener) override {
        on_seen_ = std::move(listener);
    }

    void let_people_look() override;

    void suspend() override;
    void resume() override;
    void close_account(const std::string& account) override;
    void open_account(const std::string& account) override;
    void lose(const std::string& place, Loss) override;
    void give_back(const std::string& place) override;
    void rename(const std::string& place) override;
    void found(const std::string& place) override;
    void invite(const std::string& place) override;
    bool is_reported_to(const std::string& place) override;
    void put_out_of_reach(const std::string& account) override;
    void put_within_reach(const std::string& account) override;
    void heal() override;

    std::vector<Posted> copies() override;
    bool may_be_doubled(const Posted&) override;
    int replies_shown() override;
    std::vector<Unheard> unheard() override;
    std::vector<std::string> violations() override;

    // For stories.
    fake_slack::FakeSlack& slack() { return slack_; }

    fake_slack::FakeSlackClient& client() { return client_; }

private:
    struct Adapter;
    struct Exchange;
    struct Heard;

    fake_slack::Channel& channel(const std::string& place);
    void go_on_with_new_token();
    void settle_in(const settings::Wanted& wanted);
    Task<> tell(fake_slack::AppRequest request, std::shared_ptr<Input> input);
    Task<> insist(std::shared_ptr<Input> input);
    Task<> come_again(
        fake_slack::AppRequest request, std::shared_ptr<Input> input, milliseconds wait
    );
    void bring_copies(const fake_slack::AppRequest& request, std::shared_ptr<Input> input);
    Task<> ask_once_more(fake_slack::AppRequest request);
    Task<fake_slack::AppAnswer> ask(fake_slack::AppRequest request, std::shared_ptr<Input> input);
    Task<> serve(std::shared_ptr<Exchange> exchange);

    using MaybeAgain = std::optional<fake_slack::Again>;
    Task<MaybeAgain> tell_once(fake_slack::AppRequest request, std::shared_ptr<Input> input);
    Task<MaybeAgain> tell_by_socket(
        fake_slack::AppRequest request, std::shared_ptr<Input> input, bool is_copy
    );
    Task<> look_up(
        fake_slack::AppRequest asked, std::string answer, std::shared_ptr<Input> input, int listener
    );
    Task<> note_answer(
        fake_slack::AppRequest asked,
        std::string answer,
        std::shared_ptr<Input> input,
        bool is_fresh,
        std::shared_ptr<bool> is_done
    );
    Task<> note_taken(std::shared_ptr<Input> input, Heard heard, bool is_fresh);
    Task<> blow();
    Heard heard_in(const fake_slack::AppRequest& request, const std::string& answer) const;

    Surroundings around_;
    InputFaults input_faults_;
    SlackWeather weather_;
    SlackTime time_;
    fake_slack::FakeSlack slack_;
    fake_slack::FakeSlackClient client_;
    fake_slack::FakeSlackSockets sockets_;
    Random gusts_;  // for the sockets
    SlackActs acts_;
    Catalogue catalogue_ = config::load_texts();
    std::map<DeliveryId, Message> words_;  // what each was told to say last
    std::unique_ptr<Adapter> adapter_;     // of the process that runs
    Process* process_ = nullptr;
    int processes_ = 0;

    bool is_acting_ = false;
    std::vector<fake_slack::AppRequest> caused_;                         // by the act of now
    std::map<std::shared_ptr<Input>, fake_slack::AppRequest> taken_by_;  // the first
    std::function<void(const Posted&)> on_seen_;
    std::map<std::string, std::string> seen_up_to_;  // ts, by channel
    int calls_seen_ = 0;
    bool is_calm_ = false;
    std::vector<std::shared_ptr<Input>> given_up_;  // lines
};

}  // namespace muster::sim
