#pragma once

#include "tests/fakes/slack/workspace.hpp"

namespace muster::fake_slack {

// What everybody sees, as JSON for a test: messages by channel, ephemerals, open forms, notices.
json::Object state_of(const Workspace&);

}  // namespace muster::fake_slack
