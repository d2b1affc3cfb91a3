#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

// Blockers that are raised from a menu, apart from any stand-up.
class WishStory : public AppStory {
protected:
    WishStory() { start(); }

    void add_a_second_team() {
        auto wanted = payments();
        auto refunds = sim::another_team(wanted.teams.front(), "refunds", "Refunds");
        refunds.members = {"amira", "dev"};
        wanted.teams.push_back(refunds);
        set(wanted);
    }

    Form form(const std::string& key, const std::string& words) {
        return std::get<OpenForm>(take(key, BlockerWanted{words}).value()).form;
    }

    Result<Reply> send(const std::string& key, FormValues values) {
        return take(key, Submitted{{FormKind::team_blocker, 0, 1}, std::move(values)});
    }

    std::vector<Blocker> open(const std::string& key) {
        auto find = [key](View& view) {
            for (const auto& team : view.teams())
                if (team.key == key) return view.open_blockers(team.id);
            return std::vector<Blocker>{};
        };
        return look(find);
    }

    static std::string error(const Result<Reply>& reply) {
        const auto* errors = std::get_if<FormErrors>(&*reply);
        return errors ? errors->errors.at(0).first : std::string{};
    }
};

TEST_F(WishStory, BeginABlockerWithTheWordsOfAMessage) {
    auto opened = form("amira", "no access to staging");

    ASSERT_EQ(opened.fields.size(), 5U);
    EXPECT_EQ(opened.fields.front().key, "title");
    EXPECT_EQ(opened.fields.front().initial, "no access to staging");
    EXPECT_TRUE(open("payments").empty()) << "nothing is raised before the form is sent";
}

TEST_F(WishStory, ComesBackAsItWasSentWhereItIsRefused) {
    auto opened = form("amira", "");
    auto refused = send("amira", {{"title", ""}});
    EXPECT_EQ(std::get<FormErrors>(*refused).form, opened);
}

TEST_F(WishStory, RaiseWhatWasEnteredWithAllItsDetails) {
    auto saved = send(
        "amira",
        {{"title", "no access to staging"},
         {"needed_from", "Platform"},
         {"needed_by", "2026-12-01"},
         {"ask", ""},
         {"only_delivery_manager", ""}}
    );

    EXPECT_EQ(said(saved), "blocker.saved");
    ASSERT_EQ(open("payments").size(), 1U);
    auto blocker = open("payments").front();
    EXPECT_EQ(blocker.title, "no access to staging");
    EXPECT_EQ(blocker.needed_from, "Platform");
    EXPECT_EQ(blocker.raiser, person("amira").id);
    EXPECT_FALSE(blocker.held_until) << "the form has asked who may see it";
}

TEST_F(WishStory, TellOnlyTheDeliveryManagerWhereThatWasTicked) {
    auto saved =
        send("amira", {{"title", "I may have to leave"}, {"only_delivery_manager", "yes"}});

    EXPECT_EQ(said(saved), "blocker.told_only");
    EXPECT_TRUE(open("payments").front().only_delivery_manager);
    pass(1min);
    EXPECT_EQ(deliveries(Purpose::private_blocker, open("payments").front().id.value).size(), 1U);
}

TEST_F(WishStory, StayOpenUntilSomethingIsSaid) {
    EXPECT_EQ(error(send("amira", {{"title", "  "}})), "title");
    EXPECT_EQ(error(send("amira", {{"title", "none"}})), "title");
    EXPECT_EQ(error(send("amira", {{"title", "no data"}, {"needed_by", "soon"}})), "needed_by");
    EXPECT_TRUE(open("payments").empty());
}

TEST_F(WishStory, GoToTheTeamThatIsChosenWhereThereAreSeveral) {
    add_a_second_team();
    auto teams = form("amira", "").fields.front();
    ASSERT_EQ(teams.key, "team");
    ASSERT_EQ(teams.choices.size(), 2U);

    EXPECT_EQ(error(send("amira", {{"title", "no data"}})), "team");
    EXPECT_EQ(error(send("amira", {{"title", "no data"}, {"team", "7"}})), "team");
    auto chosen = teams.choices.at(1).value;
    EXPECT_EQ(said(send("amira", {{"title", "no data"}, {"team", chosen}})), "blocker.saved");
    EXPECT_TRUE(open("payments").empty());
    EXPECT_EQ(open("refunds").size(), 1U);
    // Bo is in one of them: what is chosen elsewhere means nothing.
    EXPECT_EQ(said(send("bo", {{"title", "no keys"}, {"team", chosen}})), "blocker.saved");
    EXPECT_EQ(open("payments").size(), 1U);
}

TEST_F(WishStory, AreRefusedKindlyToWhomMusterDoesNotKnow) {
    EXPECT_EQ(said(take("nobody", BlockerWanted{"no data"})), "stranger.unknown");
}

}  // namespace
}  // namespace muster
