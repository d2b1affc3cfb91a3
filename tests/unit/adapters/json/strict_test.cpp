#include "adapters/json/strict.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace muster::json;
using testing::HasSubstr;
using testing::Not;

Problem problem_of(std::string_view text, Comments comments = Comments::refused) {
    auto parsed = parse(text, comments);
    EXPECT_TRUE(parsed.has_error()) << "was taken: " << text.substr(0, 60);
    return parsed.has_error() ? parsed.error() : Problem{};
}

std::string repeated(std::string_view part, int times) {
    std::string result;
    for (int i = 0; i < times; ++i)
        result += part;
    return result;
}

TEST(StrictJson, KeepsValuesAndTheOrderOfMembers) {
    auto value =
        *parse(R"({"b": [1, -2, 2.5, true, null], "a": {"text": "caf\u00e9 \ud83d\ude00"}})");

    EXPECT_EQ(
        value,
        Value(Object{
            {"b", Array{1, -2, 2.5, true, nullptr}},
            {"a", Object{{"text", "caf\u00e9 \U0001F600"}}},
        })
    );
    EXPECT_EQ(value.find("a")->text_of("text"), "caf\u00e9 \U0001F600");
    EXPECT_EQ(value.find("c"), nullptr);
    EXPECT_EQ(value.text_of("b"), "");
}

TEST(StrictJson, KnowsTheLineOfEveryValueAlsoOfANumberAtTheEndOfItsLine) {
    auto lines =
        lines_of(*parse("{\n  \"a\": 1\n  ,\n  \"b\":\n    [true,\n     12\n],\n\"c/d\": {}\n}\n"));

    EXPECT_EQ(
        lines,
        (std::map<std::string, int>{
            {"", 1}, {"/a", 2}, {"/b", 4}, {"/b/0", 5}, {"/b/1", 6}, {"/c~1d", 8}})
    );
}

TEST(StrictJson, TakesCommentsOnlyWhereTheyAreAllowed) {
    auto text = "// first\n{ /* a */ \"a\": 1 } // last";

    EXPECT_EQ(*parse(text, Comments::allowed), Value(Object{{"a", 1}}));
    EXPECT_EQ(lines_of(*parse(text, Comments::allowed)).at("/a"), 2);
    EXPECT_EQ(problem_of(text).line, 1);
}

TEST(StrictJson, RefusesAKeyThatStandsTwiceAndSaysWhere) {
    auto problem = problem_of("{\"a\": 1,\n \"b\": {\"a\": 2},\n \"a\": 3}");

    EXPECT_EQ(problem.line, 3);
    EXPECT_EQ(problem.column, 4);
    EXPECT_EQ(problem.words, "this key stands here twice");
}

TEST(StrictJson, SeesThroughEscapesWhenItComparesKeys) {
    EXPECT_EQ(problem_of(R"({"ab": 1, "a\u0062": 2})").words, "this key stands here twice");
}

TEST(StrictJson, TakesSixtyFourLevelsAndRefusesOneMore) {
    EXPECT_TRUE(parse(repeated("[", 64) + repeated("]", 64)).has_value());
    EXPECT_THAT(problem_of(repeated("[", 65) + repeated("]", 65)).words, HasSubstr("64 levels"));
}

