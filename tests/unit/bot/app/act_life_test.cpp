#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

// What the platform tells of itself, with no account of anybody.
class LifeStory : public AppStory {
protected:
    LifeStory() { start(); }

    void leaves(const std::string& key) { hear(PersonChanged{sim::account_of(key), true}); }

    void returns(const std::string& key) { hear(PersonChanged{sim::account_of(key), false}); }

    // At first nobody took it.
    void is_told_late(PersonChanged changed, Instant of) {
        auto news = inbound("", std::move(changed));
        news.account = "";
        news.sent_at = of;
        EXPECT_TRUE(take(news));
    }

    void travels(const std::string& key, ZoneName zone) {
        PersonChanged changed{sim::account_of(key)};
        changed.zone = std::move(zone);
        hear(std::move(changed));
    }

    void says_away(const std::string& key, std::optional<Instant> until) {
        PersonChanged changed{sim::account_of(key)};
        changed.away = AwayHint{true, until};
        hear(std::move(changed));
    }

    // On what asks Amira whether she is away.
    Pressed away_press(Verb verb) {
        auto amira = person("amira").id;
        auto drafts = look([&](View& view) { return view.drafts_of(amira); });
        return press(verb, drafts.at(0).id.value);
    }

    // On the first question that was put to Amira.
    Pressed zone_press(Verb verb, std::string message) {
        return {verb, person("amira").home.value, 1, std::move(message)};
    }

    std::vector<std::string> told(const std::string& key, Purpose purpose) {
        std::vector<std::string> said;
        for (const auto& message : direct(key)) {
            auto find = [id = message.delivery](View& view) { return view.delivery(id); };
            auto delivery = look(find);
            if (delivery && delivery->key.purpose == purpose)
                said.push_back(message.message.notification.key);
        }
        return said;
    }

    std::vector<std::string> told_of_accounts(const std::string& key) {
        return told(key, Purpose::account_closed);
    }

    std::optional<Instant> suspended_since() {
        return look([](View& view) { return view.connections().at(0).suspended_since; });
    }

