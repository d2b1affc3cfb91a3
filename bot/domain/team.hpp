#pragma once

#include "bot/domain/ceremony.hpp"
#include "bot/domain/person.hpp"

namespace muster {

struct Team {
    TeamId id;
    OrganisationId organisation;
    std::string key;
    std::string name;
    ZoneName zone = "Europe/London";
    std::string calendar;
    WorkingHours hours = office_hours();
    std::string language = "en";
    int next_number = 1;  // of the next blocker: people say "13"
    bool archived = false;

    bool operator==(const Team&) const = default;
};

// Where the team's reports go: one channel per connection.
struct Channel {
    ChannelId id;
    TeamId team;
    ConnectionId connection;
    std::string external_id;  // opaque: a channel; for some platforms "team/channel"
    std::optional<Instant> refused_since = std::nullopt;  // takes no posts, as far as is known

    bool operator==(const Channel&) const = default;
};

enum class Standing { participant, observer };  // observers are not asked

struct Membership {
    TeamId team;
    PersonId person;
    Standing standing = Standing::participant;
    // An observer who left by themselves, then; none: the settings made them one.
    std::optional<Instant> stopped_at = std::nullopt;

    bool operator==(const Membership&) const = default;
};

enum class Role {
    delivery_manager,
    deputy,
    lead,
    head,
    product_owner,
    service_manager,
    administrator,  // from here on: of the organisation
    product_ops,
    fallback,
};

const char* name(Role);
std::optional<Role> role_from(std::string_view);

struct RoleHolder {
    std::optional<TeamId> team;  // none = of the organisation
    Role role;
    PersonId person;
    std::vector<std::chrono::weekday> days;  // job share; empty = every day

    bool operator==(const RoleHolder&) const = default;
};

// Who stands in for a role for some days; a cover sees open items only.
struct Cover {
    CoverId id;
    std::optional<TeamId> team;
    Role role;
    PersonId person;
    LocalDate from;
    LocalDate to;

    bool operator==(const Cover&) const = default;
};

struct Member {
    Person person;
    Standing standing = Standing::participant;
    std::vector<Absence> absences;                     // those that count for this team
    std::optional<Instant> stopped_at = std::nullopt;  // as of the membership

    bool operator==(const Member&) const = default;
};

// One team with everything around it that decisions ask for: copied out of the store for one
// decision.
struct Roster {
    Team team;
    std::vector<Member> members;
    std::vector<RoleHolder> roles;  // of the team and of the organisation
    std::vector<Cover> covers;
    std::vector<PersonId> outsiders;  // of those two: of another organisation, so none of it counts
    std::vector<Channel> channels;
    std::vector<Ceremony> ceremonies;  // not archived
    std::shared_ptr<const CalendarBook> calendars;

    const Member* member(PersonId) const;
    bool is_outsider(PersonId) const;
};

// When a person, or the team as a whole, works. Points into the roster's calendars: do not outlive
// it.
WorkPattern work_pattern(const Person&, const std::vector<Absence>&, const CalendarBook&);
WorkPattern work_pattern(const Team&, const CalendarBook&);

// Who holds a role of this team at `now`: the holders of that weekday in the team's zone who are
// not away, with whoever covers for the role now; when that leaves nobody, all holders. Deputies
// are not included, nor is anybody of another organisation.
std::vector<PersonId> holders(const Roster&, Role, Instant now);

}  // namespace muster
