#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

// Monday's stand-up is open and everybody was asked.
class IntakeStory : public AppStory {
protected:
    IntakeStory() {
        start();
        until("2026-11-23T09:31");
    }

    std::string plan_of(const std::string& key) {
        auto saved = answers(key);
        return saved.empty() ? std::string{} : saved.front().text;
    }
};

TEST_F(IntakeStory, GivesARepeatedRequestTheKeptReplyAndChangesNothing) {
    auto first = take("amira", command("skip"), {"one"});
    auto events = logged_events();
    pass(2min);

    auto again = take("amira", command("skip"), {"one"});

    EXPECT_EQ(said(first), "skip.done");
    EXPECT_EQ(*again, *first);
    EXPECT_EQ(logged_events(), events);
}

TEST_F(IntakeStory, NeedsOnlyOneOfSeveralKeysToKnowARequestAgain) {
    ASSERT_TRUE(take("amira", line("Finish the refund form"), {"event-1", "message-1"}));

    ASSERT_TRUE(take("amira", line("Something else", "line-2"), {"event-2", "message-1"}));
    ASSERT_TRUE(take("amira", line("Something else", "line-2"), {"event-1", "message-2"}));

    EXPECT_EQ(plan_of("amira"), "Finish the refund form");
    EXPECT_EQ(answers("amira").size(), 1U);
}

TEST_F(IntakeStory, KnowsKeysOfOneConnectionOnly) {
    ASSERT_TRUE(take("amira", line("Finish the refund form"), {"one"}));
    auto elsewhere = inbound("amira", line("Hello", "line-2"), {"one"});
    elsewhere.connection = ConnectionId{2};

    EXPECT_EQ(said(take(elsewhere)), "stranger.unknown");
}

TEST_F(IntakeStory, RefusedFormComesWithTheFormForPlatformsThatShowItAnew) {
    auto sent = answer_form(round("amira"), "  ");
    auto refused = take("amira", sent, {"view-1"});
    const auto& form = std::get<FormErrors>(*refused).form;
    ASSERT_TRUE(form);
    EXPECT_EQ(form->context, sent.form);
    auto opened = take("amira", press(Verb::answer, round("amira").id.value), {"press-1"});
    EXPECT_EQ(*form, std::get<OpenForm>(*opened).form);
}

TEST_F(IntakeStory, RefusedFormLeavesNoKeyAndTheCorrectedOneIsAccepted) {  // regression 18
    auto refused = take("amira", answer_form(round("amira"), "  "), {"view-1"});
    ASSERT_TRUE(std::holds_alternative<FormErrors>(*refused));
    EXPECT_FALSE(round("amira").answered_at);

    auto accepted = take("amira", answer_form(round("amira"), "Test refunds"), {"view-1"});
    EXPECT_FALSE(std::holds_alternative<FormErrors>(*accepted));
    EXPECT_EQ(plan_of("amira"), "Test refunds");

    take("amira", answer_form(round("amira"), "Twice"), {"view-1"}).value();
    EXPECT_EQ(plan_of("amira"), "Test refunds");
}

TEST_F(IntakeStory, AnswersAnUnknownAccountKindlyAndChangesNothing) {
    auto events = logged_events();

    auto reply = take("nobody", line("Hello"));

    EXPECT_EQ(said(reply), "stranger.unknown");
    EXPECT_EQ(logged_events(), events);
}

TEST_F(IntakeStory, TreatsAnArchivedPersonAsAStranger) {
    auto gone = person("amira");
    gone.archived = true;
    apply({.changes = {gone}});

    EXPECT_EQ(said(take("amira", line("Hello"))), "stranger.unknown");
}

TEST_F(IntakeStory, SaysSoWhenTheDiskRefusesAndKeepsNoKey) {
    store.is_broken = true;
    auto refused = take("amira", line("Finish the refund form"), {"one"});
    EXPECT_EQ(refused.error(), Errc::store_failed);

    store.is_broken = false;
    EXPECT_TRUE(take("amira", line("Finish the refund form"), {"one"}));
    EXPECT_EQ(plan_of("amira"), "Finish the refund form");
}

// What became of a request that is not answered at once.
struct Request {
    std::optional<Result<Taken>> taken;
    Instant answered_at;

    bool is_too_late() const {
        return taken && taken->has_error() && taken->error() == Errc::too_late;
    }

    bool is_to_carry() const { return taken && taken->has_value() && !(*taken)->carried_before; }
};

