#include "bot/domain/hindrance.hpp"
#include "tests/unit/bot/domain/payments_scene.hpp"

namespace muster::standup {
namespace {

using namespace payments_scene;
using spoken::notification;
using spoken::words;
using testing::HasSubstr;
using testing::Not;

std::string first_prompt(const Turn& turn, Instant now = nine_thirty()) {
    return words(prompt(turn, unsent(Purpose::prompt), now));
}

std::string card(const Turn& turn, Instant now) {
    return words(prompt(turn, sent(Purpose::prompt), now));
}

// ---- asking

TEST(StandupPrompt, AsksWithThePlanTheBlockersAndWhoWillSeeTheAnswer) {
    auto turn = asked();
    turn.last_plan = mondays_plan();
    turn.own_blockers = {a_blocker(12, "test data")};
    turn.own_blockers[0].helper = PersonId{2};

    EXPECT_EQ(
        first_prompt(turn),
        "# Payments stand-up, Tuesday 24 November\n"
        "What will you do today? Reply here with one line, or select Answer. "
        "Open until 11:30am your time.\n"
        "Your plan on Monday: \"Finish the refund form\".\n"
        "Blocker 12, test data: open for 3 working days, with Dev Patel.\n"
        "[Answer*] [Plan not changed] [Ask me in 1 hour] [Not today]\n"
        "> Your answer is shown in Payments on Slack and Teams. "
        "Reply \"why\" to see why you were asked, or \"stop\" to leave this stand-up.\n"
    );
    EXPECT_EQ(
        notification(prompt(turn, unsent(Purpose::prompt), nine_thirty())),
        "Payments stand-up: what will you do today? "
        "Reply here with one line. Open until 11:30am."
    );
}

TEST(StandupPrompt, SpeaksWelshToWhoReadsWelsh) {
    auto turn = asked();
    turn.person.language = "cy";
    EXPECT_THAT(first_prompt(turn), HasSubstr("# Payments, stand-up dydd Mawrth 24 Tachwedd\n"));
    EXPECT_THAT(first_prompt(turn), HasSubstr("[Ateb*] [Gofynnwch i mi mewn 1 awr] [Nid heddiw]"));
}

TEST(StandupPrompt, SaysTimesInTheZoneOfTheReader) {
    auto turn = asked();
    turn.person.zone = "Europe/Copenhagen";
    EXPECT_THAT(first_prompt(turn), HasSubstr("Open until 12:30pm your time."));
}

TEST(StandupPrompt, OffersPlanNotChangedOnlyWhenThereIsAPlan) {
    EXPECT_THAT(first_prompt(asked()), HasSubstr("[Answer*] [Ask me in 1 hour] [Not today]"));
}

TEST(StandupPrompt, OffersToAskAgainOnlyWhileThatLeavesAQuarterOfAnHour) {
    EXPECT_THAT(first_prompt(asked(), at(10, 15)), HasSubstr("[Ask me in 1 hour]"));
    EXPECT_THAT(first_prompt(asked(), at(10, 16)), Not(HasSubstr("[Ask me in 1 hour]")));
}

TEST(StandupPrompt, SaysHowLateItIsAfterADowntime) {
    auto turn = asked();
    turn.round.asked_at.reset();
    EXPECT_THAT(
        first_prompt(turn, at(9, 45)),
        HasSubstr("This is 15 minutes late because Muster was not running.\n")
    );
    EXPECT_THAT(first_prompt(turn, at(9, 35)), Not(HasSubstr("late")));
}

TEST(StandupPrompt, DoesNotCallABreakADowntime) {
    auto turn = asked();
    turn.round.asked_at.reset();
    turn.person.hours.week.days[1] = {{8h, 9h}, {10h, 17h}};  // Tuesday
    EXPECT_THAT(first_prompt(turn, at(10, 1)), Not(HasSubstr("late")));
}

TEST(StandupPrompt, WaitsForTheEndOfABreakUnlessItIsSeenAlready) {
    auto turn = asked();
    turn.person.hours.week.days[1] = {{8h, 9h}, {10h, 17h}};  // Tuesday
    EXPECT_EQ(prompt(turn, unsent(Purpose::prompt), nine_thirty()), Composed{NotBefore{at(10, 0)}});
    EXPECT_EQ(
        reminder(turn, unsent(Purpose::reminder), nine_thirty()), Composed{NotBefore{at(10, 0)}}
    );
    EXPECT_TRUE(std::holds_alternative<Message>(prompt(turn, sent(Purpose::prompt), nine_thirty()))
    );
}

TEST(StandupReminder, ComesOnceAlsoWhenTheAnswerWasTakenAway) {
    auto removed = unsent(Purpose::reminder);
    removed.sent_at = nine_thirty();
    EXPECT_EQ(reminder(asked(), removed, at(10, 0)), Composed{KeepAsSent{}});
}

TEST(StandupPrompt, GivesBlockersBeyondTheTwoOldestTheirOwnButtons) {
    auto turn = asked();
    turn.own_blockers = {a_blocker(1, "one"), a_blocker(2, "two"), a_blocker(3, "three")};
    EXPECT_THAT(
        first_prompt(turn),
        HasSubstr("Blocker 3, three: open for 3 working days.\n[Still blocked] [Moving] [Cleared]")
    );
    EXPECT_THAT(first_prompt(turn), Not(HasSubstr("Blocker 2, two: open for 3 working days.\n[S")));

    for (int number = 4; number <= 12; ++number)
        turn.own_blockers.push_back(a_blocker(number, "more"));
    EXPECT_THAT(
        first_prompt(turn),
        HasSubstr("You have 2 more open blockers. Reply \"blocker list\" to see them.")
    );
}

TEST(StandupPrompt, OffersALineThatWasTypedTooEarly) {
    auto turn = asked();
    turn.drafts = {a_draft(DraftKind::loose, "Write the release note")};
    EXPECT_THAT(
        first_prompt(turn),
        HasSubstr("You wrote earlier: \"Write the release note\".\n[Use as my plan] [Leave it]")
    );
    turn.drafts[0].expires_at = nine_thirty();
    EXPECT_THAT(first_prompt(turn), Not(HasSubstr("You wrote earlier")));
}

TEST(StandupPrompt, AsksTheTeamsOwnQuestionInItsOwnWords) {
    auto turn = asked();
    turn.run.questions.resize(1);
    turn.run.questions[0].text = "What is {your} goal?";
    EXPECT_EQ(
        notification(prompt(turn, unsent(Purpose::prompt), nine_thirty())),
        "Payments stand-up: What is {your} goal? Reply here with one line. Open until 11:30am."
    );
    EXPECT_THAT(first_prompt(turn), HasSubstr("\nWhat is {your} goal? Reply here"));
}

TEST(StandupPrompt, NamesTheTimeWhereTheDayHasSeveral) {
    auto turn = asked();
    turn.ceremony.slots.push_back({"afternoon", 15h});
    EXPECT_THAT(
        first_prompt(turn), HasSubstr("# Payments stand-up, Tuesday 24 November, 9:30am\n")
    );
}

TEST(StandupPrompt, PromisesNoNamesWhereTheyAreHidden) {
    auto turn = asked();
    turn.run.names_hidden = true;
    turn.own_blockers = {a_blocker(12, "test data")};
    EXPECT_THAT(first_prompt(turn), HasSubstr("without your name, in random order"));
    EXPECT_THAT(first_prompt(turn), Not(HasSubstr("test data")));
}

TEST(StandupPrompt, HasButtonsThatNameTheirSubject) {
    const auto composed = prompt(asked(), sent(Purpose::prompt), nine_thirty());
    const auto& message = std::get<Message>(composed);
    const auto& answer = std::get<Buttons>(message.blocks[2]).buttons.front();
    EXPECT_EQ(answer.subject, 50);
    EXPECT_EQ(answer.revision, 2);
    EXPECT_EQ(spoken::catalogue().plain(answer.spoken, {}), "Answer the Payments stand-up");
}

// ---- what became of it

TEST(StandupPrompt, ShowsWhatWasSaved) {
    auto turn = answered();
    turn.answers.push_back(an_answer("since", "Refund form"));
    EXPECT_EQ(
        card(turn, at(9, 42)),
        "# Payments stand-up, Tuesday 24 November\n"
        "Saved at 9:42am: your Payments stand-up answer.\n"
        "Today: Test refunds\n"
        "Since last time: Refund form\n"
        "[Change*] [Add a blocker]\n"
        "> Your answer is shown in Payments on Slack and Teams. "
        "You can change it until your next stand-up opens, for 7 days at most.\n"
    );
    turn.round.phase = Phase::late;
    turn.round.edited_at = at(15, 0);
    EXPECT_THAT(card(turn, at(15, 0)), HasSubstr("Changed at 3pm, marked late"));
    turn.newest = false;
    EXPECT_THAT(card(turn, at(15, 0)), Not(HasSubstr("[Change*]")));
}

TEST(StandupPrompt, ClosesTheOlderCardWhenItAskedAgain) {
    auto turn = asked();
    turn.round.prompts = 2;
    EXPECT_THAT(card(turn, at(10, 30)), HasSubstr("We asked again in a newer message."));
    EXPECT_THAT(card(turn, at(10, 30)), Not(HasSubstr("[")));
    EXPECT_EQ(first_prompt(turn, at(10, 30)), "(pointless: asked_again)");
    const auto again = prompt(turn, unsent(Purpose::prompt, 1), at(10, 30));
    EXPECT_THAT(words(again), HasSubstr("You asked to be asked again.\n"));
    EXPECT_THAT(notification(again), HasSubstr("Payments stand-up, as you asked: what will"));
}

TEST(StandupPrompt, SaysAsYouAskedOnlyAfterASnooze) {
    auto turn = asked();
    turn.round.prompts = 2;
    turn.round.asked_at.reset();  // back after an absence: the question is put anew
    const auto anew = prompt(turn, unsent(Purpose::prompt, 1), at(10, 30));
    EXPECT_THAT(words(anew), Not(HasSubstr("You asked to be asked again.")));
    EXPECT_THAT(notification(anew), Not(HasSubstr("as you asked")));

    auto card_of_ten_thirty = sent(Purpose::prompt, 1);
    card_of_ten_thirty.sent_at = turn.round.asked_at = at(10, 30);
    EXPECT_THAT(
        words(prompt(turn, card_of_ten_thirty, at(10, 40))),
        Not(HasSubstr("You asked to be asked again."))
    );
    turn.round.asked_at = at(9, 30);
    EXPECT_THAT(
        words(prompt(turn, card_of_ten_thirty, at(10, 40))),
        HasSubstr("You asked to be asked again.")
    );
}

TEST(StandupPrompt, SaysWhenItAsksAgain) {
    auto turn = asked();
    turn.round.snoozed_until = at(10, 30);
    EXPECT_EQ(
        card(turn, at(9, 31)),
        "# Payments stand-up, Tuesday 24 November\n"
        "We will ask you again at 10:30am. Open until 11:30am your time.\n"
        "[Answer*] [Not today]\n"
    );
}

TEST(StandupPrompt, LeavesAWayBackFromEveryEnd) {
    EXPECT_THAT(
        card(in_phase(Phase::skipped), at(10, 0)),
        HasSubstr("Not today: saved. Nobody is told. You can still answer.\n[Answer after all]")
    );
    EXPECT_THAT(card(in_phase(Phase::away), at(10, 0)), HasSubstr("[Answer after all]"));
    EXPECT_THAT(
        card(in_phase(Phase::silent), at(12, 0)),
        HasSubstr("Closed at 11:30am. You can still answer: we add it and mark it late.\n[Answer*]")
    );
    EXPECT_THAT(card(asked(), at(11, 30)), HasSubstr("Closed at 11:30am."));

    auto left = in_phase(Phase::not_asked);
    left.round.not_asked = NotAsked::left;
    EXPECT_THAT(card(left, at(10, 0)), HasSubstr("You have left the Payments stand-up."));
    EXPECT_THAT(card(left, at(10, 0)), HasSubstr("[Undo]"));

    auto over = in_phase(Phase::silent);
    over.newest = false;
    EXPECT_THAT(card(over, at(12, 0)), HasSubstr("This stand-up is over."));
    EXPECT_THAT(card(over, at(12, 0)), Not(HasSubstr("[")));
}

TEST(StandupPrompt, IsNotSentOnceThereIsNothingToAsk) {
    EXPECT_EQ(first_prompt(answered()), "(pointless: answered)");
    EXPECT_EQ(first_prompt(in_phase(Phase::skipped)), "(pointless: skipped)");
    EXPECT_EQ(first_prompt(in_phase(Phase::away)), "(pointless: away)");
    EXPECT_EQ(first_prompt(in_phase(Phase::not_asked)), "(pointless: closed)");
    EXPECT_EQ(first_prompt(asked(), at(11, 30)), "(pointless: closed)");
    auto observer = asked();
    observer.standing = Standing::observer;
    EXPECT_EQ(first_prompt(observer), "(pointless: left)");
}

TEST(StandupPrompt, IsTheSameWhenOnlyTimePassed) {
    const auto early = prompt(asked(), sent(Purpose::prompt), at(9, 31));
    const auto later = prompt(asked(), sent(Purpose::prompt), at(10, 14));
    EXPECT_EQ(digest(std::get<Message>(early)), digest(std::get<Message>(later)));
}

// ---- reminder

TEST(StandupReminder, SaysHowLongIsLeftAndThatItIsTheLast) {
    EXPECT_EQ(
        words(reminder(asked(), unsent(Purpose::reminder), at(11, 6))),
        "Payments stand-up closes at 11:30am, in 24 minutes. "
        "Reply here with one line, or select Not today.\n"
        "[Answer*] [Not today]\n"
        "> Only you get this message. It is the last one today. "
        "If you answer later, we add it and mark it late.\n"
    );
}

TEST(StandupReminder, GoesAwayWhenThereIsNothingLeftToRemindOf) {
    for (auto phase : {Phase::answered, Phase::late, Phase::skipped, Phase::away, Phase::silent}) {
        const auto composed = reminder(in_phase(phase), sent(Purpose::reminder), at(11, 6));
        EXPECT_TRUE(std::holds_alternative<Pointless>(composed)) << name(phase);
    }
    auto snoozed = asked();
    snoozed.round.snoozed_until = at(11, 15);
    EXPECT_EQ(
        words(reminder(snoozed, unsent(Purpose::reminder), at(11, 6))), "(pointless: snoozed)"
    );
    EXPECT_EQ(words(reminder(asked(), sent(Purpose::reminder), at(11, 30))), "(pointless: closed)");
}

TEST(StandupReminder, IsNeverEditedBecauseTimePassed) {
    EXPECT_EQ(words(reminder(asked(), sent(Purpose::reminder), at(11, 20))), "(kept as sent)");
}

// ---- notices

TEST(StandupNotices, NameTheHelperAndSayWhatToDo) {
    auto blocker = a_blocker(12, "test data.");
    EXPECT_EQ(words(helper_found(blocker, "", payments(), {})), "(pointless: not_helped)");
    blocker.helper = PersonId{2};
    EXPECT_EQ(
        words(helper_found(blocker, "Dev Patel", payments(), {})),
        "Dev Patel can help with blocker 12, test data.\n"
        "Send Dev Patel a message to agree what comes first.\n[Cleared]\n"
    );
}

TEST(StandupNotices, DoNotNameWhoRaisedAPrivateBlockerWithoutName) {
    auto blocker = a_blocker(14, "conflict");
    blocker.only_delivery_manager = true;
    blocker.without_name = true;
    EXPECT_THAT(
        words(private_blocker(blocker, "Ana Silva", payments(), {})), Not(HasSubstr("Ana"))
    );
}

TEST(StandupNotices, TellADeliveryManagerOfAPrivateBlockerAndOfNoOther) {
    auto blocker = a_blocker(14, "conflict");
    EXPECT_EQ(
        words(private_blocker(blocker, "Ana Silva", payments(), {})), "(pointless: not_private)"
    );
    blocker.only_delivery_manager = true;
    EXPECT_EQ(
        words(private_blocker(blocker, "Ana Silva", payments(), {})),
        "# Blocker 14 for you only: conflict\n"
        "Raised by Ana Silva in Payments.\n"
        "[I can help*] [Cleared]\n"
        "> Only Ana Silva and the delivery manager see this. It is in no channel and no summary.\n"
    );
}

TEST(StandupNotices, WelcomeBackWithTheNewsOfOnesOwnBlockers) {
    auto gone = a_blocker(9, "certificate");
    gone.state = BlockerState::cleared;
    EXPECT_EQ(
        words(welcome_back(ana(), {}, {a_blocker(12, "test data")}, {gone}, {})),
        "Welcome back, Ana. We ask you again from your next stand-up.\n"
        "Your blockers while you were away:\n"
        "- Cleared: 9, certificate.\n- Still open: 12, test data.\n"
    );
    EXPECT_THAT(words(welcome_back(ana(), {}, {}, {}, {})), Not(HasSubstr("blockers")));
    EXPECT_THAT(
        words(welcome_back(ana(), payments(), {}, {}, {})),
        HasSubstr("Welcome back to Payments, Ana.")
    );
}

TEST(StandupNotices, OwnUpToADowntime) {
    Downtime away;
    away.from = at(9, 25);
    away.to = at(10, 5);
    EXPECT_EQ(
        words(downtime(away, {{"Payments", "stand-up", tuesday, 3, 1}}, {})),
        "Muster was not running from 9:25am to 10:05am on Tuesday 24 November.\n"
        "- Payments stand-up, Tuesday 24 November: 3 people asked late, 1 person not asked.\n"
        "> Nobody who was not asked is counted as silent. "
        "Answers that were saved before are safe.\n"
    );
    EXPECT_THAT(words(downtime(away, {}, {})), HasSubstr("No stand-up was late because of it."));
}

TEST(StandupNotices, SayWhoCouldNotBeReached) {
    auto turn = in_phase(Phase::unreachable);
    turn.round.reason = "account_inactive";
    EXPECT_THAT(
        words(undelivered(turn, {})),
        HasSubstr("Ana Silva could not be asked: Payments stand-up, Tuesday 24 November.\n")
    );
    EXPECT_THAT(words(undelivered(turn, {})), HasSubstr("The chat system says: account_inactive."));
    EXPECT_EQ(words(undelivered(asked(), {})), "(pointless: reached)");
}

TEST(StandupNotices, SayWhatToDoAboutAnAccountThatCannotBeWrittenTo) {
    auto said_of = [](std::string_view reason) {
        auto turn = in_phase(Phase::unreachable);
        turn.round.reason = reason;
        return words(undelivered(turn, {}));
    };
    EXPECT_THAT(said_of(hindrance::deactivated), HasSubstr("remove them from the team.\n"));
    EXPECT_THAT(said_of(hindrance::unknown), HasSubstr("Correct it in the settings.\n"));
    EXPECT_THAT(said_of(hindrance::forbidden), HasSubstr("Ask its administrator"));
    EXPECT_THAT(said_of(""), Not(HasSubstr("chat")));
}

TEST(StandupNotices, TellWhoLeftAndWhoseHoursAreWrong) {
    EXPECT_THAT(words(left_stand_up({payments()}, ana(), {})), HasSubstr("No reason is needed"));
    EXPECT_THAT(
        words(wrong_hours({payments()}, ana(), {})),
        HasSubstr("Time zone: Europe/London\nMonday to Friday: 9am to 5:30pm\n")
    );
}

TEST(StandupNotices, SayWhoClearedABlocker) {
    auto blocker = a_blocker(12, "test data");
    EXPECT_EQ(words(blocker_cleared(blocker, "", payments(), {})), "(pointless: open)");
    blocker.state = BlockerState::cleared;
    blocker.ended_by = PersonId{3};
    EXPECT_THAT(
        words(blocker_cleared(blocker, "Bo Lund", payments(), {})),
        HasSubstr("Bo Lund cleared your blocker 12, test data.\n")
    );
}

}  // namespace
}  // namespace muster::standup
