#include "tests/unit/adapters/slack/slack_story.hpp"

// "/muster team": what a delivery manager changes in chat, over the whole way.
namespace muster::slack {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class SlackTeam : public SlackStory {
protected:
    SlackTeam() { begin(); }

    fake::Ephemeral newest(const std::string& key) {
        return fake::ephemerals_of(slack.workspace(), sim::account_of(key)).back();
    }

    void command(const std::string& key, const std::string& words) {
        who(key).commands(team_channel, "/muster", words, clock.now());
        pass(2s);
    }

    std::string told(const std::string& key) { return fake::plain_text(newest(key)); }

    void press(const std::string& key, const std::string& button) {
        who(key).presses(team_channel, newest(key).ts, button, clock.now());
        pass(2s);
    }

    // Dev opens the form behind that button and sends it with one entry changed.
    void change(const std::string& button, const std::string& field, const std::string& value) {
        command("dev", "team");
        press("dev", button);
        auto dev = who("dev");
        dev.enters(field, value);
        ASSERT_TRUE(dev.submits(clock.now()));
        pass(2s);
    }

    std::string form_of(const std::string& key) {
        auto person = who(key);
        return person.form() ? fake::shown(*person.form()).text : "";
    }

    // In the form that Amira has open.
    std::string label_of_the_plan() {
        auto amira = who("amira");
        for (const auto& field : fake::shown(*amira.form()).fields)
            if (field.block_id == "today") return field.label;
        return "";
    }

    bool is_in_the_team(const std::string& name) {
        auto roster = look([now = clock.now()](View& view) {
            return view.roster(view.teams().front().id, now).value();
        });
        auto is_it = [&](const Member& member) { return member.person.name == name; };
        return std::ranges::any_of(roster.members, is_it);
    }

    Ceremony the_stand_up() {
        std::vector<Ceremony> all = look([](View& view) { return view.ceremonies(); });
        return all.front();
    }
};

TEST_F(SlackTeam, IsShownToItsPeopleAndChangedByItsDeliveryManagerOnly) {
    command("amira", "team");
    EXPECT_THAT(told("amira"), HasSubstr("9:30am"));
    EXPECT_THAT(
        told("amira"), HasSubstr("Only the delivery manager of Payments can change this: Dev.")
    );
    EXPECT_THAT(told("amira"), Not(HasSubstr("[Pause]")));

    command("dev", "team");
    EXPECT_THAT(told("dev"), HasSubstr("[Change days and times] [Change the questions] [Pause]"));
}

TEST_F(SlackTeam, GetsAnotherTimeFromTheNextStandUpOn) {
    change("Change days and times", "time", "10:15");

    EXPECT_THAT(form_of("dev"), HasSubstr("10:15am"));
    EXPECT_EQ(to_text(the_stand_up().slots.front().at), "10:15");
    until("2026-11-23T10:14");
    EXPECT_THAT(direct_of("amira"), IsEmpty());
    until("2026-11-23T10:16");
    EXPECT_FALSE(direct_of("amira").empty()) << "planned anew";
}

TEST_F(SlackTeam, GetsOtherDays) {
    change("Change days and times", "days", "tue thu");

    until("2026-11-23T12:00");
    EXPECT_THAT(direct_of("amira"), IsEmpty());
    until("2026-11-24T09:31");
    EXPECT_FALSE(direct_of("amira").empty());
}

TEST_F(SlackTeam, SaysWhatIsMissingInTheForm) {
    command("dev", "team");
    press("dev", "Change the questions");
    auto dev = who("dev");
    dev.enters("questions", "   ");
    dev.submits(clock.now());
    pass(2s);

    ASSERT_TRUE(dev.form());
    EXPECT_THAT(dev.form()->errors["questions"], HasSubstr("at least one question"));
}

TEST_F(SlackTeam, KeepsTheQuestionsOfAStandUpThatIsOpen) {
    until("2026-11-23T09:31");
    change("Change the questions", "questions", "How are the refunds?");
    press_prompt("amira", "Answer");
    auto amira = who("amira");
    EXPECT_EQ(label_of_the_plan(), "What will you do today?");

    until("2026-11-24T09:31");
    auto tomorrow = direct_of("amira").back();
    amira.presses(tomorrow.channel, tomorrow.ts, "Answer", clock.now());
    pass(1s);
    EXPECT_EQ(label_of_the_plan(), "How are the refunds?");
}

TEST_F(SlackTeam, IsPausedAndStartedAgain) {
    command("dev", "team");
    press("dev", "Pause");
    EXPECT_THAT(told("dev"), HasSubstr("Nobody is asked until you start it again."));
    until("2026-11-23T10:00");
    EXPECT_THAT(direct_of("amira"), IsEmpty());

    press("dev", "Start again");
    until("2026-11-24T09:31");
    EXPECT_FALSE(direct_of("amira").empty());
}

TEST_F(SlackTeam, TakesThePeopleOfAUserGroupAndAsksAgainWhenItChanges) {
    slack.workspace().add(fake::User{.id = "U0ZOE", .name = "zoe", .real_name = "Zoe Quinn"});
    fake::UserGroup group{"S0PAY", "payments", "Payments team", {sim::account_of("bo"), "U0ZOE"}};
    slack.workspace().groups = {group};
    change("Change people", "group", "@payments");
    pass(10s);
    EXPECT_THAT(fake::plain_text(direct_of("dev").back()), HasSubstr("@payments"));
    EXPECT_TRUE(is_in_the_team("Zoe Quinn"));

    slack.outbox().group_changed(group, {}, {"U0ZOE"}, clock.now());
    pass(30s);
    auto offer = direct_of("dev").back();
    EXPECT_THAT(fake::plain_text(offer), HasSubstr("Take out Zoe Quinn"));
    EXPECT_TRUE(is_in_the_team("Zoe Quinn"));
    who("dev").presses(offer.channel, offer.ts, "Change the team too", clock.now());
    pass(30s);
    EXPECT_FALSE(is_in_the_team("Zoe Quinn"));
    EXPECT_TRUE(is_in_the_team("Bo"));
}

TEST_F(SlackTeam, IsAuditedWithWhoChangedIt) {
    command("dev", "team");
    press("dev", "Pause");
    auto dev = person("dev").id;
    auto events = look([](View& view) { return view.events(0, 1'000); });
    auto by_dev = [&](const View::LoggedEvent& logged) {
        return logged.event.actor == dev && logged.event.kind.starts_with("settings.");
    };
    EXPECT_TRUE(std::ranges::any_of(events, by_dev));
}

}  // namespace
}  // namespace muster::slack
