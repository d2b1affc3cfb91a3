#include "tests/unit/fakes/slack/fake_slack_story.hpp"

namespace muster::fake_slack {
namespace {

using FakeSlackCalls = FakeSlackStory;

TEST_F(FakeSlackCalls, SayWhoTheAppIs) {
    auto answer = call("auth.test", {});
    EXPECT_EQ(answer.text_of("user_id"), "U0MUSTER");
    EXPECT_EQ(answer.text_of("bot_id"), "B0MUSTER");
    EXPECT_EQ(answer.text_of("team_id"), "T0TEAM");
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackCalls, WantTheRightToken) {
    auto http = a_call("auth.test", {});
    http.headers[0].second = "Bearer xoxb-of-another";
    EXPECT_EQ(json::parse(slack.handle(http, now).body)->text_of("error"), "invalid_auth");
    http.headers.erase(http.headers.begin());
    now += 10min;
    EXPECT_EQ(json::parse(slack.handle(http, now).body)->text_of("error"), "not_authed");
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("an unknown token"), HasSubstr("no token")));
}

TEST_F(FakeSlackCalls, RefuseARevokedTokenWithoutBlame) {
    slack.workspace().token_is_revoked = true;
    EXPECT_EQ(call("auth.test", {}).text_of("error"), "token_revoked");
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackCalls, NeverTakeTheTokenElsewhere) {
    auto http = a_call("auth.test", {});
    http.url = "https://slack.com.evil.test/api/auth.test";
    EXPECT_EQ(slack.handle(http, now).status, 404);
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("the token was sent there")));
}

TEST_F(FakeSlackCalls, KnowTheMethodsOfTheAppOnly) {
    EXPECT_EQ(call("chat.scheduleMessage", {}).text_of("error"), "unknown_method");
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("no method")));
}

TEST_F(FakeSlackCalls, WantEveryArgumentThatIsNeededAndNoOther) {
    auto answer = call("chat.delete", {{"channel", "C0TEAM"}, {"when", "now"}});
    EXPECT_EQ(answer.text_of("error"), "invalid_arguments");
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("no argument when"), HasSubstr("needs ts")));
}

TEST_F(FakeSlackCalls, TakeATimestampAsTextOnly) {
    auto answer = call("chat.delete", {{"channel", "C0TEAM"}, {"ts", 1795512600.0001}});
    EXPECT_EQ(answer.text_of("error"), "invalid_arguments");
    EXPECT_THAT(violations()[0], HasSubstr("cannot read ts"));
}

TEST_F(FakeSlackCalls, TakeFormsAsWell) {
    auto http = a_call("chat.postMessage", {});
    http.headers[1].second = "application/x-www-form-urlencoded";
    http.body = encoded(
        {{"channel", "C0TEAM"},
         {"text", "a & b = c"},
         {"blocks", R"([{"type":"divider"}])"},
         {"unfurl_links", "false"},
         {"unfurl_media", "0"}}
    );
    slack.handle(http, now);
    ASSERT_THAT(messages_in(slack.workspace(), "C0TEAM"), SizeIs(1));
    EXPECT_EQ(messages_in(slack.workspace(), "C0TEAM")[0].text, "a & b = c");
    EXPECT_THAT(messages_in(slack.workspace(), "C0TEAM")[0].blocks, SizeIs(1));
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackCalls, TakeNoJsonWhereTheyRead) {
    auto http = a_call("users.info", {});
    http.headers[1].second = "application/json; charset=utf-8";
    http.body = R"({"user":"U0ALICE"})";
    EXPECT_EQ(json::parse(slack.handle(http, now).body)->text_of("error"), "invalid_arguments");
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("want a form")));
}

TEST_F(FakeSlackCalls, WarnOfJsonWithoutItsCharset) {
    auto http = a_call("auth.test", {});
    http.headers[1].second = "application/json";
    auto answer = json::parse(slack.handle(http, now).body);
    EXPECT_EQ(answer->text_of("warning"), "missing_charset");
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("without charset")));
}

TEST_F(FakeSlackCalls, SayWhichScopeIsMissing) {
    slack.workspace().installation.scopes.erase("chat:write");
    auto answer = call("chat.postMessage", a_post("C0TEAM"));
    EXPECT_EQ(answer.text_of("error"), "missing_scope");
    EXPECT_EQ(answer.text_of("needed"), "chat:write");
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_THAT(refusals(), SizeIs(1));
}

