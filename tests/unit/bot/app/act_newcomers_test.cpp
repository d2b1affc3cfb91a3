#include "tests/unit/bot/app/talkative_directory.hpp"

namespace muster {
namespace {

// People join the channel of Payments: Dev is its delivery manager, Amira and Bo are in it.
class NewcomerStory : public AppStory {
protected:
    NewcomerStory() {
        directory.people = {
            {"UZOE", "Zoe Quinn", "", "Europe/London"}, {"UBOT", "Build bot", "", "", true}};
        start({{connection, &platform}}, {{connection, &directory}});
    }

    void joins(const std::string& account, const std::string& place) {
        auto news = inbound("", MemberJoined{place, account});
        news.account = "";
        EXPECT_TRUE(std::holds_alternative<NoReply>(take(news).value()));
        pass(30s);
    }

    void joins(const std::string& account) { joins(account, team_channel); }

    std::vector<std::string> offers(const std::string& key) {
        std::vector<std::string> said;
        for (const auto& message : direct(key))
            if (message.message.notification.key.starts_with("newcomer."))
                said.push_back(message.message.notification.key);
        return said;
    }

    Result<Reply> choose(const std::string& key, Verb verb) {
        auto setups = look([this](View& view) { return view.setups_at(connection, team_channel); });
        auto reply = take(key, press(verb, setups.at(0).id.value));
        pass(30s);
        return reply;
    }

    bool is_member(const std::string& name) {
        auto roster = look([now = clock.now()](View& view) {
            return view.roster(view.teams().front().id, now).value();
        });
        return std::ranges::any_of(roster.members, [&](const Member& member) {
            return member.person.name == name;
        });
    }

    TalkativeDirectory directory;
};

using Keys = std::vector<std::string>;

TEST_F(NewcomerStory, OffersTheDeliveryManagerOnceAndAddsWhomTheyWant) {
    joins("UZOE");
    joins("UZOE");
    EXPECT_EQ(offers("dev"), Keys{"newcomer.offer"});
    EXPECT_TRUE(offers("amira").empty());
    EXPECT_FALSE(is_member("Zoe Quinn"));

    choose("dev", Verb::add_newcomer).value();
    EXPECT_TRUE(is_member("Zoe Quinn"));
    EXPECT_EQ(offers("dev"), Keys{"newcomer.added"});
    EXPECT_EQ(in("UZOE").size(), 1U) << "is welcomed";
    EXPECT_EQ(said(choose("dev", Verb::leave_newcomer)), "newcomer.added") << "too late";
    EXPECT_TRUE(is_member("Zoe Quinn"));
}

TEST_F(NewcomerStory, AddsNobodyWhomTheDeliveryManagerLeavesOut) {
    joins("UZOE");
    choose("dev", Verb::leave_newcomer).value();
    EXPECT_FALSE(is_member("Zoe Quinn"));
    EXPECT_EQ(offers("dev"), Keys{"newcomer.left_out"});
    joins("UZOE");
    EXPECT_EQ(offers("dev").size(), 1U) << "is not offered again";
}

TEST_F(NewcomerStory, LetsNobodyElseDecide) {
    joins("UZOE");
    EXPECT_NE(said(choose("bo", Verb::add_newcomer)), "");
    EXPECT_FALSE(is_member("Zoe Quinn"));
    EXPECT_EQ(offers("dev"), Keys{"newcomer.offer"});
}

TEST_F(NewcomerStory, OffersNobodyWhoIsInTheTeamIsABotOrCannotBeKnown) {
    joins(sim::account_of("amira"));
    joins("UBOT");
    joins("UNKNOWN");
    joins("UZOE", "CELSEWHERE");
    EXPECT_TRUE(offers("dev").empty());
}

TEST_F(NewcomerStory, AsksTheDirectoryAgainWhereItCannotTellNow) {
    directory.trouble = NotTold{"ratelimited", 1min};
    joins("UZOE");
    EXPECT_TRUE(offers("dev").empty());
    directory.trouble.reset();
    pass(5min);
    EXPECT_EQ(offers("dev"), Keys{"newcomer.offer"});
}

TEST_F(NewcomerStory, StopsAtAFewWhoAreNotSettled) {
    for (int number = 1; number <= 7; ++number) {
        auto account = "U" + std::to_string(number);
        Profile person;
        person.account = account;
        person.name = "Person " + std::to_string(number);
        directory.people.push_back(std::move(person));
        joins(account);
    }
    EXPECT_EQ(offers("dev").size(), 5U);
}

TEST_F(NewcomerStory, OffersOthersWhenThoseAreInByAnotherWay) {
    std::string all = sim::account_of("dev");
    for (int number = 1; number <= 6; ++number) {
        Profile person;
        person.account = "U" + std::to_string(number);
        person.name = "Person " + std::to_string(number);
        directory.people.push_back(person);
        if (number == 6) break;
        joins(person.account);
        all += " " + person.account;
    }
    auto team = look([](View& view) { return view.teams().front().id; });
    take("dev", Submitted{{FormKind::people, team.value, 1}, {{"people", all}}}).value();
    pass(30s);
    joins("U6");
    EXPECT_EQ(offers("dev").size(), 6U);
}

TEST_F(NewcomerStory, SaysThatWhoeverIsToBeLeftOutIsInAlready) {
    joins("UZOE");
    auto team = look([](View& view) { return view.teams().front().id; });
    auto all = sim::account_of("dev") + " " + sim::account_of("amira") + " UZOE";
    take("dev", Submitted{{FormKind::people, team.value, 1}, {{"people", all}}}).value();
    EXPECT_EQ(said(choose("dev", Verb::leave_newcomer)), "newcomer.was_added");
    EXPECT_TRUE(is_member("Zoe Quinn"));
}

TEST_F(NewcomerStory, OffersNobodyForATeamThatIsDeletedMeanwhile) {
    directory.trouble = NotTold{"ratelimited", 1min};
    joins("UZOE");
    auto team = look([](View& view) { return view.teams().front().id; });
    take("dev", press(Verb::confirm_delete, team.value)).value();
    directory.trouble.reset();
    pass(5min);
    EXPECT_TRUE(offers("dev").empty());
}

}  // namespace
}  // namespace muster
