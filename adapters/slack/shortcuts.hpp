#pragma once

#include <string_view>

// What the app offers in Slack's menus: the manifest names them, and what is chosen comes back by
// its id.
namespace muster::slack::shortcuts {

inline constexpr std::string_view raise_from_message = "raise_from_message";  // of a message
inline constexpr std::string_view raise_blocker = "raise_blocker";            // of the whole app
inline constexpr std::string_view my_stand_up = "my_stand_up";                // of the whole app

}  // namespace muster::slack::shortcuts
