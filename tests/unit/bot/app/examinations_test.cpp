#include <gmock/gmock.h>

#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// What would stop a team, as its people see it in chat.
class ExaminationStory : public AppStory {
protected:
    ExaminationStory() { start(); }

    static std::vector<std::string> found_in(const Message& message) {
        std::vector<std::string> keys;
        for (const auto& block : message.blocks)
            if (const auto* items = std::get_if<Items>(&block))
                for (const auto& item : items->items)
                    if (item.key.starts_with("doctor.")) keys.push_back(item.key);
        return keys;
    }

    // On somebody's own page.
    std::vector<std::string> at_home(const std::string& key) {
        take(key, HomeOpened{}).value();
        pass(1min);
        auto find = [this, home = person(key).home](View& view) {
            auto pages = view.deliveries_of(Purpose::home, home.value);
            return pages.empty() ? std::string{} : pages.front().provider_id;
        };
        return found_in(platform.messages().at(look(find)).message);
    }

    std::vector<std::string> on_the_teams_page(const std::string& key) {
        auto reply = take(key, command("team")).value();
        return found_in(std::get<Say>(reply).message);
    }

    void rule(const std::string& key) {
        apply({.changes = {RoleHolder{std::nullopt, Role::administrator, person(key).id, {}}}});
    }
};

TEST_F(ExaminationStory, SaysNothingWhereAllIsWell) {
    EXPECT_THAT(at_home("dev"), IsEmpty());
    EXPECT_THAT(on_the_teams_page("dev"), IsEmpty());
}

TEST_F(ExaminationStory, ShowsItsDeliveryManagerAChannelThatTakesNoPostsUntilItDoes) {
    hear(Left{team_channel});
    EXPECT_THAT(at_home("dev"), ElementsAre("doctor.channel_refused"));
    EXPECT_THAT(on_the_teams_page("dev"), ElementsAre("doctor.channel_refused"));
    EXPECT_THAT(at_home("bo"), IsEmpty()) << "who cannot mend it";
    EXPECT_THAT(on_the_teams_page("bo"), IsEmpty());

    hear(Reopened{team_channel});
    EXPECT_THAT(at_home("dev"), IsEmpty());
}

TEST_F(ExaminationStory, SeesByThePostItselfThatAChannelWasMended) {
    platform.close(team_channel);
    until("2026-11-23T09:31");
    take("amira", line("Test refunds")).value();
    pass(1min);
    EXPECT_THAT(at_home("dev"), ElementsAre("doctor.channel_refused"));

    platform.open(team_channel);
    until("2026-11-23T12:00");
    EXPECT_FALSE(in(team_channel).empty());
    EXPECT_THAT(at_home("dev"), IsEmpty());
}

TEST_F(ExaminationStory, NamesWhomItCouldNotReachUntilItDoes) {
    platform.close(sim::account_of("amira"));
    until("2026-11-23T09:35");
    EXPECT_THAT(at_home("dev"), ElementsAre("doctor.not_reached"));

    platform.open(sim::account_of("amira"));
    until("2026-11-24T09:35");
    EXPECT_THAT(at_home("dev"), IsEmpty());
}

TEST_F(ExaminationStory, TellsHowAConnectionIsMendedThatRefusesMuster) {
    hear(ConnectionLost{"tokens_revoked"});
    EXPECT_THAT(on_the_teams_page("dev"), ElementsAre("doctor.suspended"));
}

TEST_F(ExaminationStory, TellsWhatMusterNeedsAndMayNotDoUntilItMay) {
    hear(Introduced{"im:write"});
    EXPECT_THAT(on_the_teams_page("dev"), ElementsAre("doctor.not_granted"));
    pass(1s);
    hear(Introduced{""});
    EXPECT_THAT(on_the_teams_page("dev"), IsEmpty());
}

TEST_F(ExaminationStory, ShowsAdministratorsATeamThatNobodyLooksAfter) {
    rule("bo");
    EXPECT_THAT(at_home("bo"), IsEmpty());
    auto team = look([](View& view) { return view.teams().at(0).id; });
    apply({.changes = {RoleEnds{team, Role::delivery_manager, person("dev").id}}});
    EXPECT_THAT(at_home("bo"), ElementsAre("doctor.no_delivery_manager"));
    EXPECT_THAT(on_the_teams_page("bo"), ElementsAre("doctor.no_delivery_manager"));
    EXPECT_THAT(at_home("dev"), IsEmpty());
}

}  // namespace
}  // namespace muster
