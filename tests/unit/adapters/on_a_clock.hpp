#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include "adapters/system/virtual_clock.hpp"
#include "bot/ports/log.hpp"

namespace muster {

// Lines as they would stand in the log.
class KeptLog : public Log {
public:
    void write(Severity, std::string_view event, const Fields& fields) override {
        std::string line{event};
        for (const auto& [key, value] : fields)
            line += " " + std::string{key} + "=" + value;
        lines.push_back(line);
    }

    std::vector<std::string> lines;
};

// Calls are made at 9:30am UTC on a Tuesday, and time passes while they wait.
class OnAClock : public testing::Test {
protected:
    template <class T>
    T result_of(Task<T> task) {
        auto result = boost::asio::co_spawn(loop, std::move(task), boost::asio::use_future);
        loop.restart();
        loop.poll();
        while (result.wait_for(std::chrono::seconds{0}) != std::future_status::ready)
            pass(10ms);
        return result.get();
    }

    void pass(milliseconds time) { clock.run_until(clock.now() + time); }

    boost::asio::io_context loop;
    Instant nine_thirty = instant_from("2026-11-24T09:30:00.000Z").value();
    VirtualClock clock{loop, nine_thirty};
    KeptLog log;
};

}  // namespace muster
