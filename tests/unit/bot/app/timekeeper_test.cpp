#include "bot/app/timekeeper.hpp"

#include "bot/domain/standup.hpp"
#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

class TimekeeperStory : public AppStory {
protected:
    settings::Wanted with_two_slots() {
        auto wanted = payments();
        wanted.teams.front().ceremonies.front().slots = {
            {"am", 9h + 30min}, {"later", 10h + 30min}};
        return wanted;
    }

    // Amira and Bo begin at ten, so that they are asked half an hour after the run was opened.
    settings::Wanted with_late_starters() {
        auto wanted = payments();
        for (auto& person : wanted.people)
            if (person.key != "dev")
                for (std::size_t day = 0; day < 5; ++day)
                    person.hours.week.days[day] = *hours_from("10:00-17:30");
        return wanted;
    }

    sim::Posted only_card_of(const std::string& key) {
        auto cards = direct(key);
        std::erase_if(cards, [](const sim::Posted& message) {
            return !message.message.notification.key.starts_with("card.");
        });
        EXPECT_EQ(cards.size(), 1U) << key;
        return cards.empty() ? sim::Posted{} : cards.front();
    }

    std::vector<Downtime> downtimes() {
        auto find = [](View& view) { return view.downtimes(); };
        return look(find);
    }
};

TEST_F(TimekeeperStory, AsksWhenItIsTime) {
    start();
    until("2026-11-23T09:29");
    EXPECT_TRUE(platform.messages().empty());

    until("2026-11-23T09:30");
    pass(1s);
    EXPECT_EQ(direct("amira").size(), 1U);
}

TEST_F(TimekeeperStory, ATimerThatFailsDoesNotStopOthersAndComesAgainLater) {
    set(with_late_starters());
    start();
    until("2026-11-23T09:45");
    lose_zone_of("amira");
    until("2026-11-23T10:00");
    pass(2s);

    EXPECT_EQ(direct("bo").size(), 1U);
    EXPECT_TRUE(direct("amira").empty());
    EXPECT_EQ(log.count("timer.failed"), 1);

    pass(5min);
    EXPECT_GE(log.count("timer.failed"), 3);
    EXPECT_LE(log.count("timer.failed"), 5) << "later each time";

    move("amira", "Europe/London");
    pass(6min);
    EXPECT_EQ(direct("amira").size(), 1U);
}

TEST_F(TimekeeperStory, OpensWhatIsDueBeforeItAsksForWhatWasOpenBefore) {
    set(with_two_slots());
    start();
    until("2026-11-23T09:20");
    stop();
    until("2026-11-23T10:40");
    start();
    until("2026-11-23T10:45");

    auto both = rounds("amira");
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0].phase, Phase::asked);
    EXPECT_EQ(both[1].phase, Phase::not_asked);
    EXPECT_EQ(both[1].not_asked, NotAsked::downtime);
    auto prompts = deliveries(Purpose::prompt, both[1].id.value);
    EXPECT_TRUE(prompts.empty());
}

TEST_F(TimekeeperStory, HoldsForAMinuteAfterTheClockJumpedForwards) {
    start();
    until("2026-11-23T09:10");
    clock.step(30min);
    pass(55s);
    EXPECT_TRUE(platform.messages().empty());

    pass(10s);
    EXPECT_EQ(direct("amira").size(), 1U);
    EXPECT_EQ(log.count("clock.jumped"), 1);
}

TEST_F(TimekeeperStory, CountsAJumpForwardsAsDowntime) {
    start();
    until("2026-11-23T09:10");
    clock.step(30min);
    pass(2min);

    ASSERT_EQ(downtimes().size(), 1U);
    EXPECT_EQ(downtimes()[0].to, at("2026-11-23T09:40"));
    EXPECT_LE(downtimes()[0].from, at("2026-11-23T09:10"));
}

TEST_F(TimekeeperStory, TakesACorrectionOfSomeMinutesForWhatItIs) {
    start();
    until("2026-11-23T09:10");
    clock.step(4min);
    until("2026-11-23T09:35");

    EXPECT_EQ(log.count("clock.jumped"), 0);
    EXPECT_TRUE(downtimes().empty());
}

TEST_F(TimekeeperStory, FiresNothingTwiceWhenTheClockIsSetBack) {
    start();
    until("2026-11-23T09:35");
    clock.step(-1h);
    until("2026-11-23T11:00");

    EXPECT_EQ(rounds("amira").size(), 1U);
    for (const auto* key : {"dev", "amira", "bo"})
        EXPECT_EQ(direct(key).size(), 1U) << key;
    EXPECT_TRUE(downtimes().empty());
}

