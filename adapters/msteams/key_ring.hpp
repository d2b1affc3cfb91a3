#pragma once

#include <map>
#include <memory>

#include "adapters/msteams/signing_key.hpp"
#include "adapters/msteams/single_flight.hpp"
#include "bot/ports/entropy.hpp"
#include "bot/ports/http_client.hpp"
#include "bot/ports/log.hpp"

namespace muster::msteams {

// Microsoft's signing keys as they are published now (protocols/teams.md 3.3). They are fetched
// once in 20 hours or so, and when a token names one that is unknown: a key may come unannounced.
// Whoever makes unknown keys up causes one fetch in five minutes. What was fetched stays until
// something else was: a Microsoft that cannot be reached shuts nobody out.
class KeyRing {
public:
    // Everything must outlive the last task of `fetches`.
    struct Parts {
        HttpClient& http;
        Clock& clock;
        Entropy& entropy;
        Log& log;
        TaskGroup& fetches;
    };

    // The address of the OpenID metadata, which says where the keys are: at the same host.
    KeyRing(std::string metadata_url, Parts parts);

    // Keeps the keys fresh, for as long as the program runs.
    Task<> run();

    // The key of that id, or nullptr. Waits two seconds at most for a fetch. The same object as
    // before means the same key: what it has signed and was checked need not be checked again.
    Task<std::shared_ptr<const SigningKey>> find(std::string id);

private:
    using Keys = std::map<std::string, std::shared_ptr<const SigningKey>, std::less<>>;

    void fetch();
    Task<> refresh();
    Task<std::string> read();
    void use(std::vector<SigningKey> fetched);

    std::string metadata_url_;
    Parts parts_;
    Keys keys_;
    int failures_ = 0;            // in a row
    SteadyInstant not_before_{};  // no fetch for the sake of a token
    SingleFlight fetching_;
};

}  // namespace muster::msteams
