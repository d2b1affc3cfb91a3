#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace muster::slack {

// A permission that the app asks for, and what it does with it. Without what is `needed` Muster
// cannot hold a stand-up; what is not needed may be left out of the manifest, with that one thing.
struct Scope {
    std::string_view name;
    bool needed;
    std::string_view why;  // "sends prompts": after "Muster"
};

// By name; the least there is, so that nobody has to grant more (protocols/slack.md 7).
std::span<const Scope> scopes();

// Which of the scopes that Muster cannot do without are absent from what an answer says was granted
// (x-oauth-scopes, "chat:write,im:write"). Pure.
std::vector<std::string> missing_scopes(std::string_view granted);

}  // namespace muster::slack
