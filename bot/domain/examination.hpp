#pragma once

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
        no_account,           // of the person
        home_not_configured,  // the connection of the person's home
        no_delivery_manager,
        no_members,
        no_channel,
        channel_not_configured,  // the connection of a channel
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
    std::string connection{};  // its name in the configuration
    std::string calendar{};    // its key
    LocalDate ends{};          // what the calendar knows
    TimeOfDay at{};            // when the ceremony asks
    TimeOfDay there{};         // the same by the person's clock
    std::int64_t held = 0;     // days on which it is held; of these the person
    std::int64_t asked = 0;    // is asked,
    std::int64_t outside = 0;  // has too little working time left
};

// What teams stand on.
struct Ground {
    std::vector<Connection> connections;
    std::vector<ConnectionId> not_configured;
    std::map<AccountId, Account> homes;
    std::shared_ptr<const CalendarBook> calendars;
};

// Everybody, and every team.
std::vector<Finding> of_all(
    const std::vector<Person>&, const std::vector<Roster>&, const Ground&, Instant now
);

}  // namespace muster::examination
