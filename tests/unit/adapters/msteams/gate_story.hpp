#pragma once

#include <deque>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

#include "adapters/msteams/gate.hpp"
#include "adapters/system/virtual_clock.hpp"
#include "tests/fakes/msteams/authority.hpp"

namespace muster::msteams {

// Microsoft's login as far as a bot asks it: where the keys are, and the keys.
class Login : public HttpClient {
public:
    Task<HttpResult> call(HttpCall call) override {
        asked.push_back(call.url);
        if (is_down) co_return HttpFailure{HttpFailure::Kind::not_sent, "could not connect"};
        HttpAnswer answer{200, {}, call.url == metadata_url ? metadata : keys};
        co_return answer;
    }

    std::string metadata_url = "https://login.botframework.com/v1/.well-known/openidconfiguration";
    std::string keys_url = "https://login.botframework.com/v1/.well-known/keys";
    std::string metadata = R"({"issuer":"https://api.botframework.com","jwks_uri":")" + keys_url +
                           R"(","id_token_signing_alg_values_supported":["RS256"]})";
    std::string keys = key_set({});
    bool is_down = false;
    std::vector<std::string> asked;
};

class NoLog : public Log {
public:
    void write(Severity, std::string_view event, const Fields&) override {
        events.emplace_back(event);
    }

    std::vector<std::string> events;
};

class EvenChance : public Entropy {
public:
    Seed seed() override { return {}; }

    double fraction() override { return 0.5; }
};

// Requests come in at 9:30am UTC on a Tuesday.
class GateStory : public testing::Test {
protected:
    static constexpr auto app_id = "11111111-2222-4333-8444-555555555555";
    static constexpr auto service_url = "https://smba.trafficmanager.net/emea/tenant/";

    ~GateStory() override {
        fetches.cancel();
        loop.restart();
        loop.run();
    }

    template <class T>
    T result_of(Task<T> task) {
        auto result = boost::asio::co_spawn(loop, std::move(task), boost::asio::use_future);
        loop.restart();
        loop.poll();
        while (result.wait_for(std::chrono::seconds{0}) != std::future_status::ready)
            clock.run_until(clock.now() + 10ms);
        return result.get();
    }

    static std::string seconds(Instant at, int offset = 0) {
        auto since = std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch());
        return std::to_string(since.count() + offset);
    }

    boost::asio::io_context loop;
    VirtualClock clock{loop, instant_from("2026-11-24T09:30:00.000Z").value()};
    Login login;
    NoLog log;
    EvenChance chance;
    TaskGroup fetches{loop.get_executor(), [](const std::exception_ptr&) {}};
    KeyRing ring{login.metadata_url, {login, clock, chance, log, fetches}};
    Gate gate{{"https://api.botframework.com", app_id}, ring, clock};
};

}  // namespace muster::msteams
