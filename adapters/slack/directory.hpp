#pragma once

#include "adapters/slack/identity.hpp"
#include "adapters/slack/web_api.hpp"
#include "bot/ports/directory.hpp"

namespace muster::slack {

// Who is who in one workspace (protocols/slack.md 5, "users", "conversations"). Waits where Slack
// asks for a pause, as somebody waits for the answer; not for longer than a few minutes.
class Directory final : public PeopleDirectory {
public:
    // Everything must outlive it. `us`: as soon as Slack has said who we are.
    Directory(WebApi& api, Clock& clock, const std::optional<Identity>& us);

    Task<DirectoryAnswer<Profile>> person(std::string account) override;
    Task<DirectoryAnswer<PlaceFacts>> place(std::string place) override;
    Task<DirectoryAnswer<GroupFacts>> group(std::string name) override;

private:
    Task<DirectoryAnswer<std::vector<std::string>>> own_workspaces();
    Task<DirectoryAnswer<GroupFacts>> group_in(std::string workspace, std::string name);
    Task<ApiAnswer> ask(std::string method, json::Object arguments);
    Task<std::optional<NotTold>> add_members(std::string place, PlaceFacts& facts);

    WebApi& api_;
    Clock& clock_;
    const std::optional<Identity>& us_;
};

}  // namespace muster::slack
