#pragma once

#include <deque>

#include "bot/ports/http_client.hpp"
#include "tests/fakes/msteams/complaints.hpp"
#include "tests/fakes/msteams/tenant.hpp"

namespace muster::fake_teams {

// The Connector of one tenant: what the app may call, and how (protocols/teams.md 5). It holds the
// app to Microsoft's rules and to our own.
class Connector {
public:
    Connector(Tenant& tenant, Complaints& complaints) : tenant_(tenant), complaints_(complaints) {}

    bool is_asked_by(const HttpCall& call) const;

    // `token`: the one that is good now.
    HttpAnswer answer(const HttpCall& call, const std::string& token, Instant now);

    // Where the call would change something; "" = nowhere.
    std::string conversation_of(const HttpCall& call) const;

    // How often each kind of call was made: "POST activities".
    const std::map<std::string, int>& calls() const { return calls_; }

private:
    struct Asked;

    HttpAnswer route(const Asked& asked);
    HttpAnswer create(const Asked& asked);
    HttpAnswer open_chat(const Asked& asked);
    HttpAnswer open_thread(const Asked& asked);
    HttpAnswer send(const Asked& asked);
    HttpAnswer edit(const Asked& asked);
    HttpAnswer remove(const Asked& asked);
    HttpAnswer list_members(const Asked& asked);
    HttpAnswer look_up_member(const Asked& asked);
    HttpAnswer look_up_team(const Asked& asked);
    HttpAnswer list_channels(const Asked& asked);
    std::optional<HttpAnswer> refused_in(const std::string& conversation);
    std::optional<HttpAnswer> too_soon(const std::string& conversation, Instant now);
    std::optional<Posted> message_in(const Asked& asked, const json::Value& activity);
    void complain(const Asked& asked, const std::string& what);

    Tenant& tenant_;
    Complaints& complaints_;
    std::map<std::string, std::deque<Instant>> sends_;  // by conversation
    std::map<std::string, int> calls_;
};

}  // namespace muster::fake_teams