TEST_F(FakeSlackCalls, TellOfAPersonAndOfNobody) {
    auto answer = call("users.info", {{"user", "U0ALICE"}});
    EXPECT_EQ(answer.find("user")->text_of("tz"), "Europe/London");
    EXPECT_EQ(call("users.info", {{"user", "U0NONE"}}).text_of("error"), "user_not_found");
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackCalls, AnswerInAsciiWithEscapedSlashes) {
    post(a_post("C0TEAM", "Zoë 🌴 a/b"));
    auto text = slack.handle(a_call("auth.test", {}), now).body;
    EXPECT_THAT(text, HasSubstr(R"(https:\/\/example.slack.com\/)"));
    EXPECT_THAT(slack.outbox().take(), IsEmpty());  // no channels:history: the app hears nothing
    slack.workspace().installation.scopes.insert("channels:history");
    post(a_post("C0TEAM", "Zoë 🌴"));
    EXPECT_THAT(slack.outbox().take()[0].body, HasSubstr(R"("text":"Zo\u00eb \ud83c\udf34")"));
}

// ---- pace

using FakeSlackPace = FakeSlackStory;

TEST_F(FakeSlackPace, AllowsABurstOfThreePostsToAPlaceAndThenOneASecond) {
    for (int number = 0; number < 3; ++number)
        post(a_post("C0TEAM"));
    for (int number = 0; number < 10; ++number) {
        now += 1s;
        post(a_post("C0TEAM"));
    }
    EXPECT_THAT(violations(), IsEmpty());

    auto answer = slack.handle(a_call("chat.postMessage", a_post("C0TEAM")), now);
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.header("retry-after"), "1");
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("more than one post a second to C0TEAM")));
    EXPECT_THAT(messages_in(slack.workspace(), "C0TEAM"), SizeIs(13));
}

TEST_F(FakeSlackPace, CountsADirectMessageOnceHoweverItIsNamed) {
    post(a_post("U0ALICE"));
    post(a_post("D0ALICE"));
    post(a_post("U0ALICE"));
    post(a_post("C0TEAM"));
    EXPECT_THAT(violations(), IsEmpty());
    post(a_post("D0ALICE"));
    EXPECT_THAT(violations(), SizeIs(1));
}

TEST_F(FakeSlackPace, KeepsMethodsWithinTheirTier) {
    for (int number = 0; number < 61; ++number)
        call("conversations.info", {{"channel", "C0TEAM"}});
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_EQ(slack.handle(a_call("conversations.info", {{"channel", "C0TEAM"}}), now).status, 429);
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("than its tier allows")));
}

TEST_F(FakeSlackPace, BlamesACallBeforeItsRetryAfterHasPassed) {
    Trouble limit{Trouble::Kind::rate_limited, 20s};
    auto first = slack.handle(a_call("auth.test", {}), now, limit);
    EXPECT_EQ(first.status, 429);
    EXPECT_EQ(first.header("retry-after"), "20");

    now += 1s;
    call("users.info", {{"user", "U0ALICE"}});  // another method is free
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_EQ(slack.handle(a_call("auth.test", {}), now).status, 429);
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("before its Retry-After had passed")));
    now += 19s;
    EXPECT_EQ(slack.handle(a_call("auth.test", {}), now).status, 200);
    EXPECT_THAT(violations(), SizeIs(1));
}

TEST_F(FakeSlackPace, BlamesNobodyWhoCouldNotKnowYet) {
    auto http = a_call("auth.test", {});
    Moment start{now, SteadyInstant{now.time_since_epoch()}};
    auto later = [&](milliseconds by) { return Moment{start.wall + by, start.steady + by}; };
    slack.made(http, start);
    slack.arrived(http, later(50ms), {Trouble::Kind::rate_limited, 5s});
    slack.made(http, later(80ms));  // the first answer is still on its way
    auto answer = slack.arrived(http, later(120ms), {});
    EXPECT_EQ(answer.status, 429);
    slack.heard(http, answer, later(200ms));
    slack.made(http, later(200ms));  // perhaps just before it was heard
    EXPECT_THAT(violations(), IsEmpty());
    slack.made(http, later(201ms));
    EXPECT_THAT(violations(), SizeIs(1));
}

TEST_F(FakeSlackPace, WantsQuietAfterTheWholeWorkspaceRefused) {
    slack.workspace().token_is_revoked = true;
    call("auth.test", {});
    now += 1min;
    call("auth.test", {});  // who does not know who it is may ask
    EXPECT_THAT(violations(), IsEmpty());
    now += 5min;
    call("conversations.open", {{"users", "U0ALICE"}});
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("had refused the token")));
    now += 10min;
    call("conversations.open", {{"users", "U0ALICE"}});
    EXPECT_THAT(violations(), SizeIs(1));

    slack.new_caller();  // who starts anew may look again
    call("conversations.open", {{"users", "U0ALICE"}});
    EXPECT_THAT(violations(), SizeIs(1));
}

