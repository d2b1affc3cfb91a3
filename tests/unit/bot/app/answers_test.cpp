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
        auto licences = sim::another_team(wanted.teams.front(), "licences", "Licences");
        licences.members = {"ola"};
        licences.observers.clear();
        licences.roles = {{Role::delivery_manager, {{"ola", {}}}}};
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

TEST_F(AnswersStory, KnowsWhoeverIsMentionedByTheirAccount) {
    auto why = "why @" + sim::account_of("amira");
    EXPECT_EQ(said(take("dev", command(why))), "why_about.asked");
    EXPECT_EQ(said(take("dev", line(why))), "why_about.asked");
    EXPECT_EQ(said(take("ola", command(why))), "why.nobody_called");
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

// Ola, of another team, stands in for Dev on Monday and Tuesday.
class CoverStory : public AppStory {
protected:
    CoverStory() {
        auto wanted = payments();
        wanted.people.push_back(sim::a_person("Ola"));
        wanted.covers = {
            {"payments",
             Role::delivery_manager,
             "ola",
             *date_from("2026-11-23"),
             *date_from("2026-11-24")}};
        set(wanted);
        start();
        until("2026-11-23T09:31");
        take("amira", line("b: No test data")).value();
        pass(11min);
    }
};

TEST_F(CoverStory, SeesWhatIsOpen) {
    EXPECT_EQ(said(take("ola", command("status"))), "summary.notification");
    EXPECT_EQ(said(take("ola", command("blocker list"))), "blockers.open_in_team");
    EXPECT_EQ(said(take("ola", command("why 1"))), "list.sentences");
    EXPECT_EQ(said(take("ola", command("why @bo"))), "why_about.asked");
}

TEST_F(CoverStory, ActsForTheTeamAsItsDeliveryManagerCould) {
    EXPECT_EQ(said(take("ola", command("blocker 1 clear"))), "blocker.cleared");
    EXPECT_EQ(said(take("ola", command("blocker no keys"))), "receipt.blocker");
}

TEST_F(CoverStory, StartsNoStandUpAndIsAskedForNone) {
    EXPECT_EQ(said(take("ola", command("start"))), "start.not_allowed");
    EXPECT_EQ(said(take("ola", command("stop"))), "stop.not_asked_anyway");
}

TEST_F(CoverStory, SeesNothingBeforeAndAfter) {
    until("2026-11-25T09:31");

    EXPECT_EQ(said(take("ola", command("status"))), "why.no_team");
    EXPECT_EQ(said(take("ola", command("blocker list"))), "blocker.no_team");
    EXPECT_EQ(said(take("ola", command("why 1"))), "blocker.unknown");
    EXPECT_EQ(said(take("ola", command("blocker 1 clear"))), "blocker.unknown");
}

TEST_F(AnswersStory, TellsOfStartWhoeverMayStart) {
    auto wanted = payments();
    wanted.teams.front().roles[Role::deputy] = {{"bo", {}}};
    set(wanted);
    auto tells_of_start = [this](const std::string& key) {
        auto message = std::get<Say>(*take(key, command("help"))).message;
        for (const auto& block : message.blocks)
            if (const auto* items = std::get_if<Items>(&block))
                return std::ranges::find(items->items, "help.start", &Text::key) !=
                       items->items.end();
        return false;
    };

    EXPECT_TRUE(tells_of_start("dev"));
    EXPECT_TRUE(tells_of_start("bo"));
    EXPECT_FALSE(tells_of_start("amira"));
}

// The instants with which one sentence, wherever it stands in a text, was filled.
void find_instants(const Text& text, const std::string& key, std::vector<Instant>& found) {
    for (const auto& [name, argument] : text.arguments) {
        const auto* instant = std::get_if<Instant>(&argument);
        if (instant && text.key == key) found.push_back(*instant);
        if (const auto* list = std::get_if<TextList>(&argument))
            for (const auto& inner : *list)
                find_instants(inner, key, found);
    }
}

// Amira in London is asked five and a half hours after Priya, whose window opens the run.
class AnswersAcrossZones : public AppStory {
protected:
    AnswersAcrossZones() {
        set(sim::a_team_of(
            {sim::a_person("Dev"), sim::a_person("Amira"), sim::a_person("Priya", "Asia/Kolkata")}
        ));
        start();
        until("2026-11-29T12:00");
    }

    std::vector<Instant> told(const std::string& key, const char* words, const char* sentence) {
        std::vector<Instant> found;
        auto reply = take(key, command(words)).value();
        find_instants(std::get<Say>(reply).message.notification, sentence, found);
        return found;
    }

    const std::vector<Instant> in_london{at("2026-11-30T09:30")};
    const std::vector<Instant> in_kolkata{at("2026-11-30T04:00")};
};

TEST_F(AnswersAcrossZones, SayWhenTheReadersOwnNextStandUpOpens) {
    EXPECT_EQ(told("amira", "status", "status.next"), in_london);
    EXPECT_EQ(told("priya", "status", "status.next"), in_kolkata);
    EXPECT_EQ(told("amira", "why", "why.next_stand_up"), in_london);
    EXPECT_EQ(told("priya", "why", "why.next_stand_up"), in_kolkata);
}

}  // namespace
}  // namespace muster
