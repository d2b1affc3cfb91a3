#include "bot/cli/answer_formats.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/json/strict.hpp"

namespace muster::cli {
namespace {

using testing::HasSubstr;

VisibleAnswer an_answer(std::string text) {
    VisibleAnswer answer;
    answer.team = "payments";
    answer.ceremony = "standup";
    answer.date = *date_from("2026-11-24");
    answer.slot = "main";
    answer.person = "Ana Silva";
    answer.question = "today";
    answer.asked = "What will you do today?";
    answer.answer = std::move(text);
    answer.at = instant_from("2026-11-24T09:42:00.000Z");
    return answer;
}

TEST(CsvField, IsQuotedAsRfc4180Says) {
    EXPECT_EQ(csv_field("Test refunds"), "Test refunds");
    EXPECT_EQ(csv_field("a, b"), "\"a, b\"");
    EXPECT_EQ(csv_field("say \"hi\""), "\"say \"\"hi\"\"\"");
    EXPECT_EQ(csv_field("one\r\ntwo"), "\"one\r\ntwo\"");
}

TEST(CsvField, CalculatesNothing) {
    for (const auto* beginning :
         {"=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"}) {
        auto field = csv_field(std::string{beginning} + "SUM");
        EXPECT_TRUE(field.starts_with("'") || field.starts_with("\"'")) << field;
    }
    EXPECT_EQ(csv_field("1 - 1"), "1 - 1");
}

TEST(AnswerFormats, WriteACsvRowForEachAnswer) {
    EXPECT_EQ(
        header(AnswerFormat::csv) +
            answers_text(AnswerFormat::csv, {an_answer("Test, then merge")}),
        "schema,team,ceremony,date,slot,person,question,asked,answer,at,late\r\n"
        "1,payments,standup,2026-11-24,main,Ana Silva,today,What will you do today?,\"Test, then "
        "merge\","
        "2026-11-24T09:42:00.000Z,no\r\n"
    );
}

TEST(AnswerFormats, WriteAJsonObjectALine) {
    auto hidden = an_answer("two\nlines");
    hidden.person.clear();
    hidden.at.reset();
    auto line = answers_text(AnswerFormat::jsonl, {hidden});
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
    auto parsed = json::parse(line);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->text_of("answer"), "two\nlines");
    EXPECT_TRUE(parsed->find("person")->is_null());
    EXPECT_TRUE(parsed->find("at")->is_null());
}

TEST(AnswerFormats, ShowInMarkdownWhatWasTypedAndNothingElse) {
    auto text = answers_text(AnswerFormat::markdown, {an_answer("![x](http://evil) <b>\n# big")});
    EXPECT_THAT(text, HasSubstr("## payments, standup, 2026-11-24\n"));
    EXPECT_THAT(text, HasSubstr("### Ana Silva\n"));
    EXPECT_THAT(
        text,
        HasSubstr(R"(\!\[x\]\(http\://evil\) \<b\>\)"
                  "\n  "
                  R"(\# big)")
    );
}

}  // namespace
}  // namespace muster::cli
