#include "bot/domain/form_parts.hpp"
#include "tests/unit/bot/app/talkative_directory.hpp"

namespace muster {
namespace {

// Payments: Dev, its delivery manager, Amira and Bo. Of the group @payments are Bo and Zoe; Zoe,
// Kit and a bot are in no team.
class GroupStory : public AppStory {
protected:
    GroupStory() {
        directory.people = {
            {"UZOE", "Zoe Quinn", "", "Europe/London"},
            {"UKIT", "Kit Brown", "", "Europe/London"},
            {"UBOT", "Build bot", "", "", true}};
        directory.groups = {{"S1", "@payments", {sim::account_of("bo"), "UZOE", "UBOT"}}};
        start({{connection, &platform}}, {{connection, &directory}});
    }

    TeamId team() {
        return look([](View& view) { return view.teams().front().id; });
    }

    std::vector<std::string> people() {
        auto roster = look([id = team(), now = clock.now()](View& view) {
            return view.roster(id, now).value();
        });
        std::vector<std::string> names;
        for (const auto& member : roster.members)
            names.push_back(member.person.name);
        std::ranges::sort(names);
        return names;
    }

    // Dev opens the form of the people, and types a group beside them.
    Result<Reply> takes_in(const std::string& group) {
        auto opened = take("dev", press(Verb::edit_people, team().value)).value();
        FormValues values;
        for (const auto& field : std::get<OpenForm>(opened).form.fields)
            values.emplace_back(field.key, field.key == "group" ? group : field.initial);
        auto reply = take("dev", Submitted{{FormKind::people, team().value, 1}, std::move(values)});
        pass(30s);
        return reply;
    }

    void changes(std::vector<std::string> came, std::vector<std::string> left = {}) {
        auto news = inbound("", GroupChanged{"S1", std::move(came), std::move(left)});
        news.account = "";
        EXPECT_TRUE(std::holds_alternative<NoReply>(take(news).value()));
        pass(30s);
    }

    std::vector<sim::Posted> cards(const std::string& key) {
        auto messages = direct(key);
        std::erase_if(messages, [](const sim::Posted& message) {
            return !message.message.notification.key.starts_with("group.");
        });
        return messages;
    }

    // "+Zoe Quinn -Bo": what the only card of Dev offers.
    std::string offered() {
        auto all = cards("dev");
        if (all.size() != 1U) return std::to_string(all.size()) + " cards";
        std::string words;
        for (const auto& block : all.front().message.blocks)
            if (const auto* items = std::get_if<Items>(&block))
                for (const auto& item : items->items)
                    words += (words.empty() ? "" : " ") +
                             std::string{item.key == "group.came" ? "+" : "-"} +
                             std::get<UserText>(item.arguments.at(0).second).value;
        return words;
    }

    Result<Reply> choose(const std::string& key, Verb verb) {
        Button button;
        auto all = cards("dev");
        for (const auto& block : all.back().message.blocks)
            if (const auto* row = std::get_if<Buttons>(&block)) button = row->buttons.front();
        auto reply = take(key, press(verb, button.subject));
        pass(30s);
        return reply;
    }

    // What the newest message of Dev says in its paragraphs.
    bool is_told(const std::string& key) {
        const auto newest = direct("dev").back().message;
        for (const auto& block : newest.blocks) {
            const auto* paragraph = std::get_if<Paragraph>(&block);
            if (paragraph && paragraph->text.key == key) return true;
        }
        return false;
    }

    TalkativeDirectory directory;
};

using Names = std::vector<std::string>;

TEST_F(GroupStory, AddsEverybodyOfAGroupToATeamAtOnce) {
    EXPECT_EQ(said(takes_in("@payments")), "people.is_looked_up");

    EXPECT_EQ(people(), (Names{"Amira", "Bo", "Dev", "Zoe Quinn"})) << "and no bot";
    EXPECT_EQ(in("UZOE").size(), 1U) << "is welcomed";
    EXPECT_TRUE(is_told("people.follows_group"));
}

TEST_F(GroupStory, SaysThatThereIsNoSuchGroup) {
    takes_in(" @nobody ");

    EXPECT_EQ(people(), (Names{"Amira", "Bo", "Dev"}));
    EXPECT_TRUE(is_told("people.no_group"));
}

TEST_F(GroupStory, AsksForNoGroupWhereNoneWasTyped) {
    EXPECT_EQ(said(takes_in("  ")), "people.saved");
    EXPECT_EQ(directory.asked, 0);
}

TEST_F(GroupStory, TakesNoGroupThatIsLargerThanATeamMayBe) {
    for (std::size_t number = 0; number < settings::most_members; ++number)
        directory.groups.front().members.push_back("U" + std::to_string(number));
    takes_in("@payments");

    EXPECT_EQ(people(), (Names{"Amira", "Bo", "Dev"}));
    EXPECT_EQ(direct("dev").back().message.notification.key, "team.does_not_fit");
}

TEST_F(GroupStory, OffersTheDeliveryManagerTheDifferenceByOneTap) {
    takes_in("@payments");
    changes({"UKIT", "UBOT"}, {sim::account_of("bo")});
    EXPECT_EQ(offered(), "+Kit Brown -Bo");
    EXPECT_TRUE(cards("amira").empty());
    EXPECT_EQ(people(), (Names{"Amira", "Bo", "Dev", "Zoe Quinn"})) << "nobody is asked unawares";

    choose("dev", Verb::add_newcomer).value();
    EXPECT_EQ(people(), (Names{"Amira", "Dev", "Kit Brown", "Zoe Quinn"}));
    EXPECT_EQ(cards("dev").front().message.notification.key, "group.followed");
    EXPECT_EQ(in("UKIT").size(), 1U) << "is welcomed";
}

TEST_F(GroupStory, LeavesTheTeamAsItIs) {
    takes_in("@payments");
    changes({"UKIT"});
    auto offer = cards("dev").front();
    choose("dev", Verb::leave_newcomer).value();

    EXPECT_EQ(people(), (Names{"Amira", "Bo", "Dev", "Zoe Quinn"}));
    ASSERT_EQ(cards("dev").size(), 1U);
    EXPECT_EQ(cards("dev").front().id, offer.id);
    EXPECT_EQ(cards("dev").front().message.notification.key, "group.left");
}

TEST_F(GroupStory, OffersWhatChangesBeforeItIsSettledTogether) {
    takes_in("@payments");
    changes({"UKIT"});
    changes({}, {"UZOE"});
    EXPECT_EQ(offered(), "+Kit Brown -Zoe Quinn");

    changes({"UZOE"}, {"UKIT"});
    EXPECT_EQ(offered(), "0 cards") << "the team is as the group is";
}

TEST_F(GroupStory, OffersNothingOfAGroupThatNobodyTookPeopleFrom) {
    changes({"UKIT"}, {sim::account_of("bo")});
    EXPECT_TRUE(cards("dev").empty());
}

TEST_F(GroupStory, LetsNobodyElseDecide) {
    takes_in("@payments");
    changes({"UKIT"});
    EXPECT_NE(said(choose("bo", Verb::add_newcomer)), "");
    EXPECT_EQ(people().size(), 4U);
}

TEST_F(GroupStory, AsksTheDirectoryAgainWhereItCannotTellNow) {
    directory.trouble = NotTold{"ratelimited", 1min};
    takes_in("@payments");
    EXPECT_EQ(people().size(), 3U);
    directory.trouble.reset();
    pass(5min);
    EXPECT_EQ(people().size(), 4U);
}

}  // namespace
}  // namespace muster
