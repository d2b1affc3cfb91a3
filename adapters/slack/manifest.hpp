#pragma once

#include <string>

namespace muster::slack {

// The app as Slack makes it from a manifest (api.slack.com/apps, "From a manifest"): the command,
// the shortcuts, the events, the permissions. With an address (https, without a slash at the end)
// Slack calls Muster there, unless Muster calls Slack, over Socket Mode: then only browsers come
// there, to install it. With "" nobody does. JSON for people to read. Pure.
std::string manifest(const std::string& public_url, bool is_over_socket = false);

}  // namespace muster::slack
