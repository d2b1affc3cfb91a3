#pragma once

#include "tests/fakes/slack/fake_slack.hpp"

namespace muster::fake_slack {

// Who looks after the workspace: what they do to people, channels and the app, and what Slack tells
// of it to the apps that may hear it.
class Admin {
public:
    explicit Admin(FakeSlack& slack) : slack_(slack) {}

    void deactivates(const std::string& user, Instant now);
    void reactivates(const std::string& user, Instant now);

    // What people do to their own accounts is told in the same way.
    void renames(const std::string& user, std::string real_name, Instant now);
    void moves(const std::string& user, std::string zone, Instant now);

    void archives(const std::string& channel, Instant now);
    void unarchives(const std::string& channel, Instant now);
    // For good, with everything in it.
    void deletes(const std::string& channel, Instant now);
    void renames_channel(const std::string& channel, std::string name, Instant now);
    // Slack tells the app that it left, and that a member did.
    void removes_app_from(const std::string& channel, Instant now);

    // Its tokens end with it: told in either order, and without authorizations.
    void uninstalls_app(Instant now);

private:
    void changes(const std::string& user, bool is_deleted, Instant now);
    void tells_of(const User&, Instant now);

    FakeSlack& slack_;
};

}  // namespace muster::fake_slack
