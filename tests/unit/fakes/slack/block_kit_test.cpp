#include "tests/fakes/slack/block_kit.hpp"

#include <fstream>
#include <sstream>

#include "tests/unit/fakes/slack/fake_slack_story.hpp"

namespace muster::fake_slack {
namespace {

Verdict verdict_on(const std::string& blocks) {
    return check_blocks(array_in(blocks), Surface::message);
}

std::string plain(std::size_t length) {
    return R"({"type":"plain_text","text":")" + std::string(length, 'x') + R"("})";
}

std::string button(const std::string& fields = "") {
    return R"({"type":"button","text":)" + plain(6) + fields + "}";
}

std::string actions(const std::string& elements) {
    return R"([{"type":"actions","elements":[)" + elements + "]}]";
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int number = 0; number < times; ++number)
        all += (number > 0 ? "," : "") + text;
    return all;
}

std::string rich(const std::string& leaves) {
    return R"([{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[)" + leaves +
           "]}]}]";
}

// Taken, and the same with one more is refused.
void expect_limit(const std::string& taken, const std::string& refused, const std::string& why) {
    EXPECT_THAT(verdict_on(taken).refused, IsEmpty()) << why;
    EXPECT_THAT(verdict_on(refused).refused, testing::Contains(HasSubstr(why)));
}

TEST(FakeSlackBlocks, HaveTheLengthsOfTheProtocol) {
    auto header = [](std::size_t length) {
        return R"([{"type":"header","text":)" + plain(length) + "}]";
    };
    expect_limit(header(150), header(151), "151 characters, at most 150");
    auto section = [](std::size_t length) {
        return R"([{"type":"section","text":)" + plain(length) + "}]";
    };
    expect_limit(section(3'000), section(3'001), "at most 3000");
    auto label = [](std::size_t length) {
        return actions(R"({"type":"button","text":)" + plain(length) + "}");
    };
    expect_limit(label(75), label(76), "at most 75");
    auto value = [](std::size_t length) {
        return actions(button(R"(,"value":")" + std::string(length, 'v') + R"(")"));
    };
    expect_limit(value(2'000), value(2'001), "at most 2000");
    auto spoken = [](std::size_t length) {
        return actions(button(R"(,"accessibility_label":")" + std::string(length, 'v') + R"(")"));
    };
    expect_limit(spoken(75), spoken(76), "at most 75");
    auto id = [](std::size_t length) {
        return R"([{"type":"divider","block_id":")" + std::string(length, 'i') + R"("}])";
    };
    expect_limit(id(255), id(256), "at most 255");
}

TEST(FakeSlackBlocks, HaveTheCountsOfTheProtocol) {
    auto dividers = [](int number) {
        return "[" + repeated(R"({"type":"divider"})", number) + "]";
    };
    expect_limit(dividers(50), dividers(51), "51 blocks, at most 50");
    auto buttons = [](int number) { return actions(repeated(button(), number)); };
    expect_limit(buttons(25), buttons(26), "26 items");
    auto context = [](int number) {
        return R"([{"type":"context","elements":[)" + repeated(plain(1), number) + "]}]";
    };
    expect_limit(context(10), context(11), "11 items");
    auto fields = [](int number) {
        return R"([{"type":"section","fields":[)" + repeated(plain(1), number) + "]}]";
    };
    expect_limit(fields(10), fields(11), "11 items");
    EXPECT_THAT(verdict_on(actions("")).refused, SizeIs(1));
}

TEST(FakeSlackBlocks, CountCharactersAndNotBytes) {
    std::string palms;
    for (int number = 0; number < 150; ++number)
        palms += "🌴";
    EXPECT_THAT(
        verdict_on(R"([{"type":"header","text":{"type":"plain_text","text":")" + palms + R"("}}])")
            .refused,
        IsEmpty()
    );
}

TEST(FakeSlackBlocks, RefuseWhatIsEmptyUnknownOrMissing) {
    for (auto* blocks :
         {R"([{"type":"header","text":{"type":"plain_text","text":""}}])",
          R"([{"type":"header","text":{"type":"mrkdwn","text":"x"}}])",
          R"([{"type":"section"}])",
          R"([{"type":"section","text":"x"}])",
          R"([{"type":"divider","color":"red"}])",
          R"([{"type":"surprise"}])",
          R"([{"type":"input","label":{"type":"plain_text","text":"x"}}])",
          R"([{"type":"rich_text","elements":[]}])",
          R"([{"type":"actions","elements":[{"type":"plain_text_input"}]}])",
          R"(["text"])"})
        EXPECT_THAT(verdict_on(blocks).refused, testing::Not(IsEmpty())) << blocks;
    EXPECT_THAT(verdict_on(rich(R"({"type":"text","text":""})")).refused, SizeIs(1));
    EXPECT_THAT(verdict_on(rich("")).refused, SizeIs(1));
}

TEST(FakeSlackBlocks, NameNoTwoThingsTheSame) {
    EXPECT_THAT(
        verdict_on(R"([{"type":"divider","block_id":"b"},{"type":"divider","block_id":"b"}])")
            .refused,
        ElementsAre(HasSubstr("block_id b twice"))
    );
    auto named = button(R"(,"action_id":"a")");
    EXPECT_THAT(
        verdict_on(actions(named + "," + named)).refused,
        ElementsAre(HasSubstr("action_id a twice"))
    );
}

TEST(FakeSlackBlocks, WantTheInitialOptionAmongTheOptions) {
    auto select = [](const std::string& label) {
        return actions(
            R"({"type":"static_select","options":[{"text":{"type":"plain_text","text":"One"},
            "value":"1"}],"initial_option":{"text":{"type":"plain_text","text":")" +
            label + R"("},"value":"1"}})"
        );
    };
    EXPECT_THAT(verdict_on(select("One")).refused, IsEmpty());
    EXPECT_THAT(verdict_on(select("one")).refused, ElementsAre(HasSubstr("none of the options")));
}

