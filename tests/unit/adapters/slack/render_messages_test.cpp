#include <gtest/gtest.h>

#include "tests/unit/adapters/slack/block_reader.hpp"
#include "tests/unit/adapters/slack/golden.hpp"

namespace muster::slack {
namespace {

using golden::catalogue;

constexpr DeliveryId delivery{123};

Message message_of(std::vector<Block> blocks) {
    Message message;
    message.notification = verbatim("What it is about");
    message.blocks = std::move(blocks);
    return message;
}

std::vector<Post> posts_of(const Message& message) {
    return render(message, delivery, Readers::one, catalogue());
}

std::vector<std::string> types_of(const Post& post) {
    std::vector<std::string> types;
    for (const auto& block : post.blocks)
        types.push_back(block.text_of("type"));
    return types;
}

std::string words_of(const Post& post) {
    BlockReader reader;
    reader.read(post.blocks, 50);
    EXPECT_TRUE(reader.problems.empty()) << reader.problems.front();
    return reader.words;
}

std::string words_of(const Block& block) {
    return words_of(posts_of(message_of({block})).front());
}

Buttons a_row() {
    return {{choice(Verb::clear_blocker, 7, verbatim("Cleared"))}};
}

using Types = std::vector<std::string>;

TEST(SlackMessages, ShowEveryKindOfBlock) {
    const auto words = verbatim("w");
    const auto post = posts_of(message_of(
                                   {Heading{words},
                                    Paragraph{words},
                                    Facts{{{words, words}}},
                                    Items{{words}},
                                    a_row(),
                                    Quiet{words}}
                               )
    ).front();
    EXPECT_EQ(
        types_of(post),
        (Types{"header", "rich_text", "rich_text", "rich_text", "actions", "context"})
    );
    EXPECT_EQ(words_of(post), "www: www");
}

TEST(SlackMessages, ShowALongHeadingInBold) {
    const std::string long_heading(151, 'h');
    const auto post = posts_of(message_of({Heading{verbatim(long_heading)}})).front();
    EXPECT_EQ(types_of(post), Types{"rich_text"});
    EXPECT_NE(json::dump(post.blocks[0]).find(R"("style":{"bold":true})"), std::string::npos);
    EXPECT_EQ(words_of(post), long_heading);
}

TEST(SlackMessages, ShowFactsAsLabelsAndValues) {
    auto fact = [](const char* label, const char* value) {
        return std::pair{verbatim(label), verbatim(value)};
    };
    EXPECT_EQ(
        words_of(Facts{{fact("Today", "tests"), fact("Since", "form")}}),
        "Today: tests\nSince: form"
    );
    EXPECT_EQ(words_of(Facts{{fact("What is new?", "tests")}}), "What is new? tests");
    EXPECT_EQ(words_of(Facts{{fact("Today", "a\nb")}}), "Today:\na\nb");
}

TEST(SlackMessages, SayThatTheyWereEdited) {
    auto message = message_of({Paragraph{verbatim("Test refunds")}});
    message.edited = true;
    EXPECT_EQ(types_of(posts_of(message).front()), (Types{"rich_text", "context"}));
    EXPECT_EQ(words_of(posts_of(message).front()), "Test refundsEdited");
    message.reader.language = "cy";
    EXPECT_EQ(words_of(posts_of(message).front()), "Test refundsGolygwyd");
}

TEST(SlackMessages, AreNeverWithoutABlock) {
    EXPECT_EQ(words_of(posts_of(message_of({})).front()), "What it is about");
    EXPECT_EQ(
        words_of(posts_of(message_of({Paragraph{verbatim("")}})).front()), "What it is about"
    );
    EXPECT_EQ(
        words_of(posts_of(Message{.reader = {}, .notification = verbatim(""), .blocks = {}}).front()
        ),
        "…"
    );
}

// ---- the notification

TEST(SlackMessages, NotifyInWordsThatMentionNobody) {
    auto message = message_of({a_row()});
    message.notification = verbatim("<!channel> & <@U1>");
    EXPECT_EQ(posts_of(message).front().text, "&lt;!channel&gt; &amp; &lt;@U1&gt;");
}

TEST(SlackMessages, ShortenANotificationThatIsTooLongForSlackAndKeepItsWords) {
    auto message = message_of({});
    message.notification = verbatim(std::string(3'999, 'a') + "<b>");
    const auto post = posts_of(message).front();
    EXPECT_EQ(post.text, std::string(3'999, 'a') + "…");
    EXPECT_EQ(words_of(post), std::string(3'999, 'a') + "<b>");

    message.notification = verbatim(std::string(3'990, 'a') + "<<<");
    EXPECT_EQ(posts_of(message).front().text, std::string(3'990, 'a') + "&lt;&lt;…");
}

// ---- marks

TEST(SlackMessages, CarryTheirDeliveryInTheFirstBlockAlone) {
    const auto post =
        posts_of(message_of({Heading{verbatim("h")}, Paragraph{verbatim("p")}})).front();
    EXPECT_EQ(post.blocks[0].text_of("block_id"), "d:123");
    EXPECT_EQ(post.blocks[1].find("block_id"), nullptr);
}

TEST(SlackMessages, CarryNothingWhenTheyAreNoDelivery) {
    const auto post = render(message_of({Paragraph{verbatim("p")}}), catalogue()).front();
    EXPECT_EQ(post.blocks[0].find("block_id"), nullptr);
}

TEST(SlackMessages, AreMarkedInPartsWhenTheFirstIsKnown) {
    auto posts = posts_of(message_of(std::vector<Block>(60, Paragraph{verbatim("p")})));
    ASSERT_EQ(posts.size(), 2U);
    EXPECT_EQ(posts[0].blocks[0].text_of("block_id"), "d:123:1:2");
    EXPECT_EQ(posts[1].blocks[0].find("block_id"), nullptr);

    mark(posts[1], {delivery, 2, 2, "17.1"});
    EXPECT_EQ(posts[1].blocks[0].text_of("block_id"), "d:123:2:2:17.1");
    mark(posts[1], {delivery, 2, 2, "18.1"});
    EXPECT_EQ(posts[1].blocks[0].text_of("block_id"), "d:123:2:2:18.1");
    const auto marked = json::dump(posts[1].blocks);
    EXPECT_EQ(marked.find("block_id"), marked.rfind("block_id"));
    EXPECT_EQ(words_of(posts[1]), std::string(10, 'p'));
}

// ---- several posts

TEST(SlackMessages, TellWhatALaterPostSays) {
    const auto posts = posts_of(message_of(std::vector<Block>(52, Paragraph{verbatim("<p>")})));
    EXPECT_EQ(posts[0].text, "What it is about");
    EXPECT_EQ(posts[1].text, "&lt;p&gt;\n&lt;p&gt;");
}

TEST(SlackMessages, KeepButtonsWithWhatTheyAreFor) {
    std::vector<Block> blocks{Heading{verbatim("26 open blockers")}};
    for (int i = 0; i < 26; ++i) {
        blocks.emplace_back(Paragraph{verbatim("one of them")});
        blocks.emplace_back(a_row());
    }
    const auto posts = posts_of(message_of(blocks));
    ASSERT_EQ(posts.size(), 2U);
    EXPECT_EQ(posts[0].blocks.size(), 49U);
    EXPECT_EQ(types_of(posts[1]), (Types{"rich_text", "actions", "rich_text", "actions"}));
}

TEST(SlackMessages, KeepAHeadingWithWhatStandsUnderIt) {
    std::vector<Block> blocks(49, Paragraph{verbatim("p")});
    blocks.emplace_back(Heading{verbatim("h")});
    blocks.emplace_back(Paragraph{verbatim("under it")});
    const auto posts = posts_of(message_of(blocks));
    EXPECT_EQ(posts[0].blocks.size(), 49U);
    EXPECT_EQ(words_of(posts[1]), "hunder it");
}

TEST(SlackMessages, SplitWhatBelongsTogetherOnlyWhenItIsTooMuchForOnePost) {
    std::vector<Block> blocks{Paragraph{verbatim("Which team?")}};
    for (int i = 0; i < 60; ++i)
        blocks.emplace_back(a_row());
    const auto posts = posts_of(message_of(blocks));
    ASSERT_EQ(posts.size(), 2U);
    EXPECT_EQ(posts[0].blocks.size(), 50U);
    EXPECT_EQ(posts[1].blocks.size(), 11U);
}

TEST(SlackMessages, GoOnInTheNextPostWithTheSameParagraph) {
    std::string said;
    for (int i = 0; i < 10'000; ++i)
        said += "word " + std::to_string(i) + (i % 10 == 9 ? "\n" : " ");
    const auto posts =
        posts_of(message_of({Heading{verbatim("h")}, Paragraph{verbatim(said)}, a_row()}));
    EXPECT_GT(posts.size(), 5U);
    std::string together;
    for (const auto& post : posts) {
        together += words_of(post);
        EXPECT_TRUE(&post == &posts.back() || together.back() == '\n');
    }
    EXPECT_EQ(together, "h" + said);
    EXPECT_EQ(posts.back().blocks.back().text_of("type"), "actions");
}

// ---- as a view

TEST(SlackMessages, StandInAViewWhereAFormWas) {
    const auto view =
        render_as_view(message_of({Paragraph{verbatim("Kept.")}, a_row()}), catalogue());
    EXPECT_EQ(view.text_of("type"), "modal");
    EXPECT_EQ(view.find("title")->text_of("text"), "Muster");
    EXPECT_EQ(view.find("submit"), nullptr);
    EXPECT_EQ(view.find("blocks")->array()->size(), 2U);
}

TEST(SlackMessages, ShowInAViewThatThereIsMore) {
    const auto many =
        render_as_view(message_of(std::vector<Block>(101, Quiet{verbatim("p")})), catalogue());
    EXPECT_EQ(many.find("blocks")->array()->size(), 100U);
    EXPECT_EQ(
        json::dump(many.find("blocks")->array()->back()).find("…") != std::string::npos, true
    );

    const auto much =
        render_as_view(message_of({Paragraph{verbatim(std::string(300'000, 'a'))}}), catalogue());
    EXPECT_LT(json::dump(much).size(), 250'000U);
}

}  // namespace
}  // namespace muster::slack
