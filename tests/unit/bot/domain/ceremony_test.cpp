#include "bot/domain/ceremony.hpp"

#include <gtest/gtest.h>

namespace {

using namespace muster;

TEST(CeremonyText, ReadsLengthsAndWritesThemBack) {
    EXPECT_EQ(length_from("2h"), 120min);
    EXPECT_EQ(length_from("90m"), 90min);
    EXPECT_EQ(length_from("1h30m"), 90min);
    EXPECT_EQ(length_from("48h"), 48h);
    for (auto length : {1min, 59min, 60min, 61min, 120min, 1440min})
        EXPECT_EQ(length_from(length_text(length)), length);
}

TEST(CeremonyText, RefusesLengthsThatAreNone) {
    for (auto text :
         {"",
          "0m",
          "0h",
          "h",
          "m",
          "2",
          "2 h",
          "-2h",
          "+2h",
          "1h60m",
          "1h30",
          "49h",
          "99999h",
          "2h2h",
          "30m1h",
          "1.5h",
          "2H"})
        EXPECT_EQ(length_from(text), std::nullopt) << text;
}

TEST(CeremonyText, ReadsReminders) {
    EXPECT_EQ(reminder_from("80%"), (ReminderRule{80, std::nullopt}));
    EXPECT_EQ(reminder_from("20m"), (ReminderRule{std::nullopt, 20min}));
    EXPECT_EQ(reminder_from("none"), (ReminderRule{std::nullopt, std::nullopt}));
    for (auto text : {"80%", "1%", "99%", "20m", "1h", "none"})
        EXPECT_EQ(to_text(*reminder_from(text)), text);
    for (auto text : {"", "0%", "100%", "80", "%", "80%%", "-1%", "later"})
        EXPECT_EQ(reminder_from(text), std::nullopt) << text;
}

TEST(CeremonyText, NamesEveryChoice) {
    for (auto kind : {"text", "choice", "scale", "yes-no", "blocker"})
        EXPECT_STREQ(name(*question_kind_from(kind)), kind);
    for (auto rule : {"member", "team"})
        EXPECT_STREQ(name(*zone_rule_from(rule)), rule);
    for (auto rule : {"skip", "before", "after", "hold"})
        EXPECT_STREQ(name(*on_holiday_from(rule)), rule);
    EXPECT_EQ(question_kind_from("yes_no"), std::nullopt);
}

TEST(UsualQuestions, AskForThePlanAndRequireOnlyThat) {
    auto questions = usual_questions();

    ASSERT_EQ(questions.size(), 3u);
    EXPECT_EQ(questions[0].key, "today");
    EXPECT_TRUE(questions[0].required);
    EXPECT_FALSE(questions[1].required);
    EXPECT_EQ(questions[2].kind, Question::Kind::blocker);
}

}  // namespace
