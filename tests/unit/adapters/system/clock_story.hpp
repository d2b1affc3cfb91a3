#pragma once

#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include "bot/ports/clock.hpp"
#include "bot/ports/task_group.hpp"

namespace muster {

using Log = std::vector<std::string>;

inline constexpr Instant noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 12h;

// Sleepers on one loop that write down when they woke, as "name +milliseconds since noon".
class ClockStory : public testing::Test {
protected:
    ~ClockStory() override {
        group.cancel();
        loop.restart();
        loop.poll();
    }

    void sleeps(Clock& clock, std::string name, Instant until, Bell& bell) {
        group.spawn(sleep_and_tell(clock, name, until, bell));
    }

    void sleeps(Clock& clock, std::string name, Instant until) {
        sleeps(clock, name, until, silent);
    }

    void pauses(Clock& clock, std::string name, milliseconds length) {
        group.spawn(pause_and_tell(clock, name, length));
    }

    void pauses(Clock& clock, std::string name, milliseconds length, Bell& bell) {
        group.spawn(pause_for_bell_and_tell(clock, name, length, bell));
    }

    Task<> sleep_and_tell(Clock& clock, std::string name, Instant until, Bell& bell) {
        co_await clock.sleep_until(until, bell);
        tell(clock, name);
    }

    Task<> pause_and_tell(Clock& clock, std::string name, milliseconds length) {
        co_await clock.pause(length);
        tell(clock, name);
    }

    Task<> pause_for_bell_and_tell(
        Clock& clock, std::string name, milliseconds length, Bell& bell
    ) {
        co_await clock.pause(length, bell);
        tell(clock, name);
    }

    void tell(Clock& clock, const std::string& name) {
        log.push_back(name + " +" + std::to_string((clock.now() - noon).count()));
    }

    void remember(const std::exception_ptr& failure) {
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            log.push_back(error.what());
        }
    }

    Log log;
    Bell silent;
    boost::asio::io_context loop{1};
    TaskGroup group{loop.get_executor(), [this](const std::exception_ptr& f) { remember(f); }};
};

}  // namespace muster
