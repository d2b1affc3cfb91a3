#include <gtest/gtest.h>

#include "tests/unit/bot/domain/standup_scene.hpp"

// What typed messages do to the answers and blockers of a round, over several messages and edits.
namespace muster {
namespace {

using namespace scene;

// One person's round that messages come to, one every minute.
class TypedLines : public testing::Test {
protected:
    Turn turn = open_turn();
    Instant now = nine_thirty;
    Decision last;

    void type(const std::string& words, const std::string& message) {
        pass();
        take(standup::on_message(turn, Said{words, message, std::nullopt}, {now}, now, chance));
    }

    void edit(const std::string& message, const std::string& words) {
        pass();
        auto edited = Said{words, message, std::nullopt};
        take(standup::on_message_edited(turn, edited, {now}, now, chance));
    }

    void unsay(const std::string& message) {
        pass();
        take(standup::on_message_deleted(turn, message, now, chance));
    }

    void choose(standup::DraftUse use) {
        pass();
        take(standup::use_draft(turn, turn.drafts.back(), use, now, chance));
    }

    void edit_added(const std::string& words) {
        pass();
        take(standup::on_added_edited(turn, turn.drafts.back(), words, now, chance));
    }

    void send(const FormValues& values) {
        pass();
        take(standup::on_form(turn, 1, values, {now}, now, chance));
    }

    void take(Decision decision) {
        turn = after(turn, decision);
        for (const auto& ended : rows<DraftEnds>(decision))
            std::erase_if(turn.drafts, [&](const Draft& draft) { return draft.id == ended.draft; });
        for (const auto& draft : rows<Draft>(decision)) {
            std::erase_if(turn.drafts, [&](const Draft& other) { return other.id == draft.id; });
            turn.drafts.push_back(draft);
        }
        last = std::move(decision);
    }

    std::string saved(const std::string& question) const {
        for (const auto& answer : turn.answers)
            if (answer.question == question) return answer.text;
        return "";
    }

    std::vector<std::string> open_blockers() const {
        std::vector<std::string> titles;
        for (const auto& blocker : turn.own_blockers)
            titles.push_back(blocker.title);
        return titles;
    }

    void show_blockers() {
        for (auto& blocker : turn.own_blockers)
            blocker.held_until.reset();
    }

    void ask_for_mood() {
        Question mood;
        mood.key = "mood";
        mood.letter = "m";
        mood.text = "How full is your week?";
        mood.kind = Question::Kind::choice;
        mood.choices = {"Empty", "Full"};
        turn.run.questions.push_back(mood);
    }

    void ask(const std::string& key, const std::string& letter, Question::Kind kind) {
        Question question;
        question.key = key;
        question.letter = letter;
        question.text = "What about " + key + "?";
        question.kind = kind;
        turn.run.questions.push_back(question);
    }

    Blocker old_blocker(int number) const {
        Blocker blocker;
        blocker.id = BlockerId{number};
        blocker.team = turn.team.id;
        blocker.number = number;
        blocker.title = "old one, number " + std::to_string(number);
        blocker.raiser = amira.id;
        return blocker;
    }

private:
    void pass() { now += 1min; }

