#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

// Monday's stand-up is open; Ola leads another team, and Cai only observes Payments.
class AnswersStory : public AppStory {
protected:
    AnswersStory() {
        auto wanted = payments();
        wanted.people.push_back(sim::a_person("Cai"));
        wanted.people.push_back(sim::a_person("Ola"));
        wanted.teams.front().observers = {"cai"};
        auto licences = wanted.teams.front();
        licences.key = "licences";
        licences.name = "Licences";
        licences.members = {"ola"};
        licences.observers.clear();
        licences.roles = {{Role::delivery_manager, {{"ola", {}}}}};
        licences.channels = {{sim::platform_key, sim::connection_key, sim::channel_of("licences")}};
        wanted.teams.push_back(licences);
        set(wanted);
        start();
        until("2026-11-23T09:31");
    }
};

TEST_F(AnswersStory, TellsAPersonWhyTheyWereAsked) {
    auto reply = take("amira", command("why"));

    const auto& message = std::get<Say>(*reply).message;
    EXPECT_FALSE(message.blocks.empty());
    EXPECT_EQ(said(take("bo", command("why @bo"))), said(reply));
}

TEST_F(AnswersStory, TellsTheDeliveryManagerWhetherSomebodyWasAskedAndAnswered) {
    EXPECT_EQ(said(take("dev", command("why @amira"))), "why_about.asked");

    take("amira", line("Finish the refund form")).value();
    EXPECT_EQ(said(take("dev", command("why @amira"))), "why_about.answered");
}

TEST_F(AnswersStory, TellsTeammatesNothingOfEachOthersAnswers) {
    EXPECT_EQ(said(take("bo", command("why @amira"))), "why_about.private");
    EXPECT_EQ(said(take("cai", command("why @amira"))), "why_about.private");
}

TEST_F(AnswersStory, KnowsNobodyOutsideTheAskersTeams) {
    EXPECT_EQ(said(take("ola", command("why @amira"))), "why.nobody_called");
    EXPECT_EQ(said(take("dev", command("why @ola"))), "why.nobody_called");
}

TEST_F(AnswersStory, ShowsNamesInTheStatusToTheDeliveryManagerOnly) {
    take("amira", line("Finish the refund form")).value();
    auto status = [this](const std::string& key) {
        return std::get<Say>(*take(key, command("status"))).message;
    };

    EXPECT_GT(status("dev").blocks.size(), status("bo").blocks.size());
}

TEST_F(AnswersStory, SaysWhenNobodyCanBeFound) {
    EXPECT_EQ(said(take("dev", command("why @zebra"))), "why.nobody_called");
    EXPECT_EQ(said(take("dev", command("why 99"))), "blocker.unknown");
}

TEST_F(AnswersStory, ShowsANewBlockerToNobodyElseForTenMinutes) {
    take("amira", line("b: No test data")).value();

    EXPECT_NE(said(take("amira", command("why 1"))), "blocker.unknown");
    EXPECT_EQ(said(take("dev", command("why 1"))), "blocker.unknown");
    pass(10min);
    EXPECT_NE(said(take("dev", command("why 1"))), "blocker.unknown");
}

TEST_F(AnswersStory, DoesNotShowABlockerToAnotherTeam) {
    take("amira", line("b: No test data")).value();
    pass(10min);

    EXPECT_NE(said(take("bo", command("why 1"))), "blocker.unknown");
    EXPECT_EQ(said(take("ola", command("why 1"))), "blocker.unknown");
}

TEST_F(AnswersStory, ChangesNothingWhateverIsAsked) {
    auto events = logged_events();
    for (const auto* words :
         {"why", "status", "history", "my week", "blockers", "my hours", "help", "why @amira"})
        EXPECT_TRUE(std::holds_alternative<Say>(take("dev", command(words)).value())) << words;

    EXPECT_EQ(logged_events(), events);
}

}  // namespace
}  // namespace muster
