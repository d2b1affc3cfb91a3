#include "tests/unit/bot/app/courier_story.hpp"

namespace muster {
namespace {

TEST_F(CourierStory, PostsAPromptOnce) {
    start();
    until("2026-11-23T11:00");

    for (const auto* key : {"dev", "amira", "bo"}) {
        EXPECT_EQ(direct(key).size(), 1U) << key;
        EXPECT_EQ(prompt(key).provider_id, direct(key).at(0).id);
        EXPECT_EQ(prompt(key).state, DeliveryState::sent);
    }
    EXPECT_EQ(count(Call::deliver), 3);
    EXPECT_EQ(count(Call::find), 0);
}

// ---- what may have been posted

TEST_F(CourierStory, AsksThePlatformWhenItHeardNoAnswerAndPostsNothingThatIsThere) {
    start();
    trouble(posted_but_unheard(), 5s);
    EXPECT_EQ(prompt("amira").state, DeliveryState::uncertain);
    until("2026-11-23T09:40");

    EXPECT_EQ(count(Call::deliver), 3);
    EXPECT_EQ(direct("amira").size(), 1U);
    EXPECT_EQ(prompt("amira").state, DeliveryState::sent);
    EXPECT_EQ(prompt("amira").provider_id, direct("amira").at(0).id);
    EXPECT_TRUE(round("amira").asked_at);
}

TEST_F(CourierStory, PostsAgainWithTheSameIdOnlyAfterTwoLooksThatFoundNothing) {
    start();
    trouble(lost_on_the_way(), 5s);
    pass(45s);  // one look so far
    EXPECT_TRUE(direct("amira").empty());
    EXPECT_EQ(std::ranges::count(calls_to("amira"), Call::find, &Seen::call), 1);
    until("2026-11-23T09:40");

    auto made = calls_to("amira");
    ASSERT_EQ(made.size(), 4U);
    EXPECT_EQ(made[0].call, Call::deliver);
    EXPECT_EQ(made[1].call, Call::find);
    EXPECT_EQ(made[2].call, Call::find);
    EXPECT_GE(made[2].at - made[0].at, 60s);
    EXPECT_EQ(made[3].call, Call::deliver);
    EXPECT_EQ(made[3].delivery, made[0].delivery);
    EXPECT_EQ(direct("amira").size(), 1U);
}

TEST_F(CourierStory, KeepsTheOldestOfTwoCopies) {
    start();
    trouble(posted_but_unheard(), 5s);
    auto first = direct("amira").at(0);
    post_once_more(first);
    pass(2s);
    ASSERT_EQ(direct("amira").size(), 2U);
    until("2026-11-23T09:40");

    ASSERT_EQ(direct("amira").size(), 1U);
    EXPECT_EQ(direct("amira").at(0).id, first.id);
    EXPECT_EQ(log.count("delivery.duplicate_healed"), 1);
}

TEST_F(CourierStory, LooksForAThreadEntryInItsThread) {
    ask_everybody();
    take("amira", line("Finish the refund form")).value();
    while (summaries().empty())
        pass(100ms);
    trouble(posted_but_unheard(), 4s);
    pass(2min);

    EXPECT_EQ(in(team_channel).size(), 2U) << "the summary and one entry in its thread";
}

TEST_F(CourierStory, HealsACopyOnlyOnceItIsRemoved) {
    start();
    trouble(posted_but_unheard(), 5s);
    auto first = direct("amira").at(0);
    post_once_more(first);
    pass(3s);
    auto one_copy_too_many = direct("amira").size();
    sim::PlatformFaults deaf;
    deaf.ambiguous_before = true;
    trouble(deaf, 30s);  // it is found, but the removal does not get through
    EXPECT_EQ(direct("amira").size(), one_copy_too_many);
    EXPECT_EQ(log.count("delivery.duplicate_healed"), 0);
    until("2026-11-23T09:40");

    EXPECT_EQ(direct("amira").size(), 1U);
    EXPECT_EQ(log.count("delivery.duplicate_healed"), 1);
}

TEST_F(CourierStory, LetsACopyStayThatCannotBeReached) {
    NothingIsRemoved lasting{platform, Outcome::Kind::refused};
    start({{connection, &lasting}});
    trouble(posted_but_unheard(), 5s);
    post_once_more(direct("amira").at(0));
    until("2026-11-23T09:40");

    EXPECT_EQ(prompt("amira").state, DeliveryState::sent);
    EXPECT_EQ(log.count("delivery.duplicate_stays"), 1);
    stop();
}

TEST_F(CourierStory, RepeatsAPromptThatNobodyCanTellOfAndCountsIt) {
    auto faults = posted_but_unheard();
    faults.find_cannot_tell = true;
    start();
    trouble(faults, 5s);
    platform.be_faulty({.find_cannot_tell = true, .rate = 1});
    until("2026-11-23T09:40");

    EXPECT_EQ(std::ranges::count(calls_to("amira"), Call::deliver, &Seen::call), 2);
    EXPECT_EQ(log.count("delivery.possible_duplicate"), 3);
    EXPECT_EQ(prompt("amira").state, DeliveryState::sent);
}

TEST_F(CourierStory, LetsAReminderGoThatNobodyCanTellOf) {
    ask_everybody();
    until("2026-11-23T11:05");
    auto faults = posted_but_unheard();
    faults.find_cannot_tell = true;
    trouble(faults, 10min);
    until("2026-11-23T11:25");

    auto reminder = deliveries(Purpose::reminder, round("amira").id.value).at(0);
    EXPECT_EQ(reminder.state, DeliveryState::failed);
    EXPECT_EQ(std::ranges::count(calls_to("amira"), Call::deliver, &Seen::call), 1);
}

TEST_F(CourierStory, AsksFirstAboutWhatAnEndedProcessWasSending) {
    start();
    while (platform.messages().empty())
        pass(1ms);
    auto posted = platform.messages().begin()->second;
    stop();
    calls.clear();
    pass(2s);
    start();
    auto restarted_at = clock.now();
    until("2026-11-23T09:40");

    auto about_it = calls;
    std::erase_if(about_it, [&](const Seen& call) { return call.delivery != posted.delivery; });
    ASSERT_FALSE(about_it.empty());
    EXPECT_EQ(about_it[0].call, Call::find);
    EXPECT_LT(about_it[0].at - restarted_at, 5s);
    EXPECT_EQ(std::ranges::count(about_it, Call::deliver, &Seen::call), 0);
    for (const auto* key : {"dev", "amira", "bo"})
        EXPECT_EQ(direct(key).size(), 1U) << key;
}

// ---- what was not posted

TEST_F(CourierStory, CallsARoundNotAskedWhenItsPromptCouldNotBePostedInTime) {
    start();
    trouble({.try_later = true}, 2h + 10s);
    until("2026-11-23T12:00");

    EXPECT_EQ(round("amira").phase, Phase::not_asked);
    EXPECT_EQ(round("amira").not_asked, NotAsked::downtime);
    EXPECT_NE(prompt("amira").state, DeliveryState::pending);
    EXPECT_TRUE(direct("amira").empty());
}

TEST_F(CourierStory, TellsTheDeliveryManagerWhoCouldNotBeReached) {
    start();
    trouble(refusing(), 10s);
    until("2026-11-23T09:40");

    EXPECT_EQ(round("amira").phase, Phase::unreachable);
    EXPECT_EQ(round("amira").reason, "channel_is_archived");
    EXPECT_EQ(prompt("amira").state, DeliveryState::failed);
    EXPECT_EQ(std::ranges::count(calls_to("amira"), Call::deliver, &Seen::call), 1);
    auto told = deliveries(Purpose::undelivered, round("amira").id.value);
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].key.recipient, Recipient{person("dev").id});
}

