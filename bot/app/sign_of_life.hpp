#pragma once

#include <functional>

#include "bot/ports/clock.hpp"
#include "bot/ports/http_client.hpp"
#include "bot/ports/log.hpp"
#include "bot/ports/metrics.hpp"

namespace muster {

// Tells somebody else once a minute that the bot is ready, so that its silence is noticed: whoever
// is dead, or has no network, can raise no alarm. The address is kept out of the log, as it is all
// that one needs to speak in the bot's name.
class SignOfLife {
public:
    using IsReady = std::function<Task<bool>()>;

    // Everything must outlive run().
    SignOfLife(
        HttpClient& http,
        Clock& clock,
        Log& log,
        Metrics& metrics,
        std::string url,
        IsReady is_ready
    );

    // Runs until cancelled.
    Task<> run();

private:
    Task<> give();
    void note(std::string problem);

    HttpClient& http_;
    Clock& clock_;
    Log& log_;
    Metrics& metrics_;
    std::string url_;
    IsReady is_ready_;
    bool is_heard_ = true;
};

}  // namespace muster