TEST(StrictJson, SurvivesAHundredThousandLevels) {
    EXPECT_THAT(problem_of(repeated("[", 100'000)).words, HasSubstr("64 levels"));
    EXPECT_THAT(problem_of(repeated("{\"a\":", 100'000)).words, HasSubstr("64 levels"));
}

TEST(StrictJson, StopsAtFiftyThousandValues) {
    auto list_of = [](int count) { return "[0" + repeated(",0", count - 1) + "]"; };

    EXPECT_TRUE(parse(list_of(49'999)).has_value());  // and the list itself
    EXPECT_THAT(problem_of(list_of(50'000)).words, HasSubstr("50,000 values"));
}

TEST(StrictJson, TakesMoreOfAnOperatorsOwnFile) {
    auto list_of = [](int count) { return "[0" + repeated(",0", count - 1) + "]"; };
    auto refusal = [](const std::string& text) {
        return parse(text, Comments::allowed, most_values_of_a_file).error().words;
    };
    EXPECT_TRUE(parse(list_of(999'999), Comments::allowed, most_values_of_a_file).has_value());
    EXPECT_THAT(refusal(list_of(1'000'000)), HasSubstr("1,000,000 values"));
}

TEST(StrictJson, TellsWhatIsTooLargeFromWhatIsWrong) {
    EXPECT_TRUE(problem_of("[0" + repeated(",0", 49'999) + "]").is_too_large);
    EXPECT_TRUE(problem_of("\"" + std::string(longest_string + 1, 'x') + "\"").is_too_large);
    EXPECT_FALSE(problem_of("[").is_too_large);
    EXPECT_FALSE(problem_of(repeated("[", 65)).is_too_large);
}

TEST(StrictJson, RefusesSixMegabytesOfEmptyObjectsAtOnce) {
    EXPECT_THAT(
        problem_of("[" + repeated("{},", 2'000'000) + "{}]").words, HasSubstr("50,000 values")
    );
    EXPECT_THAT(problem_of(repeated("{}", 3'000'000)).words, HasSubstr("not JSON"));
}

TEST(StrictJson, FindsARepeatedKeyAmongManyInNoTime) {
    std::string text = "{";
    for (int i = 0; i < 49'000; ++i)
        text += "\"key" + std::to_string(i) + "\":0,";

    EXPECT_TRUE(parse(text + "\"last\":0}").has_value());
    EXPECT_EQ(problem_of(text + "\"key48999\":0}").words, "this key stands here twice");
}

TEST(StrictJson, BoundsTheLengthOfTextsAndKeys) {
    auto longest = std::string(longest_string, 'x');

    EXPECT_TRUE(parse("\"" + longest + "\"").has_value());
    EXPECT_THAT(problem_of("\"x" + longest + "\"").words, HasSubstr("256 KiB"));
    EXPECT_THAT(problem_of("{\"x" + longest + "\":1}").words, HasSubstr("256 KiB"));
}

TEST(StrictJson, RefusesNulRawEscapedAndAfterTheEnd) {
    using namespace std::string_view_literals;
    for (auto text : {"\"a\0b\""sv, "{}\0{}"sv, "\"\\u0000\""sv, "{\"\\u0000\":1}"sv, "\0"sv})
        EXPECT_THAT(problem_of(text).words, HasSubstr("NUL"));
}

TEST(StrictJson, RefusesAByteOrderMark) {
    EXPECT_THAT(problem_of("\xEF\xBB\xBF{}").words, HasSubstr("byte order mark"));
}

TEST(StrictJson, RefusesBytesThatAreNotUtf8AlsoInComments) {
    for (auto bytes :
         {"\x80",
          "\xC0\xAF",
          "\xC3",
          "\xE0\x80\xAF",
          "\xED\xA0\x80",
          "\xF4\x90\x80\x80",
          "\xF8\x88\x80\x80\x80"}) {
        EXPECT_THAT(problem_of(std::string("\"") + bytes + "\"").words, HasSubstr("not UTF-8"));
        EXPECT_THAT(
            problem_of(std::string("//") + bytes + "\n1", Comments::allowed).words,
            HasSubstr("not UTF-8")
        );
    }
    EXPECT_TRUE(parse("\"\xF4\x8F\xBF\xBF\xED\x9F\xBF\xC2\x80\"").has_value());
}

TEST(StrictJson, RefusesLoneSurrogates) {
    for (auto text : {R"("\ud800")", R"("\udc00")", R"("\ud800x")", R"("\ud800\u0041")"})
        EXPECT_THAT(problem_of(text).words, HasSubstr("surrogate"));
}

TEST(StrictJson, KeepsWholeNumbersThatOthersCannotHoldAsText) {
    EXPECT_EQ(*parse("9007199254740991"), Value(std::int64_t{9007199254740991}));
    EXPECT_EQ(*parse("9007199254740992"), Value("9007199254740992"));
    EXPECT_EQ(*parse("-9007199254740992"), Value("-9007199254740992"));
    EXPECT_EQ(*parse("123456789012345678901234567890"), Value("123456789012345678901234567890"));
    EXPECT_TRUE(parse("1e999").has_error());
}

TEST(StrictJson, RefusesWhatIsNearlyJson) {
    for (auto text :
         {"",
          " ",
          "{",
          "[1,]",
          "{\"a\":1,}",
          "{a:1}",
          "'a'",
          "01",
          "+1",
          ".5",
          "NaN",
          "{} {}",
          "tru",
          "\"a\nb\"",
          "[1 2]",
          "\"\\x41\""})
        EXPECT_TRUE(parse(text).has_error()) << text;
}

TEST(StrictJson, NamesLineAndColumnOfWhatItDoesNotUnderstand) {
    auto problem = problem_of("{\n  \"a\": 1,\n  \"b\": tru\n}");

    EXPECT_EQ(problem.line, 3);
    EXPECT_GE(problem.column, 8);
}

TEST(StrictJson, NeverRepeatsWhatItRead) {
    for (auto text : {R"({"password": "hunter2" "x"})", R"(["hunter2)", R"({"hunter2": hunter2})"})
        EXPECT_THAT(problem_of(text).words, Not(HasSubstr("hunter2"))) << text;
}

TEST(StrictJson, WritesOneLineThatReadsAsTheSame) {
    auto value = Value(Object{
        {"text", "a \"quote\" and \\ and \n and caf\u00e9"},
        {"list", Array{1, 2.5, false, nullptr, Object{}, Array{}}}});

    EXPECT_EQ(dump(Object{{"a", Array{1, Object{{"b", nullptr}}}}}), R"({"a":[1,{"b":null}]})");
    EXPECT_EQ(*parse(dump(value)), value);
    EXPECT_EQ(*parse(pretty(value)), value);
}

TEST(StrictJson, ReplacesBytesThatItMayNotWrite) {
    EXPECT_EQ(dump("a\xFF z"), "\"a\xEF\xBF\xBD z\"");
}

TEST(StrictJson, PutsOnALineForPeopleWhatFitsOne) {
    auto value = Value(Object{
        {"short", Array{1, 2}}, {"long", Array{std::string(60, 'x'), std::string(60, 'y')}}});

    EXPECT_EQ(
        pretty(value),
        "{\n  \"short\": [1, 2],\n  \"long\": [\n    \"" + std::string(60, 'x') + "\",\n    \"" +
            std::string(60, 'y') + "\"\n  ]\n}\n"
    );
}

}  // namespace