TEST_F(CourierStory, FailsWhatGoesToSomebodyWithoutAnAccount) {
    auto home = person("amira").home;
    start();
    apply({.changes = {AccountEnds{home}}});
    until("2026-11-23T09:40");

    EXPECT_EQ(round("amira").phase, Phase::unreachable);
    EXPECT_EQ(direct("bo").size(), 1U);
}

TEST_F(CourierStory, WaitsForAsLongAsItWasTold) {
    start();
    trouble({.try_later = true}, 1s + 20ms);  // the first calls only; the wait is 1 s to 90 s
    auto refused = calls.size();
    ASSERT_GE(refused, 1U);
    until("2026-11-23T09:40");

    EXPECT_EQ(platform.violations(), std::vector<std::string>{});
    for (const auto* key : {"dev", "amira", "bo"})
        EXPECT_EQ(direct(key).size(), 1U) << key;
}

TEST_F(CourierStory, PostsAnswersToPeopleWhileEditsMustWait) {
    ask_everybody();
    platform.hold_back(Call::update, "", Scope::call, 10min);
    take("amira", press(Verb::skip, round("amira").id.value)).value();
    pass(2s);
    ASSERT_EQ(count(Call::update), 1) << "refused: the platform asks for a pause";
    take("bo", line("Test refunds")).value();
    pass(5s);
    EXPECT_EQ(direct("bo").size(), 2U) << "the card, and the receipt";
    EXPECT_EQ(summaries().size(), 1U);
    EXPECT_EQ(count(Call::update), 1);

    pass(11min);
    EXPECT_EQ(direct("amira").at(0).edits, 1);
    EXPECT_EQ(direct("bo").at(0).edits, 1);
    EXPECT_EQ(platform.violations(), std::vector<std::string>{});
}

