#pragma once

#include <string>

namespace muster::slack {

// The app as Slack makes it from a manifest (api.slack.com/apps, "From a manifest"): the command,
// the shortcuts, the events, the permissions. With an address (https, without a slash at the end)
// Slack calls Muster there; with "" Muster calls Slack, over Socket Mode. JSON for people to read.
// Pure.
std::string manifest(const std::string& public_url);

}  // namespace muster::slack
