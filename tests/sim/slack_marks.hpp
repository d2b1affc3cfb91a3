#pragma once

#include "tests/fakes/simulated_platform.hpp"
#include "tests/fakes/slack/workspace.hpp"

// What stands in Slack of the bot's deliveries: read from the messages themselves, by
// spec/reliability.md and not by the adapter, so that an error there cannot hide here.
namespace muster::sim {

// The first block of a message of ours: "d:<delivery>", in parts "d:<delivery>:<part>:<parts>" and
// behind it, from the second part on, the ts of the first.
struct Marked {
    DeliveryId delivery;
    int part = 1;
    int parts = 1;
    std::string first;  // ts of the first part, also of itself
};

std::optional<Marked> marked(const fake_slack::Message&);

// Everything that was ever posted of all deliveries: one for each first part, by place and time,
// with its notification alone.
struct Copies {
    std::vector<Posted> all;
    std::vector<std::string> broken;  // those that stand, but not each of their parts once
};

Copies copies_in(const fake_slack::Workspace&);

// "D1/17.1": how people's acts name a message.
std::string id_of(const fake_slack::Message&);

}  // namespace muster::sim
