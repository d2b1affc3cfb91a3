#pragma once

#include <memory>

#include "bot/domain/calendar.hpp"
#include "bot/domain/ids.hpp"

namespace muster {

// The unit of isolation: owns people, teams, runs and blockers.
struct Organisation {
    OrganisationId id;
    std::string name;

    bool operator==(const Organisation&) const = default;
};

// One workspace, one tenant, or the local workspace. `platform` is a key that only adapters know.
struct Connection {
    ConnectionId id;
    OrganisationId organisation;
    std::string key;                           // its name in the configuration: "main"
    std::string platform;                      // "slack", "msteams", "local"
    std::optional<Instant> suspended_since{};  // it refuses Muster as a whole
    std::string not_granted{};  // of what Muster needs there, in the platform's words

    bool operator==(const Connection&) const = default;
};

struct Person {
    PersonId id;
    OrganisationId organisation;
    std::string key;  // its name in the settings file: "amira"
    std::string name;
    std::string email;
    ZoneName zone = "Europe/London";
    std::string calendar;  // key of a Calendar; "" = none
    WorkingHours hours = office_hours();
    AccountId home;  // where prompts go
    std::string language = "en";
    bool plain = false;   // text only, one question per message, no edits
    bool longer = false;  // twice the window, inside the working day; nobody else sees it
    bool archived = false;
    bool outsider = false;  // of another organisation, by what their home says
    // Wants no disturbance, by what their home says: the present time of it, or the next.
    std::optional<Instant> quiet_from = std::nullopt;
    std::optional<Instant> quiet_to = std::nullopt;

    bool operator==(const Person&) const = default;
};

bool wants_quiet(const Person&, Instant);

// What somebody's status at a platform says of their days, and nothing else of it.
struct AwayHint {
    bool is_away = false;                         // perhaps
    std::optional<Instant> until = std::nullopt;  // none: it names no end

    bool operator==(const AwayHint&) const = default;
};

// A person on one connection.
struct Account {
    AccountId id;
    ConnectionId connection;
    PersonId person;
    std::string external_id;  // opaque
    std::optional<Instant> verified_at;
    std::optional<Instant> closed_at = std::nullopt;  // by the platform; none: it is in use
    std::string name_taken{};  // from the platform: while the person has it, it follows; "" = none
    ZoneName zone_told{};      // by the platform, last; "" = not yet
    int zone_questions = 0;    // put to the person so far: "use that zone?"
    bool zone_open = false;    // the last of them waits for its answer
    AwayHint away_told{};      // by the platform, last
    std::optional<Instant> told_at = std::nullopt;  // when the platform last told of the person

    bool operator==(const Account&) const = default;
};

enum class AbsenceSource { self, delivery_manager, ics, csv, holiday };

// Days on which a person does not work. No kind and no reason is ever kept.
struct Absence {
    AbsenceId id;
    PersonId person;
    std::optional<TeamId> team;  // none = all teams
    DaysAway days;
    AbsenceSource source = AbsenceSource::self;

    bool operator==(const Absence&) const = default;
};

using CalendarBook = std::map<std::string, Calendar>;  // by key

}  // namespace muster