// Requests whose answers take their time.
class SlowStory : public IntakeStory {
protected:
    std::shared_ptr<Request> begin(Inbound inbound, milliseconds on_the_way = 0ms) {
        auto request = std::make_shared<Request>();
        auto arrived = clock.steady_now() - on_the_way;
        tasks.spawn(wait(service->intake(), clock, std::move(inbound), arrived, request));
        return request;
    }

    static Task<> wait(
        Intake& intake,
        Clock& clock,
        Inbound inbound,
        SteadyInstant arrived,
        std::shared_ptr<Request> request
    ) {
        request->taken = co_await intake.take(std::move(inbound), arrived);
        request->answered_at = clock.now();
    }
};

class StuckStory : public SlowStory {
protected:
    // Begins to take a line while the store is stuck.
    void begin_to_take(milliseconds on_the_way = 0ms) {
        store.is_stuck = true;
        began_at = clock.now();
        request = begin(inbound("amira", line("Finish the refund form"), {"one"}), on_the_way);
    }

    Instant began_at;
    std::shared_ptr<Request> request;
};

TEST_F(StuckStory, GivesUpWaitingAfterTwoAndAHalfSeconds) {
    begin_to_take();
    pass(10s);

    EXPECT_TRUE(request->is_too_late());
    EXPECT_EQ(request->answered_at - began_at, 2'500ms);
    EXPECT_EQ(log.count("intake.too_late"), 1);
    store.is_stuck = false;
    pass(1s);
}

TEST_F(StuckStory, CountsTheTimeThatTheRequestWasOnItsWay) {
    begin_to_take(2s);
    pass(10s);

    EXPECT_TRUE(request->is_too_late());
    EXPECT_EQ(request->answered_at - began_at, 500ms);
    store.is_stuck = false;
    pass(1s);
}

TEST_F(StuckStory, DoesNotWaitForWhatIsTooLateAlready) {
    begin_to_take(10s);
    pass(0s);

    EXPECT_TRUE(request->is_too_late());
    store.is_stuck = false;
    pass(1s);
    EXPECT_EQ(plan_of("amira"), "Finish the refund form");
}

TEST_F(StuckStory, WaitsThatLongAndNotLess) {
    begin_to_take();
    pass(2s);
    store.is_stuck = false;
    pass(200ms);

    ASSERT_TRUE(request->taken);
    EXPECT_TRUE(request->taken->has_value());
}

TEST_F(StuckStory, TheLaterCommitIsHarmlessWhenThePersonTriesAgain) {
    begin_to_take();
    pass(10s);
    store.is_stuck = false;
    pass(1s);
    EXPECT_EQ(plan_of("amira"), "Finish the refund form");
    auto events = logged_events();

    EXPECT_TRUE(take("amira", line("Finish the refund form"), {"one"}));

    EXPECT_EQ(answers("amira").size(), 1U);
    EXPECT_EQ(logged_events(), events);
    EXPECT_EQ(round("amira").receipts, 1);
}

// A platform where a reply must be posted: as often as somebody is told to carry it out.
class CarryingStory : public SlowStory {
protected:
    static void expect_that_it_is_left_to_the_second(
        const Request& first, const Request& second, const Request& third
    ) {
        EXPECT_TRUE(first.is_too_late());
        EXPECT_TRUE(second.is_to_carry());
        EXPECT_FALSE(third.is_to_carry());
    }

    std::shared_ptr<Request> ask(std::string other_key = "other") {
        return begin(inbound("amira", command("why"), {std::move(other_key), "same"}));
    }

    void start_again() {
        stop();
        start();
    }
};

TEST_F(CarryingStory, TheFirstRequestCarriesTheReplyOutAndNoOther) {
    auto first = ask("a");
    pass(1s);
    auto second = ask("b");
    auto third = ask("c");
    pass(1s);

    EXPECT_TRUE(first->is_to_carry());
    EXPECT_FALSE(second->is_to_carry());
    EXPECT_FALSE(third->is_to_carry());
    EXPECT_EQ(third->taken->value().reply, first->taken->value().reply);
}

TEST_F(CarryingStory, OfRequestsThatComeTogetherOneCarriesItOut) {
    auto first = ask("a");
    auto second = ask("b");
    pass(1s);

    EXPECT_TRUE(first->is_to_carry());
    EXPECT_FALSE(second->is_to_carry());
}

TEST_F(CarryingStory, WhoCameTooLateLeavesItToTheNextRequest) {
    store.is_stuck = true;
    auto first = ask();
    pass(10s);
    store.is_stuck = false;
    pass(1min);
    auto second = ask();
    pass(1s);
    auto third = ask();
    pass(1s);

    expect_that_it_is_left_to_the_second(*first, *second, *third);
}

TEST_F(CarryingStory, OneOfTwoThatWaitTogetherCarriesOutWhatWasLeft) {
    store.is_stuck = true;
    auto first = ask();
    pass(3s);
    auto second = ask("b");
    auto third = ask("c");
    pass(1s);
    store.is_stuck = false;
    pass(1s);

    EXPECT_TRUE(first->is_too_late());
    EXPECT_EQ(second->is_to_carry() + third->is_to_carry(), 1);
}

TEST_F(CarryingStory, WhoLeavesBetweenTheCommitAndItsAnswerLeavesItToTheNextRequest) {
    store.is_silent = true;
    auto first = ask();
    pass(3s);
    auto second = ask();
    pass(1s);
    store.speak();
    pass(1s);
    auto third = ask();
    pass(1s);

    expect_that_it_is_left_to_the_second(*first, *second, *third);
}

TEST_F(CarryingStory, ItIsLeftAsOftenAsSomebodyCameTooLate) {
    for (auto* key : {"a", "b", "c"}) {
        store.is_silent = true;
        auto request = ask(key);
        pass(10s);
        store.speak();
        pass(10s);
        EXPECT_TRUE(request->is_too_late());
    }
    auto last = ask("d");
    pass(1s);

    EXPECT_TRUE(last->is_to_carry());
}

TEST_F(CarryingStory, ARestartForgetsNeitherWhoCarriedItNorThatNobodyDid) {
    store.is_stuck = true;
    auto first = ask();
    pass(10s);
    store.is_stuck = false;
    pass(1s);
    start_again();
    auto second = ask();
    pass(1s);
    start_again();
    auto third = ask();
    pass(1s);

    expect_that_it_is_left_to_the_second(*first, *second, *third);
}

TEST_F(CarryingStory, StoppingWhileItIsBeingStoredLeavesItToTheNextRequest) {
    store.is_silent = true;
    auto first = ask();
    pass(3s);
    auto end = [](Service& ending) -> Task<> { co_await ending.stop(); };
    tasks.spawn(end(*service));
    pass(1s);
    store.speak();
    pass(1s);
    service.reset();
    start();
    auto second = ask();
    pass(1s);

    EXPECT_TRUE(first->is_too_late());
    EXPECT_TRUE(second->is_to_carry());
}

class QuarantineStory : public IntakeStory {
protected:
    QuarantineStory() {
        stop();
        lose_zone_of("amira");
    }

    using IntakeStory::take;

    Result<Reply> take(const Inbound& inbound) {
        auto taken = result_of(intake.take(inbound, clock.steady_now()));
        return taken ? Result<Reply>{taken->reply} : Result<Reply>{taken.error()};
    }

    Result<Reply> take_line() {
        return take(inbound("amira", line("Finish the refund form"), {"one"}));
    }

    void retry() { finish(intake.retry_quarantined()); }

    void answer_since_then(const std::string& words) {
        move("amira", "Europe/London");
        pass(10min);
        take(inbound("amira", line(words, "line-2"), {"two"})).value();
    }

    // What was posted because of what was sent then.
    std::optional<Message> told_late(Instant sent_at) {
        auto sent = sent_at.time_since_epoch().count();
        auto told = deliveries(Purpose::taken_late, sent);
        if (told.empty()) return std::nullopt;
        start();
        pass(1min);
        auto posted = deliveries(Purpose::taken_late, sent).at(0).provider_id;
        return platform.messages().at(posted).message;
    }

    Intake intake{store, clock, log, tasks};
};

TEST_F(QuarantineStory, AnswersWhatThrowsAndKeepsItWhole) {
    auto reply = take_line();

    ASSERT_TRUE(reply);
    EXPECT_EQ(*reply, Reply{NoReply{}});
    EXPECT_EQ(log.count("intake.quarantined"), 1);
    EXPECT_EQ(plan_of("amira"), "");
}

TEST_F(QuarantineStory, DoesNotTryARepeatedOneAnew) {
    take_line().value();
    take_line().value();

    EXPECT_EQ(log.count("intake.quarantined"), 1);
}

TEST_F(QuarantineStory, TriesAgainAndThenItCounts) {
    take_line().value();
    move("amira", "Europe/London");
    pass(10min);

    retry();
    EXPECT_EQ(plan_of("amira"), "Finish the refund form");

    auto events = logged_events();
    pass(1h);
    retry();
    EXPECT_EQ(logged_events(), events);
}

TEST_F(QuarantineStory, GivesUpAfterFiveAttempts) {
    take_line().value();
    for (int time = 0; time < 10; ++time) {
        pass(10min);
        retry();
    }
    EXPECT_EQ(log.count("intake.still_quarantined"), 3);
    EXPECT_EQ(log.count("intake.given_up"), 1);

    move("amira", "Europe/London");
    pass(10min);
    retry();
    EXPECT_EQ(plan_of("amira"), "");
}

TEST_F(QuarantineStory, LetsStandWhatWasAnsweredSince) {
    take(inbound("amira", line("t: Finish the refund form"), {"one"})).value();
    answer_since_then("t: Test refunds");

    retry();

    EXPECT_EQ(plan_of("amira"), "Test refunds");
}

TEST_F(QuarantineStory, LetsStandWhatWasAnsweredSinceWhereThePlatformTellsNoTime) {
    auto timeless = inbound("amira", line("t: Finish the refund form"), {"one"});
    timeless.sent_at = {};
    take(timeless).value();
    answer_since_then("t: Test refunds");

    retry();

    EXPECT_EQ(plan_of("amira"), "Test refunds");
}

TEST_F(QuarantineStory, TellsByAMessageWhatNobodyWaitsForAnyMore) {
    auto sent = inbound("amira", command("skip"), {"one"});
    EXPECT_EQ(*take(sent), Reply{NoReply{}});
    move("amira", "Europe/London");
    pass(10min);
    retry();

    auto message = told_late(sent.sent_at);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->notification, text("refusal.taken_late", {{"sent", sent.sent_at}}));
}

