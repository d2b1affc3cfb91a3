#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

// Amira and Dev are in two teams; Dev leads both.
class TwoTeamsStory : public AppStory {
protected:
    TwoTeamsStory() {
        auto wanted = payments();
        auto refunds = sim::another_team(wanted.teams.front(), "refunds", "Refunds");
        refunds.members = {"amira", "dev"};
        wanted.teams.push_back(refunds);
        set(wanted);
        start();
        until("2026-11-23T09:31");
    }

    std::vector<Blocker> open(const std::string& key) {
        auto find = [key](View& view) {
            for (const auto& team : view.teams())
                if (team.key == key) return view.open_blockers(team.id);
            return std::vector<Blocker>{};
        };
        return look(find);
    }

    static std::vector<Button> buttons_of(const Result<Reply>& reply) {
        std::vector<Button> found;
        for (const auto& block : std::get<Say>(*reply).message.blocks)
            if (const auto* row = std::get_if<Buttons>(&block))
                found.insert(found.end(), row->buttons.begin(), row->buttons.end());
        return found;
    }

    static Pressed pressed(const Button& button) {
        return {button.verb, button.subject, button.extra, "m"};
    }

    // One blocker 1 in each of the two teams, shown to all.
    void raise_one_in_each() {
        for (std::size_t team : {0U, 1U}) {
            auto asked = take("amira", command(team == 0 ? "blocker no data" : "blocker no keys"));
            take("amira", pressed(buttons_of(asked).at(team))).value();
        }
        pass(11min);
    }
};

TEST_F(TwoTeamsStory, AsksWhichTeamABlockerBelongsToAndKeepsItUntilThen) {
    auto asked = take("amira", command("blocker no test data"));

    EXPECT_EQ(said(asked), "blocker.which_team");
    pass(11min);
    EXPECT_TRUE(open("payments").empty());
    EXPECT_TRUE(open("refunds").empty());

    auto choices = buttons_of(asked);
    ASSERT_EQ(choices.size(), 2U);
    take("amira", pressed(choices.at(1))).value();
    EXPECT_TRUE(open("payments").empty());
    ASSERT_EQ(open("refunds").size(), 1U);
    EXPECT_EQ(open("refunds").front().title, "no test data");
    EXPECT_EQ(said(take("amira", pressed(choices.at(0)))), "draft.gone");
}

TEST_F(TwoTeamsStory, RaisesTheEditedWords) {
    auto asked = take("amira", line("blocker no test data", "line-9"));
    pass(1s);
    take("amira", Edited{"line-9", "blocker no test keys"}).value();
    take("amira", pressed(buttons_of(asked).at(0))).value();

    ASSERT_EQ(open("payments").size(), 1U);
    EXPECT_EQ(open("payments").front().title, "no test keys");
}

TEST_F(TwoTeamsStory, ClearsNoBlockerOnAGuess) {
    raise_one_in_each();
    auto asked = take("amira", command("blocker 1 clear"));

    EXPECT_EQ(said(asked), "blocker.which_of_several");
    EXPECT_EQ(open("payments").size(), 1U);
    EXPECT_EQ(open("refunds").size(), 1U);

    take("amira", pressed(buttons_of(asked).at(1))).value();
    EXPECT_EQ(open("payments").size(), 1U);
    EXPECT_TRUE(open("refunds").empty());
}

TEST_F(TwoTeamsStory, ClearsTheBlockerOfTheTeamThatIsNamed) {
    raise_one_in_each();

    EXPECT_EQ(said(take("amira", command("blocker Refunds 1 clear"))), "blocker.cleared");
    EXPECT_EQ(open("payments").size(), 1U);
    EXPECT_TRUE(open("refunds").empty());
}

TEST_F(TwoTeamsStory, AsksNothingWhereOneIsOpenAndTheOtherHasEnded) {
    raise_one_in_each();
    take("amira", command("blocker refunds 1 clear")).value();

    EXPECT_EQ(said(take("amira", command("blocker 1 clear"))), "blocker.cleared");
    EXPECT_TRUE(open("payments").empty());
}

TEST_F(TwoTeamsStory, NotesNothingOnAGuess) {
    raise_one_in_each();

    EXPECT_EQ(
        said(take("amira", command("blocker 1 update date agreed"))), "blocker.which_of_several"
    );
    EXPECT_EQ(said(take("amira", command("blocker refunds 1 update agreed"))), "blocker.noted");
}

TEST_F(TwoTeamsStory, TellsOfTheBlockersOfBothTeams) {
    raise_one_in_each();
    auto why = std::get<Say>(*take("dev", command("why 1"))).message;
    auto status = std::get<Say>(*take("dev", command("status"))).message;

    EXPECT_EQ(why.blocks.size(), 2U);
    EXPECT_EQ(
        std::ranges::count_if(
            status.blocks, [](const Block& block) { return std::holds_alternative<Heading>(block); }
        ),
        2
    );
}