TEST_F(CourierStory, HoldsBackOnlyThePlaceThatAskedForAPause) {
    platform.hold_back(Call::deliver, sim::account_of("amira"), Scope::place, 5min);
    start();
    pass(10s);
    EXPECT_TRUE(direct("amira").empty());
    EXPECT_EQ(direct("bo").size(), 1U);
    pass(6min);

    EXPECT_EQ(direct("amira").size(), 1U);
    EXPECT_EQ(platform.violations(), std::vector<std::string>{});
}

TEST_F(CourierStory, AsksNoMoreAboutLostMessagesThanThePlatformAnswers) {
    start();
    trouble(posted_but_unheard(), 5s);
    platform.hold_back(Call::find, "", Scope::call, 3min);
    pass(2min);
    EXPECT_EQ(count(Call::find), 1);
    until("2026-11-23T09:40");

    EXPECT_EQ(prompt("amira").state, DeliveryState::sent);
    EXPECT_EQ(platform.violations(), std::vector<std::string>{});
}

TEST_F(CourierStory, BelievesNoPauseOfMoreThanAnHour) {
    ask_everybody();
    platform.hold_back(Call::update, "", Scope::call, 24h * 365);
    take("amira", press(Verb::skip, round("amira").id.value)).value();
    pass(1h + 10min);

    EXPECT_EQ(log.count("platform.absurd_pause"), 2);
    EXPECT_EQ(count(Call::update), 2);
}

TEST_F(CourierStory, SendsNothingThatCouldNotBeRecorded) {
    start({});
    until("2026-11-23T09:31");
    stop();
    store.is_broken = true;
    start();
    pass(1min);
    EXPECT_TRUE(platform.messages().empty());

    store.is_broken = false;
    until("2026-11-23T09:40");
    EXPECT_EQ(direct("amira").size(), 1U);
}

TEST_F(CourierStory, SpendsNoTurnOfAPlaceOnAQuestion) {
    start();
    trouble(posted_but_unheard(), 5s);
    while (count(Call::find) < 3)
        pass(10ms);
    pass(400ms);
    auto asked_at = clock.now();
    take("amira", line("Finish the refund form")).value();
    pass(2s);

    auto made = calls_to("amira");
    std::erase_if(made, [&](const Seen& call) {
        return call.call != Call::deliver || call.at < asked_at;
    });
    ASSERT_EQ(made.size(), 1U) << "the receipt";
    EXPECT_LT(made[0].at - asked_at, 500ms);
}

