#pragma once

#include "tests/sim/other_side.hpp"

namespace muster::sim {

// The other side as a pure model: no platform's own words, JSON or requests.
class ModelSide final : public OtherSide {
public:
    // The platform shows the bot what the bot posted, at most `longest_echo` later; 0 = never.
    ModelSide(
        Surroundings around,
        std::uint64_t seed,
        PlatformFaults faults,
        InputFaults input_faults,
        milliseconds longest_echo,
        std::function<void(DeliveryId, std::string)> echo
    );

    SimulatedPlatform& platform() { return platform_; }

    ChatPlatform& meet(Process&) override;
    void leave() override;

    bool is_done(Input&) override;
    void bring(std::shared_ptr<Input>) override;
    void repeat(std::shared_ptr<Input>) override;
    void on_seen(std::function<void(const Posted&)> listener) override;

    void let_people_look() override {}

    void suspend() override { platform_.suspend(); }

    void resume() override { platform_.resume(); }

    void close(const std::string& place) override { platform_.close(place); }

    void open(const std::string& place) override { platform_.open(place); }

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
    std::function<void(DeliveryId, std::string)> echo_;
    Random echoes_;
    SimulatedPlatform platform_;
    Process* process_ = nullptr;
    int next_copy_ = 1;
};

}  // namespace muster::sim
