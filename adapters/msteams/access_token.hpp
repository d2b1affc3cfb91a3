#pragma once

#include <optional>
#include <string>

#include "adapters/msteams/single_flight.hpp"
#include "bot/ports/http_client.hpp"
#include "bot/ports/log.hpp"

namespace muster::msteams {

// Why there is no token now.
struct NoToken {
    std::string reason;       // "AADSTS7000215: ..." is told as "AADSTS7000215"; never a secret
    bool is_refused = false;  // the login says no: only an operator can mend it
    milliseconds retry_after{0};
};

// What our calls prove themselves with (protocols/teams.md 4): by client credentials, for an hour
// or so, and exchanged five minutes before it ends. However many calls want one, it is fetched
// once.
class AccessToken {
public:
    struct Settings {
        std::string url;  // of the tenant's token endpoint
        std::string app_id;
        std::string app_password;
        std::string scope;
    };

    // Everything must outlive the last task of `fetches`.
    struct Parts {
        HttpClient& http;
        Clock& clock;
        Log& log;
        TaskGroup& fetches;
    };

    AccessToken(Settings settings, Parts parts);

    // Another password, from the next fetch on, which may be at once.
    void use(std::string app_password);

    // "" = none now: see problem(). Waits five seconds at most.
    Task<std::string> get();

    const NoToken& problem() const { return problem_; }

    // Microsoft refuses it although it has not ended: the next get() fetches another; when that is
    // refused, too, once a minute at most.
    void refused(const std::string& token);

private:
    Task<> fetch();
    void keep(const HttpResult& result);
    bool is_good() const;

    Settings settings_;
    Parts parts_;
    std::string token_;
    SteadyInstant exchanged_at_{};
    SteadyInstant ends_at_{};
    SteadyInstant not_before_{};  // no other fetch
    std::optional<SteadyInstant> doubted_at_;
    NoToken problem_;
    SingleFlight fetching_;
};

}  // namespace muster::msteams
