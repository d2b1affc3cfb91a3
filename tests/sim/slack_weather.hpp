#pragma once

#include <map>

#include "tests/fakes/slack/trouble.hpp"

namespace muster::sim {

// What Slack is like during a run.
struct SlackWeather {
    std::map<fake_slack::Trouble::Kind, double> calls;  // what befalls them, and how often
    bool payloads_drift = false;                        // they look as they may tomorrow
    bool shows_channels = false;                        // the bot may read their history too
    bool short_pages = false;                           // of history: two messages each
    bool shuts_out = false;        // at times the bot was removed from a channel
    bool loses_channels = false;   // at times one is archived or deleted
    bool sockets = false;          // what people do comes by Socket Mode
    bool slow_hello = false;       // which greets late
    bool sets_up_in_chat = false;  // nothing is set when it begins: people set their teams up
};

}  // namespace muster::sim
