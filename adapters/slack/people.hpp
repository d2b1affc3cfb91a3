#pragma once

#include <vector>

#include "adapters/json/strict.hpp"
#include "adapters/slack/identity.hpp"
#include "bot/domain/zone.hpp"

// What Slack's object of a user says of that person (protocols/slack.md 5.6). Pure.
namespace muster::slack {

std::string name_of(const json::Value& user);  // as people see it; else what there is, or ""
ZoneName zone_of(const json::Value& user);     // one that we know, or ""

// Slackbot says that it is no bot.
bool is_bot(const json::Value& user);

// `ours`: the workspaces that we are in; none, when Slack has not said it yet. On Enterprise Grid
// people of one organisation are in several workspaces.
bool is_outsider(const json::Value& user, const std::vector<Identity>& ours);

}  // namespace muster::slack