TEST_F(TwoTeamsStory, StartsTheStandUpThatIsChosen) {
    until("2026-11-23T15:00");
    auto asked = take("dev", command("start"));

    EXPECT_EQ(said(asked), "start.which");
    EXPECT_EQ(said(take("dev", pressed(buttons_of(asked).at(1)))), "start.started");
    EXPECT_EQ(said(take("bo", pressed(buttons_of(asked).at(0)))), "start.not_allowed");
}

class BlockerStory : public AppStory {
protected:
    using Titles = std::vector<std::string>;

    BlockerStory() {
        start();
        until("2026-11-23T09:31");
    }

    Titles titles() {
        auto find = [](View& view) { return view.open_blockers(view.teams().at(0).id); };
        Titles found;
        for (const auto& blocker : look(find))
            found.push_back(blocker.title);
        return found;
    }
};

TEST_F(BlockerStory, TakesAClearedOneOffTheRaisersCard) {
    take("amira", command("blocker no test data")).value();
    pass(11min);
    auto before = prompt("amira").revision_wanted;
    take("dev", command("blocker 1 clear")).value();

    EXPECT_GT(prompt("amira").revision_wanted, before);
}

TEST_F(BlockerStory, SaysThatADeletedLineLeavesTheBlockerThatOthersHaveSeen) {
    take("amira", line("b: No test data", "line-3")).value();
    pass(11min);

    EXPECT_EQ(said(take("amira", Deleted{"line-3"})), "blocker.stays_open");
}

TEST_F(BlockerStory, SaysThatALineThatBecameNoneLeavesTheBlockerThatOthersHaveSeen) {
    take("amira", line("b: Amira broke staging", "line-3")).value();
    pass(11min);

    EXPECT_EQ(said(take("amira", Edited{"line-3", "b: none"})), "blocker.stays_open");
    EXPECT_EQ(titles(), Titles{"Amira broke staging"});
}

TEST_F(BlockerStory, KeepsEachBlockerWithItsOwnLine) {
    take("amira", line("b: no data", "line-3")).value();
    pass(1s);
    take("amira", line("b: no access", "line-4")).value();
    pass(1s);
    take("amira", Edited{"line-3", "b: no test data"}).value();
    EXPECT_EQ(titles(), (Titles{"no test data", "no access"}));

    pass(1s);
    take("amira", Deleted{"line-3"}).value();
    EXPECT_EQ(titles(), Titles{"no access"});
    pass(1s);
    take("amira", Edited{"line-4", "b: no access to staging"}).value();
    EXPECT_EQ(titles(), Titles{"no access to staging"});
    pass(1s);
    take("amira", Edited{"line-3", "b: no data at all"}).value();
    EXPECT_EQ(titles(), (Titles{"no access to staging", "no data at all"}));
}

TEST_F(BlockerStory, LetsAnOlderEditOfTheFirstLineChangeNothing) {
    take("amira", line("b: no data", "line-3")).value();
    pass(1s);
    auto older = inbound("amira", Edited{"line-3", "b: no dtaa"});
    pass(1s);
    take("amira", line("b: no access", "line-4")).value();
    pass(1s);
    take("amira", Edited{"line-3", "b: no test data"}).value();
    take(older).value();

    EXPECT_EQ(titles(), (Titles{"no test data", "no access"}));
}

TEST_F(BlockerStory, FollowsABlockerThatWasTypedAsACommand) {
    until("2026-11-23T08:00");
    take("bo", line("blocker no data", "line-3")).value();
    pass(1s);
    EXPECT_EQ(said(take("bo", Edited{"line-3", "blocker no test data"})), "blocker.reworded");
    EXPECT_EQ(titles(), Titles{"no test data"});
    pass(1s);
    EXPECT_EQ(said(take("bo", Deleted{"line-3"})), "blocker.taken_back");
    EXPECT_TRUE(titles().empty());
}

TEST_F(BlockerStory, SaysThatTheBlockerOfAnEditedLineHasEnded) {
    take("amira", line("b: no data", "line-3")).value();
    pass(1s);
    take("amira", line("b: no access", "line-4")).value();
    pass(11min);
    take("amira", command("blocker 1 clear")).value();

    EXPECT_EQ(said(take("amira", Edited{"line-3", "b: no dta"})), "blocker.already_ended");
}

TEST_F(BlockerStory, ShowsNobodyABlockerThatWasClearedAtOnce) {
    take("amira", line("b: I may be ill", "line-3")).value();
    take("amira", command("blocker 1 clear")).value();
    pass(30min);

    EXPECT_EQ(said(take("dev", command("why 1"))), "blocker.unknown");
    for (const auto& post : in(team_channel))
        EXPECT_EQ(post.message.notification.key.find("blockers."), std::string::npos);
}

TEST_F(BlockerStory, SkipsNoRoundOfATeamThatWasLeft) {
    take("amira", command("stop")).value();

    EXPECT_EQ(said(take("amira", command("skip"))), "skip.nothing_open");
    EXPECT_EQ(said(take("amira", command("snooze"))), "snooze.nothing_open");
}

}  // namespace
}  // namespace muster
