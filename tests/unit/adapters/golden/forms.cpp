#include "bot/domain/team_blocker.hpp"
#include MUSTER_GOLDEN_PLATFORM
#include "tests/unit/adapters/golden/golden_scene.hpp"

namespace muster::golden {
namespace {

using namespace golden_scene;

Question a_question(const char* key, Question::Kind kind, const char* words) {
    Question question;
    question.key = key;
    question.kind = kind;
    question.text = words;
    return question;
}

// The team's own questions stand on the second page.
Turn with_questions_of_every_kind() {
    auto turn = asked();
    auto& questions = turn.run.questions;
    questions.push_back(a_question("where", Question::Kind::choice, "Where do you work today?"));
    questions.back().choices = {"At home", "In the office", "Somewhere else"};
    questions.back().required = true;
    questions.push_back(a_question("pairs", Question::Kind::yes_no, "Do you want to pair?"));
    questions.push_back(a_question("load", Question::Kind::scale, "How full is your week?"));
    questions.push_back(a_question("part", Question::Kind::choice, "What is it mostly about?"));
    questions.back().choices = {
        "Refunds",
        "Letters",
        "Accounts",
        "Research",
        "Support",
        "Something else that took more of the week than anybody in the team had expected"};
    questions.push_back(a_question("note", Question::Kind::text, "Anything else?"));
    return turn;
}

TEST(MUSTER_GOLDEN_SUITE, OfTheAnswerForm) {
    expect_form("form_answer", standup::answer_form(on_a_usual_day(), 1, at(9, 40)));

    auto welsh = on_a_usual_day();
    welsh.person.language = "cy";
    expect_form("form_answer_welsh", standup::answer_form(welsh, 1, at(9, 40)));

    auto saved = answered();
    saved.answers.push_back(an_answer("where", "In the office"));
    auto turn = with_questions_of_every_kind();
    turn.answers = saved.answers;
    expect_form("form_answer_page_2", standup::answer_form(turn, 2, at(9, 40)));
}

TEST(MUSTER_GOLDEN_SUITE, OfAFormWithAnAnswerThatItCannotHold) {
    std::string long_answer = "Everything that is left of the refunds:\n";
    while (long_answer.size() < 3'500)
        long_answer += "one more thing that has to be done before the launch, ";
    auto turn = answered();
    turn.answers = {an_answer("today", long_answer)};
    expect_form("form_answer_too_long", standup::answer_form(turn, 1, at(9, 40)));
}

TEST(MUSTER_GOLDEN_SUITE, OfTheFormsOfABlocker) {
    const auto blocker = with_details(a_new_blocker());
    expect_form("form_blocker_details", standup::blocker_details_form(blocker, asked()));
    expect_form("form_new_blocker", standup::new_blocker_form(asked()));
    auto refunds = payments();
    refunds.id = TeamId{refunds.id.value + 1};
    refunds.name = "Refunds";
    const std::vector<Team> teams{payments(), refunds};
    const auto of_several = team_blocker::open_form(ana(), teams, "The test data is gone again");
    expect_form("form_team_blocker", of_several.form);
}

TEST(MUSTER_GOLDEN_SUITE, OfFormsThatCannotBeOpened) {
    auto expect_instead = [](const std::string& name, const OpenForm& open) {
        expect_direct(name, open.instead);
    };
    const auto turn = with_questions_of_every_kind();
    expect_instead("instead_of_answer", standup::open_answer_form(asked(), 1, at(9, 40)));
    expect_instead("instead_of_page_2", standup::open_answer_form(turn, 2, at(9, 40)));
    expect_instead("instead_of_new_blocker", standup::open_new_blocker(asked()));
}

TEST(MUSTER_GOLDEN_SUITE, OfWordsInThePlaceOfAForm) {
    const auto kept = note(channel, text("form.kept_as_draft"));
    expect_in_place_of_a_form("form_kept_as_draft", kept);
}

}  // namespace
}  // namespace muster::golden
