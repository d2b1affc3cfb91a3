#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/json/strict.hpp"
#include "bot/domain/instant.hpp"

// One tenant of Microsoft Teams as an app sees it: people, a team with its channels, and what was
// written (protocols/teams.md). A pure model that lives on while the bot dies.
namespace muster::fake_teams {

struct User {
    std::string id;  // Entra object id
    std::string name;
    std::string zone = "Europe/London";
    bool is_guest = false;
    bool has_app = false;     // the personal chat is there
    bool is_blocked = false;  // takes no messages of the app
    bool is_away = false;     // the account is closed
    std::string chat{};       // "a:...": once the app was added

    std::string mri() const { return "29:" + id; }
};

struct Posted {
    std::string id;            // milliseconds, as Teams has it
    std::string conversation;  // a chat, or the thread of a channel
    std::string author;        // a user; "" = the app
    std::string words;         // of a line
    std::string summary;
    json::Object card;
    Instant at{};
    int edits = 0;
    bool is_deleted = false;
    std::map<std::string, json::Object> shown_to{};  // in its place, by user
};

struct Channel {
    std::string id;
    std::string name;
    bool has_app = false;
    bool is_deleted = false;
};

// A dialog that stands open before a user.
struct Dialog {
    std::string title;
    json::Object card;
    std::map<std::string, std::string> entered;  // by id of the input; as typed
};

struct Installation {
    std::string tenant = "22222222-2222-4222-8222-222222222222";
    std::string app_id = "11111111-1111-4111-8111-111111111111";
    std::string app_password = "s3cret~value";
    std::string issuer = "https://api.botframework.com";
    std::string scope = "https://api.botframework.com/.default";
    std::string login = "https://login.example/tenant/oauth2/v2.0/token";
    std::string metadata = "https://login.botframework.com/v1/.well-known/openidconfiguration";
    std::string service_url = "https://smba.trafficmanager.net/emea/22222222/";

    std::string bot() const { return "28:" + app_id; }
};

class Tenant {
public:
    explicit Tenant(Installation installed) : installation(std::move(installed)) {}

    User& add(User user);
    Channel& add(Channel channel);

    // Throws std::logic_error where there is none: a test that speaks of nobody is wrong.
    User& user(const std::string& id);
    User* user_called(const std::string& mri_or_id);
    User* owner_of(const std::string& chat);
    Channel* channel(const std::string& id);

    std::vector<User>& users() { return users_; }

    std::vector<Channel>& channels() { return channels_; }

    // The personal chat, made where it is not there yet: the same one for ever.
    std::string chat_with(User& user);

    Posted& post(Posted message, Instant now);
    Posted* message(const std::string& conversation, const std::string& id);

    const std::vector<Posted>& messages() const { return messages_; }

    std::vector<Posted>& messages() { return messages_; }

    // What the app has posted there and is not deleted, oldest first; of a channel also in its
    // threads.
    std::vector<Posted> posted_by_app_in(const std::string& place) const;

    Installation installation;
    std::string team = "19:team@thread.tacv2";
    std::map<std::string, Dialog> dialogs;                    // by user
    std::map<std::string, std::vector<std::string>> flashes;  // short words over a card, by user

private:
    std::vector<User> users_;
    std::vector<Channel> channels_;
    std::vector<Posted> messages_;
    std::int64_t last_id_ = 0;
};

// "19:abc@thread.tacv2;messageid=17" -> "19:abc@thread.tacv2".
std::string channel_of(const std::string& conversation);
std::string thread_of(const std::string& channel, const std::string& message);

}  // namespace muster::fake_teams