    IdSource chance = ids();
};

using Titles = std::vector<std::string>;

TEST_F(TypedLines, TakesTheLettersOfALineThatWaitedForItsTeam) {
    auto draft = Draft{
        DraftId{1}, amira.id, DraftKind::which_round, {}, "b: Dev shouts at me", "line-1", {}};
    auto seeds = ids();
    auto decision = standup::use_for_round(turn, draft, now, seeds);

    EXPECT_EQ(row<Blocker>(decision).title, "Dev shouts at me");
    EXPECT_TRUE(row<Blocker>(decision).held_until);
    EXPECT_EQ(row<Answer>(decision).question, "blocker");
    EXPECT_EQ(row<DraftEnds>(decision).draft, draft.id);
}

TEST_F(TypedLines, TakesTheLettersOfALineThatWaitedForTheNextStandUp) {
    turn.drafts = {{DraftId{1}, amira.id, DraftKind::loose, {}, "b: Dev shouts at me", "l", {}}};
    choose(standup::DraftUse::replace);

    EXPECT_EQ(saved("today"), "");
    EXPECT_EQ(open_blockers(), Titles{"Dev shouts at me"});
    EXPECT_TRUE(turn.drafts.empty());
}

TEST_F(TypedLines, KeepsThePlanWhenTheBlockersQuestionHasNoLetter) {
    for (auto& question : turn.run.questions)
        question.letter.clear();
    turn.person.plain = true;
    type("Fix the login", "line-1");
    type("Refund form", "line-2");
    type("My contract ends and nobody tells me", "line-3");

    EXPECT_EQ(saved("today"), "Fix the login");
    EXPECT_EQ(open_blockers(), Titles{"My contract ends and nobody tells me"});
}

TEST_F(TypedLines, ShowsAPlanNoLongerThatBecameABlocker) {
    type("Fix login", "line-1");
    edit("line-1", "b: my manager shouts at me");

    EXPECT_EQ(saved("today"), "");
    EXPECT_EQ(open_blockers(), Titles{"my manager shouts at me"});
    EXPECT_TRUE(turn.own_blockers.front().held_until);
}

TEST_F(TypedLines, WithdrawsTheAnswerWhoseLineWasDropped) {
    type("y: did X\nt: do Y", "line-1");
    edit("line-1", "t: do Z");

    EXPECT_EQ(saved("today"), "do Z");
    EXPECT_EQ(saved("since"), "");
    EXPECT_EQ(turn.round.phase, Phase::answered);
}

TEST_F(TypedLines, ChangesOnlyTheLineThatWasEdited) {
    type("y: did X\nt: do Y", "line-1");
    edit("line-1", "y: did X\nt: do Z");

    EXPECT_EQ(saved("since"), "did X");
    EXPECT_EQ(saved("today"), "do Z");
    EXPECT_EQ(rows<Answer>(last).size(), 1U);
}

TEST_F(TypedLines, MarksNothingEditedThatWasAnsweredInOneMessage) {
    type("y: did X\nt: do Y\nb: no data", "line-1");

    EXPECT_FALSE(turn.round.edited_at);
    EXPECT_EQ(turn.round.receipts, 1);
    EXPECT_EQ(said(last), "") << "the receipt says it all, once";
}

TEST_F(TypedLines, MarksNothingEditedByTheSameWords) {
    type("Fix login", "line-1");
    edit("line-1", "Fix login");

    EXPECT_TRUE(last.changes.empty());
}

// ---- blockers

TEST_F(TypedLines, RaisesEveryBlockerOfAMessage) {
    type("b: no data\nb: no access", "line-1");

    EXPECT_EQ(open_blockers(), (Titles{"no data", "no access"}));
}

TEST_F(TypedLines, FollowsEachBlockerOfAMessageThroughItsEdits) {
    type("b: no data\nb: no access", "line-1");
    auto number_of_access = turn.own_blockers.back().number;
    edit("line-1", "b: no access to staging");

    ASSERT_EQ(open_blockers().size(), 1U);
    EXPECT_EQ(rows<Blocker>(last).size(), 2U) << "one in other words, one withdrawn";
    edit("line-1", "b: no access to staging\nb: no time");
    EXPECT_EQ(open_blockers(), (Titles{"no access to staging", "no time"}));
    EXPECT_EQ(turn.own_blockers.back().number, number_of_access + 1);
}

TEST_F(TypedLines, WithdrawsABlockerThatBecameNoneWhileNobodyHasSeenIt) {
    type("b: No access", "line-1");
    edit("line-1", "b: none");

    EXPECT_TRUE(open_blockers().empty());
    EXPECT_EQ(row<Blocker>(last).state, BlockerState::withdrawn);
    EXPECT_EQ(row<Blocker>(last).title, "No access");
}

TEST_F(TypedLines, LeavesTheTitleOfAShownBlockerWhenTheFormSaysNone) {
    send({{"blocker", "No access"}, {"today", "Test"}, {"since", ""}});
    ASSERT_EQ(open_blockers(), Titles{"No access"});
    turn.own_blockers.front().held_until.reset();
    send({{"blocker", "none"}, {"today", "Test"}, {"since", ""}});

    EXPECT_EQ(open_blockers(), Titles{"No access"});
    EXPECT_EQ(saved("blocker"), "none");
}

TEST_F(TypedLines, WithdrawsAHeldBlockerWhenTheFormSaysNone) {
    send({{"blocker", "No access"}, {"today", "Test"}, {"since", ""}});
    send({{"blocker", "none"}, {"today", "Test"}, {"since", ""}});

    EXPECT_TRUE(open_blockers().empty());
}

TEST_F(TypedLines, SaysThatAShownBlockerStaysWhenItsLineBecomesNone) {
    type("t: Test\nb: Amira broke staging", "line-1");
    show_blockers();
    edit("line-1", "t: Test\nb: none");

    EXPECT_EQ(said(last), "blocker.stays_open");
    EXPECT_EQ(open_blockers(), Titles{"Amira broke staging"});
    EXPECT_EQ(saved("blocker"), "none");
}

TEST_F(TypedLines, SaysThatAShownBlockerStaysWhenItsLineIsDropped) {
    type("t: Test\nb: Amira broke staging", "line-1");
    show_blockers();
    edit("line-1", "t: Test");

    EXPECT_EQ(said(last), "blocker.stays_open");
    EXPECT_EQ(open_blockers(), Titles{"Amira broke staging"});
    EXPECT_EQ(saved("blocker"), "");
}

TEST_F(TypedLines, NamesEveryBlockerThatStays) {
    type("b: no data\nb: no access", "line-1");
    show_blockers();
    unsay("line-1");

    EXPECT_EQ(std::get<Say>(last.reply).message.blocks.size(), 2U);
    EXPECT_EQ(saved("blocker"), "");
}

TEST_F(TypedLines, SaysThatAShownBlockerStaysWhenTheFormSaysNone) {
    send({{"blocker", "No access"}, {"today", "Test"}, {"since", ""}});
    show_blockers();
    send({{"blocker", "none"}, {"today", "Test"}, {"since", ""}});

    EXPECT_EQ(said(last), "blocker.stays_open");
}

// ---- blockers of several messages

TEST_F(TypedLines, AddsABlockerToTheAnswer) {
    type("b: no data", "line-1");
    type("b: no access", "line-2");

    EXPECT_EQ(saved("blocker"), "no data\nno access");
    EXPECT_EQ(open_blockers(), (Titles{"no data", "no access"}));
}

TEST_F(TypedLines, ChangesTheBlockerOfTheLineThatWasEdited) {
    type("b: no data", "line-1");
    type("b: no access", "line-2");
    edit("line-1", "b: no test data");

    EXPECT_EQ(rows<Blocker>(last).size(), 1U);
    EXPECT_EQ(row<Blocker>(last).number, 1);
    EXPECT_EQ(row<Blocker>(last).title, "no test data");
    EXPECT_EQ(saved("blocker"), "no access\nno test data");
    edit("line-2", "b: no access to staging");
    EXPECT_EQ(row<Blocker>(last).number, 2);
    EXPECT_EQ(saved("blocker"), "no test data\nno access to staging");
    EXPECT_EQ(turn.own_blockers.size(), 2U);
}

TEST_F(TypedLines, ChangesTheBlockerOfALineThatLostItsLetter) {
    type("b: no data", "line-1");
    type("b: no access", "line-2");
    edit("line-1", "no test data");

    EXPECT_EQ(row<Blocker>(last).number, 1);
    EXPECT_EQ(row<Blocker>(last).title, "no test data");
}

TEST_F(TypedLines, WithdrawsTheBlockerOfTheLineThatWasDeleted) {
    type("b: no data", "line-1");
    type("b: no access", "line-2");
    auto both = turn;
    unsay("line-1");
    EXPECT_EQ(open_blockers(), Titles{"no access"});
    EXPECT_EQ(saved("blocker"), "no access");

    turn = both;
    unsay("line-2");
    EXPECT_EQ(open_blockers(), Titles{"no data"});
    EXPECT_EQ(saved("blocker"), "no data");
    unsay("line-1");
    EXPECT_TRUE(open_blockers().empty());
    EXPECT_EQ(saved("blocker"), "");
    EXPECT_EQ(turn.round.phase, Phase::asked);
}

TEST_F(TypedLines, LeavesTheOtherBlockerWhenOneLineBecomesNone) {
    type("b: no data", "line-1");
    type("b: no access", "line-2");
    edit("line-2", "b: none");

    EXPECT_EQ(open_blockers(), Titles{"no data"});
    EXPECT_EQ(saved("blocker"), "no data");
}

TEST_F(TypedLines, LeavesTheOtherBlockerWhenOneLineBecomesThePlan) {
    type("b: no data", "line-1");
    type("b: no access", "line-2");
    edit("line-1", "t: find data");

    EXPECT_EQ(saved("today"), "find data");
    EXPECT_EQ(saved("blocker"), "no access");
    EXPECT_EQ(open_blockers(), Titles{"no access"});
}

TEST_F(TypedLines, FollowsABlockerWhereNoQuestionAsksForOne) {
    std::erase_if(turn.run.questions, [](const Question& question) {
        return question.kind == Question::Kind::blocker;
    });
    type("b: no data", "line-1");
    edit("line-1", "b: no test data");
    EXPECT_EQ(open_blockers(), Titles{"no test data"});
    EXPECT_EQ(said(last), "blocker.reworded");
    unsay("line-1");
    EXPECT_TRUE(open_blockers().empty());
}

TEST_F(TypedLines, CountsAnEditedCommandAsNoAnswer) {
    auto raised = old_blocker(7);
    raised.round = turn.round.id;
    raised.message = "line-1";
    raised.held_until = now + 10min;
    turn.own_blockers = {raised};
    edit("line-1", "blocker no test data");

    EXPECT_EQ(open_blockers(), Titles{"no test data"});
    EXPECT_EQ(turn.round.phase, Phase::asked);
    edit("line-1", "skip");
    EXPECT_TRUE(open_blockers().empty());
    EXPECT_EQ(said(last), "blocker.taken_back");
}

// ---- a plan in several parts

TEST_F(TypedLines, ChangesTheAddedLineAloneWhenItIsEdited) {
    type("Line A", "a");
    type("Line B", "b");
    choose(standup::DraftUse::add);
    edit_added("Line B two");

    EXPECT_EQ(saved("today"), "Line A\nLine B two");
}

TEST_F(TypedLines, ChangesTheFirstLineAloneWhenItIsEdited) {
    type("Line A", "a");
    type("Line B", "b");
    choose(standup::DraftUse::add);
    edit("a", "Line A two");

    EXPECT_EQ(saved("today"), "Line A two\nLine B");
}

TEST_F(TypedLines, KeepsTheOtherLineWhenOneIsDeleted) {
    type("Line A", "a");
    type("Line B", "b");
    choose(standup::DraftUse::add);
    auto both = turn;
    edit_added("");
    EXPECT_EQ(saved("today"), "Line A");
    turn = both;
    unsay("a");
    EXPECT_EQ(saved("today"), "Line B");
    edit("b", "Line B two");
    EXPECT_EQ(saved("today"), "Line B two");
}

TEST_F(TypedLines, ForgetsThePartsOfAPlanThatWasReplaced) {
    type("Line A", "a");
    type("Line B", "b");
    choose(standup::DraftUse::add);
    type("t: Line C", "c");
    EXPECT_EQ(saved("today"), "Line C");
    EXPECT_TRUE(turn.drafts.empty());
}

// ---- choices

TEST_F(TypedLines, KeepsALetterThatIsNoneOfTheChoices) {
    ask_for_mood();
    type("m: purple", "line-1");
    EXPECT_EQ(saved("mood"), "");
    EXPECT_EQ(said(last), "draft.not_a_choice");
    EXPECT_EQ(turn.drafts.back().text, "purple");
    type("m: 2", "line-2");
    EXPECT_EQ(saved("mood"), "Full");
}

TEST_F(TypedLines, TakesNoLetterThatTheFormWouldRefuse) {
    ask("scale", "s", Question::Kind::scale);
    ask("ready", "r", Question::Kind::yes_no);
    for (const auto* words : {"s: 9", "s: very", "r: maybe", "r: 3"}) {
        type(words, "line-1");
        EXPECT_EQ(said(last), "draft.not_a_choice") << words;
    }
    EXPECT_TRUE(turn.answers.empty());

    type("s: 4\nr: Yes", "line-2");
    EXPECT_EQ(saved("scale"), "4");
    EXPECT_EQ(saved("ready"), "yes");
    edit("line-2", "s: 4\nr: Nac ydy");
    EXPECT_EQ(saved("ready"), "no");
    edit("line-2", "s: 7\nr: no");
    EXPECT_EQ(said(last), "draft.not_a_choice");
    EXPECT_EQ(saved("scale"), "4");
}

TEST_F(TypedLines, SaysTheChoicesToWhoeverTypedNoneOfThem) {
    ask_for_mood();
    type("m: purple", "line-1");

    auto choices = std::get<Items>(std::get<Say>(last.reply).message.blocks.at(1)).items;
    EXPECT_EQ(choices, (TextList{verbatim("Empty"), verbatim("Full")}));
}

TEST_F(TypedLines, MakesNothingThePlanThatIsNoneOfItsChoices) {
    auto& plan = turn.run.questions.front();
    ASSERT_EQ(plan.key, "today");
    plan.kind = Question::Kind::choice;
    plan.choices = {"Build", "Test"};
    type("sing", "line-1");
    choose(standup::DraftUse::replace);
    EXPECT_EQ(saved("today"), "");
    EXPECT_EQ(said(last), "draft.not_a_choice");
    type("build", "line-2");
    type("t: test", "line-3");
    EXPECT_EQ(saved("today"), "Test");
}

// ---- the form

TEST_F(TypedLines, KeepsALineThatWaitsForAChoiceWhenTheFormSaysNothingOfIt) {
    type("Line A", "a");
    type("Line B", "b");
    send({{"today", "Line A, changed"}, {"blocker", ""}, {"since", ""}});
    ASSERT_EQ(turn.drafts.size(), 1U);
    choose(standup::DraftUse::add);
    EXPECT_EQ(saved("today"), "Line A, changed\nLine B");
}

TEST_F(TypedLines, TakesALineAsUsedThatWasSentInTheForm) {
    turn.drafts = {{DraftId{1}, amira.id, DraftKind::loose, {}, "Typed too early", "l", {}}};
    send({{"today", "Typed too early"}, {"blocker", ""}, {"since", ""}});

    EXPECT_TRUE(turn.drafts.empty());
}

// ---- plain mode

TEST_F(TypedLines, CountsAnAnswerByLetterAsAnAnswerToTheQuestionThatWasPut) {
    turn.person.plain = true;
    type("t: by letter", "line-1");
    type("did stuff", "line-2");

    EXPECT_EQ(saved("today"), "by letter");
    EXPECT_EQ(saved("since"), "did stuff");
}

TEST_F(TypedLines, PutsEveryRowThoughAnotherWasClearedMeanwhile) {
    turn.person.plain = true;
    turn.own_blockers = {old_blocker(1), old_blocker(2)};
    type("Plan", "line-1");
    type("Since", "line-2");
    type("1", "line-3");
    std::erase_if(turn.own_blockers, [](const Blocker& blocker) { return blocker.number == 1; });
    type("2", "line-4");

    EXPECT_EQ(row<BlockerNote>(last).blocker, BlockerId{2});
    EXPECT_EQ(row<BlockerNote>(last).kind, NoteKind::moving);
    type("none", "line-5");
    EXPECT_EQ(saved("blocker"), "none");
}

TEST_F(TypedLines, KeepsWordsInPlaceOfANumberInPlainMode) {
    turn.person.plain = true;
    turn.own_blockers = {old_blocker(1)};
    type("Plan", "line-1");
    type("Since", "line-2");
    type("still waiting for Dev", "line-3");
    EXPECT_EQ(said(last), "draft.not_a_choice");
    EXPECT_EQ(turn.drafts.back().text, "still waiting for Dev");

    type("add", "line-4");
    EXPECT_EQ(saved("today"), "Plan\nstill waiting for Dev");
}

TEST_F(TypedLines, SpeaksOfABlockerOnceAndWithoutButtonsInPlainMode) {
    turn.person.plain = true;
    type("b: no data", "line-1");

    EXPECT_TRUE(std::holds_alternative<NoReply>(last.reply));
    EXPECT_TRUE(tells(last, Purpose::receipt));
}

Turn after_a_plan(const Turn& turn, Instant now) {
    auto chance = ids();
    return after(turn, standup::on_message(turn, line("Test refunds"), {now}, now, chance));
}

TEST(StandupOnDeleted, MakesNobodySilentWhoWasNotBeforeTheAnswer) {
    for (auto before :
         {Phase::away, Phase::skipped, Phase::unreachable, Phase::not_asked, Phase::silent}) {
        auto turn = before == Phase::silent ? open_turn() : waiting_turn();
        turn.round.phase = before;
        if (before == Phase::not_asked) turn.round.not_asked = NotAsked::downtime;
        if (before == Phase::unreachable) turn.round.reason = "gone";
        auto chance = ids();
        auto after_it = after_a_plan(turn, at("2026-11-23T13:00"));
        auto removed = standup::remove_answer(after_it, at("2026-11-23T13:05"), chance);

        EXPECT_EQ(after_it.round.phase, Phase::late);
        auto round = row<Round>(removed);
        round.receipts = turn.round.receipts;
        EXPECT_EQ(round, turn.round) << name(before);
        EXPECT_TRUE(removed.timers.empty()) << name(before);
    }
}

TEST(StandupOnDeleted, RemindsAgainUntilTheTimeOfTheReminderHasPassed) {
    auto chance = ids();
    auto turn = after_a_plan(open_turn(), nine_thirty + 5min);

    auto removed = standup::remove_answer(turn, nine_thirty + 30min, chance);
    EXPECT_EQ(timer(removed, TimerKind::remind), at("2026-11-23T11:06"));
    EXPECT_EQ(timer(removed, TimerKind::close_round), half_past_eleven);

    removed = standup::remove_answer(turn, nine_thirty + 100min, chance);
    EXPECT_EQ(timer(removed, TimerKind::remind), std::nullopt);

    turn.round.reminded = true;
    removed = standup::remove_answer(turn, nine_thirty + 30min, chance);
    EXPECT_EQ(timer(removed, TimerKind::remind), std::nullopt);
}

TEST(StandupOnDeleted, AsksWhoAnsweredBeforeTheyWereAsked) {
    auto turn = after_a_plan(waiting_turn(), nine_thirty + 1min);
    auto chance = ids();
    auto removed = standup::remove_answer(turn, nine_thirty + 5min, chance);

    EXPECT_EQ(row<Round>(removed).phase, Phase::waiting);
    EXPECT_EQ(timer(removed, TimerKind::ask), nine_thirty + 5min);
}

TEST(StandupOnDeleted, LeavesInPeaceWhoIsAwayOrHasLeftSinceTheAnswer) {
    auto chance = ids();
    auto turn = after_a_plan(open_turn(), nine_thirty + 5min);

    Absence today;
    today.days = {.from = monday, .to = monday};
    turn.absences = {today};
    auto removed = standup::remove_answer(turn, nine_thirty + 30min, chance);
    EXPECT_EQ(row<Round>(removed).phase, Phase::away);
    EXPECT_EQ(timer(removed, TimerKind::remind), std::nullopt);

    turn.standing = Standing::observer;
    removed = standup::remove_answer(turn, nine_thirty + 30min, chance);
    EXPECT_EQ(row<Round>(removed).not_asked, NotAsked::left);
}

}  // namespace
}  // namespace muster
