#include "bot/domain/form_parts.hpp"
#include "tests/unit/bot/app/talkative_directory.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;

// An empty database but for its connection: Priya invites Muster to a channel that Tom, Kim in New
// York and a bot are in too. It is nine o'clock on Monday 23 November 2026.
class SetupStory : public AppStory {
protected:
    static constexpr auto place = "CTEAM";

    SetupStory() {
        directory.people = {
            {"UPRIYA", "Priya Shah", "priya@example.org", "Europe/London"},
            {"UTOM", "Tom Bell", "", "Europe/London"},
            {"UKIM", "Kim Lee", "", "America/New_York"},
            {"UBOT", "Build bot", "", "", true}};
        directory.channel = {"team-tax", false, false, false, {"UPRIYA", "UTOM", "UKIM", "UBOT"}};
        start({{connection, &platform}}, {{connection, &directory}});
    }

    void invite() { hear(Joined{place, "UPRIYA"}); }

    Result<Reply> by(const std::string& account, InboundEvent event) {
        auto act = inbound("", std::move(event));
        act.account = account;
        auto reply = take(act);
        pass(2s);
        return reply;
    }

    // The newest of that channel.
    muster::Setup newest_setup() {
        return look([this](View& view) { return view.setups_at(connection, place).back(); });
    }

    Result<Reply> press(Verb verb, const std::string& account = "UPRIYA") {
        auto now = newest_setup();
        return by(account, Pressed{verb, now.id.value, now.proposals, "m"});
    }

    FormValues filled_in() {
        auto reply = press(Verb::setup_form).value();
        FormValues values;
        for (const auto& field : std::get<OpenForm>(reply).form.fields)
            values.emplace_back(field.key, field.initial);
        return values;
    }

    static FormValues with(FormValues values, const std::string& key, const std::string& value) {
        for (auto& [field, entered] : values)
            if (field == key) entered = value;
        return values;
    }

    Result<Reply> send(FormValues values) {
        return by(
            "UPRIYA", Submitted{{FormKind::setup, newest_setup().id.value, 1}, std::move(values)}
        );
    }

    // What stands last in somebody's direct message.
    Message newest(const std::string& account) {
        auto messages = in(account);
        return messages.empty() ? Message{} : messages.back().message;
    }

    std::string headline(const std::string& account) { return newest(account).notification.key; }

    static std::vector<Verb> buttons_of(const Message& message) {
        std::vector<Verb> verbs;
        for (const auto& block : message.blocks)
            if (const auto* row = std::get_if<Buttons>(&block))
                for (const auto& button : row->buttons)
                    verbs.push_back(button.verb);
        return verbs;
    }

    static bool speaks_of(const Message& message, const std::string& key) {
        for (const auto& block : message.blocks) {
            if (const auto* items = std::get_if<Items>(&block))
                for (const auto& item : items->items)
                    if (item.key == key) return true;
            if (const auto* words = std::get_if<Paragraph>(&block))
                if (words->text.key == key) return true;
        }
        return false;
    }

    std::vector<Team> teams() {
        return look([](View& view) {
            auto all = view.teams();
            std::erase_if(all, [](const Team& team) { return team.key == "payments"; });
            return all;
        });
    }

    void set_up() {
        invite();
        send(filled_in()).value();
        press(Verb::setup_start).value();
    }

    TalkativeDirectory directory;
};

TEST_F(SetupStory, OffersAStandUpToWhoInvitedMuster) {
    invite();

    auto card = newest("UPRIYA");
    EXPECT_EQ(card.notification.key, "setup.offer");
    EXPECT_EQ(buttons_of(card), (std::vector{Verb::setup_form, Verb::setup_decline}));
    EXPECT_TRUE(in(place).empty()) << "nobody else hears of it";
    auto priya = person("priya-shah");
    EXPECT_EQ(priya.zone, "Europe/London");
}

TEST_F(SetupStory, TicksThePeopleOfASmallChannelAndNoBots) {
    invite();
    EXPECT_EQ(*value_of(filled_in(), "people"), "UPRIYA UTOM UKIM");
    EXPECT_EQ(*value_of(filled_in(), "name"), "Team tax");
}

