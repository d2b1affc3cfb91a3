#pragma once

#include "tests/sim/other_side.hpp"

namespace muster::sim {

// The other side as a pure model: no platform's own words, JSON or requests.
class ModelSide final : public OtherSide {
public:
    // The platform shows the bot what the bot posted, at most `longest_echo` later; 0 = never.
    // `tell_news`: the bot is told of what nobody did.
    ModelSide(
        Surroundings around,
        std::uint64_t seed,
        PlatformFaults faults,
        InputFaults input_faults,
        milliseconds longest_echo,
        std::function<void(InboundEvent)> tell_news
    );

    SimulatedPlatform& platform() { return platform_; }

    Reach meet(Process&) override;
    void leave() override;

    bool is_done(Input&) override;
    void bring(std::shared_ptr<Input>) override;
    void repeat(std::shared_ptr<Input>) override;
    void on_seen(std::function<void(const Posted&)> listener) override;

    void let_people_look() override {}

    void suspend() override;

    void resume() override { platform_.resume(); }

    void close_account(const std::string& account) override;
    void open_account(const std::string& account) override;
    void lose(const std::string& place, Loss) override;
    void give_back(const std::string& place) override;

    // Of names a model knows nothing, and in it every place is there.
    void rename(const std::string&) override {}

    void found(const std::string&) override {}

    void invite(const std::string&) override {}

    bool is_reported_to(const std::string& place) override {
        return !platform_.in_place(place).empty();
    }

    void put_out_of_reach(const std::string& account) override { platform_.close(account); }

    void put_within_reach(const std::string& account) override { platform_.open(account); }

    void heal() override;

    std::vector<Posted> copies() override;
    bool may_be_doubled(const Posted&) override;

    // What becomes of a reply is not modelled; that it is given once is looked at as it is given.
    int replies_shown() override { return 0; }

    std::vector<std::string> violations() override;

private:
    void echo(const Posted&);
    Task<> present(std::shared_ptr<Input> input, std::vector<std::string> keys, bool is_copy);
    Task<> serve(std::shared_ptr<Input> input, Inbound inbound);

    Surroundings around_;
    InputFaults input_faults_;
    milliseconds longest_echo_;
    std::function<void(InboundEvent)> tell_news_;
    std::set<std::string> closed_accounts_;
    Random echoes_;
    SimulatedPlatform platform_;
    Process* process_ = nullptr;
    int next_copy_ = 1;
};

}  // namespace muster::sim