// ---- edits

TEST_F(CourierStory, DoesNotSendAnEditThatWouldChangeNothing) {
    ask_everybody();
    IdSource ids{entropy.seed()};
    apply({.deliveries = {{ids.next<DeliveryId>(), prompt("amira").key, {}, clock.now(), {}}}});
    pass(1min);

    EXPECT_TRUE(calls.empty());
    EXPECT_EQ(prompt("amira").state, DeliveryState::sent);
    EXPECT_EQ(prompt("amira").revision_sent, prompt("amira").revision_wanted);
}

TEST_F(CourierStory, LetsEditsOfASummaryCoalesceForFifteenSeconds) {
    ask_everybody();
    take("amira", line("Finish the refund form")).value();
    pass(3s);
    take("bo", line("Test refunds", "line-2")).value();
    pass(1s);
    take("dev", line("Plan the release", "line-3")).value();
    pass(9s);
    ASSERT_EQ(summaries().size(), 1U);
    EXPECT_EQ(summaries()[0].edits, 0);

    pass(30s);
    EXPECT_EQ(summaries()[0].edits, 1);
}

TEST_F(CourierStory, EditsASummaryNotBeforeFifteenSecondsHavePassed) {
    ask_everybody();
    take("amira", line("Finish the refund form")).value();
    pass(3s);
    take("bo", line("Test refunds", "line-2")).value();
    pass(10s);
    ASSERT_EQ(summaries().size(), 1U);
    EXPECT_EQ(summaries()[0].edits, 0);

    pass(10s);
    EXPECT_EQ(summaries()[0].edits, 1);
}

TEST_F(CourierStory, EditsADirectMessageAtOnce) {
    ask_everybody();
    take("amira", press(Verb::skip, round("amira").id.value)).value();
    pass(2s);

    EXPECT_EQ(direct("amira").at(0).edits, 1);
}

TEST_F(CourierStory, TriesOnceToEditASummaryThatSomebodyDeleted) {
    ask_everybody();
    take("amira", line("Finish the refund form")).value();
    pass(1min);
    auto summary = summaries().at(0);
    platform.lose(summary.id);
    take("bo", line("Test refunds", "line-2")).value();
    pass(1min);
    take("dev", line("Plan the release", "line-3")).value();
    pass(1min);

    auto edits = std::ranges::count_if(calls, [&](const Seen& call) {
        return call.call == Call::update && call.delivery == summary.delivery;
    });
    EXPECT_EQ(edits, 1);
}

TEST_F(CourierStory, RemovesAReminderThatHasBecomePointless) {
    ask_everybody();
    until("2026-11-23T11:10");
    auto reminder = deliveries(Purpose::reminder, round("amira").id.value).at(0);
    ASSERT_EQ(reminder.state, DeliveryState::sent);

    take("amira", line("Finish the refund form")).value();
    pass(10s);

    auto after = deliveries(Purpose::reminder, round("amira").id.value).at(0);
    EXPECT_EQ(after.state, DeliveryState::cancelled);
    EXPECT_TRUE(platform.messages().at(reminder.provider_id).removed);
}

TEST_F(CourierStory, CountsNoTryOfACallThatItDidNotMake) {
    ask_everybody();
    until("2026-11-23T11:10");
    platform.hold_back(Call::remove, "", Scope::call, 10min);
    take("amira", line("Finish the refund form")).value();
    pass(10s);
    ASSERT_EQ(count(Call::remove), 1) << "refused: the platform asks for a pause";
    take("bo", line("Test refunds", "line-2")).value();
    pass(10s);

    auto waiting = deliveries(Purpose::reminder, round("bo").id.value).at(0);
    EXPECT_EQ(count(Call::remove), 1);
    EXPECT_EQ(waiting.state, DeliveryState::pending);
    EXPECT_EQ(waiting.attempt, 0);
    EXPECT_GT(waiting.due, clock.now() + 9min);
    pass(10min);
    EXPECT_TRUE(platform.messages().at(waiting.provider_id).removed);
}

