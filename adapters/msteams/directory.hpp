#pragma once

#include "adapters/msteams/contacts.hpp"
#include "adapters/msteams/conversations.hpp"
#include "bot/ports/directory.hpp"

namespace muster::msteams {

// Who is who in one tenant, by the rosters of the places that the app is in (protocols/teams.md
// 5.1). Waits where Microsoft asks for a pause, as somebody waits for the answer; not for longer
// than a few minutes. Teams has no groups that an app could ask for.
class Directory final : public PeopleDirectory {
public:
    // Everything must outlive it.
    Directory(std::string tenant, Connector& connector, Contacts& contacts, Clock& clock)
        : tenant_(std::move(tenant)), connector_(connector), contacts_(contacts), clock_(clock) {}

    Task<DirectoryAnswer<Profile>> person(std::string account) override;
    Task<DirectoryAnswer<PlaceFacts>> place(std::string place) override;
    Task<DirectoryAnswer<GroupFacts>> group(std::string name) override;

private:
    // A roster tells all about everybody in it: nobody is asked for again that soon.
    struct Known {
        Profile profile;
        SteadyInstant until{};
    };

    Task<ConnectorAnswer> ask(std::string service_url, ConnectorCall call);
    Task<std::optional<NotTold>> add_members(Contact channel, PlaceFacts& facts);
    Task<std::string> name_of(Contact channel);
    Task<> learn(const json::Value& member, std::string service_url, PlaceFacts& facts);

    std::string tenant_;
    Connector& connector_;
    Contacts& contacts_;
    Clock& clock_;
    std::map<std::string, Known> known_;  // by account
};

}  // namespace muster::msteams