TEST_F(SetupStory, TicksNobodyInALargeChannel) {
    directory.channel.members.clear();
    for (int number = 0; number < 200; ++number)
        directory.channel.members.push_back("U" + std::to_string(number));
    invite();
    EXPECT_EQ(*value_of(filled_in(), "people"), "");
    EXPECT_LE(directory.asked, 3) << "nor is everybody looked up";
}

TEST_F(SetupStory, ShowsWhoIsAskedAndWhenBeforeAnythingStarts) {
    invite();
    send(filled_in()).value();

    auto proposal = newest("UPRIYA");
    EXPECT_EQ(proposal.notification.key, "setup.check");
    EXPECT_TRUE(speaks_of(proposal, "setup.first_asked"));
    EXPECT_TRUE(speaks_of(proposal, "setup.first_asked_elsewhere")) << "Kim is in New York";
    EXPECT_EQ(buttons_of(proposal).front(), Verb::setup_start);
    EXPECT_TRUE(teams().empty());
    EXPECT_TRUE(in(place).empty());
    EXPECT_TRUE(in("UTOM").empty());
    EXPECT_TRUE(buttons_of(in("UPRIYA").front().message).empty()) << "only the newest has buttons";
}

TEST_F(SetupStory, SaysWhomItLeavesOutAndWhatItGuesses) {
    directory.people.push_back({"UGONE", "Al Gone", "", "Europe/London", false, true});
    directory.people.push_back({"UFAR", "Ola Far", "", "", false, false, false, true});
    directory.channel.is_shared = true;
    invite();
    send(with(filled_in(), "people", "UTOM UBOT UGONE UFAR UNOBODY")).value();

    auto proposal = newest("UPRIYA");
    for (const auto* key :
         {"setup.found_bots",
          "setup.found_closed",
          "setup.found_unknown",
          "setup.found_no_zone",
          "setup.found_outsiders",
          "setup.found_shared"})
        EXPECT_TRUE(speaks_of(proposal, key)) << key;
    press(Verb::setup_start).value();
    auto team = newest_setup().team.value();
    auto roster = look([&](View& view) { return view.roster(team, clock.now()); });
    EXPECT_EQ(roster->members.size(), 2U) << "Tom and Ola";
}

TEST_F(SetupStory, CannotStartWhereNobodyWouldBeAsked) {
    invite();
    send(with(filled_in(), "people", "UBOT")).value();

    EXPECT_EQ(headline("UPRIYA"), "setup.nobody_asked");
    EXPECT_EQ(buttons_of(newest("UPRIYA")).front(), Verb::setup_form);
    EXPECT_TRUE(speaks_of(newest("UPRIYA"), "setup.found_bots"));
}

TEST_F(SetupStory, KeepsTheFormOpenWhenSomethingIsMissing) {
    invite();
    auto values = with(with(filled_in(), "name", ""), "people", "");
    auto reply = send(with(values, "questions", "")).value();

    const auto& errors = std::get<FormErrors>(reply).errors;
    ASSERT_EQ(errors.size(), 3U);
    EXPECT_EQ(errors[0].second.key, "setup.error_name");
    EXPECT_EQ(errors[1].second.key, "setup.error_people");
    EXPECT_EQ(errors[2].second.key, "team.needs_a_question");
    EXPECT_EQ(newest_setup().state, SetupState::offered);
}

TEST_F(SetupStory, TellsTheChannelAndEverybodyOnceItIsStarted) {
    set_up();

    ASSERT_EQ(teams().size(), 1U);
    EXPECT_EQ(teams().front().name, "Team tax");
    ASSERT_EQ(in(place).size(), 1U);
    EXPECT_EQ(in(place).front().message.notification.key, "announcement.heading");
    EXPECT_EQ(headline("UTOM"), "welcome.heading");
    EXPECT_EQ(headline("UKIM"), "welcome.heading");
    EXPECT_EQ(headline("UPRIYA"), "setup.is_started");
    EXPECT_EQ(buttons_of(newest("UPRIYA")), std::vector{Verb::show_team});
}

