#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace muster::slack {

// Which of the scopes that Muster cannot do without are absent from what an answer says was granted
// (x-oauth-scopes, "chat:write,im:write"). Pure.
std::vector<std::string> missing_scopes(std::string_view granted);

}  // namespace muster::slack