TEST(FakeSlackBlocks, SayWhichWordsWouldNotify) {
    auto section =
        verdict_on(R"([{"type":"section","text":{"type":"mrkdwn","text":"<!here> &lt;!here&gt;"}}])"
        );
    EXPECT_THAT(section.refused, IsEmpty());
    EXPECT_THAT(section.never, ElementsAre("/blocks/0/text: unescaped <!here>"));
    for (auto* leaf :
         {R"({"type":"user","user_id":"U1"})",
          R"({"type":"broadcast","range":"here"})",
          R"({"type":"link","url":"https://evil.test","text":"https://good.test"})"})
        EXPECT_THAT(verdict_on(rich(leaf)).never, SizeIs(1)) << leaf;
    auto harmless = verdict_on(
        rich(R"({"type":"text","text":"<!here>"},{"type":"link","url":"https://good.test"},
        {"type":"date","timestamp":1795512600,"format":"{time}","fallback":"9:30am"})")
    );
    EXPECT_THAT(harmless.never, IsEmpty());
    EXPECT_THAT(harmless.refused, IsEmpty());
}

TEST(FakeSlackBlocks, AreBoundedTogether) {
    auto leaf = R"({"type":"text","text":")" + std::string(3'000, 'x') + R"("})";
    EXPECT_FALSE(verdict_on(rich(repeated(leaf, 3))).is_too_long);
    EXPECT_TRUE(verdict_on(rich(repeated(leaf, 4))).is_too_long);
}

class FakeSlackSamples : public testing::TestWithParam<const char*> {};

// What Slack's own SDK is tested with.
TEST_P(FakeSlackSamples, AreTaken) {
    std::ifstream file{std::string{SLACK_SAMPLES} + "/" + GetParam()};
    std::stringstream content;
    content << file.rdbuf();
    auto view = object_in(content.str());
    auto surface = text_of(view, "type") == "home" ? Surface::home : Surface::modal;
    EXPECT_THAT(check_view(view, surface).refused, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    FakeSlack,
    FakeSlackSamples,
    testing::Values(
        "py-view_modal_001.json",
        "py-view_modal_003.json",
        "py-view_modal_005.json",
        "py-view_modal_007.json",
        "py-view_home_001.json",
        "py-view_home_004.json"
    )
);

TEST(FakeSlackReading, ReadsBlocksAsAPersonDoes) {
    auto blocks = array_in(R"([
        {"type":"header","text":{"type":"plain_text","text":"Stand-up"}},
        {"type":"rich_text","elements":[
            {"type":"rich_text_section","elements":[{"type":"text","text":"Open until "},
                {"type":"date","timestamp":1795512600,"format":"{time}","fallback":"11:30am"}]},
            {"type":"rich_text_list","style":"ordered","elements":[
                {"type":"rich_text_section","elements":[{"type":"text","text":"One"}]},
                {"type":"rich_text_section","elements":[{"type":"text","text":"Two"}]}]}]},
        {"type":"section","text":{"type":"mrkdwn","text":"a &lt; b <https://x.test|link>"}},
        {"type":"context","elements":[{"type":"plain_text","text":"Only you"}]},
        {"type":"actions","elements":[{"type":"button","action_id":"a",
            "accessibility_label":"Answer for Payments","value":"v",
            "text":{"type":"plain_text","text":"Answer"}}]}])");
    EXPECT_EQ(
        plain_text(blocks),
        "Stand-up\nOpen until 11:30am\n1. One\n2. Two\na < b link\nOnly you\n[Answer]"
    );
    ASSERT_THAT(buttons_in(blocks), SizeIs(1));
    EXPECT_EQ(buttons_in(blocks)[0].spoken, "Answer for Payments");
}

}  // namespace
}  // namespace muster::fake_slack