TEST_F(SetupStory, MakesWhoStartedItTheDeliveryManager) {
    set_up();

    auto roles = look([](View& view) { return view.roles(); });
    auto is_priya = [id = person("priya-shah").id](const RoleHolder& holder) {
        return holder.person == id && holder.role == Role::delivery_manager;
    };
    EXPECT_EQ(std::ranges::count_if(roles, is_priya), 1);
    auto page = by("UPRIYA", command("team")).value();
    EXPECT_EQ(std::get<Say>(page).message.notification.key, "team.heading");
    EXPECT_FALSE(buttons_of(std::get<Say>(page).message).empty());
}

TEST_F(SetupStory, AsksFirstOnTheWorkingDayAfterAndEachInTheirOwnMorning) {
    set_up();
    until("2026-11-23T23:00");
    EXPECT_TRUE(rounds("tom-bell").empty()) << "not on the day that it was set up";

    until("2026-11-24T09:31");
    EXPECT_EQ(round("tom-bell").phase, Phase::asked);
    EXPECT_NE(round("kim-lee").phase, Phase::asked);
    until("2026-11-24T14:31");
    EXPECT_EQ(round("kim-lee").phase, Phase::asked);
}

TEST_F(SetupStory, SkipsTheWeekendAfterAFriday) {
    until("2026-11-27T10:00");
    set_up();
    until("2026-11-30T09:29");
    EXPECT_TRUE(rounds("tom-bell").empty() || round("tom-bell").phase == Phase::waiting);
    until("2026-11-30T09:31");
    EXPECT_EQ(round("tom-bell").phase, Phase::asked);
}

TEST_F(SetupStory, LetsTheStarterTryItAndKeepsNothing) {
    invite();
    send(filled_in()).value();
    auto before = logged_events();
    auto trial = press(Verb::setup_try).value();
    const auto& form = std::get<OpenForm>(trial).form;
    EXPECT_EQ(form.context.kind, FormKind::setup_trial);
    EXPECT_TRUE(std::ranges::count(form.fields, "today", &Field::key));

    auto reply = by("UPRIYA", Submitted{form.context, {{"today", "Sort the post"}}}).value();
    const auto& shown = std::get<Say>(reply).message;
    EXPECT_EQ(shown.notification.key, "setup.this_is_shown");
    EXPECT_GE(shown.blocks.size(), 4U) << "with the answer as the channel would see it";
    EXPECT_EQ(logged_events(), before);
    EXPECT_TRUE(in(place).empty());
}

TEST_F(SetupStory, StartsOnlyWhatWasRead) {
    invite();
    send(filled_in()).value();
    auto read = newest_setup();
    send(with(filled_in(), "people", "UTOM")).value();

    auto late = by("UPRIYA", Pressed{Verb::setup_start, read.id.value, read.proposals, "m"});
    EXPECT_EQ(said(late), "setup.changed_meanwhile");
    EXPECT_TRUE(teams().empty());
}

TEST_F(SetupStory, StartsOnceHoweverOftenItIsPressed) {
    set_up();
    EXPECT_EQ(said(press(Verb::setup_start)), "setup.was_started");
    EXPECT_EQ(said(press(Verb::setup_form)), "setup.was_started");
    EXPECT_EQ(teams().size(), 1U);
    EXPECT_EQ(in(place).size(), 1U);
}

TEST_F(SetupStory, IsNobodysButTheStarters) {
    directory.people.push_back({"UEVE", "Eve Other", "", "Europe/London"});
    set_up();
    hear(Joined{"COTHER", "UEVE"});
    auto eves = look([this](View& view) { return view.setups_at(connection, "COTHER").back(); });
    auto reply = by("UTOM", Pressed{Verb::setup_form, eves.id.value, 0, "m"});
    EXPECT_EQ(said(reply), "stale.not_yours");
    reply = by("UTOM", Submitted{{FormKind::setup, eves.id.value, 1}, {{"people", "UTOM"}}});
    EXPECT_EQ(said(reply), "stale.not_yours");
}

TEST_F(SetupStory, CanBePutOffAndTakenUpAgain) {
    invite();
    press(Verb::setup_decline).value();
    EXPECT_EQ(headline("UPRIYA"), "setup.was_declined");

    send(filled_in()).value();
    EXPECT_EQ(headline("UPRIYA"), "setup.check");
}

