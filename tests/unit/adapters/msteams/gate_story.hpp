#pragma once

#include "adapters/msteams/gate.hpp"
#include "tests/fakes/msteams/authority.hpp"
#include "tests/unit/adapters/on_a_clock.hpp"

namespace muster::msteams {

// Microsoft's login as far as a bot asks it: where the keys are, and the keys.
class Login : public HttpClient {
public:
    explicit Login(Clock& clock) : clock_(clock) {}

    Task<HttpResult> call(HttpCall call) override {
        asked.push_back(call.url);
        if (takes > 0ms) co_await clock_.pause(takes);
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
    milliseconds takes{0};
    std::vector<std::string> asked;

private:
    Clock& clock_;
};

class EvenChance : public Entropy {
public:
    Seed seed() override { return {}; }

    double fraction() override { return 0.5; }
};

class GateStory : public OnAClock {
protected:
    static constexpr auto app_id = "11111111-2222-4333-8444-555555555555";
    static constexpr auto service_url = "https://smba.trafficmanager.net/emea/tenant/";

    ~GateStory() override {
        fetches.cancel();
        loop.restart();
        loop.run();
    }

    static std::string seconds(Instant at, int offset = 0) {
        auto since = std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch());
        return std::to_string(since.count() + offset);
    }

    Login login{clock};
    EvenChance chance;
    TaskGroup fetches{loop.get_executor(), [](const std::exception_ptr&) {}};
    KeyRing ring{login.metadata_url, {login, clock, chance, log, fetches}};
    Gate gate{{"https://api.botframework.com", app_id}, ring, clock};
};

}  // namespace muster::msteams
