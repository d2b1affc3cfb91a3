#include "tests/unit/bot/domain/payments_scene.hpp"

namespace muster::standup {
namespace {

using namespace payments_scene;
using spoken::words;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> keys(const Form& form) {
    std::vector<std::string> keys;
    for (const auto& field : form.fields)
        keys.push_back(field.key);
    return keys;
}

std::string initial(const Turn& turn, const std::string& key) {
    for (const auto& field : answer_form(turn, 1, at(9, 40)).fields)
        if (field.key == key) return field.initial;
    return "(no such field)";
}

std::string many(const std::string& character, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all += character;
    return all;
}

Question a_question(const std::string& key) {
    Question question;
    question.key = key;
    question.text = "The team asks " + key + "?";
    return question;
}

TEST(StandupForm, ShowsRowsThenWhatIsNewThenTodayThenSince) {
    auto turn = asked();
    turn.last_plan = mondays_plan();
    turn.own_blockers = {a_blocker(12, "test data")};
    const auto form = answer_form(turn, 1, at(9, 40));
    EXPECT_EQ(
        words(form),
        "# Stand-up 24 November\n"
        "Blocker 12, test data. How is it today?\n"
        "    Still blocked / Moving / Cleared\n"
        "Is anything new stopping you? (Leave empty if not. "
        "The team will see this unless you say otherwise on the next page.)\n"
        "What will you do today?* (One line is enough.)\n"
        "What have you done since Monday 23 November? "
        "(Filled in from your last plan. Change what is different.) = Finish the refund form\n"
        "> Your answer is shown in Payments on Slack and Teams.\n"
        "[Send*]\n"
    );
    EXPECT_EQ(keys(form), (std::vector<std::string>{"blocker:1200", "blocker", "today", "since"}));
    EXPECT_EQ(form.fields[0].choices[1].value, "moving");
    EXPECT_EQ(form.context, (FormContext{FormKind::answer, 50, 1}));
}

TEST(StandupForm, HasRowsForTheTwoOldestOnlySoThatFiveInputsAreTheMost) {
    auto turn = asked();
    turn.own_blockers = {a_blocker(1, "one"), a_blocker(2, "two"), a_blocker(3, "three")};
    EXPECT_EQ(
        keys(answer_form(turn, 1, at(9, 40))),
        (std::vector<std::string>{"blocker:100", "blocker:200", "blocker", "today", "since"})
    );
}

TEST(StandupForm, PutsFurtherQuestionsOnPagesOfFive) {
    auto turn = asked();
    for (const auto* key : {"a", "b", "c", "d", "e", "f"})
        turn.run.questions.push_back(a_question(key));
    EXPECT_EQ(pages_of(asked()), 1);
    EXPECT_EQ(pages_of(turn), 3);
    EXPECT_EQ(
        keys(answer_form(turn, 2, at(9, 40))), (std::vector<std::string>{"a", "b", "c", "d", "e"})
    );
    EXPECT_EQ(keys(answer_form(turn, 3, at(9, 40))), std::vector<std::string>{"f"});
    EXPECT_THAT(words(answer_form(turn, 1, at(9, 40))), HasSubstr("[Save and go on*]"));
    EXPECT_THAT(words(answer_form(turn, 3, at(9, 40))), HasSubstr("The team asks f?\n"));
    EXPECT_THAT(words(answer_form(turn, 3, at(9, 40))), HasSubstr("[Send*]"));
    EXPECT_TRUE(answer_form(turn, 4, at(9, 40)).fields.empty());
}

TEST(StandupForm, FillsInWhatWasSavedBeforeWhatWasDrafted) {
    auto turn = asked();
    turn.drafts = {a_draft(DraftKind::loose, "Typed too early")};
    EXPECT_EQ(initial(turn, "today"), "Typed too early");
    turn.answers = {an_answer("today", "Test refunds"), an_answer("since", "Mine")};
    turn.last_plan = mondays_plan();
    EXPECT_EQ(initial(turn, "today"), "Test refunds");
    EXPECT_EQ(initial(turn, "since"), "Mine");
}

TEST(StandupForm, DoesNotOfferDraftsThatExpiredOrBelongElsewhere) {
    auto turn = asked();
    turn.drafts = {a_draft(DraftKind::extra, "Another round's")};
    turn.drafts[0].round = RoundId{99};
    EXPECT_EQ(initial(turn, "today"), "");
    turn.drafts[0].round.reset();
    turn.drafts[0].expires_at = at(9, 0);
    EXPECT_EQ(initial(turn, "today"), "");
}

TEST(StandupForm, ShowsAnAnswerLongerThanAFormHoldsAndSaysHowToChangeIt) {
    auto turn = asked();
    auto fits = many("\xC5\xB5", longest_entry);
    turn.answers = {an_answer("today", fits), an_answer("since", fits + "!")};
    const auto fields = answer_form(turn, 1, at(9, 40)).fields;
    EXPECT_EQ(fields[1].kind, Field::Kind::paragraph);
    EXPECT_EQ(fields[1].longest, longest_entry);
    EXPECT_EQ(fields[1].initial, fits);
    EXPECT_EQ(fields[2].kind, Field::Kind::shown);
    EXPECT_EQ(fields[2].initial, fits + "!");
    EXPECT_THAT(
        words(answer_form(turn, 1, at(9, 40))),
        HasSubstr("edit the message that you typed it in, or reply with \"y:\" and the new answer.")
    );
}

TEST(StandupForm, FillsInNothingThatItCannotHold) {
    auto turn = asked();
    turn.drafts = {a_draft(DraftKind::loose, many("d", longest_entry + 1))};
    turn.last_plan = mondays_plan();
    turn.last_plan->text = many("p", longest_entry + 1);
    EXPECT_EQ(initial(turn, "today"), "");
    EXPECT_EQ(initial(turn, "since"), "");
    EXPECT_THAT(words(answer_form(turn, 1, at(9, 40))), Not(HasSubstr("Filled in")));
}

TEST(StandupForm, ShowsTheBlockerOfThisRoundInItsOwnFieldNotAlsoAsARow) {
    auto turn = asked();
    auto blocker = a_blocker(13, "No test data");
    blocker.round = turn.round.id;
    turn.own_blockers = {blocker};
    turn.answers = {an_answer("blocker", "no test data")};
    EXPECT_EQ(initial(turn, "blocker"), "no test data");
    EXPECT_EQ(initial(turn, "blocker:1300"), "(no such field)");
}

TEST(StandupForm, HasNoRowsWhereNamesAreHidden) {
    auto turn = asked();
    turn.run.names_hidden = true;
    turn.own_blockers = {a_blocker(12, "test data")};
    EXPECT_THAT(words(answer_form(turn, 1, at(9, 40))), Not(HasSubstr("test data")));
}

TEST(StandupForm, AsksTheTeamsQuestionsInTheirWordsAndKinds) {
    auto turn = asked();
    auto full = a_question("full");
    full.kind = Question::Kind::scale;
    auto pair = a_question("pair");
    pair.kind = Question::Kind::yes_no;
    turn.run.questions = {a_question("goal"), full, pair};
    turn.run.questions[0].text = "What is your {goal}?";
    EXPECT_THAT(words(answer_form(turn, 1, at(9, 40))), HasSubstr("What is your {goal}? (One"));
    EXPECT_THAT(words(answer_form(turn, 2, at(9, 40))), HasSubstr("\n    1 / 2 / 3 / 4 / 5\n"));
    EXPECT_THAT(words(answer_form(turn, 2, at(9, 40))), HasSubstr("\n    Yes / No\n"));
}

TEST(StandupForm, HasATitleOf24CharactersInEveryLanguage) {
    for (const auto* language : {"en", "cy"}) {
        for (const auto* name : {"stand-up", "Cyfarfodŵŷ", "A much longer name than that"}) {
            for (unsigned month = 1; month <= 12; ++month) {
                auto turn = asked();
                turn.person.language = language;
                turn.run.ceremony_name = name;
                turn.run.held_on = year{2026} / static_cast<int>(month) / 28;
                const auto form = answer_form(turn, 1, at(9, 40));
                const auto title = spoken::catalogue().plain(form.title, form.reader);
                EXPECT_LE(characters(title), 24U) << title;
            }
        }
        const auto details = blocker_details_form(a_blocker(12345, "x"), asked());
        EXPECT_LE(characters(spoken::catalogue().plain(details.title, {language, "UTC"})), 24U);
        EXPECT_LE(
            characters(spoken::catalogue().plain(new_blocker_form(asked()).title, {language, "UTC"})
            ),
            24U
        );
    }
}

TEST(StandupForm, OffersTheButtonAndTheTypedWayWhereItCannotBeOpened) {
    auto turn = asked();
    EXPECT_EQ(
        words(open_answer_form(turn, 1, at(9, 40)).instead),
        "Payments stand-up: open the form with the button, or reply here with one line.\n"
        "[Answer*]\n"
    );
    turn.round.answered_at = at(9, 45);
    EXPECT_THAT(words(open_answer_form(turn, 1, at(9, 50)).instead), HasSubstr("[Change*]"));
    EXPECT_EQ(
        words(open_new_blocker(turn).instead),
        "Open the form of a new blocker with the button, "
        "or reply here with \"b:\" and what is stopping you.\n"
        "[Add a blocker*]\n"
    );
}

TEST(StandupForm, SaysHowToGoOnWhereTheNextPageCannotBeOpened) {
    auto turn = asked();
    turn.run.questions.push_back(a_question("goal"));
    turn.run.questions.push_back(a_question("mood"));
    turn.run.questions.back().letter = "m";
    EXPECT_EQ(
        words(open_answer_form(turn, 2, at(9, 40)).instead),
        "Payments stand-up: your answers are saved, and there are more questions. "
        "Open the form with the button to go on.\n"
        "[Change*]\n"
        "Or reply here with one line that starts with the letter of a question:\n"
        "- m: The team asks mood?\n"
    );
}

TEST(StandupBlockerForm, OffersToTellOnlyTheDeliveryManagerWhereItCannotBeOpened) {
    auto held = a_blocker(13, "no access");
    held.held_until = at(9, 50);
    EXPECT_THAT(
        words(open_blocker_details(held, asked()).instead),
        HasSubstr("[Tell only my delivery manager]")
    );
}

TEST(StandupBlockerForm, AsksWhoWhenAndWhatAndWhoMayKnow) {
    const auto form = blocker_details_form(a_blocker(13, "no access"), asked());
    EXPECT_EQ(
        words(form),
        "# About blocker 13\n"
        "Who needs to act on the new blocker?\n"
        "When do you need it by?\n"
        "What do you want them to do?\n"
        "Tell only my delivery manager (Then only you and Dev Patel see it.)\n"
        "> The Payments team sees the blocker when you save or skip this, or in 10 minutes. "
        "If you choose to tell only your delivery manager, the team does not see it.\n"
        "[Save*] [Skip these questions]\n"
    );
    EXPECT_EQ(
        keys(form),
        (std::vector<std::string>{"needed_from", "needed_by", "ask", "only_delivery_manager"})
    );
    EXPECT_EQ(form.context, (FormContext{FormKind::blocker_details, 1300, 1}));
}

TEST(StandupBlockerForm, AsksFirstForTheTitleOfANewOne) {
    const auto form = new_blocker_form(asked());
    EXPECT_EQ(keys(form).front(), "title");
    EXPECT_TRUE(form.fields.front().required);
    EXPECT_EQ(keys(form).size(), 5U);
    EXPECT_EQ(form.context, (FormContext{FormKind::new_blocker, 50, 1}));
}

}  // namespace
}  // namespace muster::standup
