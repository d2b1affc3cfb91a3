#pragma once

#include <functional>

#include "adapters/slack/web_api.hpp"
#include "bot/ports/obstacle.hpp"

namespace muster::slack {

// Asks Slack whether the token is good, what it grants, whether Muster is in each channel, and
// whether each person can be written to. Asks one after the other and waits as long as Slack tells
// it to; gives up on the rest, with `not_reached`, when Slack answers nothing that means anything.
// `looked_at` hears how many channels and people were asked about so far.
Task<std::vector<Obstacle>> check(
    WebApi& api, Clock& clock, Correspondents who, std::function<Task<>(std::size_t)> looked_at
);

// Asks with the app-level token whether Muster may open a web socket, and whether it gets as far as
// the host where it would. Opens none: Slack would give it a part of what people write, and the
// running Muster would not hear of that. "" = all is well, else why not.
Task<std::string> check_socket(WebApi& api, HttpClient& http);

}  // namespace muster::slack
