#include "bot/domain/access.hpp"

#include <map>
#include <sstream>

#include <gtest/gtest.h>

using namespace muster;
using namespace muster::access;

namespace {

// The published table once more, as people read it: who may, by act. Everybody else may not.
const std::map<std::string, std::string> published{
    {"answer_own", "participant outsider"},
    {"see_own_history",
     "participant observer delivery_manager deputy cover lead head product_owner service_manager "
     "administrator product_ops fallback outsider"},
    {"see_status",
     "participant observer delivery_manager deputy cover lead product_owner service_manager"},
    {"see_who_is_not_working",
     "participant observer delivery_manager deputy cover lead product_owner service_manager"},
    {"see_status_names", "delivery_manager cover"},
    {"why_of_other", "delivery_manager cover"},
    {"see_names_of_silent", "delivery_manager"},
    {"start_run", "delivery_manager deputy"},
    {"change_team_settings", "delivery_manager deputy administrator"},
    {"change_connections", "administrator"},
    {"raise_blocker",
     "participant observer delivery_manager deputy cover lead product_owner service_manager "
     "outsider"},
    {"see_team_blockers",
     "participant observer raiser helper delivery_manager deputy cover lead product_owner "
     "service_manager"},
    {"help_with_blocker",
     "participant observer delivery_manager deputy cover lead product_owner service_manager"},
    {"update_blocker", "raiser helper delivery_manager deputy cover"},
    {"clear_blocker", "raiser helper delivery_manager deputy cover"},
    {"see_private_blocker", "raiser helper delivery_manager cover"},
};

bool is_published(Hat hat, Act act) {
    std::istringstream hats{published.at(name(act))};
    for (std::string allowed; hats >> allowed;)
        if (allowed == name(hat)) return true;
    return false;
}

const PersonId amira{1};
const PersonId dev{2};
const PersonId outsider{3};
constexpr Instant tuesday =
    std::chrono::sys_days{LocalDate{std::chrono::year{2026} / 11 / 24}} + 9h;

Roster payments() {
    Roster roster;
    roster.team.id = TeamId{7};
    for (const auto id : {amira, dev}) {
        Member member;
        member.person.id = id;
        roster.members.push_back(member);
    }
    roster.roles = {{TeamId{7}, Role::delivery_manager, dev, {}}};
    return roster;
}

}  // namespace

TEST(Access, EveryCellIsAsPublished) {
    for (int act = 0; act < act_count; ++act)
        for (int hat = 0; hat < hat_count; ++hat) {
            const auto one_hat = static_cast<Hat>(hat);
            const auto one_act = static_cast<Act>(act);
            EXPECT_EQ(may(Hats{one_hat}, one_act), is_published(one_hat, one_act))
                << name(one_hat) << " " << name(one_act);
        }
}

TEST(Access, WithoutAHatNothingIsAllowed) {
    for (int act = 0; act < act_count; ++act)
        EXPECT_FALSE(may(Hats{}, static_cast<Act>(act))) << name(static_cast<Act>(act));
}

TEST(Access, HatsAddUpAndNeverTakeAway) {
    for (int act = 0; act < act_count; ++act)
        for (int one = 0; one < hat_count; ++one)
            for (int two = 0; two < hat_count; ++two) {
                const auto a = static_cast<Hat>(one);
                const auto b = static_cast<Hat>(two);
                const auto wanted = static_cast<Act>(act);
                EXPECT_EQ(may({a, b}, wanted), may({a}, wanted) || may({b}, wanted));
            }
}

TEST(Access, AMemberAndTheDeliveryManagerWearTheirHats) {
    EXPECT_EQ(hats_of(payments(), amira, tuesday), Hats{Hat::participant});
    EXPECT_EQ(hats_of(payments(), dev, tuesday), (Hats{Hat::participant, Hat::delivery_manager}));
}

