#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

class ActsStory : public AppStory {
protected:
    ActsStory() {
        start();
        until("2026-11-23T09:31");
    }
};

TEST_F(ActsStory, RefusesTheButtonOfSomebodyElsesPrompt) {
    for (auto verb : {Verb::answer, Verb::same_plan, Verb::snooze, Verb::skip, Verb::remove_answer})
        EXPECT_EQ(said(take("bo", press(verb, round("amira").id.value))), "stale.not_yours");

    EXPECT_EQ(round("amira").phase, Phase::asked);
    EXPECT_EQ(round("bo").phase, Phase::asked);
}

TEST_F(ActsStory, RefusesTheFormOfSomebodyElse) {
    EXPECT_EQ(said(take("bo", answer_form(round("amira"), "As Amira"))), "stale.not_yours");
    EXPECT_TRUE(answers("amira").empty());
}

TEST_F(ActsStory, KnowsNothingOfARoundThatIsNotThere) {
    EXPECT_EQ(said(take("amira", press(Verb::answer, 12345))), "stale.not_yours");
}

TEST_F(ActsStory, ExplainsTheButtonOfAnOlderDay) {
    auto monday = round("amira");
    until("2026-11-24T09:31");

    EXPECT_EQ(said(take("amira", press(Verb::answer, monday.id.value))), "stale.round_is_over");
    EXPECT_EQ(said(take("amira", press(Verb::skip, monday.id.value))), "stale.round_is_over");
}

TEST_F(ActsStory, ExplainsTheButtonsOfATeamThatWasLeft) {
    auto payments_without_amira = payments();
    std::erase(payments_without_amira.teams.front().members, "amira");
    auto monday = round("amira");
    set(payments_without_amira);

    EXPECT_EQ(said(take("amira", press(Verb::answer, monday.id.value))), "stale.round_is_over");
}

TEST_F(ActsStory, OpensTheFormWhoeverWasAsked) {
    auto reply = take("amira", press(Verb::answer, round("amira").id.value));

    const auto& form = std::get<OpenForm>(*reply).form;
    EXPECT_EQ(form.context.subject, round("amira").id.value);
}

TEST_F(ActsStory, ChangesTheAnswerWhenItsLineIsEdited) {
    take("amira", line("Finish the form", "line-7")).value();
    pass(1s);
    take("amira", Edited{"line-7", "Finish the refund form"}).value();

    EXPECT_EQ(answers("amira").at(0).text, "Finish the refund form");
}

TEST_F(ActsStory, LetsNobodyEditTheLineOfSomebodyElse) {
    take("amira", line("Finish the form", "line-7")).value();
    pass(1s);
    take("bo", Edited{"line-7", "Nothing"}).value();
    take("bo", Deleted{"line-7"}).value();

    EXPECT_EQ(answers("amira").at(0).text, "Finish the form");
}

TEST_F(ActsStory, KeepsALineInTheThreadOfYesterdaysPromptAndSaysThatItIsOver) {
    auto yesterdays_prompt = direct("amira").at(0).id;
    until("2026-11-24T09:31");

    auto said_there = line("Finish the form");
    said_there.thread = yesterdays_prompt;
    EXPECT_EQ(said(take("amira", said_there)), "form.kept_as_draft");

    EXPECT_TRUE(answers("amira").empty());
    auto find = [id = person("amira").id](View& view) { return view.drafts_of(id); };
    EXPECT_EQ(look(find).at(0).text, "Finish the form");
}

TEST_F(ActsStory, LetsOnlyTheDeliveryManagerStartAStandUp) {
    EXPECT_EQ(said(take("amira", command("start"))), "start.not_allowed");
    EXPECT_EQ(said(take("dev", command("start"))), "start.already_open");
}

TEST_F(ActsStory, KnowsADraftOnlyFromWhoeverTypedIt) {
    take("amira", line("Finish the form", "line-7")).value();
    take("amira", line("And the letters", "line-8")).value();
    auto find = [id = person("amira").id](View& view) { return view.drafts_of(id); };
    auto drafts = look(find);
    ASSERT_EQ(drafts.size(), 1U);

    EXPECT_EQ(said(take("bo", press(Verb::replace_plan, drafts[0].id.value))), "draft.gone");
    EXPECT_EQ(answers("amira").at(0).text, "Finish the form");
}

}  // namespace
}  // namespace muster
