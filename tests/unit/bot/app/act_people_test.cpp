#include "bot/domain/form_parts.hpp"
#include "tests/unit/bot/app/talkative_directory.hpp"

namespace muster {
namespace {

// The team Payments: Dev, its delivery manager, Amira and Bo. Zoe and a bot are in the workspace,
// and in no team.
class PeopleStory : public AppStory {
protected:
    PeopleStory() {
        directory.people = {
            {"UZOE", "Zoe Quinn", "", "Europe/London"}, {"UBOT", "Build bot", "", "", true}};
        start({{connection, &platform}}, {{connection, &directory}});
    }

    TeamId team() {
        return look([](View& view) { return view.teams().front().id; });
    }

    FormValues opened(const std::string& key, Verb verb) {
        auto reply = take(key, press(verb, team().value)).value();
        FormValues values;
        for (const auto& field : std::get<OpenForm>(reply).form.fields)
            values.emplace_back(field.key, field.initial);
        return values;
    }

    Result<Reply> send(const std::string& key, FormKind kind, FormValues values) {
        auto reply = take(key, Submitted{{kind, team().value, 1}, std::move(values)});
        pass(2s);
        return reply;
    }

    static std::string accounts(std::initializer_list<std::string> keys) {
        std::string all;
        for (const auto& key : keys)
            all += (all.empty() ? "" : " ") + sim::account_of(key);
        return all;
    }

    std::map<std::string, Standing> people() {
        auto roster = look([id = team(), now = clock.now()](View& view) {
            return view.roster(id, now).value();
        });
        std::map<std::string, Standing> found;
        for (const auto& member : roster.members)
            found[member.person.key] = member.standing;
        return found;
    }

    std::vector<std::string> who_has(Role role) {
        auto roles = look([](View& view) { return view.roles(); });
        auto everybody = look([](View& view) { return view.people(); });
        std::vector<std::string> keys;
        for (const auto& holder : roles)
            if (holder.role == role)
                keys.push_back(std::ranges::find(everybody, holder.person, &Person::id)->key);
        std::ranges::sort(keys);
        return keys;
    }

    std::string newest(const std::string& account) {
        auto messages = in(account);
        return messages.empty() ? "" : messages.back().message.notification.key;
    }