// ---- threads and places

TEST_F(CourierStory, PostsAThreadEntryAfterWhatItHangsFrom) {
    ask_everybody();
    take("amira", line("Finish the refund form")).value();
    pass(1min);

    ASSERT_EQ(summaries().size(), 1U);
    auto entry = deliveries(Purpose::plan, round("amira").id.value).at(0);
    ASSERT_EQ(entry.state, DeliveryState::sent);
    EXPECT_EQ(platform.messages().at(entry.provider_id).thread, summaries()[0].id);
    EXPECT_GT(entry.provider_id, summaries()[0].id);
}

TEST_F(CourierStory, TriesARefusedChannelAgainAndTellsTheDeliveryManagerOnce) {
    ask_everybody();
    platform.close(team_channel);
    take("amira", line("Finish the refund form")).value();
    pass(1min);
    take("bo", line("Test refunds", "line-2")).value();
    pass(8min);
    auto channel = look([](View& view) { return view.channels().at(0).id; });
    EXPECT_EQ(deliveries(Purpose::channel_refused, channel.value).size(), 1U);
    EXPECT_EQ(direct("dev").size(), 2U) << "the prompt and the news of the channel";

    platform.open(team_channel);
    pass(5min);
    EXPECT_EQ(summaries().size(), 1U);
    EXPECT_EQ(in(team_channel).size(), 3U) << "the two plans in its thread";
}

TEST_F(CourierStory, CancelsAThreadEntryWhenItsThreadCouldNotBePostedForADay) {
    ask_everybody();
    platform.close(team_channel);
    take("amira", line("Finish the refund form")).value();
    until("2026-11-24T09:00");

    auto entry = deliveries(Purpose::plan, rounds("amira").at(0).id.value).at(0);
    EXPECT_EQ(entry.state, DeliveryState::cancelled);
    EXPECT_TRUE(in(team_channel).empty());
    EXPECT_LE(std::ranges::count(calls, team_channel, &Seen::place), 12);
}

TEST_F(CourierStory, DoesNotLetOneSlowPlaceDelayAnother) {
    OneSlowPlace half_asleep{platform, clock, sim::account_of("amira")};
    start({{connection, &half_asleep}});
    pass(3s);

    EXPECT_EQ(direct("bo").size(), 1U);
    EXPECT_EQ(direct("dev").size(), 1U);
    EXPECT_TRUE(direct("amira").empty());

    pass(10s);
    EXPECT_EQ(direct("amira").size(), 1U);
    stop();
}

TEST_F(CourierStory, PostsOneMessageAtATimeToOnePlace) {
    OneSlowPlace half_asleep{platform, clock, sim::account_of("amira")};
    start({{connection, &half_asleep}});
    pass(3s);
    take("amira", line("Finish the refund form")).value();
    pass(1min);

    EXPECT_EQ(direct("amira").size(), 2U);
    EXPECT_EQ(half_asleep.most_at_once, 1);
    stop();
}

TEST_F(CourierStory, LooksOnceForWhatABurstOfAnswersHasBroughtAbout) {
    ask_everybody();
    auto begin = clock.now();
    for (const auto* key : {"amira", "bo", "dev"}) {
        take(key, line("Finish the refund form", std::string{"line-of-"} + key)).value();
        pass(10ms);
    }
    pass(1s);

    auto edit_of = [this](const char* key) { return calls_to(key).at(0).at; };
    EXPECT_LT(edit_of("amira"), begin + 10ms) << "nobody waits when nothing else goes on";
    EXPECT_GE(edit_of("bo"), begin + 50ms);
    EXPECT_EQ(edit_of("bo"), edit_of("dev"));
}

TEST_F(CourierStory, KeepsWhatGoesToAConnectionThatIsNotServedNow) {
    start({});
    until("2026-11-23T09:40");

    EXPECT_EQ(prompt("amira").state, DeliveryState::pending);
}

}  // namespace
}  // namespace muster