    long logged(const std::string& kind) {
        auto all = look([](View& view) { return view.events(0, 10'000); });
        return std::ranges::count(all, kind, [](const auto& row) { return row.event.kind; });
    }
};

// ---- people

TEST_F(LifeStory, AsksNobodyWhoseAccountIsClosedAndTellsTheDeliveryManagerOnce) {
    leaves("amira");
    leaves("amira");
    until("2026-11-24T12:00");

    EXPECT_TRUE(direct("amira").empty());
    EXPECT_TRUE(rounds("amira").empty());
    EXPECT_EQ(told_of_accounts("dev"), std::vector<std::string>{"notice.account_closed"});
    EXPECT_TRUE(told_of_accounts("bo").empty());
}

TEST_F(LifeStory, IsNotMisledByWhatIsToldAgainAfterWhatHasHappenedSince) {
    auto left_at = clock.now();
    pass(1min);
    returns("amira");
    is_told_late({sim::account_of("amira"), true}, left_at);
    until("2026-11-23T09:31");
    EXPECT_EQ(round("amira").phase, Phase::asked);
}

// Then nothing is known of what came first.
TEST_F(LifeStory, BelievesThePlatformWhenItsOwnClockWasAhead) {
    returns("amira");
    clock.step(-1h);
    leaves("amira");
    until("2026-11-23T12:00");
    EXPECT_EQ(told_of_accounts("dev"), std::vector<std::string>{"notice.account_closed"});
}

TEST_F(LifeStory, ClosesARoundThatIsOpenAndNamesTheOpenBlockers) {
    until("2026-11-23T09:31");
    take("amira", command("blocker no test data")).value();
    pass(11min);
    leaves("amira");

    EXPECT_EQ(round("amira").phase, Phase::not_asked);
    EXPECT_EQ(round("amira").not_asked, NotAsked::left);
    auto messages = direct("dev");
    auto notice =
        std::ranges::find(messages, "notice.account_closed", [](const sim::Posted& posted) {
            return posted.message.notification.key;
        });
    ASSERT_NE(notice, messages.end());
    ASSERT_EQ(notice->message.blocks.size(), 4U);
    EXPECT_EQ(std::get<Items>(notice->message.blocks.at(2)).items.size(), 1U);
    auto open = look([](View& view) { return view.open_blockers(view.teams().at(0).id); });
    EXPECT_EQ(open.size(), 1U);
}

TEST_F(LifeStory, AsksAgainWhoseAccountIsOpenedAgain) {
    until("2026-11-23T09:31");
    leaves("amira");
    pass(10min);
    returns("amira");

    EXPECT_EQ(round("amira").phase, Phase::asked);
    until("2026-11-24T09:31");
    EXPECT_EQ(round("amira").phase, Phase::asked);
    EXPECT_EQ(rounds("amira").size(), 2U);
    EXPECT_EQ(told_of_accounts("dev"), std::vector<std::string>{"notice.account_opened"});
}

TEST_F(LifeStory, AsksNobodyAgainWhoHadStoppedByThemselves) {
    until("2026-11-23T09:31");
    take("amira", command("stop")).value();
    pass(1min);
    leaves("amira");
    returns("amira");

    EXPECT_EQ(round("amira").not_asked, NotAsked::left);
    EXPECT_TRUE(told_of_accounts("dev").empty());
}

TEST_F(LifeStory, AsksOnceWhoTravelsAndMovesTheirStandUpOnlyWhenTheyWantIt) {
    travels("amira", "Europe/Madrid");
    travels("amira", "Europe/Madrid");
    EXPECT_EQ(told("amira", Purpose::zone_question), std::vector<std::string>{"zone.question"});
    until("2026-11-23T09:31");
    EXPECT_EQ(round("amira").opens_at, at("2026-11-23T09:30"));

    auto card = direct("amira").front();
    take("amira", zone_press(Verb::use_zone, card.id)).value();
    pass(30s);
    EXPECT_EQ(person("amira").zone, "Europe/Madrid");
    EXPECT_EQ(told("amira", Purpose::zone_question), std::vector<std::string>{"zone.settled"});
    until("2026-11-24T09:31");
    EXPECT_EQ(round("amira").opens_at, at("2026-11-24T08:30")) << "half past nine in Madrid";
    EXPECT_EQ(round("bo").opens_at, at("2026-11-24T09:30"));
}

TEST_F(LifeStory, KeepsTheZoneOfWhoWantsIt) {
    travels("amira", "Europe/Madrid");
    take("amira", zone_press(Verb::keep_zone, direct("amira").front().id)).value();
    pass(30s);
    EXPECT_EQ(person("amira").zone, "Europe/London");
    EXPECT_EQ(told("amira", Purpose::zone_question), std::vector<std::string>{"zone.settled"});
    EXPECT_EQ(said(take("amira", zone_press(Verb::use_zone, "m"))), "zone.settled") << "too late";
    EXPECT_EQ(person("amira").zone, "Europe/London");
}

TEST_F(LifeStory, LetsNobodyChooseForSomebodyElse) {
    travels("amira", "Europe/Madrid");
    EXPECT_EQ(said(take("bo", zone_press(Verb::use_zone, "m"))), "stale.not_yours");
    EXPECT_EQ(person("amira").zone, "Europe/London");
}

TEST_F(LifeStory, AsksAPlainPersonInWordsAndTakesTheAnswerByItsNumber) {
    take("amira", command("plain on")).value();
    travels("amira", "Europe/Madrid");
    auto last = direct("amira").back().message;
    EXPECT_EQ(std::get<Paragraph>(last.blocks.back()).text.key, "plain.see_hours");
    take("amira", line("hours")).value();
    take("amira", line("2", "line-2")).value();
    EXPECT_EQ(person("amira").zone, "Europe/Madrid");
}

TEST_F(LifeStory, AsksOnceWhoseStatusSaysThatTheyMayBeAwayAndLeavesThemOutWhenTheySayYes) {
    says_away("amira", at("2026-11-24T23:59"));
    says_away("amira", at("2026-11-24T23:59"));
    EXPECT_EQ(told("amira", Purpose::away_question), std::vector<std::string>{"away.question"});
    until("2026-11-23T09:31");
    EXPECT_EQ(round("amira").phase, Phase::asked) << "a hint counts for nothing by itself";

    auto yes = away_press(Verb::confirm_absence);
    EXPECT_EQ(said(take("bo", yes)), "draft.gone");
    EXPECT_EQ(said(take("amira", yes)), "absence.saved");
    pass(30s);
    EXPECT_EQ(round("amira").phase, Phase::away);
    EXPECT_TRUE(told("amira", Purpose::away_question).empty()) << "it is settled";
    until("2026-11-25T09:31");
    EXPECT_EQ(rounds("amira").size(), 2U) << "not asked on Tuesday, asked on Wednesday";
    EXPECT_EQ(round("amira").phase, Phase::asked);
    EXPECT_TRUE(direct("dev").empty() || told("dev", Purpose::away_question).empty());
}

TEST_F(LifeStory, AsksWhoIsThereAfterAllForTheStandUpAsUsual) {
    says_away("amira", std::nullopt);
    EXPECT_EQ(said(take("amira", away_press(Verb::forget_draft))), "away.declined");
    says_away("amira", std::nullopt);
    pass(30s);
    EXPECT_TRUE(told("amira", Purpose::away_question).empty()) << "asked once";
    until("2026-11-23T09:31");
    EXPECT_EQ(round("amira").phase, Phase::asked);
}

TEST_F(LifeStory, TakesBackAQuestionOfDaysAwayThatNobodyAnswersForADay) {
    says_away("amira", at("2026-11-27T23:59"));
    until("2026-11-24T09:02");
    EXPECT_TRUE(told("amira", Purpose::away_question).empty());
    auto amira = person("amira").id;
    auto absences = look([&](View& view) { return view.absences_of(amira); });
    EXPECT_TRUE(absences.empty());
}

TEST_F(LifeStory, TakesAYesThatIsTypedForTheDaysOfAStatus) {
    take("amira", command("plain on")).value();
    says_away("amira", std::nullopt);
    auto last = direct("amira").back().message;
    EXPECT_EQ(std::get<Paragraph>(last.blocks.back()).text.key, "plain.say_yes");
    take("amira", line("yes")).value();
    until("2026-11-23T09:31");
    auto amira = person("amira").id;
    auto absences = look([&](View& view) { return view.absences_of(amira); });
    EXPECT_EQ(absences.size(), 1U);
}

TEST_F(LifeStory, TakesNoNoticeOfAccountsThatNobodyHas) {
    auto before = logged_events();
    hear(PersonChanged{"UNOBODY", true});
    returns("amira");

    EXPECT_EQ(logged_events(), before);
}

TEST_F(LifeStory, ShowsSomebodyOfAnotherOrganisationTheirOwnRoundsAndBlockersOnly) {
    PersonChanged changed{sim::account_of("amira")};
    changed.is_outsider = true;
    hear(std::move(changed));
    take("bo", command("blocker no test data for refunds")).value();
    take("amira", command("blocker no test data for refunds at all")).value();
    pass(20min);

    auto listed = take("amira", command("blocker list")).value();
    std::vector<std::int64_t> clearable;
    for (const auto& block : std::get<Say>(listed).message.blocks)
        if (const auto* row = std::get_if<Buttons>(&block))
            for (const auto& button : row->buttons)
                if (button.verb == Verb::clear_blocker) clearable.push_back(button.subject);
    auto open = look([](View& view) { return view.open_blockers(view.teams().at(0).id); });
    ASSERT_EQ(open.size(), 2U);
    auto own = std::ranges::find(open, person("amira").id, &Blocker::raiser);
    auto others = std::ranges::find(open, person("bo").id, &Blocker::raiser);
    EXPECT_EQ(clearable, std::vector{own->id.value});

    EXPECT_EQ(said(take("amira", command("status"))), "why.no_team");
    EXPECT_EQ(said(take("amira", command("team"))), "why.no_team");
    take("amira", press(Verb::help_with, others->id.value)).value();
    take("amira", press(Verb::clear_blocker, others->id.value)).value();
    take("amira", press(Verb::clear_blocker, own->id.value)).value();
    open = look([](View& view) { return view.open_blockers(view.teams().at(0).id); });
    ASSERT_EQ(open.size(), 1U);
    EXPECT_EQ(open[0].raiser, person("bo").id);
    EXPECT_EQ(open[0].helper, std::nullopt);

    until("2026-11-23T09:31");
    take("amira", line("Test refunds")).value();
    EXPECT_EQ(round("amira").phase, Phase::answered);
}

TEST_F(LifeStory, RemindsNobodyWhoWantsQuiet) {
    hear(QuietWanted{sim::account_of("amira"), at("2026-11-23T10:00"), at("2026-11-23T12:00")});
    hear(QuietWanted{sim::account_of("bo"), at("2026-11-23T10:00"), at("2026-11-23T12:00")});
    hear(QuietWanted{sim::account_of("bo")});
    hear(QuietWanted{"UNOBODY", at("2026-11-23T10:00"), at("2026-11-23T12:00")});
    until("2026-11-23T11:10");

    EXPECT_TRUE(told("amira", Purpose::reminder).empty());
    EXPECT_EQ(told("bo", Purpose::reminder).size(), 1U);
}

// ---- the connection

TEST_F(LifeStory, IsSuspendedAtOnceAndOnceWhicheverIsToldFirst) {
    hear(ConnectionLost{"tokens_revoked"});
    hear(ConnectionLost{"app_uninstalled"});

    EXPECT_TRUE(suspended_since());
    EXPECT_EQ(logged("connection.suspended"), 1);
    EXPECT_EQ(log.count("connection.suspended"), 1);
    platform.suspend();
    until("2026-11-23T09:35");
    EXPECT_TRUE(direct("bo").empty());
    EXPECT_EQ(round("bo").phase, Phase::asked) << "kept for when Muster is let in again";

    platform.resume();
    until("2026-11-23T10:00");
    EXPECT_EQ(direct("bo").size(), 1U);
    EXPECT_FALSE(suspended_since());
}

// ---- places

TEST_F(LifeStory, TellsTheDeliveryManagerOnceOfAChannelThatTakesNoPosts) {
    hear(Left{team_channel});
    hear(Left{team_channel});
    hear(Left{"CANOTHER"});

    EXPECT_EQ(
        told("dev", Purpose::channel_refused), std::vector<std::string>{"notice.channel_refused"}
    );
    EXPECT_TRUE(direct("amira").empty());
}

TEST_F(LifeStory, PostsWhereAChannelHasItsIdFromNowOn) {
    hear(PlaceMoved{team_channel, "CNEW"});
    hear(PlaceMoved{team_channel, "CNEW"});
    until("2026-11-23T09:31");
    take("amira", line("Test refunds")).value();
    pass(1min);

    EXPECT_TRUE(in(team_channel).empty());
    EXPECT_FALSE(in("CNEW").empty());
    EXPECT_EQ(logged("channel.moved"), 1);
}

}  // namespace
}  // namespace muster