TEST_F(SetupStory, EndsWhenMusterLeavesAndBeginsAnewWhenItIsInvitedAgain) {
    invite();
    auto first = newest_setup();
    hear(Left{place});
    EXPECT_EQ(headline("UPRIYA"), "setup.is_ended");

    invite();
    EXPECT_EQ(headline("UPRIYA"), "setup.offer");
    auto late = by("UPRIYA", Pressed{Verb::setup_form, first.id.value, 0, "m"});
    EXPECT_EQ(said(late), "setup.was_ended");
}

TEST_F(SetupStory, OffersNothingWhereATeamReportsAlready) {
    set_up();
    auto before = in("UPRIYA").size();
    hear(Left{place});
    invite();
    EXPECT_EQ(in("UPRIYA").size() - before, 1U) << "only that nothing could be posted";
    EXPECT_EQ(look([this](View& view) { return view.setups_at(connection, place).size(); }), 1U);
}

TEST_F(SetupStory, WaitsForADirectoryThatCannotTellNow) {
    directory.trouble = NotTold{"ratelimited", 30s};
    invite();
    EXPECT_TRUE(in("UPRIYA").empty());

    directory.trouble.reset();
    pass(1min);
    EXPECT_EQ(headline("UPRIYA"), "setup.offer");
}

TEST_F(SetupStory, WaitsAnHourForWhoInvitedIt) {
    directory.trouble = NotTold{"ratelimited", 30s};
    invite();
    pass(1h);
    directory.trouble.reset();
    pass(10min);
    EXPECT_EQ(headline("UPRIYA"), "setup.offer");
}

TEST_F(SetupStory, GoesWithThePlaceToItsNewId) {
    invite();
    hear(PlaceMoved{place, "CMOVED"});
    auto moved = look([this](View& view) { return view.setups_at(connection, "CMOVED"); });
    ASSERT_EQ(moved.size(), 1U);
    EXPECT_TRUE(look([this](View& view) { return view.setups_at(connection, place); }).empty());
    hear(Left{"CMOVED"});
    EXPECT_EQ(
        look([this](View& view) { return view.setups_at(connection, "CMOVED").back().state; }),
        SetupState::ended
    );
}

TEST_F(SetupStory, GoesOnAfterARestartInTheMiddle) {
    directory.trouble = NotTold{"ratelimited", 30s};
    invite();
    stop();
    directory.trouble.reset();
    start({{connection, &platform}}, {{connection, &directory}});
    pass(2s);
    EXPECT_EQ(headline("UPRIYA"), "setup.offer");
}

TEST_F(SetupStory, AsksNobodyWhereNobodyIsKnownToHaveInvited) {
    hear(Joined{place, ""});
    hear(Joined{place, "UNOBODY"});
    EXPECT_TRUE(in("UNOBODY").empty());
    EXPECT_TRUE(in(place).empty());
}

TEST_F(SetupStory, IsNotForPeopleOfAnotherOrganisation) {
    directory.people.push_back({"UFAR", "Ola Far", "", "", false, false, false, true});
    hear(Joined{place, "UFAR"});
    EXPECT_TRUE(in("UFAR").empty());
    EXPECT_EQ(newest_setup().state, SetupState::ended);
}

TEST_F(SetupStory, TakesPeopleWhoAreKnownAlready) {
    directory.people.push_back({sim::account_of("amira"), "Amira from Slack", "", "Asia/Tokyo"});
    invite();
    send(with(filled_in(), "people", sim::account_of("amira"))).value();
    press(Verb::setup_start).value();

    EXPECT_EQ(person("amira").name, "Amira") << "what is set of her stays";
    EXPECT_EQ(person("amira").zone, "Europe/London");
    EXPECT_EQ(teams().size(), 1U);
}

TEST_F(SetupStory, LooksUpWhoWasPickedWhileOthersWereLookedUp) {
    invite();
    auto values = filled_in();
    directory.trouble = NotTold{"ratelimited", 30s};
    directory.people.push_back({"ULATE", "Lou Late", "", "Europe/London"});
    send(with(values, "people", "ULATE")).value();
    send(with(values, "people", "UTOM ULATE")).value();
    directory.trouble.reset();
    pass(2min);

    EXPECT_EQ(headline("UPRIYA"), "setup.check");
    EXPECT_FALSE(speaks_of(newest("UPRIYA"), "setup.found_unknown"));
}

}  // namespace
}  // namespace muster
