#include "adapters/slack/platform.hpp"

#include "tests/unit/adapters/slack/platform_story.hpp"

namespace muster::slack {
namespace {

using Kind = Outcome::Kind;
using Texts = std::vector<std::string>;

class SlackPlatform : public PlatformStory {
protected:
    // What an earlier process has sent has arrived by now.
    SlackPlatform() { pass(1min); }

    Destination in_thread_of(const std::string& id, Destination to) const {
        to.thread = id;
        return to;
    }

    const ScriptedSlack::Request& last() const { return slack.requests.back(); }
};

// ---- posting

TEST_F(SlackPlatform, PostsToAPersonByTheirIdAndSaysWhereItWent) {
    auto outcome = deliver(amira, a_message(2));

    EXPECT_EQ(outcome.kind, Kind::sent);
    EXPECT_EQ(methods(), Texts{"chat.postMessage"});
    EXPECT_EQ(last().text_of("channel"), "U1");
    EXPECT_EQ(outcome.provider_id, "D1/" + slack.messages.front().ts);
    EXPECT_EQ(marks_in("D1"), Texts{"d:12"});
    EXPECT_EQ(lines_in("D1"), (Texts{"Line 1", "Line 2"}));
    EXPECT_EQ(slack.messages.front().text, "Notification");
}

TEST_F(SlackPlatform, PostsWithoutPreviewsAndWithoutLookingForNames) {
    deliver(team, a_message(1));

    for (auto* off : {"unfurl_links", "unfurl_media"})
        EXPECT_EQ(*last().json.find(off)->flag(), false);
    EXPECT_EQ(last().text_of("parse"), "none");
    for (auto* unwanted : {"link_names", "username", "icon_emoji", "metadata", "thread_ts"})
        EXPECT_EQ(last().json.find(unwanted), nullptr);
    EXPECT_FALSE(last().may_repeat);
}

TEST_F(SlackPlatform, PostsInAThreadOfAChannel) {
    auto parent = deliver(team, a_message(1)).provider_id;
    deliver(in_thread_of(parent, team), a_message(1));

    EXPECT_EQ(last().text_of("channel"), "C1");
    EXPECT_EQ(last().text_of("thread_ts"), slack.messages.front().ts);
}

TEST_F(SlackPlatform, PostsInAThreadOfADirectMessageByItsOwnId) {
    deliver(in_thread_of("D1/17.1 17.2", amira), a_message(1));

    EXPECT_EQ(last().text_of("channel"), "D1");
    EXPECT_EQ(last().text_of("thread_ts"), "17.1");
}

TEST_F(SlackPlatform, PostsNothingBesideAThreadThatItCannotName) {
    auto outcome = deliver(in_thread_of("m000001", team), a_message(1));

    EXPECT_EQ(outcome.kind, Kind::refused);
    EXPECT_TRUE(slack.requests.empty());
}

TEST_F(SlackPlatform, PostsAllPartsASecondApartInTheThreadOfTheFirst) {
    auto outcome = deliver(amira, in_parts(3));

    auto parts = slack.in("D1");
    ASSERT_EQ(parts.size(), 3u);
    EXPECT_EQ(outcome.kind, Kind::sent);
    EXPECT_EQ(outcome.provider_id, "D1/" + parts[0].ts + " " + parts[1].ts + " " + parts[2].ts);
    EXPECT_EQ(
        marks_in("D1"), (Texts{"d:12:1:3", "d:12:2:3:" + parts[0].ts, "d:12:3:3:" + parts[0].ts})
    );
    EXPECT_EQ(last().text_of("channel"), "D1");
    EXPECT_EQ(parts[1].shown_from - parts[0].shown_from, 1s);
    EXPECT_EQ(parts[2].shown_from - parts[1].shown_from, 1s);
    expect_one_whole("D1", in_parts(3));
}

TEST_F(SlackPlatform, PostsAllPartsInTheThreadThatTheMessageJoins) {
    auto parent = slack.somebody_writes("C1");
    deliver(in_thread_of("C1/" + parent, team), in_parts(2));

    EXPECT_EQ(slack.messages[1].thread, parent);
    EXPECT_EQ(slack.messages[2].thread, parent);
    EXPECT_EQ(marks_in("C1").back(), "d:12:2:2:" + slack.messages[1].ts);
}

TEST_F(SlackPlatform, SaysWhatBecameOfAPost) {
    trouble("chat.postMessage", 1, slack_refuses("is_archived"));
    trouble("chat.postMessage", 2, lost());
    trouble("chat.postMessage", 3, too_soon("7"));
    trouble("chat.postMessage", 4, slack_refuses("token_revoked"));

    auto refused = deliver(team, a_message(1));
    EXPECT_EQ(refused.kind, Kind::refused);
    EXPECT_EQ(refused.reason, "is_archived");
    EXPECT_EQ(deliver(team, a_message(1)).kind, Kind::ambiguous);
    auto later = deliver(team, a_message(1));
    EXPECT_EQ(later.kind, Kind::try_later);
    EXPECT_EQ(later.retry_after, 7s);
    EXPECT_EQ(later.scope, Scope::call);
    pass(7s);
    EXPECT_EQ(deliver(team, a_message(1)).kind, Kind::suspended);
}

TEST_F(SlackPlatform, SaysAtTheNextLookThatAPartWasSuspended) {
    trouble("chat.postMessage", 2, slack_refuses("token_revoked"));
    EXPECT_EQ(deliver(team, in_parts(2)).kind, Kind::ambiguous);
    pass(10s);

    EXPECT_EQ(find(team).kind, Found::Kind::suspended);
    EXPECT_EQ(methods(), (Texts{"chat.postMessage", "chat.postMessage"}));
}

TEST_F(SlackPlatform, LogsWhatFailedAndNoWordOfIt) {
    trouble("chat.postMessage", 1, slack_refuses("invalid_blocks"));
    deliver(team, a_message(1, "Amira is ill"));

    EXPECT_EQ(
        log.lines,
        Texts{"slack.call_failed delivery=12 method=chat.postMessage error=invalid_blocks "
              "status=200"}
    );
}

TEST_F(SlackPlatform, TakesHalfAMessageBackWhereTheOtherHalfIsRefused) {
    trouble("chat.postMessage", 3, slack_refuses("msg_blocks_too_long"));
    auto outcome = deliver(team, in_parts(3));

    EXPECT_EQ(outcome.kind, Kind::refused);
    EXPECT_EQ(outcome.reason, "msg_blocks_too_long");
    EXPECT_TRUE(slack.messages.empty());
}

TEST_F(SlackPlatform, IsNotSureOfHalfAMessageThatItCannotTakeBack) {
    trouble("chat.postMessage", 2, slack_refuses("msg_blocks_too_long"));
    trouble("chat.delete", 1, lost());

    EXPECT_EQ(deliver(team, in_parts(2)).kind, Kind::ambiguous);
    EXPECT_EQ(find(team).kind, Found::Kind::present);
}

// Parts take a second each.
TEST_F(SlackPlatform, BeginsNoFurtherPartAfterTenSeconds) {
    auto begun_at = clock.now();
    auto first = deliver(amira, in_parts(13));
    EXPECT_EQ(first.kind, Kind::ambiguous);
    EXPECT_LT(slack.in("D1").size(), 13u);
    EXPECT_LE(clock.now() - begun_at, 12s);

    auto id = find(amira).provider_ids.at(0);
    EXPECT_EQ(update(amira, id, in_parts(13)).kind, Kind::sent);
    expect_one_whole("D1", in_parts(13));
}

// ---- editing

TEST_F(SlackPlatform, EditsAMessageInPlace) {
    auto id = deliver(amira, a_message(1)).provider_id;
    auto outcome = update(amira, id, a_message(2, "Saved"));

    EXPECT_EQ(outcome.kind, Kind::sent);
    EXPECT_EQ(outcome.provider_id, id);
    EXPECT_EQ(last().method, "chat.update");
    EXPECT_EQ(last().text_of("channel"), "D1");
    EXPECT_EQ(last().text_of("parse"), "none");
    EXPECT_TRUE(last().may_repeat);
    EXPECT_EQ(marks_in("D1"), Texts{"d:12"});
    EXPECT_EQ(lines_in("D1"), (Texts{"Saved 1", "Saved 2"}));
    EXPECT_EQ(methods(), (Texts{"chat.postMessage", "chat.update"}));
}

TEST_F(SlackPlatform, EditsEveryPart) {
    auto id = deliver(amira, in_parts(3)).provider_id;
    auto outcome = update(amira, id, in_parts(3, "Saved"));

    EXPECT_EQ(outcome.provider_id, id);
    EXPECT_EQ(slack.messages.size(), 3u);
    expect_one_whole("D1", in_parts(3, "Saved"));
}

TEST_F(SlackPlatform, PostsThePartsThatAnEditNeedsMore) {
    auto id = deliver(team, a_message(1)).provider_id;
    auto outcome = update(team, id, in_parts(3));

    auto parts = slack.in("C1");
    ASSERT_EQ(parts.size(), 3u);
    EXPECT_EQ(outcome.provider_id, id + " " + parts[1].ts + " " + parts[2].ts);
    expect_one_whole("C1", in_parts(3));
}

TEST_F(SlackPlatform, RemovesThePartsThatAnEditNeedsNoMore) {
    auto id = deliver(team, in_parts(3)).provider_id;
    auto outcome = update(team, id, a_message(1));

    EXPECT_EQ(outcome.provider_id, "C1/" + slack.messages.front().ts);
    EXPECT_EQ(marks_in("C1"), Texts{"d:12"});
    expect_one_whole("C1", a_message(1));
}

TEST_F(SlackPlatform, PostsALaterPartAgainThatSomebodyRemoved) {
    auto id = deliver(team, in_parts(3)).provider_id;
    slack.messages.erase(slack.messages.begin() + 1);
    auto outcome = update(team, id, in_parts(3, "Saved"));

    EXPECT_EQ(outcome.kind, Kind::sent);
    EXPECT_EQ(named(outcome.provider_id)->parts.size(), 3u);
    expect_one_whole("C1", in_parts(3, "Saved"));
}

TEST_F(SlackPlatform, LeavesAMessageAloneThatSomebodyRemoved) {
    auto id = deliver(team, in_parts(2)).provider_id;
    slack.messages.erase(slack.messages.begin());
    auto outcome = update(team, id, in_parts(2));

    EXPECT_EQ(outcome.kind, Kind::refused);
    EXPECT_EQ(outcome.reason, "message_not_found");
}

TEST_F(SlackPlatform, RefusesToEditWhatItCannotName) {
    EXPECT_EQ(update(amira, "m000001", a_message(1)).kind, Kind::refused);
    EXPECT_EQ(remove(amira, "m000001").kind, Kind::refused);
    EXPECT_TRUE(slack.requests.empty());
}

TEST_F(SlackPlatform, TakesNoPartOfACopyInTheSameThreadForItsOwn) {
    auto parent = slack.somebody_writes("C1");
    auto to = in_thread_of("C1/" + parent, team);
    auto id = deliver(to, in_parts(2)).provider_id;
    auto copy = deliver(to, in_parts(2)).provider_id;
    auto outcome = update(to, id, in_parts(2, "Saved"));

    EXPECT_EQ(outcome.provider_id, id);
    EXPECT_EQ(remove(to, id).kind, Kind::sent);
    EXPECT_EQ(lines_in("C1"), lines_of(in_parts(2)));
}

TEST_F(SlackPlatform, LooksForNoPartsOfAMessageThatIsWhole) {
    auto id = deliver(amira, in_parts(2)).provider_id;
    update(amira, id, a_message(1));

    EXPECT_EQ(slack.calls_of["conversations.replies"], 0);
}

TEST_F(SlackPlatform, RepeatsAnEditThatWasInterruptedWithoutPostingAPartTwice) {
    auto id = deliver(team, a_message(1)).provider_id;
    trouble_after("chat.postMessage", 3, lost());
    auto interrupted = update(team, id, in_parts(3));
    EXPECT_EQ(interrupted.kind, Kind::ambiguous);
    restart();  // what this process knew is lost

    EXPECT_EQ(update(team, id, in_parts(3)).kind, Kind::sent);
    expect_one_whole("C1", in_parts(3));
}

TEST_F(SlackPlatform, WaitsForAPartThatAnEarlierProcessMayHaveSent) {
    auto id = deliver(team, a_message(1)).provider_id;
    trouble_after("chat.postMessage", 2, lost(), 25s);
    update(team, id, in_parts(2));
    restart();

    EXPECT_EQ(update(team, id, in_parts(2)).kind, Kind::ambiguous);
    pass(1min);
    EXPECT_EQ(update(team, id, in_parts(2)).kind, Kind::sent);
    expect_one_whole("C1", in_parts(2));
}

TEST_F(SlackPlatform, RemembersWhatItPostedWhereNobodyMayLook) {
    slack.refusals["conversations.replies"] = "missing_scope";
    auto id = deliver(team, a_message(1)).provider_id;
    trouble("chat.postMessage", 3, not_sent());
    EXPECT_EQ(update(team, id, in_parts(3)).kind, Kind::try_later);

    EXPECT_EQ(update(team, id, in_parts(3)).kind, Kind::sent);
    expect_one_whole("C1", in_parts(3));
}

TEST_F(SlackPlatform, TellsThePauseOfAPostNotAsOneOfEdits) {
    auto id = deliver(team, a_message(1)).provider_id;
    trouble("chat.postMessage", 2, too_soon("60"));
    auto outcome = update(team, id, in_parts(2));

    EXPECT_EQ(outcome.kind, Kind::try_later);
    EXPECT_EQ(outcome.retry_after, 0ms);
    EXPECT_EQ(update(team, id, in_parts(2)).kind, Kind::try_later);
    EXPECT_EQ(slack.calls_of["chat.postMessage"], 2);
}

TEST_F(SlackPlatform, WaitsWithAnEditThatNeedsALookWhichIsNotToBeHad) {
    auto id = deliver(team, a_message(1)).provider_id;
    trouble("conversations.replies", 1, too_soon("60"));
    EXPECT_EQ(update(team, id, in_parts(2)).kind, Kind::try_later);
    slack.refusals["conversations.replies"] = "token_revoked";
    pass(60s);
    EXPECT_EQ(update(team, id, in_parts(2)).kind, Kind::suspended);

    EXPECT_EQ(slack.calls_of["chat.update"], 0);
}

// ---- removing

TEST_F(SlackPlatform, RemovesAllPartsTheFirstLast) {
    auto id = deliver(amira, in_parts(2)).provider_id;
    auto first = slack.messages.front().ts;
    auto outcome = remove(amira, id);

    EXPECT_EQ(outcome.kind, Kind::sent);
    EXPECT_TRUE(slack.messages.empty());
    EXPECT_EQ(last().method, "chat.delete");
    EXPECT_EQ(last().text_of("ts"), first);
    EXPECT_TRUE(last().may_repeat);
}

TEST_F(SlackPlatform, MayBeAskedTwiceToRemove) {
    auto id = deliver(amira, in_parts(2)).provider_id;
    trouble("chat.delete", 2, lost());

    EXPECT_EQ(remove(amira, id).kind, Kind::ambiguous);
    EXPECT_EQ(remove(amira, id).kind, Kind::sent);
    EXPECT_EQ(remove(amira, id).kind, Kind::sent);
    EXPECT_TRUE(slack.messages.empty());
}

TEST_F(SlackPlatform, SaysWhyItMayNotRemove) {
    auto id = deliver(amira, a_message(1)).provider_id;
    slack.refusals["chat.delete"] = "cant_delete_message";

    EXPECT_EQ(remove(amira, id).kind, Kind::refused);
}

TEST_F(SlackPlatform, RemovesAlsoThePartThatNobodyHeardOf) {
    auto id = deliver(amira, a_message(1)).provider_id;
    trouble_after("chat.postMessage", 2, lost());
    EXPECT_EQ(update(amira, id, in_parts(2)).kind, Kind::ambiguous);

    EXPECT_EQ(remove(amira, id).kind, Kind::sent);
    EXPECT_TRUE(slack.messages.empty());
    EXPECT_EQ(find(amira).kind, Found::Kind::absent);
}

// ---- looking

TEST_F(SlackPlatform, FindsNothingWhereNothingStands) {
    slack.somebody_writes("D1");
    EXPECT_EQ(find(amira).kind, Found::Kind::absent);

    EXPECT_EQ(methods(), (Texts{"auth.test", "conversations.open", "conversations.history"}));
    EXPECT_EQ(last().form.at("channel"), "D1");
    EXPECT_EQ(last().form.at("inclusive"), "true");
    EXPECT_EQ(last().form.at("limit"), "200");
    EXPECT_EQ(last().form.at("oldest"), ts_at(clock.now() - 60s).substr(0, 10) + ".000000");
}

TEST_F(SlackPlatform, FindsWhatStandsOldestFirst) {
    auto first = deliver(amira, a_message(1)).provider_id;
    auto second = deliver(amira, a_message(1)).provider_id;
    restart();
    auto found = find(amira);

    EXPECT_EQ(found.kind, Found::Kind::present);
    EXPECT_EQ(found.provider_ids, (Texts{first, second}));
}

TEST_F(SlackPlatform, FindsNoMessageOfAnotherDeliveryOrAnotherBot) {
    deliver(amira, a_message(1));
    auto mirrored = slack.messages.front();
    mirrored.user = "UMIRROR";
    slack.messages.clear();
    slack.somebody_writes("D1", mirrored);

    EXPECT_EQ(find(amira).kind, Found::Kind::absent);
    auto other = result_of(platform->find(DeliveryId{13}, amira, nine_thirty - 60s));
    EXPECT_EQ(other.kind, Found::Kind::absent);
}

TEST_F(SlackPlatform, FindsAllPartsOfEveryCopyAndTheWholeOneFirst) {
    trouble("chat.postMessage", 2, lost());
    EXPECT_EQ(deliver(team, in_parts(2)).kind, Kind::ambiguous);
    restart();
    auto half = "C1/" + slack.messages.front().ts;
    auto whole = deliver(team, in_parts(2)).provider_id;
    restart();

    EXPECT_EQ(find(team).provider_ids, (Texts{whole, half}));
}

TEST_F(SlackPlatform, FindsWhatStandsInAThread) {
    auto parent = slack.somebody_writes("C1");
    auto to = in_thread_of("C1/" + parent, team);
    EXPECT_EQ(find(to).kind, Found::Kind::absent);
    auto id = deliver(to, in_parts(2)).provider_id;
    restart();

    EXPECT_EQ(find(to).provider_ids, Texts{id});
    EXPECT_EQ(last().method, "conversations.replies");
    EXPECT_EQ(last().form.at("ts"), parent);
    EXPECT_EQ(find(team).kind, Found::Kind::absent);
}

TEST_F(SlackPlatform, FindsNothingInAThreadThatIsGone) {
    slack.refusals["conversations.replies"] = "thread_not_found";

    EXPECT_EQ(find(in_thread_of("C1/17.1", team)).kind, Found::Kind::absent);
}

TEST_F(SlackPlatform, FindsItBehindManyOthers) {
    slack.page = 100;
    for (int other = 0; other < 250; ++other)
        slack.somebody_writes("C1");
    auto id = deliver(team, a_message(1)).provider_id;
    restart();

    EXPECT_EQ(find(team).provider_ids, Texts{id});
    EXPECT_EQ(slack.calls_of["conversations.history"], 3);
}

TEST_F(SlackPlatform, CannotTellBehindMoreThanItMayRead) {
    slack.page = 1;
    for (int other = 0; other < 11; ++other)
        slack.somebody_writes("C1");

    EXPECT_EQ(find(team).kind, Found::Kind::cannot_tell);
    EXPECT_EQ(slack.calls_of["conversations.history"], 10);
}

TEST_F(SlackPlatform, BelievesWhatItSawOnTheWayToTooMany) {
    slack.page = 1;
    auto id = deliver(team, a_message(1)).provider_id;
    for (int other = 0; other < 11; ++other)
        slack.somebody_writes("C1");
    restart();

    EXPECT_EQ(find(team).provider_ids, Texts{id});
}

TEST_F(SlackPlatform, AsksForLessWhereAPageIsTooLongToRead) {
    auto id = deliver(team, a_message(1)).provider_id;
    trouble("conversations.history", 1, slack_says("["));
    restart();

    EXPECT_EQ(find(team).provider_ids, Texts{id});
    EXPECT_EQ(last().form.at("limit"), "20");
}

TEST_F(SlackPlatform, CannotTellWhereItMayNotLook) {
    for (auto* code : {"missing_scope", "not_in_channel", "channel_not_found"}) {
        slack.refusals["conversations.history"] = code;
        EXPECT_EQ(find(team).kind, Found::Kind::cannot_tell) << code;
    }
    slack.refusals = {{"conversations.open", "user_disabled"}};
    EXPECT_EQ(find(amira).kind, Found::Kind::cannot_tell);
}

TEST_F(SlackPlatform, AsksAgainWhereAPageWasCutOff) {
    auto id = deliver(team, a_message(1)).provider_id;
    restart();
    trouble("conversations.history", 1, slack_says(R"({"ok":true,"messages":[)"));
    trouble("conversations.history", 2, slack_says(R"({"ok":true})"));

    EXPECT_EQ(find(team).provider_ids, Texts{id});
}

TEST_F(SlackPlatform, CannotTellWhereNoPageCanEverBeRead) {
    for (int page = 1; page <= 10; ++page)
        trouble("conversations.history", page, slack_says("["));

    EXPECT_EQ(find(team).kind, Found::Kind::cannot_tell);
    EXPECT_EQ(slack.calls_of["conversations.history"], 10);
}

TEST_F(SlackPlatform, LooksLaterWhereItCannotNow) {
    for (const auto& method : {"auth.test", "conversations.open", "conversations.history"}) {
        slack.calls_of.clear();
        slack.troubles.clear();
        restart();
        trouble(method, 1, too_soon("40"));
        auto found = find(amira);
        EXPECT_EQ(found.kind, Found::Kind::try_later) << method;
        EXPECT_EQ(found.retry_after, 40s);
        EXPECT_EQ(found.scope, Scope::call);
    }
    pass(40s);
    trouble("conversations.history", 2, lost());
    EXPECT_EQ(find(amira).retry_after, 10s);
    EXPECT_EQ(find(amira).kind, Found::Kind::absent);
}

TEST_F(SlackPlatform, LooksAtAPartsThreadLaterWhereItCannotNow) {
    deliver(team, in_parts(2));
    restart();
    trouble("conversations.replies", 1, too_soon("40"));

    EXPECT_EQ(find(team).kind, Found::Kind::try_later);
}

TEST_F(SlackPlatform, SaysThatTheConnectionIsRefused) {
    for (const auto& method : {"auth.test", "conversations.open", "conversations.history"}) {
        restart();
        slack.refusals = {{method, "account_inactive"}};
        auto found = find(amira);
        EXPECT_EQ(found.kind, Found::Kind::suspended) << method;
        EXPECT_EQ(found.reason, "account_inactive");
    }
}

TEST_F(SlackPlatform, AsksOnceWhoItIsAndWhereADirectMessageIs) {
    find(amira);
    find(amira);
    EXPECT_EQ(slack.calls_of["auth.test"], 1);
    EXPECT_EQ(slack.calls_of["conversations.open"], 1);

    restart();
    deliver(amira, a_message(1));
    find(amira);
    EXPECT_EQ(slack.calls_of["conversations.open"], 1);
}

TEST_F(SlackPlatform, StopsLookingWhenSlackIsSlow) {
    slack.page = 1;
    slack.answers_after = 4s;
    for (int other = 0; other < 5; ++other)
        slack.somebody_writes("C1");

    EXPECT_EQ(find(team).kind, Found::Kind::try_later);
    EXPECT_EQ(slack.calls_of["conversations.history"], 3);
}

// ---- pace

TEST_F(SlackPlatform, PostsASecondApartToOnePlaceAndNoMoreThanThreeHundredInAnyMinute) {
    auto pace = platform->pace(Call::deliver);

    EXPECT_EQ(pace.per_destination, 1s);
    auto most = pace.burst + 1min / pace.per_connection;
    EXPECT_LE(most, 300);
    EXPECT_GE(most, 295);
}

TEST_F(SlackPlatform, MakesNoMoreThanFiftyOtherCallsInAnyMinute) {
    for (auto call : {Call::update, Call::remove, Call::find}) {
        auto pace = platform->pace(call);
        EXPECT_EQ(pace.per_destination, 0ms);
        EXPECT_LE(pace.burst + 1min / pace.per_connection, 50);
    }
}

}  // namespace
}  // namespace muster::slack