    TalkativeDirectory directory;
};

TEST_F(PeopleStory, ShowsWhoIsInTheTeamNow) {
    auto values = opened("dev", Verb::edit_people);
    EXPECT_EQ(values.at(0).first, "people");
    for (const auto* key : {"dev", "amira", "bo"})
        EXPECT_NE(values.at(0).second.find(sim::account_of(key)), std::string::npos) << key;
    EXPECT_EQ(values.at(1).second, "") << "nobody only looks on";
}

TEST_F(PeopleStory, TakesOutAndPutsIn) {
    auto reply = send(
        "dev",
        FormKind::people,
        {{"people", accounts({"amira"}) + " UZOE"}, {"observers", accounts({"dev"})}}
    );
    EXPECT_EQ(said(reply), "people.is_looked_up") << "nobody knew Zoe";
    EXPECT_EQ(newest(sim::account_of("dev")), "people.saved");
    EXPECT_EQ(
        people(),
        (std::map<std::string, Standing>{
            {"amira", Standing::participant},
            {"zoe-quinn", Standing::participant},
            {"dev", Standing::observer}})
    );
    EXPECT_EQ(newest("UZOE"), "welcome.heading");
    EXPECT_EQ(newest(sim::account_of("amira")), "") << "she was in it before";
}

TEST_F(PeopleStory, TakesNobodyOutWhomTheFormDidNotShow) {
    auto reply = take("dev", press(Verb::edit_people, team().value)).value();
    auto old = std::get<OpenForm>(reply).form.context;
    send("dev", FormKind::people, {{"people", accounts({"dev", "amira", "bo"}) + " UZOE"}});
    FormValues shown{{"people", accounts({"dev", "amira", "bo"})}};
    auto refused = take("dev", Submitted{old, shown}).value();
    EXPECT_EQ(std::get<FormErrors>(refused).errors.at(0).second.key, "team.changed_meanwhile");
    EXPECT_EQ(std::get<FormErrors>(refused).form->context, old)
        << "shown anew it is still the form that was sent, and stays refused";
    EXPECT_TRUE(people().contains("zoe-quinn"));
}

TEST_F(PeopleStory, IsSavedAtOnceWhereEverybodyIsKnown) {
    auto reply = send("dev", FormKind::people, {{"people", accounts({"amira", "dev"})}});
    EXPECT_EQ(said(reply), "people.saved");
    EXPECT_FALSE(people().contains("bo"));
    EXPECT_EQ(directory.asked, 0);
    until("2026-11-23T09:31");
    EXPECT_TRUE(direct("bo").empty());
}

TEST_F(PeopleStory, LeavesOutBotsAndSaysSo) {
    send("dev", FormKind::people, {{"people", accounts({"amira", "dev"}) + " UBOT UNOBODY"}});
    auto messages = in(sim::account_of("dev"));
    ASSERT_FALSE(messages.empty());
    const auto& told = messages.back().message;
    ASSERT_GE(told.blocks.size(), 2U);
    const auto& left_out = std::get<Items>(told.blocks.at(1)).items;
    ASSERT_EQ(left_out.size(), 2U);
    EXPECT_EQ(left_out.at(0).key, "people.is_bot");
    EXPECT_EQ(left_out.at(1).key, "people.is_unknown");
    EXPECT_EQ(people().size(), 2U);
}

TEST_F(PeopleStory, AsksSomebodyAtLeast) {
    auto reply = send("dev", FormKind::people, {{"people", ""}}).value();
    EXPECT_EQ(std::get<FormErrors>(reply).errors.at(0).second.key, "setup.error_people");
    EXPECT_EQ(people().size(), 3U);
}

TEST_F(PeopleStory, HandsARoleOn) {
    auto values = opened("dev", Verb::edit_roles);
    EXPECT_EQ(*value_of(values, "delivery_manager"), sim::account_of("dev"));
    auto reply = send(
        "dev",
        FormKind::roles,
        {{"delivery_manager", accounts({"amira"})}, {"deputy", "UZOE"}, {"lead", ""}}
    );
    EXPECT_EQ(said(reply), "people.is_looked_up");
    EXPECT_EQ(who_has(Role::delivery_manager), std::vector<std::string>{"amira"});
    EXPECT_EQ(who_has(Role::deputy), std::vector<std::string>{"zoe-quinn"});
    EXPECT_EQ(said(take("dev", press(Verb::edit_roles, team().value))), "team.not_yours");
}

TEST_F(PeopleStory, LeavesNoTeamWithoutADeliveryManager) {
    auto reply = send("dev", FormKind::roles, {{"delivery_manager", ""}}).value();
    EXPECT_EQ(std::get<FormErrors>(reply).errors.at(0).second.key, "people.error_delivery_manager");
    EXPECT_EQ(who_has(Role::delivery_manager), std::vector<std::string>{"dev"});
}

TEST_F(PeopleStory, IsForThoseWhoMayOnly) {
    for (auto verb : {Verb::edit_people, Verb::edit_roles, Verb::delete_team, Verb::confirm_delete})
        EXPECT_EQ(said(take("amira", press(verb, team().value))), "team.not_yours") << name(verb);
    for (auto kind : {FormKind::people, FormKind::roles})
        EXPECT_EQ(said(send("amira", kind, {{"people", accounts({"amira"})}})), "team.not_yours");
    EXPECT_EQ(people().size(), 3U);
}

TEST_F(PeopleStory, DeletesATeamOnlyWhenItIsSaidTwice) {
    EXPECT_EQ(said(take("dev", press(Verb::delete_team, team().value))), "people.delete_question");
    EXPECT_FALSE(look([](View& view) { return view.teams().front().archived; }));
    EXPECT_EQ(said(take("dev", press(Verb::confirm_delete, team().value))), "people.deleted");
    EXPECT_TRUE(look([](View& view) { return view.teams().front().archived; }));
    until("2026-11-24T12:00");
    EXPECT_TRUE(direct("amira").empty());
    EXPECT_EQ(said(take("dev", press(Verb::confirm_delete, team().value))), "stale.not_yours");
}

TEST_F(PeopleStory, ChangesNobodyWhomTheFormSaysNothingOf) {
    send("dev", FormKind::people, {{"observers", "UZOE"}});
    EXPECT_EQ(
        people(),
        (std::map<std::string, Standing>{
            {"amira", Standing::participant},
            {"bo", Standing::participant},
            {"dev", Standing::participant},
            {"zoe-quinn", Standing::observer}})
    );
    send("dev", FormKind::people, {{"people", accounts({"dev", "amira", "bo"})}});
    EXPECT_EQ(people().at("zoe-quinn"), Standing::observer);
}

TEST_F(PeopleStory, LeavesNoTeamToNobodyWhoCounts) {
    send("dev", FormKind::roles, {{"delivery_manager", "UBOT"}});
    EXPECT_EQ(newest(sim::account_of("dev")), "people.no_delivery_manager_left");
    EXPECT_EQ(who_has(Role::delivery_manager), std::vector<std::string>{"dev"});

    send("dev", FormKind::people, {{"people", "UBOT UNOBODY"}});
    EXPECT_EQ(newest(sim::account_of("dev")), "people.nobody_left");
    EXPECT_EQ(people().size(), 3U);
}

TEST_F(PeopleStory, GivesNobodyOfAnotherOrganisationARole) {
    directory.people.front().is_outsider = true;
    send("dev", FormKind::roles, {{"delivery_manager", accounts({"dev"})}, {"deputy", "UZOE"}});
    EXPECT_EQ(who_has(Role::deputy), std::vector<std::string>{});
    const auto told = in(sim::account_of("dev")).back().message;
    EXPECT_EQ(told.notification.key, "people.roles_saved");
    EXPECT_EQ(std::get<Items>(told.blocks.at(1)).items.at(0).key, "people.is_outsider");
}

TEST_F(PeopleStory, AsksSomebodyFurtherEastOnTheVeryNextDay) {
    directory.people.push_back({"UMEI", "Mei Tanaka", "", "Asia/Tokyo"});
    until("2026-11-23T15:00");  // Tuesday's is planned, for London
    send("dev", FormKind::people, {{"people", accounts({"dev", "amira", "bo"}) + " UMEI"}});
    until("2026-11-24T01:00");  // 10am in Tokyo
    auto asked = in("UMEI");
    EXPECT_TRUE(std::ranges::any_of(asked, [](const auto& shown) {
        return shown.message.notification.key.starts_with("prompt.");
    }));
}

// While the people are looked up, others go on.
class PeopleWait : public PeopleStory {
protected:
    void send_and_wait(const std::string& key, Verb verb, FormValues values) {
        directory.trouble = NotTold{"ratelimited", 30s};
        auto reply = take(key, press(verb, team().value)).value();
        auto context = std::get<OpenForm>(reply).form.context;
        EXPECT_EQ(said(take(key, Submitted{context, std::move(values)})), "people.is_looked_up");
        pass(2s);
    }

