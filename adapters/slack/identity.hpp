#pragma once

#include "adapters/slack/inbound.hpp"
#include "adapters/slack/web_api.hpp"

namespace muster::slack {

// Who we are where this token is from (auth.test), or what Slack answered instead.
Task<std::variant<Identity, ApiAnswer>> who_am_i(WebApi& api);

}  // namespace muster::slack
