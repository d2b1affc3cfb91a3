#pragma once

#include <functional>

#include "tests/fakes/slack/form.hpp"
#include "tests/fakes/slack/workspace.hpp"

// What Slack tells the app, as the very requests that it would make.
namespace muster::fake_slack {

struct AppRequest {
    enum class Kind { event, interaction, command };

    Kind kind = Kind::event;
    std::string path{};  // "/slack/events"
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};

    // Not sent: what the answer to it is about.
    std::string user{};
    std::string channel{};
    std::string view{};  // of a form that was sent
    Instant sent_at{};
    int retries = 0;
};

// As it goes out at this moment: with its time, and signed.
AppRequest signed_at(AppRequest request, const Installation&, Instant now);

class Outbox {
public:
    explicit Outbox(Workspace& workspace) : workspace_(workspace) {}

    // ---- events, where the app may hear of them

    void posted(const Message&, Instant now);
    void edited(const Message& before, const Message& after, Instant now);
    // Of a message with replies a tombstone stays: its deletion is told as a change.
    void deleted(const Message& before, Instant now);
    // Slack shows what a link leads to: a change by nobody.
    void previewed(const Message&, Instant now);
    // `type`: "member_joined_channel" or "member_left_channel".
    void came_or_went(
        const std::string& type,
        const Channel&,
        const std::string& user,
        Instant now,
        const std::string& inviter = ""
    );

    void group_changed(
        const UserGroup&,
        const std::vector<std::string>& added,
        const std::vector<std::string>& removed,
        Instant now
    );

    // Any event: `channel` where it happened and `actor` who did it, when there are such.
    void event(
        json::Object event,
        Instant now,
        const Channel* channel = nullptr,
        const std::string& actor = ""
    );

    // ---- interactions

    // `about` says what the answer is about.
    void interaction(json::Object payload, Instant now, AppRequest about);
    void command(const FormFields& fields, Instant now, AppRequest about);

    // ---- out

    // The oldest first.
    std::vector<AppRequest> take();

    // Instead of waiting to be taken.
    void on_request(std::function<void(AppRequest)> listener) { listener_ = std::move(listener); }

    // From now on payloads look as they may tomorrow.
    void drift(bool drifts) { drifts_ = drifts; }

private:
    bool hears(const Channel&) const;
    void changed(
        json::Object before,
        json::Object after,
        const Channel&,
        const std::string& actor,
        Instant now
    );
    json::Object message_event(const Message&, const Channel&) const;
    void send(AppRequest, Instant now);

    Workspace& workspace_;
    std::vector<AppRequest> waiting_;
    std::function<void(AppRequest)> listener_;
    bool drifts_ = false;
};

}  // namespace muster::fake_slack
