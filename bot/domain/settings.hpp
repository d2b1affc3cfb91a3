#pragma once

#include "bot/domain/decision.hpp"
#include "bot/domain/team.hpp"

// People, teams, ceremonies, calendars: the store is the truth. Chat and `muster apply` change it
// by one decision.
namespace muster::settings {

// Everything that is set, as one value. Keys name people, teams and ceremonies; ids are found by
// key.
struct Document {
    Organisation organisation;
    std::vector<Connection> connections;
    std::vector<Person> people;
    std::vector<Account> accounts;
    std::vector<Team> teams;
    std::vector<Channel> channels;
    std::vector<Membership> memberships;
    std::vector<RoleHolder> roles;
    std::vector<Cover> covers;
    std::vector<Ceremony> ceremonies;
    std::vector<Calendar> calendars;
};

// ---- what a settings file says (config/settings_file reads and writes it)

struct WantedAccount {
    std::string platform;    // key under "accounts"
    std::string connection;  // key of a connection
    std::string external_id;
    // Of an account that is new: what its platform told of the person; "" in a settings file.
    std::string told_name{};
    ZoneName told_zone{};

    bool operator==(const WantedAccount&) const = default;
};

struct WantedPerson {
    std::string key, name, email;
    ZoneName zone;
    std::string calendar;
    WorkingHours hours = office_hours();
    std::string home;  // a platform key of accounts; "" = the only account
    std::string language = "en";
    std::vector<WantedAccount> accounts;
    bool is_outsider = false;  // of somebody who is new

    bool operator==(const WantedPerson&) const = default;
};

struct WantedChannel {
    std::string platform, connection, external_id;

    bool operator==(const WantedChannel&) const = default;
};

struct WantedTeam {
    std::string key, name;
    ZoneName zone;
    std::string calendar;
    WorkingHours hours = office_hours();
    std::string language = "en";
    std::vector<std::string> members, observers;  // keys of people
    std::map<Role, std::vector<std::pair<std::string, std::vector<std::chrono::weekday>>>>
        roles;  // key, days
    std::vector<WantedChannel> channels;
    std::vector<Ceremony> ceremonies;  // ids empty; matched by key

    bool operator==(const WantedTeam&) const = default;
};

struct WantedCover {
    std::string team;  // "" = of the organisation
    Role role;
    std::string person;
    LocalDate from, to;

    bool operator==(const WantedCover&) const = default;
};

struct Wanted {
    std::vector<WantedPerson> people;
    std::vector<WantedTeam> teams;
    // A role that is not here stays as it is. With any role or any cover of the organisation here,
    // the covers of the organisation are exactly those below; so are those of each team above.
    std::map<Role, std::vector<std::string>> organisation_roles;
    std::vector<WantedCover> covers;
    std::vector<Calendar> calendars;

    bool operator==(const Wanted&) const = default;
};

// One difference, for the terminal and the audit: "person amira", "zone", "Europe/London",
// "Europe/Paris".
struct Difference {
    enum class Kind { added, changed, removed };
    Kind kind;
    std::string what;   // "team payments, ceremony standup"
    std::string field;  // of a change; "" otherwise
    std::string before, after;

    bool operator==(const Difference&) const = default;
};

struct Problem {
    std::string where;     // "people/3/home"
    std::string expected;  // plain words for an operator

    bool operator==(const Problem&) const = default;
};

struct Changed {
    Decision decision;
    std::vector<Difference> differences;
    std::vector<TeamId> teams;  // touched: their next occurrences must be planned again
};

// Makes what the file names equal to it; people and teams it does not name stay, unless `prune`,
// which archives them. Refused as a whole, with every problem, when something does not fit (unknown
// person, two accounts alike, ...).
using ChangeResult = boost::system::result<Changed, std::vector<Problem>>;
ChangeResult
change(const Document& now_set, const Wanted&, bool prune, std::optional<PersonId> actor, IdSource&);

// What is wrong with the file alone, whatever is set now: keys that stand twice, limits, unknown
// zones. `change` looks for these too.
std::vector<Problem> problems_in(const Wanted&);

inline constexpr std::size_t most_questions = 20;
inline constexpr std::size_t most_members = 500;    // of one team, observers too
inline constexpr std::size_t most_ceremonies = 50;  // of one team
inline constexpr minutes closest_slots = 15min;
inline constexpr minutes shortest_window = 30min;
inline constexpr minutes longest_window = 24h;
inline constexpr std::size_t longest_key = 64;    // bytes
inline constexpr std::size_t longest_name = 200;  // bytes: of people, teams and ceremonies
inline constexpr std::size_t longest_name_told = longest_name / 4;  // characters, by a platform
inline constexpr std::size_t longest_question = 1'000;

// A week as few words as possible: "mon-thu" "09:00-17:30", "fri" "09:00-16:00". days_from and
// hours_from read them.
std::vector<std::pair<std::string, std::string>> by_days(const WorkingWeek&);
std::string days_text(const std::vector<std::chrono::weekday>&);  // "mon-wed,fri"

// The opposite: what a settings file would say. change(document, wanted_from(document)) has no
// differences.
Wanted wanted_from(const Document&);

// The same of one team alone, with its covers: to be asked for with something changed in it. Empty
// where there is no such team.
Wanted wanted_of(const Document&, TeamId);

// The team takes place no more; its people stay.
Changed archive(const Document& now_set, TeamId, std::optional<PersonId> actor);

// One person's own switches, and their own membership, changed by themselves; the same audit as
// above.
Decision set_plain(Person, bool on);
Decision set_longer(Person, bool on);
Decision set_standing(const Person&, const Team&, Standing, Instant now);

[[noreturn]] void
throw_exception_from_error(const std::vector<Problem>&, const boost::source_location&);

}  // namespace muster::settings
