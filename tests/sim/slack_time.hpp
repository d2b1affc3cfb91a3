#pragma once

#include "bot/ports/clock.hpp"

namespace muster::sim {

// The time at Slack: goes on evenly, whoever sets the clock of the bot's machine.
class SlackTime final : public Clock {
public:
    // `machine` must outlive it.
    explicit SlackTime(Clock& machine)
        : machine_(machine), start_(machine.now()), steady_start_(machine.steady_now()) {}

    Instant now() const override { return start_ + (machine_.steady_now() - steady_start_); }

    SteadyInstant steady_now() const override { return machine_.steady_now(); }

    Task<> sleep_until(Instant when, Bell& bell) override {
        return machine_.pause(std::max(when - now(), milliseconds{0}), bell);
    }

    Task<> pause(milliseconds length) override { return machine_.pause(length); }

    Task<> pause(milliseconds length, Bell& bell) override { return machine_.pause(length, bell); }

private:
    Clock& machine_;
    Instant start_;
    SteadyInstant steady_start_;
};

}  // namespace muster::sim
