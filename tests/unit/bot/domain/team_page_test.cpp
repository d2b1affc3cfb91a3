#include "bot/domain/team_page.hpp"

#include <gmock/gmock.h>

#include "tests/unit/bot/domain/payments_scene.hpp"

namespace muster::team_page {
namespace {

using namespace payments_scene;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const Reader reader{"en", "Europe/London"};

Ceremony the_stand_up() {
    auto ceremony = a_stand_up();
    ceremony.questions = usual_questions();
    return ceremony;
}

std::vector<std::string> keys_of(const Ceremony& ceremony) {
    std::vector<std::string> keys;
    for (const auto& question : ceremony.questions)
        keys.push_back(question.key);
    return keys;
}

Ceremony edited(const Edited& result) {
    EXPECT_TRUE(std::holds_alternative<Ceremony>(result));
    return std::get<Ceremony>(result);
}

std::string refusal_of(const Edited& result) {
    const auto* errors = std::get_if<FormErrors>(&result);
    return errors ? errors->errors.front().second.key : "";
}

Edited with_lines(const std::string& lines) {
    return with_questions(the_stand_up(), {{"questions", lines}}, reader);
}

std::string lines_of(const Ceremony& ceremony) {
    return questions_form(ceremony, reader).fields.front().initial;
}

// ---- days and times

TEST(TeamSchedule, IsFilledInAsItIsAndSentBackChangesNothing) {
    auto form = schedule_form(the_stand_up(), reader);
    FormValues values;
    for (const auto& field : form.fields)
        values.emplace_back(field.key, field.initial);
    EXPECT_EQ(values.front().second, "mon tue wed thu fri");
    EXPECT_EQ(edited(with_schedule(the_stand_up(), values, reader)), the_stand_up());
}

TEST(TeamSchedule, TakesDaysATimeAndALength) {
    auto changed = edited(with_schedule(
        the_stand_up(),
        {{"days", "tue thu"}, {"time", "10:15"}, {"zone", "team"}, {"window", "3h"}},
        reader
    ));
    EXPECT_THAT(
        changed.recurrence.weekdays, ElementsAre(std::chrono::Tuesday, std::chrono::Thursday)
    );
    EXPECT_EQ(to_text(changed.slots.front().at), "10:15");
    EXPECT_EQ(changed.slots.front().key, "main") << "the same occurrence at another time";
    EXPECT_EQ(changed.zone, ZoneRule::team);
    EXPECT_EQ(changed.window, minutes{180});
}

TEST(TeamSchedule, WantsADayAndATime) {
    EXPECT_EQ(
        refusal_of(with_schedule(the_stand_up(), {{"days", ""}}, reader)), "team.choose_a_day"
    );
    EXPECT_EQ(
        refusal_of(with_schedule(the_stand_up(), {{"time", "soon"}}, reader)), "team.choose_a_time"
    );
}

TEST(TeamSchedule, LeavesAloneWhatTheFormCannotSay) {
    auto fortnightly = the_stand_up();
    fortnightly.recurrence.interval = 2;
    fortnightly.slots.push_back({"pm", TimeOfDay{15 * 60}});
    auto form = schedule_form(fortnightly, reader);
    EXPECT_EQ(form.fields.front().kind, Field::Kind::shown);
    auto changed = edited(
        with_schedule(fortnightly, {{"days", "mon"}, {"time", "07:00"}, {"window", "1h"}}, reader)
    );
    EXPECT_EQ(changed.recurrence, fortnightly.recurrence);
    EXPECT_EQ(changed.slots, fortnightly.slots);
    EXPECT_EQ(changed.window, minutes{60});
}

// ---- questions

TEST(TeamQuestions, StayTheSameWhenTheyAreSentBack) {
    EXPECT_EQ(edited(with_lines(lines_of(the_stand_up()))), the_stand_up());
}

TEST(TeamQuestions, KeepTheirKeysInAnotherOrder) {
    auto before = the_stand_up();
    auto lines = before.questions[2].text + "\n" + before.questions[0].text;
    auto changed = edited(with_lines(lines));
    EXPECT_THAT(keys_of(changed), ElementsAre("blocker", "today"));
    EXPECT_EQ(changed.questions[0].kind, Question::Kind::blocker);
}

TEST(TeamQuestions, KeepTheirKeysWhenTheyAreReworded) {
    auto before = the_stand_up();
    auto lines =
        "What is your plan?\n" + before.questions[1].text + "\n" + before.questions[2].text;
    auto changed = edited(with_lines(lines));
    EXPECT_EQ(keys_of(changed), keys_of(before));
    EXPECT_EQ(changed.questions[0].text, "What is your plan?");
    EXPECT_EQ(changed.questions[0].required, before.questions[0].required);
}

TEST(TeamQuestions, GetAKeyOfTheirOwnWhenTheyAreNew) {
    auto changed =
        edited(with_lines(lines_of(the_stand_up()) + "\n\n  Who needs help?  \nAnything else?"));
    EXPECT_THAT(keys_of(changed), ElementsAre("today", "since", "blocker", "q1", "q2"));
    EXPECT_EQ(changed.questions[3].text, "Who needs help?");
    EXPECT_EQ(changed.questions[3].kind, Question::Kind::text);
    EXPECT_FALSE(changed.questions[3].required);
}

TEST(TeamQuestions, AreAtLeastOneAndNotTooMany) {
    EXPECT_EQ(refusal_of(with_lines(" \n \n")), "team.needs_a_question");
    std::string many;
    for (int line = 0; line < 21; ++line)
        many += "Question " + std::to_string(line) + "\n";
    EXPECT_EQ(refusal_of(with_lines(many)), "team.too_many_questions");
    EXPECT_EQ(refusal_of(with_lines(std::string(1'001, 'x'))), "team.question_too_long");
}

}  // namespace
}  // namespace muster::team_page