TEST_F(QuarantineStory, TellsNothingTwiceOfALineThatHasItsReceipt) {
    auto sent = inbound("amira", line("Finish the refund form"), {"one"});
    take(sent).value();
    move("amira", "Europe/London");
    pass(10min);
    retry();

    EXPECT_FALSE(told_late(sent.sent_at));
}

// A form whose decision throws the first time.
class QuarantinedFormStory : public QuarantineStory {
protected:
    QuarantinedFormStory() { move("amira", "Europe/London"); }

    Result<Reply> send(const std::string& today, const std::string& key) {
        auto form = inbound("amira", answer_form(round("amira"), today), {key});
        return take(form);
    }

    Result<Reply> send_what_throws(const std::string& today, const std::string& key) {
        auto form = inbound("amira", answer_form(round("amira"), today), {key});
        store.throws_once = true;
        return take(form);
    }
};

TEST_F(QuarantinedFormStory, SaysThatItIsNotSavedAndLosesNothing) {
    auto sent_at = clock.now();
    EXPECT_EQ(send_what_throws("Test refunds", "one").error(), Errc::store_failed);
    EXPECT_EQ(plan_of("amira"), "");

    pass(10min);
    retry();
    EXPECT_EQ(plan_of("amira"), "Test refunds");
    EXPECT_TRUE(told_late(sent_at));
}

