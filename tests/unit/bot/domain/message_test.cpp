#include "bot/domain/message.hpp"

#include "bot/domain/delivery.hpp"

namespace muster {
namespace {

Message a_message() {
    auto message = note({}, text("card.over"));
    message.blocks.push_back(Buttons{
        {{.verb = Verb::answer, .subject = 5, .label = text("a.b"), .spoken = text("a.c")}}});
    return message;
}

TEST(Verbs, AreReadBackByTheirNames) {
    for (int verb = 0; verb <= static_cast<int>(Verb::resume_ceremony); ++verb) {
        const auto expected = static_cast<Verb>(verb);
        EXPECT_STRNE(name(expected), "");
        EXPECT_EQ(verb_from(name(expected)), expected);
    }
    EXPECT_EQ(verb_from("explode"), std::nullopt);
    EXPECT_EQ(verb_from(""), std::nullopt);
}

TEST(Choices, CanEachBeReachedHoweverManyThereAre) {
    std::vector<Button> choices;
    for (int team = 1; team <= 7; ++team)
        choices.push_back(choice(Verb::stop, team, verbatim("Team")));
    const auto message = choice_of({}, text("stop.which_team"), choices);

    ASSERT_EQ(message.blocks.size(), 3U);
    EXPECT_EQ(std::get<Buttons>(message.blocks[1]).buttons.size(), most_buttons_in_a_row);
    EXPECT_EQ(std::get<Buttons>(message.blocks[2]).buttons.size(), 2U);
    EXPECT_EQ(std::get<Buttons>(message.blocks[2]).buttons.back(), choices.back());
}

TEST(FormContexts, SurviveTheJourneyThroughAPlatform) {
    const FormContext form{FormKind::blocker_details, 123, 2};
    EXPECT_EQ(to_text(form), "blocker_details:123:2");
    EXPECT_EQ(form_context_from(to_text(form)), form);
    const FormContext stamped{FormKind::people, 5, 1, 987};
    EXPECT_EQ(to_text(stamped), "people:5:1:987");
    EXPECT_EQ(form_context_from(to_text(stamped)), stamped);
    for (const auto* wrong :
         {"", "answer", "answer:1", "answer:x:1", "answer:1:0", "answer:1:1:x", "other:1:1"})
        EXPECT_EQ(form_context_from(wrong), std::nullopt) << wrong;
}

TEST(Digests, DifferWhereAReaderSeesADifference) {
    const auto seen = digest(a_message());
    EXPECT_NE(seen, 0);

    auto edited = a_message();
    edited.edited = true;
    EXPECT_NE(digest(edited), seen);

    auto other_words = a_message();
    std::get<Paragraph>(other_words.blocks[0]).text = verbatim("card.over");
    EXPECT_NE(digest(other_words), seen);

    auto other_subject = a_message();
    std::get<Buttons>(other_subject.blocks[1]).buttons[0].subject = 6;
    EXPECT_NE(digest(other_subject), seen);

    auto other_block = a_message();
    other_block.blocks[0] = Quiet{text("card.over")};
    EXPECT_NE(digest(other_block), seen);
}

TEST(Digests, DoNotCountTheRevisionOfAButton) {
    auto later = a_message();
    std::get<Buttons>(later.blocks[1]).buttons[0].revision = 9;
    EXPECT_EQ(digest(later), digest(a_message()));
}

TEST(Purposes, AreReadBackByTheirNames) {
    for (int purpose = 0; purpose <= static_cast<int>(Purpose::away_question); ++purpose) {
        const auto expected = static_cast<Purpose>(purpose);
        EXPECT_STRNE(name(expected), "");
        EXPECT_EQ(purpose_from(name(expected)), expected);
    }
    EXPECT_EQ(purpose_from("gossip"), std::nullopt);
}

TEST(Purposes, AnswerPeopleBeforeTheyAskAndAskBeforeTheyReport) {
    EXPECT_LT(priority_of(Purpose::receipt), priority_of(Purpose::prompt));
    EXPECT_LT(priority_of(Purpose::reminder), priority_of(Purpose::summary));
    EXPECT_LT(priority_of(Purpose::private_blocker), priority_of(Purpose::receipt));
}

}  // namespace
}  // namespace muster