TEST_F(FakeSlackPace, BoundsThePostsOfAWorkspace) {
    FakeSlack small{Installation{.posts_per_minute = 5}};
    for (int number = 0; number < 6; ++number) {
        auto id = "U0P" + std::to_string(number);
        small.workspace().add(User{.id = id, .name = id, .real_name = id});
        small.handle(a_call("chat.postMessage", a_post(id)), now);
    }
    EXPECT_THAT(small.violations(), ElementsAre(HasSubstr("more posts in a minute")));
}

// ---- trouble

using FakeSlackTrouble = FakeSlackStory;

TEST_F(FakeSlackTrouble, MayStrikeBeforeOrAfterTheDeed) {
    auto status_of = [&](Trouble::Kind kind) {
        return slack.handle(a_call("chat.postMessage", a_post("C0TEAM")), now, {kind}).status;
    };
    EXPECT_EQ(status_of(Trouble::Kind::server_error_before), 503);
    EXPECT_THAT(messages_in(slack.workspace(), "C0TEAM"), IsEmpty());
    EXPECT_EQ(status_of(Trouble::Kind::server_error_after), 503);
    EXPECT_THAT(messages_in(slack.workspace(), "C0TEAM"), SizeIs(1));
}

TEST_F(FakeSlackTrouble, SaysInternalErrorWhetherDoneOrNot) {
    auto error_of = [&](Trouble::Kind kind) {
        auto answer = slack.handle(a_call("chat.postMessage", a_post("C0TEAM")), now, {kind});
        return json::parse(answer.body)->text_of("error");
    };
    EXPECT_EQ(error_of(Trouble::Kind::internal_error_before), "internal_error");
    EXPECT_THAT(messages_in(slack.workspace(), "C0TEAM"), IsEmpty());
    EXPECT_EQ(error_of(Trouble::Kind::internal_error_after), "internal_error");
    EXPECT_THAT(messages_in(slack.workspace(), "C0TEAM"), SizeIs(1));
}

TEST_F(FakeSlackTrouble, CutsAnswersSoThatTheyCannotBeRead) {
    Trouble cut{Trouble::Kind::cut_answer};
    auto answer = slack.handle(a_call("chat.postMessage", a_post("C0TEAM")), now, cut);
    EXPECT_EQ(answer.status, 200);
    EXPECT_FALSE(json::parse(answer.body));
    EXPECT_THAT(messages_in(slack.workspace(), "C0TEAM"), SizeIs(1));
}

TEST_F(FakeSlackTrouble, DriftsAndStaysReadable) {
    Trouble drift{Trouble::Kind::schema_drift};
    auto answer = slack.handle(a_call("chat.postMessage", a_post("C0TEAM")), now, drift);
    auto body = *json::parse(answer.body);
    EXPECT_EQ(*body.find("ok"), json::Value{true});
    EXPECT_NE(body.text_of("ts"), "");
    EXPECT_TRUE(body.find("is_new_in_2027"));
    EXPECT_FALSE(body.find("message")->find("bot_profile"));
}

TEST_F(FakeSlackTrouble, ComesByChanceOrWhenItIsTold) {
    Troubles troubles{sim::Random{1}};
    EXPECT_EQ(troubles.of("auth.test").kind, Trouble::Kind::none);
    troubles.strike_next({Trouble::Kind::slow, 7s}, "chat.postMessage");
    EXPECT_EQ(troubles.of("auth.test").kind, Trouble::Kind::none);
    EXPECT_EQ(troubles.of("chat.postMessage").length, 7s);
    EXPECT_EQ(troubles.of("chat.postMessage").kind, Trouble::Kind::none);

    troubles.happen(Trouble::Kind::rate_limited, 0.25);
    int struck = 0;
    for (int number = 0; number < 1'000; ++number)
        struck += troubles.of("auth.test").kind == Trouble::Kind::rate_limited;
    EXPECT_GT(struck, 200);
    EXPECT_LT(struck, 300);
    troubles.end();
    EXPECT_EQ(troubles.of("auth.test").kind, Trouble::Kind::none);
}

TEST_F(FakeSlackTrouble, HasANameOfEveryKind) {
    for (int number = 0; number <= static_cast<int>(Trouble::Kind::slow); ++number) {
        auto kind = static_cast<Trouble::Kind>(number);
        EXPECT_EQ(trouble_from(name(kind)), kind) << number;
    }
    EXPECT_FALSE(trouble_from("bad weather"));
}

}  // namespace
}  // namespace muster::fake_slack