TEST(Access, SomebodyOfAnotherOrganisationHasTheirOwnRoundsAndBlockersOnly) {
    auto roster = payments();
    roster.members.front().person.outsider = true;
    roster.roles = {{TeamId{7}, Role::deputy, amira, {}}};
    const auto hats = hats_of(roster, amira, tuesday);
    EXPECT_EQ(hats, Hats{Hat::outsider}) << "no role counts";
    Blocker own;
    own.raiser = amira;
    EXPECT_TRUE(may(with_blocker(hats, own, amira), Act::clear_blocker, own, tuesday));
    Blocker others;
    others.raiser = dev;
    EXPECT_FALSE(may(with_blocker(hats, others, amira), Act::see_team_blockers, others, tuesday));
}

TEST(Access, ARoleOfSomebodyOfAnotherOrganisationWhoIsInNoTeamCountsForNothing) {
    auto roster = payments();
    auto partner = PersonId{77};
    roster.roles.push_back({TeamId{7}, Role::delivery_manager, partner, {}});
    roster.covers.push_back(
        {CoverId{1},
         TeamId{7},
         Role::delivery_manager,
         partner,
         *date_from("2026-01-01"),
         *date_from("2027-01-01")}
    );
    EXPECT_NE(hats_of(roster, partner, tuesday), Hats{});
    roster.outsiders = {partner};
    EXPECT_EQ(hats_of(roster, partner, tuesday), Hats{});
    EXPECT_EQ(std::ranges::count(holders(roster, Role::delivery_manager, tuesday), partner), 0);
}

TEST(Access, AStrangerWearsNone) {
    EXPECT_EQ(hats_of(payments(), outsider, tuesday), Hats{});
    Blocker theirs;
    theirs.raiser = outsider;
    EXPECT_EQ(with_blocker(hats_of(payments(), outsider, tuesday), theirs, outsider), Hats{});
}

TEST(Access, NobodyActsInAnArchivedTeamOrAfterLeaving) {
    auto roster = payments();
    roster.members.front().person.archived = true;
    EXPECT_EQ(hats_of(roster, amira, tuesday), Hats{});
    roster.team.archived = true;
    EXPECT_EQ(hats_of(roster, dev, tuesday), Hats{});
}

TEST(Access, AnObserverIsNotAsked) {
    auto roster = payments();
    roster.members.front().standing = Standing::observer;
    EXPECT_FALSE(may(hats_of(roster, amira, tuesday), Act::answer_own));
    EXPECT_TRUE(may(hats_of(roster, amira, tuesday), Act::raise_blocker));
}

TEST(Access, ACoverCountsOnItsDaysOnly) {
    auto roster = payments();
    const LocalDate today{std::chrono::year{2026} / 11 / 24};
    roster.covers = {{CoverId{1}, TeamId{7}, Role::delivery_manager, amira, today, today}};
    EXPECT_TRUE(hats_of(roster, amira, tuesday).wears(Hat::cover));
    EXPECT_FALSE(hats_of(roster, amira, tuesday + 24h).wears(Hat::cover));
    EXPECT_FALSE(hats_of(roster, amira, tuesday - 24h).wears(Hat::cover));

    roster.covers.front().team = TeamId{8};
    EXPECT_FALSE(hats_of(roster, amira, tuesday).wears(Hat::cover));
}

TEST(Access, OnlyTheRaiserKnowsABlockerThatIsHeldBack) {
    Blocker blocker;
    blocker.raiser = amira;
    blocker.held_until = tuesday + 10min;
    const Hats raiser{Hat::participant, Hat::raiser};
    EXPECT_TRUE(may(raiser, Act::see_team_blockers, blocker, tuesday));
    EXPECT_FALSE(may({Hat::delivery_manager}, Act::see_team_blockers, blocker, tuesday));
    EXPECT_TRUE(may({Hat::participant}, Act::see_team_blockers, blocker, tuesday + 10min));
}

TEST(Access, AColleagueCannotHelpWithABlockerForTheDeliveryManagerOnly) {
    Blocker blocker;
    blocker.raiser = amira;
    blocker.only_delivery_manager = true;
    EXPECT_FALSE(may({Hat::participant}, Act::help_with_blocker, blocker, tuesday));
    EXPECT_FALSE(may({Hat::deputy}, Act::clear_blocker, blocker, tuesday));
    EXPECT_TRUE(may({Hat::delivery_manager}, Act::clear_blocker, blocker, tuesday));
    EXPECT_TRUE(may({Hat::delivery_manager}, Act::help_with_blocker, blocker, tuesday));
}
