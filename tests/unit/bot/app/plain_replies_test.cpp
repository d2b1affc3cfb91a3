#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

// Amira, in plain mode, is in two teams and leads one of them with Dev; both stand-ups are open.
class PlainStory : public AppStory {
protected:
    PlainStory() {
        auto wanted = payments();
        wanted.teams.front().roles[Role::deputy] = {{"amira", {}}};
        auto refunds = sim::another_team(wanted.teams.front(), "refunds", "Refunds");
        refunds.members = {"amira", "dev"};
        wanted.teams.push_back(refunds);
        set(wanted);
        start();
        take("amira", command("plain on")).value();
        until("2026-11-23T09:31");
    }

    Result<Reply> type(const std::string& words) {
        pass(1s);
        return take("amira", line(words, "line-" + std::to_string(++lines)));
    }

    // The choices that a reply names, in the order of their numbers.
    static std::vector<std::string> choices_of(const Result<Reply>& reply) {
        std::vector<std::string> keys;
        for (const auto& block : std::get<Say>(*reply).message.blocks)
            if (const auto* items = std::get_if<Items>(&block))
                for (const auto& item : items->items)
                    if (item.key == "plain.choice")
                        keys.push_back(std::get<TextList>(item.arguments.at(1).second).front().key);
        return keys;
    }

    std::vector<Blocker> open(const std::string& key) {
        auto find = [key](View& view) {
            for (const auto& team : view.teams())
                if (team.key == key) return view.open_blockers(team.id);
            return std::vector<Blocker>{};
        };
        return look(find);
    }

    bool is_asked_in(const std::string& key) {
        auto find = [this, key, id = person("amira").id](View& view) {
            for (const auto& membership : view.memberships())
                if (membership.person == id && view.team(membership.team)->key == key)
                    return membership.standing == Standing::participant;
            return false;
        };
        return look(find);
    }

    int lines = 0;
};

void expect_text_alone(const Reply& reply, const std::string& after) {
    EXPECT_FALSE(std::holds_alternative<OpenForm>(reply)) << after;
    const auto* say = std::get_if<Say>(&reply);
    if (!say) return;
    for (const auto& block : say->message.blocks)
        EXPECT_FALSE(std::holds_alternative<Buttons>(block)) << after;
}

TEST_F(PlainStory, NeverAnswersWithButtons) {
    for (const auto* words :
         {"",
          "edit",
          "Finish the form",
          "1",
          "t: Finish the form",
          "2",
          "b: no data",
          "1",
          "And the letters",
          "1",
          "add",
          "y: did it",
          "blocker no keys",
          "2",
          "blocker no keys at all",
          "1",
          "blocker list",
          "blocker 1 update agreed",
          "blocker 1 private",
          "blocker 1 clear",
          "blocker 2 clear",
          "why",
          "why @bo",
          "why 1",
          "status",
          "history",
          "my week",
          "hours",
          "help",
          "start",
          "1",
          "skip",
          "snooze 1h",
          "away until fri",
          "yes",
          "away fri",
          "back",
          "sick",
          "back",
          "longer on",
          "stop",
          "1",
          "1",
          "stop",
          "2",
          "why",
          "99",
          "nothing in particular"}) {
        expect_text_alone(type(words).value(), words);
        pass(1s);
        expect_text_alone(take("amira", command(words)).value(), words);
    }
    pass(30min);
    for (const auto& post : direct("amira"))
        for (const auto& block : post.message.blocks)
            EXPECT_FALSE(std::holds_alternative<Buttons>(block)) << post.message.notification.key;
}

TEST_F(PlainStory, AnswersTheStandUpWhoseNumberIsTyped) {
    auto asked = type("Finish the form");
    EXPECT_EQ(said(asked), "draft.which_team");
    ASSERT_EQ(choices_of(asked).size(), 2U);
    type("2").value();

    auto first = look([id = rounds("amira").at(0).id](View& view) { return view.answers_of(id); });
    auto second = look([id = rounds("amira").at(1).id](View& view) { return view.answers_of(id); });
    EXPECT_EQ(first.size() + second.size(), 1U);
}

TEST_F(PlainStory, RaisesABlockerInTheTeamWhoseNumberIsTyped) {
    EXPECT_EQ(choices_of(type("blocker no data")).size(), 2U);
    auto raised = type("2");

    EXPECT_EQ(said(raised), "receipt.blocker");
    EXPECT_TRUE(open("payments").empty());
    ASSERT_EQ(open("refunds").size(), 1U);
    ASSERT_EQ(choices_of(raised), std::vector<std::string>{"button.tell_only_spoken"});
    type("1").value();
    EXPECT_TRUE(open("refunds").at(0).only_delivery_manager);
}

TEST_F(PlainStory, LeavesTheTeamWhoseNumberIsTypedAndComesBackByTheNext) {
    type("stop").value();
    auto left = type("2");

    EXPECT_EQ(said(left), "stop.done");
    EXPECT_TRUE(is_asked_in("payments"));
    EXPECT_FALSE(is_asked_in("refunds"));
    EXPECT_EQ(said(type("1")), "stop.undone");
    EXPECT_TRUE(is_asked_in("refunds"));
}

TEST_F(PlainStory, ClearsTheBlockerOfTheListByItsNumber) {
    type("blocker no data").value();
    type("1").value();
    auto list = type("blocker list");
    auto choices = choices_of(list);
    auto clear = std::ranges::find(choices, "button.clear_blocker_spoken");
    ASSERT_NE(clear, choices.end());
    EXPECT_EQ(said(type(std::to_string(clear - choices.begin() + 1))), "blocker.cleared");
    EXPECT_TRUE(open("payments").empty());
}

TEST_F(PlainStory, TakesANumberForTheNewestChoicesOnly) {
    type("blocker no data").value();
    type("help").value();
    type("2").value();

    EXPECT_TRUE(open("payments").empty());
    EXPECT_TRUE(open("refunds").empty());
}

TEST_F(PlainStory, TakesANumberAfterANewPromptForItsAnswer) {
    until("2026-11-24T09:29");
    type("stop").value();
    until("2026-11-24T09:31");
    type("1").value();

    EXPECT_TRUE(is_asked_in("payments"));
    EXPECT_TRUE(is_asked_in("refunds"));
}

TEST_F(PlainStory, TellsOfAPrivateBlockerWithoutButtons) {
    take("dev", command("plain on")).value();
    type("blocker no data").value();
    type("1").value();
    type("blocker 1 private").value();
    pass(1min);

    auto messages = direct("dev");
    auto found = std::ranges::find(messages, "notice.private_blocker", [](const auto& post) {
        return post.message.notification.key;
    });
    ASSERT_NE(found, messages.end());
    expect_text_alone(Say{found->message}, "a notice");
}

TEST_F(PlainStory, NamesTheTypedWayOnAPressOfAnEarlierCard) {
    auto press_of_a_card = press(Verb::add_blocker, round("amira").id.value);

    EXPECT_EQ(said(take("amira", press_of_a_card)), "plain.add_blocker");
}

TEST_F(PlainStory, PutsTheNextQuestionInPlaceOfTheForm) {
    auto reply = type("edit");
    EXPECT_EQ(choices_of(reply).size(), 2U);

    EXPECT_EQ(said(type("1")), "list.sentences");
}

}  // namespace
}  // namespace muster
