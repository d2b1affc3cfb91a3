#pragma once

#include "bot/domain/access.hpp"
#include "bot/domain/decision.hpp"
#include "bot/domain/examination.hpp"
#include "bot/domain/turn.hpp"

// A person's own page in Muster, on platforms that have such a place: today's stand-ups, open
// blockers, days away, hours, settings; for delivery managers also their teams. Pure.
namespace muster::home {

// A team as somebody sees it who looks after it.
struct InCare {
    Team team;
    std::optional<RunBoard> today;               // its newest run of today
    std::vector<Blocker> open;                   // that this person may see, by number
    std::vector<examination::Finding> findings;  // that this person may do something about
};

struct Next {
    std::string team;
    std::string ceremony;
    Instant opens_at{};
};

struct Home {
    Person person;
    std::vector<Turn> todays;       // the person's rounds of today, by their windows
    std::optional<Next> next;       // when they are asked next, after those
    std::vector<Blocker> own;       // open ones that they raised, oldest first
    std::vector<Absence> absences;  // that have not ended
    std::vector<Team> teams;        // that they are in, by name
    std::vector<InCare> in_care;    // by name
    std::vector<examination::Finding> of_organisation;  // for its administrators
};

Message page(const Home&, Instant now);

// To somebody whom Muster does not know.
Message page_of_a_stranger(const Reader&);

// Whoever has just looked may still be looking: for so long the page follows what happens.
constexpr auto watched_for = std::chrono::hours{1};

// The page is shown as it is now. `published`: as it was shown there before; `is_blank`: it is not
// there any more.
Decision
opened(const Person&, AccountId where, const std::optional<Delivery>& published, bool is_blank, Instant now, IdSource&);

// It may show something else now, to somebody who may still be looking.
std::optional<Tell> shown_again(const Delivery& published, Instant now);

// Whom a decision is about, so that their page may show something else.
std::vector<PersonId> people_in(const Decision&);

}  // namespace muster::home
