#include "bot/app/compose.hpp"

#include "bot/app/timers.hpp"
#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

// Dev is responsible for Payments and Refunds, with Amira in both, and not for Licences, where she
// only observes.
class ComposeStory : public AppStory {
protected:
    ComposeStory() {
        auto wanted = payments();
        wanted.people.push_back(sim::a_person("Ola"));
        wanted.teams.push_back(a_team(wanted, "refunds", "dev"));
        wanted.teams.push_back(a_team(wanted, "licences", "ola"));
        wanted.teams.back().members = {"ola"};
        wanted.teams.back().observers = {"amira"};
        set(wanted);
    }

    static settings::WantedTeam a_team(
        const settings::Wanted& wanted, const std::string& key, const std::string& manager
    ) {
        auto team = sim::another_team(wanted.teams.front(), key, key);
        team.roles = {{Role::delivery_manager, {{manager, {}}}}};
        return team;
    }

    TeamId team(const std::string& key) {
        auto find = [key](View& view) {
            auto teams = view.teams();
            return std::ranges::find(teams, key, &Team::key)->id;
        };
        return look(find);
    }

    void leaves(const std::string& key, const std::string& left) {
        Membership membership{team(left), person(key).id, Standing::observer};
        membership.stopped_at = clock.now();
        apply({.changes = {membership}});
    }

    Composed composed(DeliveryKey key) {
        Delivery delivery;
        delivery.key = key;
        auto words = [=, now = clock.now()](View& view) { return compose(view, delivery, now); };
        return look(words);
    }

    Composed told_to_dev(Purpose purpose) {
        return composed({purpose, person("amira").id.value, person("dev").id, 0});
    }

    Absence absent(const char* from, const char* to) {
        Absence absence;
        absence.id = AbsenceId{77};
        absence.person = person("amira").id;
        absence.days = {.from = *date_from(from), .to = *date_from(to)};
        apply({.changes = {absence}});
        return absence;
    }

    DeliveryKey told_on_return(const Absence& absence) {
        IdSource ids{entropy.seed()};
        auto fire = [=, now = clock.now()](View& view) mutable {
            auto timer = Timer{TimerKind::welcome_back, absence.id.value, now};
            return on_timer(view, timer, now, ids).deliveries.at(0).key;
        };
        return look(fire);
    }

    // The names that a notice of several teams lists.
    static std::vector<std::string> teams_in(const Composed& composed) {
        std::vector<std::string> names;
        const auto* message = std::get_if<Message>(&composed);
        if (!message) return names;
        for (const auto& [name, list] : message->notification.arguments)
            if (name == "teams")
                for (const auto& each : std::get<TextList>(list))
                    names.push_back(std::get<UserText>(each.arguments.at(0).second).value);
        return names;
    }

    static std::string why_pointless(const Composed& composed) {
        const auto* pointless = std::get_if<Pointless>(&composed);
        return pointless ? pointless->reason : std::string{};
    }

    using Names = std::vector<std::string>;
};

TEST_F(ComposeStory, NamesEveryTeamThatSomebodyLeftToWhoIsResponsibleForIt) {
    EXPECT_EQ(why_pointless(told_to_dev(Purpose::left_stand_up)), "undone");

    leaves("amira", "payments");
    EXPECT_EQ(teams_in(told_to_dev(Purpose::left_stand_up)), Names{"Payments"});
    leaves("amira", "refunds");
    EXPECT_EQ(teams_in(told_to_dev(Purpose::left_stand_up)), (Names{"Payments", "refunds"}));
}

TEST_F(ComposeStory, NamesNobodyAsHavingLeftWhomTheSettingsMadeAnObserver) {
    apply({.changes = {Membership{team("refunds"), person("amira").id, Standing::observer}}});
    EXPECT_EQ(why_pointless(told_to_dev(Purpose::left_stand_up)), "undone");

    leaves("amira", "payments");
    EXPECT_EQ(teams_in(told_to_dev(Purpose::left_stand_up)), Names{"Payments"});
}

TEST_F(ComposeStory, NamesTheTeamsOfWhomHasWrongHours) {
    EXPECT_EQ(teams_in(told_to_dev(Purpose::wrong_hours)), (Names{"Payments", "refunds"}));
    auto to_ola = composed({Purpose::wrong_hours, person("amira").id.value, person("ola").id, 0});
    EXPECT_EQ(teams_in(to_ola), Names{"licences"});
}

TEST_F(ComposeStory, WelcomesBackAtEveryReturnFromDaysThatWereAddedToAnAbsence) {
    auto monday = absent("2026-11-23", "2026-11-23");
    until("2026-11-24T09:00");
    auto first = told_on_return(monday);
    EXPECT_TRUE(std::holds_alternative<Message>(composed(first)));

    auto longer = absent("2026-11-23", "2026-11-24");
    EXPECT_EQ(why_pointless(composed(first)), "away again");
    until("2026-11-25T09:00");
    auto second = told_on_return(longer);
    EXPECT_NE(first, second);
    EXPECT_TRUE(std::holds_alternative<Message>(composed(second)));
}

TEST_F(ComposeStory, WelcomesBackToTheOneTeamThatSomebodyWasAwayFrom) {
    auto monday = absent("2026-11-23", "2026-11-23");
    monday.team = team("payments");
    Blocker elsewhere;
    elsewhere.id = BlockerId{5};
    elsewhere.number = 1;
    elsewhere.team = team("refunds");
    elsewhere.raiser = person("amira").id;
    elsewhere.title = "No test data";
    apply({.changes = {monday, elsewhere}});
    until("2026-11-24T09:00");

    auto welcome = std::get<Message>(composed(told_on_return(monday)));
    EXPECT_EQ(
        std::get<TextList>(welcome.notification.arguments.at(0).second).front().key,
        "notice.welcome_back_in_team"
    );
    EXPECT_EQ(welcome.blocks.size(), 1U) << "its own blockers only";
}

}  // namespace
}  // namespace muster
