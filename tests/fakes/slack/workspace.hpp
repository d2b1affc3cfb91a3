#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/json/strict.hpp"
#include "bot/domain/instant.hpp"

// One Slack workspace as data: who and what there is, and what people see of it.
namespace muster::fake_slack {

// What is fixed when the app is installed.
struct Installation {
    std::string team = "T0TEAM";
    std::string domain = "example";
    std::string app = "A0MUSTER";
    std::string bot_user = "U0MUSTER";
    std::string bot = "B0MUSTER";
    std::string bot_name = "Muster";

    std::string token = "xoxb-of-the-fake";
    std::string app_token = "xapp-of-the-fake";
    std::string signing_secret = "secret-of-the-fake";
    std::string client_id = "client-of-the-fake";
    std::string client_secret = "client-secret-of-the-fake";
    std::string api = "https://slack.com/api/";          // ends with a slash
    std::string socket = "wss://wss.slack.com/link/";    // of Socket Mode
    std::string responses = "https://hooks.slack.com/";  // where response_urls begin; the same
    std::set<std::string> scopes = {                     // the least of protocols/slack.md 7
        "app_mentions:read",
        "channels:read",
        "chat:write",
        "commands",
        "dnd:read",
        "groups:read",
        "im:history",
        "im:write",
        "usergroups:read",
        "users:read"};
    int posts_per_minute = 500;      // in the whole workspace: "several hundred"
    std::size_t longest_page = 999;  // of history, replies, members; whatever limit is asked for
};

struct User {
    std::string id;
    std::string name;       // "alice"
    std::string real_name;  // "Alice Adams"
    std::optional<std::string> tz = "Europe/London";
    bool is_bot = false;
    bool is_deleted = false;
    bool is_guest = false;
    bool takes_no_messages = false;  // from the app
    std::string team{};              // "" = of this workspace; else a stranger in a shared channel
};

struct Channel {
    std::string id;
    std::string name;
    std::vector<std::string> members;  // user ids
    bool is_private = false;
    bool is_archived = false;
    bool is_deleted = false;
    bool is_shared = false;  // with another organisation
    std::string person{};    // whose direct message with the app it is; "" = a channel

    bool is_direct() const { return !person.empty(); }

    bool has(const std::string& user) const;
};

struct UserGroup {
    std::string id;
    std::string handle;  // "payments"
    std::string name;    // "Payments team"
    std::vector<std::string> users;
};

struct Message {
    std::string channel;
    std::string thread;  // ts of the parent; "" = top level
    std::string user;
    std::string bot;  // "" = a person wrote it
    std::string text;
    json::Array blocks;
    std::string client_msg_id{};
    std::string subtype{};

    std::string ts{};
    std::string edited_by{};
    std::string edited_ts{};
    int edits = 0;
    bool is_deleted = false;
    Instant in_history_from{};  // history shows it from then on
};

// What one person alone sees, until Slack is loaded again.
struct Ephemeral {
    std::string channel;
    std::string thread;
    std::string user;
    std::string text;
    json::Array blocks;
    std::string through;  // "chat.postEphemeral", "response_url", "command"

    std::string ts{};
    bool is_deleted = false;
};

struct View {
    std::string user;
    json::Object content;  // type, title, blocks, ... as the app gave it

    std::string id{};
    std::string hash{};
    std::string root{};
    std::string previous{};                       // "" = the first of its stack
    std::map<std::string, std::string> typed{};   // block_id -> what the person entered
    std::map<std::string, std::string> errors{};  // block_id -> what the person was told
    bool is_open = true;
};

struct Trigger {
    std::string user;
    Instant issued_at{};
    bool is_used = false;
};

struct ResponseUrl {
    std::string user;
    std::string channel;
    std::string message;  // ts of the one whose button was pressed; "" after a command
    bool of_ephemeral = false;
    Instant issued_at{};
    int uses = 0;
};

// What Slack itself told a person: the app did not answer, a field is empty.
struct Notice {
    std::string user;
    std::string words;
};

struct Workspace {
    explicit Workspace(Installation installation);

    // ---- who and what

    void add(User);
    void add(Channel);

    // nullptr: there is none, or none any more.
    const User* user(const std::string& id) const;
    Channel* channel(const std::string& id);
    Channel& direct_with(const std::string& person);  // opened if it is not yet

    bool is_ours(const Message& message) const { return message.bot == installation.bot; }

    // ---- messages

    // Gives it a ts; what was left out of the blocks is filled in as Slack does.
    Message& post(Message, Instant now);
    // Also one that was deleted; nullptr: there never was one.
    Message* message(const std::string& channel, const std::string& ts);
    std::vector<const Message*> replies_to(const Message& parent) const;  // oldest first
    Ephemeral& show(Ephemeral, Instant now);
    Ephemeral* ephemeral(const std::string& channel, const std::string& ts);
    // Slack gives every block an id, and every element that can be used an action_id.
    void fill_in(json::Array& blocks);

    // ---- views

    // The topmost one that this person has open; nullptr: none.
    View* top_view_of(const std::string& user);
    View* view(const std::string& id);
    View& put_on_top(View, Instant now);
    void replace(View&, json::Object content, Instant now);
    void close_views_of(const std::string& user);

    // ---- what is given out

    std::string new_ts(Instant now);                // grows, whatever the clock does
    std::string new_id(const std::string& prefix);  // "Ev0000001"
    std::string new_trigger(const std::string& user, Instant now);
    std::string new_response_url(ResponseUrl, const std::string& kind);
    std::string new_client_msg_id();

    Installation installation;
    bool token_is_revoked = false;

    // The app was installed again, or its token was exchanged: the one of before is revoked.
    void exchange_token(std::string token);

    std::set<std::string> tokens_of_before;
    std::map<std::string, User> users;
    std::map<std::string, Channel> channels;
    std::vector<UserGroup> groups;
    std::map<std::string, std::map<std::string, Message>> messages;  // by channel, by ts
    std::vector<Ephemeral> ephemerals;
    std::map<std::string, View> views;
    std::map<std::string, std::vector<std::string>> stacks;  // user -> views, lowest first
    std::map<std::string, View> homes;                       // user -> App Home
    std::map<std::string, Trigger> triggers;
    std::map<std::string, ResponseUrl> response_urls;
    std::vector<Notice> notices;

private:
    std::int64_t last_ts_ = 0;  // in microseconds
    int last_id_ = 0;
};

constexpr std::size_t deepest_stack = 3;

}  // namespace muster::fake_slack
