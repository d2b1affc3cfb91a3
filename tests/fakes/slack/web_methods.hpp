#pragma once

#include "tests/fakes/slack/api_call.hpp"
#include "tests/fakes/slack/complaints.hpp"
#include "tests/fakes/slack/content.hpp"
#include "tests/fakes/slack/outbox.hpp"

// The methods of the Web API on a workspace (protocols/slack.md 5.2).
namespace muster::fake_slack {

class WebMethods {
public:
    // Everything must outlive it.
    WebMethods(Workspace& workspace, Outbox& outbox, Complaints& complaints);

    // The answer's body. What the call posts is in no history until `hidden` has passed.
    json::Object carry_out(const ApiCall&, Instant now, milliseconds hidden = {});

private:
    using Do = json::Object (WebMethods::*)(const Arguments&);

    // methods_of_chat.cpp
    json::Object post_message(const Arguments&);
    json::Object post_ephemeral(const Arguments&);
    json::Object update(const Arguments&);
    json::Object remove(const Arguments&);

    // methods_of_conversations.cpp
    json::Object open_conversation(const Arguments&);
    json::Object conversation_info(const Arguments&);
    json::Object conversation_members(const Arguments&);
    json::Object history(const Arguments&);
    json::Object replies(const Arguments&);

    // methods_of_views.cpp
    json::Object open_view(const Arguments&);
    json::Object push_view(const Arguments&);
    json::Object update_view(const Arguments&);
    json::Object publish_view(const Arguments&);

    json::Object test_auth(const Arguments&);
    json::Object revoke(const Arguments&);
    json::Object user_info(const Arguments&);
    json::Object list_groups(const Arguments&);
    json::Object group_users(const Arguments&);

    struct Target {
        Channel* channel = nullptr;  // nullptr: `refusal` says why
        json::Object refusal{};
    };

    Target place_to_post(const std::string& channel);
    Target place_to_read(const std::string& channel, const std::string& kind_of_scope);
    // nullopt: a reply may be posted there.
    std::optional<json::Object> thread_refused(const Channel&, const std::string& thread);
    // nullopt: Slack takes it.
    std::optional<json::Object> content_refused(const Content&);
    std::optional<json::Object> trigger_refused(const std::string& id, std::string& user);
    json::Object page_of(std::vector<const Message*>, const Arguments&);
    bool is_in_range(const Message&, const Arguments&) const;

    // The app's own message that is to be changed; nullptr: `refusal` says why.
    struct Own {
        Message* message = nullptr;
        json::Object refusal{};
    };

    Own own_message(const Arguments&, const char* error_of_others);

    // Slack says no: for a reason that the app could not know, or by the app's own fault.
    json::Object refuse(const std::string& error, const std::string& why);
    json::Object blame(const std::string& error, const std::string& why);
    json::Object lacks_scope(const std::string& scope);

    bool has_scope(const std::string& scope) const {
        return workspace_.installation.scopes.contains(scope);
    }

    Workspace& workspace_;
    Outbox& outbox_;
    Complaints& complaints_;

    // Of the call that is being carried out.
    std::string name_;
    Instant now_{};
    milliseconds hidden_{0};
};

json::Object refused(const std::string& error);  // {"ok":false,"error":...}

}  // namespace muster::fake_slack