TEST_F(QuarantinedFormStory, IsSavedOnceWhenItIsSentAgain) {
    EXPECT_FALSE(send_what_throws("Test refunds", "one"));
    EXPECT_TRUE(send("Test refunds", "one"));
    EXPECT_EQ(plan_of("amira"), "Test refunds");
    auto events = logged_events();

    pass(10min);
    retry();
    EXPECT_EQ(logged_events(), events);
}

TEST_F(QuarantinedFormStory, ReplacesNothingThatWasSentAfterIt) {
    EXPECT_FALSE(send_what_throws("Test refunds", "one"));
    pass(10min);
    EXPECT_TRUE(send("Write letters", "two"));

    retry();
    EXPECT_EQ(plan_of("amira"), "Write letters");
}

TEST_F(QuarantinedFormStory, LeavesNoKeyWhenItIsRefusedAtLast) {
    auto sent_at = clock.now();
    EXPECT_FALSE(send_what_throws(" ", "one"));
    pass(10min);
    retry();
    EXPECT_FALSE(told_late(sent_at));

    EXPECT_FALSE(std::holds_alternative<FormErrors>(*send("Test refunds", "one")));
    EXPECT_EQ(plan_of("amira"), "Test refunds");
}

TEST_F(QuarantineStory, DoesNotHoldUpOthers) {
    take_line().value();

    auto reply = take(inbound("bo", line("Test refunds", "line-2")));

    EXPECT_TRUE(reply);
    EXPECT_EQ(plan_of("bo"), "Test refunds");
}

}  // namespace
}  // namespace muster