    void go_on() {
        directory.trouble.reset();
        pass(2min);
    }
};

TEST_F(PeopleWait, IsNotMadeByWhoeverMayNoLonger) {
    send(
        "dev",
        FormKind::roles,
        {{"delivery_manager", accounts({"dev"})}, {"deputy", accounts({"amira"})}}
    );
    send_and_wait(
        "amira",
        Verb::edit_roles,
        {{"delivery_manager", accounts({"dev"})}, {"deputy", accounts({"amira"}) + " UZOE"}}
    );
    send("dev", FormKind::roles, {{"delivery_manager", accounts({"dev"})}, {"deputy", ""}});
    go_on();
    EXPECT_EQ(who_has(Role::deputy), std::vector<std::string>{});
    EXPECT_EQ(newest(sim::account_of("amira")), "people.may_not");
}

TEST_F(PeopleWait, TakesNothingBackThatOthersDidMeanwhile) {
    send_and_wait(
        "dev", Verb::edit_people, {{"people", accounts({"dev", "amira", "bo"}) + " UZOE"}}
    );
    send("dev", FormKind::people, {{"people", accounts({"dev", "amira"})}});
    go_on();
    EXPECT_FALSE(people().contains("bo"));
    EXPECT_FALSE(people().contains("zoe-quinn"));
    EXPECT_EQ(newest(sim::account_of("dev")), "people.changed_meanwhile");
}

TEST_F(PeopleStory, EndsWithWhoAskedForIt) {
    directory.trouble = NotTold{"ratelimited", 30s};
    send("dev", FormKind::people, {{"people", accounts({"amira"}) + " UZOE"}});
    auto gone = person("dev");
    gone.archived = true;
    apply({.changes = {gone}});
    directory.trouble.reset();
    pass(1min);
    auto asked = directory.asked;
    pass(10min);
    EXPECT_EQ(directory.asked, asked) << "nor is it asked for again and again";
    EXPECT_FALSE(people().contains("zoe-quinn"));
}

TEST_F(PeopleStory, IsSavedAfterARestartInTheMiddle) {
    directory.trouble = NotTold{"ratelimited", 30s};
    send("dev", FormKind::people, {{"people", accounts({"dev"}) + " UZOE"}});
    EXPECT_EQ(people().size(), 3U);
    stop();
    directory.trouble.reset();
    start({{connection, &platform}}, {{connection, &directory}});
    pass(2s);
    EXPECT_TRUE(people().contains("zoe-quinn"));
}

}  // namespace
}  // namespace muster
