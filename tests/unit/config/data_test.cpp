#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/calendars.hpp"
#include "config/texts.hpp"

namespace {

using namespace muster;
using namespace muster::config;
using testing::ElementsAre;

TEST(BuiltinCalendars, AreTheNationsOfTheUnitedKingdom) {
    auto calendars = builtin_calendars();

    std::vector<std::string> keys;
    for (const auto& calendar : calendars)
        keys.push_back(calendar.key);
    EXPECT_THAT(keys, ElementsAre("england-and-wales", "northern-ireland", "scotland"));
    EXPECT_TRUE(calendars[0].is_holiday(*date_from("2026-12-25")));
    EXPECT_FALSE(calendars[0].is_holiday(*date_from("2026-12-24")));
    EXPECT_TRUE(calendars[2].is_holiday(*date_from("2026-11-30")));
    EXPECT_EQ(calendars[0].data_ends, calendars[0].days.rbegin()->first);
}

TEST(BuiltinCalendars, RefuseDataThatIsNotWhatItShouldBe) {
    EXPECT_THROW(calendars_from("x", "{"), std::runtime_error);
    EXPECT_THROW(calendars_from("x", R"({ "a": {} })"), std::runtime_error);
    EXPECT_THROW(
        calendars_from("x", R"({ "a": { "events": [ { "title": "T", "date": "2026-02-30" } ] } })"),
        std::runtime_error
    );
}

TEST(Texts, AreSentencesOrPluralForms) {
    auto language = language_from(
        "en.json",
        R"({ "saved": "Saved.", "days": { "plural": "count", "one": "1 day", "other": "{count} days" } })"
    );
    Catalogue catalogue({{"en", language}});

    EXPECT_EQ(catalogue.plain(text("saved"), {}), "Saved.");
    EXPECT_EQ(catalogue.plain(text("days", {{"count", std::int64_t{1}}}), {}), "1 day");
    EXPECT_EQ(catalogue.plain(text("days", {{"count", std::int64_t{3}}}), {}), "3 days");
}

TEST(Texts, RefuseAFileThatIsNotWhatItShouldBe) {
    for (auto text :
         {"[",
          "[]",
          R"({ "a": 1 })",
          R"({ "a": "x", "a": "y" })",
          R"({ "a": { "other": "x" } })",
          R"({ "a": { "plural": "n", "one": "x" } })",
          R"({ "a": { "plural": "n", "other": 1 } })"})
        EXPECT_THROW(language_from("en.json", text), std::runtime_error) << text;
}

TEST(Texts, ThatAreCompiledInCanAllBeRead) {
    EXPECT_NO_THROW(load_texts());
}

}  // namespace
