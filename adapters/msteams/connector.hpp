#pragma once

#include "adapters/msteams/access_token.hpp"
#include "adapters/msteams/connector_calls.hpp"

namespace muster::msteams {

// What became of one call, in Microsoft's words.
struct ConnectorAnswer {
    int status = 0;    // 0: no answer came
    json::Value body;  // null where nothing was said that we can read
    // "" = it went through. Microsoft's code ("BotNotInConversationRoster"), or ours: "no_answer",
    // "no_token", "forbidden_host", and "http_502" where no code was told.
    std::string error;
    milliseconds retry_after{0};  // of a call that came too soon
    bool was_sent = true;         // false: nothing of the request was written
    std::string correlation;      // MS-CV: Microsoft's name for the call, for the log

    bool ok() const { return error.empty(); }
};

// Calls the Connector of the tenant with the app's token, which goes to allowed hosts only. A token
// that is refused is exchanged once, and the call made again. Throws only operation_aborted, and
// only when the task was cancelled.
class Connector {
public:
    // Everything must outlive it. `hosts`: those a service url may name.
    struct Parts {
        HttpClient& http;
        Clock& clock;
        AccessToken& token;
    };

    Connector(std::vector<std::string> hosts, Parts parts);

    Task<ConnectorAnswer> call(std::string service_url, ConnectorCall call);

private:
    Task<ConnectorAnswer> call_once(const HttpCall& without_token, std::string token);

    std::vector<std::string> hosts_;
    Parts parts_;
};

}  // namespace muster::msteams
