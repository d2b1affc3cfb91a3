#include "tests/unit/adapters/slack/slack_story.hpp"

// From nothing to the first summary, by what people do in Slack and nothing else.
namespace muster::slack {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class SlackSetup : public SlackStory {
protected:
    static constexpr auto channel = "CTAX";

    SlackSetup() {
        auto& workspace = slack.workspace();
        add("UPRIYA", "Priya Shah", "Europe/London");
        add("UTOM", "Tom Bell", "Europe/London");
        add("UKIM", "Kim Lee", "America/New_York");
        workspace.add(fake::Channel{
            .id = channel, .name = "team-tax", .members = {"UPRIYA", "UTOM", "UKIM"}});
        begin();
    }

    void add(const std::string& id, const std::string& name, const std::string& zone) {
        fake::User user{.id = id, .name = name, .real_name = name};
        user.tz = zone;
        slack.workspace().add(std::move(user));
    }

    fake::Person user(const std::string& id) { return {slack, id}; }

    std::vector<fake::Message> told(const std::string& id) {
        return fake::posted_by_app_in(slack.workspace(), user(id).direct());
    }

    std::string newest(const std::string& id) {
        auto messages = told(id);
        return messages.empty() ? "" : fake::plain_text(messages.back());
    }

    std::vector<std::string> in_channel() {
        std::vector<std::string> shown;
        for (const auto& message : fake::posted_by_app_in(slack.workspace(), channel))
            shown.push_back(fake::plain_text(message));
        return shown;
    }

    void press(const std::string& id, const std::string& button) {
        auto message = told(id).back();
        user(id).presses(message.channel, message.ts, button, clock.now());
        pass(3s);
    }

    void submit(const std::string& id) {
        ASSERT_TRUE(user(id).submits(clock.now()));
        pass(5s);
    }

    void invite() {
        user("UPRIYA").invites_app_to(channel, clock.now());
        pass(5s);
    }

    // As it is proposed, with nothing changed.
    void set_up() {
        invite();
        press("UPRIYA", "Set up a stand-up");
        submit("UPRIYA");
        press("UPRIYA", "Start the stand-up");
        pass(10s);
    }
};

TEST_F(SlackSetup, GoesFromAnInvitationToTheFirstSummary) {
    invite();
    EXPECT_THAT(newest("UPRIYA"), HasSubstr("Set up a stand-up in the channel team-tax?"));
    EXPECT_THAT(in_channel(), IsEmpty());

    press("UPRIYA", "Set up a stand-up");
    auto priya = user("UPRIYA");
    priya.enters("name", "Tax");
    priya.enters("time", "10:00");
    submit("UPRIYA");
    EXPECT_THAT(newest("UPRIYA"), HasSubstr("Check the stand-up of Tax"));
    EXPECT_THAT(newest("UPRIYA"), HasSubstr("Kim Lee: 3pm on Tuesday 24 November"));

    press("UPRIYA", "Start the stand-up");
    pass(10s);
    EXPECT_THAT(in_channel(), Contains(HasSubstr("Tax has a stand-up now")));
    EXPECT_THAT(newest("UKIM"), HasSubstr("10am on Tuesday 24 November"));

    until("2026-11-24T10:01");
    press("UTOM", "Answer");
    user("UTOM").enters("today", "Test the new tax form");
    submit("UTOM");
    pass(1min);
    EXPECT_THAT(in_channel(), Contains(HasSubstr("Test the new tax form")));
    EXPECT_THAT(slack.complaints().violations(), IsEmpty());
}

TEST_F(SlackSetup, CanBeTriedBeforeAnybodyIsTold) {
    invite();
    press("UPRIYA", "Set up a stand-up");
    submit("UPRIYA");
    press("UPRIYA", "Try it yourself");
    user("UPRIYA").enters("today", "Sort the post");
    submit("UPRIYA");

    auto shown = fake::shown(*user("UPRIYA").form()).text;
    EXPECT_THAT(shown, HasSubstr("Sort the post"));
    EXPECT_THAT(shown, HasSubstr("Nothing was kept"));
    EXPECT_THAT(in_channel(), IsEmpty());
    EXPECT_THAT(told("UTOM"), IsEmpty());
}

TEST_F(SlackSetup, IsWhatTheSettingsFileWouldSay) {
    set_up();
    auto wanted = look([](View& view) { return settings::wanted_from(settings_document(view)); });
    auto tax = std::ranges::find(wanted.teams, "Team tax", &settings::WantedTeam::name);
    ASSERT_NE(tax, wanted.teams.end());
    EXPECT_THAT(tax->members, UnorderedElementsAre("kim-lee", "priya-shah", "tom-bell"));
    EXPECT_EQ(tax->channels.at(0).external_id, channel);
    EXPECT_EQ(tax->roles.at(Role::delivery_manager).at(0).first, "priya-shah");
    auto kim = std::ranges::find(wanted.people, "kim-lee", &settings::WantedPerson::key);
    EXPECT_EQ(kim->zone, "America/New_York");
}

TEST_F(SlackSetup, SaysWhatItCouldNotFindOut) {
    slack.workspace().installation.scopes.erase("users:read");
    invite();
    EXPECT_THAT(told("UPRIYA"), IsEmpty()) << "nobody knows who she is";
    EXPECT_GE(log.count("look_up.person"), 1);
}

}  // namespace
}  // namespace muster::slack
