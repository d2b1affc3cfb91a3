#pragma once

#include "bot/domain/message.hpp"
#include "bot/domain/run.hpp"
#include "bot/domain/team.hpp"

// What will not work, found before anybody waits for it in vain: can everybody be reached, will
// everybody be asked in the next 14 days, does everybody who is needed exist? Pure. Whoever asks
// puts it into words: operators edit a file, delivery managers press buttons.
namespace muster::examination {

inline constexpr int days_ahead = 14;

struct Finding {
    enum class Kind {
        no_team,
        zone_unknown,         // of the person; without one, of the team
        suspended,            // the connection: it refuses Muster as a whole
        not_granted,          // by the connection, what Muster needs
        no_account,           // of the person
        account_closed,       // of the person
        not_reached,          // the person, when they were written to last
        home_not_configured,  // the connection of the person's home
        no_delivery_manager,
        delivery_managers_gone,  // none has an account that is open
        no_members,
        no_channel,
        channel_not_configured,  // the connection of a channel
        channel_refused,         // it takes no posts
        no_ceremony,
        paused,
        no_text_question,
        not_held,       // in the days ahead
        never_works,    // the person, on any of its days
        outside_hours,  // the person's, on so many of its days
        calendar_missing,
        calendar_ends,
    };

    Kind kind;
    // What it is about, as far as it is about such a thing.
    std::optional<Team> team{};
    std::optional<Person> person{};
    std::optional<Ceremony> ceremony{};
    std::optional<Connection> connection{};
    std::string reason{};    // why the person was not reached: a hindrance, or the platform's code
    std::string calendar{};  // its key
    LocalDate ends{};        // what the calendar knows
    TimeOfDay at{};          // when the ceremony asks
    TimeOfDay there{};       // the same by the person's clock
    std::int64_t held = 0;   // days on which it is held; of these the person
    std::int64_t asked = 0;  // is asked,
    std::int64_t outside = 0;  // has too little working time left
};

// What teams stand on.
struct Ground {
    std::vector<Connection> connections;
    std::vector<ConnectionId> not_configured;
    std::map<AccountId, Account> accounts;      // the homes of everybody it is about, at least
    std::map<PersonId, std::string> unreached;  // of them, and why
    std::shared_ptr<const CalendarBook> calendars;
};

// Everybody, and every team.
std::vector<Finding> of_all(
    const std::vector<Person>&, const std::vector<Roster>&, const Ground&, Instant now
);

// One team with whom it asks, what weighs most first.
std::vector<Finding> of_team(const Roster&, const Ground&, Instant now);

// When and whom it asks, as far as nobody has to be written to for that.
std::vector<Finding> of_schedule(const Roster&, Instant now);

// What nobody who looks after a team would see.
std::vector<Finding>
of_organisation(const std::vector<Team>&, const std::vector<RoleHolder>&, const std::vector<Connection>&);

// Whom Muster could not write to when it tried last, and why. `rounds`: of one team, newest first.
std::map<PersonId, std::string> unreached_in(const std::vector<Round>& rounds);

// What was found and what to do about it, for whoever looks after the team in chat. What is as
// somebody wants it, and what only an operator can mend, is left out.
Items in_words(const std::vector<Finding>&);

}  // namespace muster::examination
