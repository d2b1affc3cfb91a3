#pragma once

#include "adapters/slack/identity.hpp"
#include "adapters/slack/web_api.hpp"

namespace muster::slack {

// Who we are where this token is from, and what Muster needs and was not granted there.
struct Introduction {
    Identity identity;
    std::vector<std::string> missing_scopes;
};

// Asks Slack (auth.test); or what Slack answered instead.
Task<std::variant<Introduction, ApiAnswer>> who_am_i(WebApi& api);

}  // namespace muster::slack
