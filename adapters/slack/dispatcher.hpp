#pragma once

#include <set>

#include "adapters/slack/replies.hpp"
#include "adapters/slack/signature.hpp"
#include "bot/app/queries.hpp"
#include "bot/ports/metrics.hpp"

namespace muster::slack {

// One workspace that Muster is installed in.
struct Installation {
    ConnectionId connection;
    std::vector<SigningSecret> secrets;
    std::optional<Identity> identity;  // none until Slack has said who we are
    Replies& replies;
};

std::vector<Identity> identities_of(const std::vector<Installation*>&);

// What the dispatcher works with. Everything referred to must outlive it.
struct DispatcherParts {
    Intake& intake;
    Queries& queries;
    Clock& clock;
    Entropy& entropy;
    Metrics& metrics;
};

// From what Slack has told to what it is answered, whichever way it came: finds whose it is, has it
// stored, and replies.
class Dispatcher {
public:
    explicit Dispatcher(DispatcherParts parts) : parts_(parts) {}

    // A workspace, or an organisation, that installed the app and cannot be served now: what comes
    // from there is not taken, so that Slack tells it again, and people see that it failed.
    void shut(std::string workspace) { shut_.insert(std::move(workspace)); }

    void reopen(const std::string& workspace) { shut_.erase(workspace); }

    // The answer as HTTP has it. 200: what was told is committed, or needs nothing, or the answer
    // says to its person that it is not saved. With X-Slack-No-Retry: to tell it again would not
    // help. Anything else: it is not saved.
    Task<http::Response> answer(
        Heard heard, std::vector<Installation*> addressed, SteadyInstant arrived
    );

private:
    http::Response refuse(http::Response response, std::string_view reason);
    http::Response ignore(std::string_view reason);
    Task<http::Response> take(
        Told told, std::vector<Installation*> addressed, SteadyInstant arrived
    );

    bool is_shut(const Told& told) const;
    Task<Reader> reader_of(ConnectionId connection, std::string account);

    DispatcherParts parts_;
    std::set<std::string> shut_;
};

}  // namespace muster::slack