TEST_F(TimekeeperStory, PlansTheNextDayWhenItOpensOne) {
    start();
    until("2026-11-27T17:00");
    EXPECT_EQ(rounds("amira").size(), 5U);

    until("2026-11-30T09:31");
    EXPECT_EQ(rounds("amira").size(), 6U);
    EXPECT_EQ(round("amira").opens_at, at("2026-11-30T09:30"));
}

TEST_F(TimekeeperStory, LosesNoTimerWhenTheStoreFailsForAWhile) {
    start();
    until("2026-11-23T09:29");
    store.is_broken = true;
    until("2026-11-23T09:35");
    EXPECT_TRUE(platform.messages().empty());

    store.is_broken = false;
    until("2026-11-23T09:45");
    EXPECT_EQ(direct("amira").size(), 1U);
}

TEST_F(TimekeeperStory, AsksNobodyAnyMoreOnceTheStandUpIsPaused) {
    set(with_late_starters());
    start();
    until("2026-11-23T09:45");
    auto paused = with_late_starters();
    paused.teams.front().ceremonies.front().paused = true;
    set(paused);
    until("2026-11-23T11:31");

    EXPECT_EQ(direct("amira").size(), 0U);
    EXPECT_EQ(round("amira").not_asked, NotAsked::called_off);
    EXPECT_EQ(direct("dev").size(), 1U) << "asked before, and not reminded";
    EXPECT_EQ(round("dev").phase, Phase::silent);
}

TEST_F(TimekeeperStory, TakesBackWhatAnEarlierCardOffersWhenTheNextRoundOpens) {
    start();
    until("2026-11-23T10:00");
    take("bo", press(Verb::skip, round("bo").id.value)).value();
    take("dev", line("Finish the form")).value();
    until("2026-11-24T09:29");
    const auto silent = only_card_of("amira");
    const auto answered = only_card_of("dev");
    EXPECT_EQ(silent.message.notification.key, "card.closed");
    EXPECT_EQ(only_card_of("bo").message.notification.key, "card.skipped");

    until("2026-11-24T09:31");
    const auto cards = direct("amira");
    ASSERT_EQ(cards.size(), 2U) << "the earlier card and the new one";
    EXPECT_EQ(cards.front().id, silent.id);
    EXPECT_EQ(cards.front().message.notification.key, "card.over");
    EXPECT_EQ(direct("bo").front().message.notification.key, "card.over");
    EXPECT_EQ(direct("dev").front().edits, answered.edits) << "what is saved stays saved";

    until("2026-11-25T09:29");
    EXPECT_EQ(direct("amira").front().edits, silent.edits + 1);
}

TEST_F(TimekeeperStory, RaisesAnAlarmAndTellsWhoIsResponsibleWhenARunDoesNotAddUp) {
    start();
    until("2026-11-23T09:31");
    apply({.timers = {CancelTimer{TimerKind::close_round, round("amira").id.value}}});
    until("2026-11-23T11:32");

    EXPECT_EQ(log.count(standup::sums_differ_event), 1);
    auto told = [](const sim::Posted& message) {
        return message.message.notification.key == "notice.sums_differ";
    };
    EXPECT_EQ(std::ranges::count_if(direct("dev"), told), 1);
    EXPECT_EQ(std::ranges::count_if(direct("bo"), told), 0);
}

TEST_F(TimekeeperStory, TellsInTheNextSummaryOfTheDaysThatWereMissed) {
    start();
    until("2026-11-23T09:00");
    stop();
    until("2026-11-25T09:00");
    start();
    until("2026-11-25T09:31");
    take("amira", line("Finish the form")).value();
    pass(20s);

    auto summaries = in(team_channel);
    std::erase_if(summaries, [](const sim::Posted& message) {
        return message.message.notification.key != "summary.notification";
    });
    ASSERT_EQ(summaries.size(), 1U) << "none for the days that were missed";
    auto says_so = [](const Block& block) {
        const auto* paragraph = std::get_if<Paragraph>(&block);
        return paragraph && paragraph->text.key == "summary.gap_of_days";
    };
    EXPECT_EQ(std::ranges::count_if(summaries.front().message.blocks, says_so), 1);
}

}  // namespace
}  // namespace muster
