#include "tests/unit/bot/domain/payments_scene.hpp"

namespace muster::standup {
namespace {

using namespace payments_scene;
using spoken::notification;
using spoken::words;
using testing::HasSubstr;
using testing::Not;

std::string receipt_for(const Turn& turn, Instant now = at(9, 42)) {
    return words(receipt(turn, unsent(Purpose::receipt, turn.round.receipts - 1), now));
}

TEST(StandupReceipt, RepeatsThePlanThatWasSaved) {
    EXPECT_EQ(
        receipt_for(answered()),
        "Saved as your plan for today: \"Test refunds\".\n[Change] [Remove] [Add a blocker]\n"
    );
}

TEST(StandupReceipt, SaysThatALateAnswerIsMarkedLate) {
    auto turn = answered();
    turn.round.phase = Phase::late;
    EXPECT_THAT(receipt_for(turn), HasSubstr("your plan for today, marked late: \"Test refunds\""));
    EXPECT_THAT(
        receipt_for(turn, at(8, 0, add_days(tuesday, 1))),
        HasSubstr("your plan for Tuesday 24 November, marked late: \"Test refunds\"")
    );
}

TEST(StandupReceipt, NamesTheQuestionThatALetterAnswered) {
    auto turn = answered();
    turn.answers.push_back(an_answer("since", "Refund form", at(9, 43)));
    EXPECT_EQ(
        receipt_for(turn),
        "Saved: \"Refund form\". It answers: What have you done since last time?\n"
        "[Change] [Add a blocker]\n"
    );
}

TEST(StandupReceipt, OffersHelpWhenTheWordsSoundStuck) {
    auto turn = answered();
    turn.answers[0].text = "waiting for the database team";
    EXPECT_THAT(receipt_for(turn), HasSubstr("Is something stopping you? Select Add a blocker"));
    EXPECT_THAT(receipt_for(answered()), Not(HasSubstr("stopping you")));
}

Turn with_a_new_blocker() {
    auto turn = answered();
    auto blocker = a_blocker(13, "no test data for refunds");
    blocker.round = turn.round.id;
    blocker.raised_at = at(9, 45);
    blocker.held_until = at(9, 55);
    turn.own_blockers = {blocker};
    turn.answers.push_back(an_answer("blocker", blocker.title, at(9, 45)));
    return turn;
}

TEST(StandupReceipt, LetsANewBlockerStayPrivateWhileNobodySeesIt) {
    EXPECT_EQ(
        receipt_for(with_a_new_blocker(), at(9, 45)),
        "Blocker 13 is saved: no test data for refunds. The team sees it at 9:55am.\n"
        "[Tell only my delivery manager]\n"
    );
    EXPECT_EQ(
        receipt_for(with_a_new_blocker(), at(9, 55)),
        "Blocker 13 is saved: no test data for refunds.\n"
    );
    auto told = with_a_new_blocker();
    told.own_blockers[0].only_delivery_manager = true;
    EXPECT_EQ(
        receipt_for(told, at(9, 46)),
        "Blocker 13 is saved: no test data for refunds. "
        "Only you and your delivery manager see it.\n"
    );
}

TEST(StandupReceipt, SpeaksOfEverythingThatOneMessageGave) {
    auto turn = with_a_new_blocker();
    turn.answers[0].at = at(9, 45);
    auto second = a_blocker(14, "no access");
    second.round = turn.round.id;
    second.raised_at = at(9, 45);
    second.held_until = at(9, 55);
    turn.own_blockers.push_back(second);
    turn.answers[1].text += "\nno access";
    EXPECT_EQ(
        receipt_for(turn, at(9, 45)),
        "Saved as your plan for today: \"Test refunds\".\n[Change] [Remove] [Add a blocker]\n"
        "Blocker 13 is saved: no test data for refunds. The team sees it at 9:55am.\n"
        "[Tell only my delivery manager]\n"
        "Blocker 14 is saved: no access. The team sees it at 9:55am.\n"
        "[Tell only my delivery manager]\n"
    );
}

TEST(StandupReceipt, OffersToLinkABlockerThatSoundsAlike) {
    auto turn = with_a_new_blocker();
    turn.own_blockers.insert(turn.own_blockers.begin(), a_blocker(12, "no test data for refund"));
    EXPECT_THAT(
        receipt_for(turn, at(9, 45)),
        HasSubstr("It sounds like blocker 12, no test data for refund. Is it the same one?\n"
                  "[Tell only my delivery manager] [Same as blocker 12]")
    );
    const auto typed = blocker_raised(turn.own_blockers[1], turn.own_blockers[0], {});
    const auto& row = std::get<Buttons>(typed.blocks.back());
    EXPECT_EQ(row.buttons.back().subject, 1300);
    EXPECT_EQ(row.buttons.back().extra, 1200);
}

TEST(StandupReceipt, IsOverWhenItsAnswerIsGoneOrANewerOneFollows) {
    auto turn = answered();
    turn.answers.clear();
    EXPECT_EQ(receipt_for(turn), "(pointless: removed)");
    auto two = answered();
    two.round.receipts = 2;
    EXPECT_EQ(words(receipt(two, unsent(Purpose::receipt, 0), at(9, 43))), "(pointless: newer)");
    EXPECT_EQ(words(receipt(two, sent(Purpose::receipt, 0), at(9, 43))), "(kept as sent)");
}

// ---- plain mode

Turn plain(Turn turn) {
    turn.person.plain = true;
    return turn;
}

TEST(StandupPlainMode, AsksTheFirstQuestionInWordsAlone) {
    auto turn = plain(asked());
    turn.last_plan = mondays_plan();
    EXPECT_EQ(
        words(prompt(turn, unsent(Purpose::prompt), nine_thirty())),
        "# Payments stand-up, Tuesday 24 November\n"
        "Your plan on Monday: \"Finish the refund form\".\n"
        "Question 1 of 3. What will you do today?\n"
        "Reply here. One line is enough.\n"
        "Open until 11:30am your time.\n"
        "Reply \"skip\" for not today, or \"snooze 1h\" to be asked again in 1 hour.\n"
        "> Your answer is shown in Payments on Slack and Teams. "
        "Reply \"why\" to see why you were asked, or \"stop\" to leave this stand-up.\n"
    );
}

TEST(StandupPlainMode, NeverEditsWhatWasSent) {
    EXPECT_EQ(words(prompt(plain(answered()), sent(Purpose::prompt), at(9, 42))), "(kept as sent)");
    EXPECT_EQ(
        words(receipt(plain(answered()), sent(Purpose::receipt), at(9, 42))), "(kept as sent)"
    );
}

TEST(StandupPlainMode, PutsThePlanFirstThenTheRowsAndNewBlockersLast) {
    auto turn = plain(asked());
    turn.own_blockers = {a_blocker(12, "test data")};
    EXPECT_EQ(
        plain_steps(turn), (std::vector<PlainStep>{"today", "since", BlockerId{1200}, "blocker"})
    );
    auto raised_now = a_blocker(13, "something new");
    raised_now.round = turn.round.id;
    turn.own_blockers.push_back(raised_now);
    EXPECT_EQ(plain_steps(turn).size(), 4U) << "what is raised now never moves the steps";
}

TEST(StandupPlainMode, GoesOnWithTheNextQuestionInTheReceipt) {
    auto turn = plain(answered());
    turn.own_blockers = {a_blocker(12, "test data")};
    EXPECT_EQ(
        receipt_for(turn),
        "Saved as your plan for today: \"Test refunds\".\n"
        "Question 2 of 4. What have you done since last time?\n"
        "Reply here, or reply \"none\".\n"
    );
    turn.answers.push_back(an_answer("since", "Refund form", at(9, 43)));
    EXPECT_EQ(
        receipt_for(turn),
        "Saved: \"Refund form\". It answers: What have you done since last time?\n"
        "Question 3 of 4. Blocker 12, test data. How is it today?\n"
        "- 1: Still blocked\n- 2: Moving\n- 3: Cleared\n"
        "Reply 1, 2 or 3.\n"
    );
}

TEST(StandupPlainMode, DoesNotRepeatAnOlderAnswerAfterARowOfABlocker) {
    auto turn = plain(answered());
    turn.own_blockers = {a_blocker(12, "test data")};
    turn.answers.push_back(an_answer("since", "Refund form"));
    turn.round.step = 12;
    auto delivery = unsent(Purpose::receipt);
    delivery.told_at = at(9, 50);
    const auto composed = receipt(turn, delivery, at(9, 50));
    EXPECT_EQ(
        words(composed),
        "Saved.\n"
        "Question 4 of 4. Is anything new stopping you?\n"
        "Reply here with what stops you, or reply \"none\". "
        "The team will see it after 10 minutes.\n"
    );
    EXPECT_EQ(notification(composed), "Saved. Question 4 of 4. Is anything new stopping you?");
}

TEST(StandupPlainMode, SaysWhatWasSavedAlsoWhenThePlatformAskedForAPause) {
    auto turn = plain(answered());
    auto saved_at = turn.answers.at(0).at;
    auto told = first_told({DeliveryId{1}, unsent(Purpose::receipt).key, {}, saved_at, {}});
    auto later = put_off(told, saved_at + std::chrono::minutes{2}, "ratelimited");
    EXPECT_THAT(words(receipt(turn, later, later.due)), HasSubstr("Saved as your plan for today"));
}

TEST(StandupPlainMode, SaysWhenItIsDone) {
    auto turn = plain(answered());
    turn.answers.push_back(an_answer("since", "Refund form"));
    turn.answers.push_back(an_answer("blocker", "none"));
    EXPECT_THAT(receipt_for(turn), HasSubstr("That was the last question."));
}

TEST(StandupPlainMode, NumbersTheChoicesOfAQuestion) {
    auto turn = plain(asked());
    Question mood;
    mood.key = "mood";
    mood.text = "How full is your week?";
    mood.kind = Question::Kind::choice;
    mood.choices = {"Empty", "Full"};
    turn.run.questions.push_back(mood);
    turn.answers = {an_answer("today", "Test refunds"), an_answer("since", "Refund form")};
    EXPECT_THAT(
        words(prompt(turn, unsent(Purpose::prompt), nine_thirty())),
        HasSubstr("Question 3 of 4. How full is your week?\n- 1: Empty\n- 2: Full\nReply 1 or 2.\n")
    );
}

TEST(StandupPlainMode, HasNoButtonsAnywhere) {
    auto turn = plain(with_a_new_blocker());
    EXPECT_THAT(receipt_for(turn, at(9, 45)), Not(HasSubstr("[")));
    EXPECT_THAT(
        receipt_for(turn, at(9, 45)),
        HasSubstr("Reply \"blocker 13 private\" to tell only your delivery manager.")
    );
    auto open = plain(asked());
    EXPECT_THAT(words(reminder(open, unsent(Purpose::reminder), at(11, 6))), Not(HasSubstr("[")));
}

}  // namespace
}  // namespace muster::standup
