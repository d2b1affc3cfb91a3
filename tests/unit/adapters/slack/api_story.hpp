#pragma once

#include "adapters/slack/web_api.hpp"
#include "tests/unit/adapters/on_a_clock.hpp"
#include "tests/unit/adapters/slack/scripted_slack.hpp"

namespace muster::slack {

class ApiStory : public OnAClock {};

inline constexpr auto base_url = "https://slack.com/api/";
inline constexpr auto token = "xoxb-secret";

}  // namespace muster::slack
