#include <gtest/gtest.h>

#include "adapters/slack/render.hpp"

namespace muster::slack {
namespace {

TEST(SlackMrkdwn, EscapesWhatWouldBeAMentionOrALink) {
    EXPECT_EQ(escaped("<!channel> & <@U1>"), "&lt;!channel&gt; &amp; &lt;@U1&gt;");
    EXPECT_EQ(escaped("&lt;!here&gt;"), "&amp;lt;!here&amp;gt;");
    EXPECT_EQ(escaped("*bold* `code` \"quoted\" 'é'"), "*bold* `code` \"quoted\" 'é'");
    EXPECT_EQ(escaped(""), "");
}

TEST(SlackMrkdwn, IsReadBackAsItWasTyped) {
    for (const auto* words :
         {"a & b", "&amp;", "&lt;!here&gt;", "1 < 2 > 1", "<@U1|ana>", "&&&;lt;"})
        EXPECT_EQ(unescaped(escaped(words)), words);
}

TEST(SlackMrkdwn, ReadsEntitiesOnce) {
    EXPECT_EQ(unescaped("&amp;lt;"), "&lt;");
    EXPECT_EQ(unescaped("&lt;&amp;&gt;"), "<&>");
    EXPECT_EQ(unescaped("&quot; &#39; &nbsp; & &lt"), "&quot; &#39; &nbsp; & &lt");
}

TEST(SlackMrkdwn, NamesPeopleAndChannelsAsPeopleReadThem) {
    EXPECT_EQ(unescaped("ask <@U1|ana>, <@U2>"), "ask @ana, @U2");
    EXPECT_EQ(unescaped("<@U1|>"), "@U1");
    EXPECT_EQ(unescaped("in <#C1|payments> and <#C2>"), "in #payments and #C2");
    EXPECT_EQ(unescaped("<!here> <!channel> <!everyone>"), "@here @channel @everyone");
    EXPECT_EQ(unescaped("<!here|@here>"), "@here");
    EXPECT_EQ(unescaped("<!subteam^S1|@platform> <!subteam^S2>"), "@platform @S2");
    EXPECT_EQ(unescaped("due <!date^1795512600^{date}|24 November>"), "due 24 November");
}

TEST(SlackMrkdwn, KeepsTheAddressesOfLinks) {
    EXPECT_EQ(unescaped("<https://example.org/a?b=1&amp;c=2>"), "https://example.org/a?b=1&c=2");
    EXPECT_EQ(unescaped("<https://a.uk|the page>"), "the page (https://a.uk)");
    EXPECT_EQ(unescaped("<https://a.uk|https://a.uk>"), "https://a.uk");
    EXPECT_EQ(unescaped("<http://a.uk|a.uk>"), "a.uk") << "as it was typed";
    EXPECT_EQ(unescaped("<mailto:ana@a.uk|ana@a.uk>"), "ana@a.uk");
    EXPECT_EQ(unescaped("<mailto:ana@a.uk|Ana>"), "Ana (ana@a.uk)");
    EXPECT_EQ(unescaped("<mailto:ana@a.uk>"), "ana@a.uk");
    EXPECT_EQ(unescaped("<tel:+4420|020>"), "020 (+4420)");
    EXPECT_EQ(unescaped("<https://a.uk|R&amp;D &lt;new&gt;>"), "R&D <new> (https://a.uk)");
}

TEST(SlackMrkdwn, LeavesAloneWhatSlackDoesNotSend) {
    EXPECT_EQ(unescaped("1 < 2"), "1 < 2");
    EXPECT_EQ(unescaped("a <b <@U1>"), "a <b @U1");
    EXPECT_EQ(unescaped("<>"), "");
    EXPECT_EQ(unescaped("<|x>"), "x");
    EXPECT_EQ(unescaped("*bold* _it_ :rocket:"), "*bold* _it_ :rocket:");
    EXPECT_EQ(unescaped(std::string(100'000, '<')), std::string(100'000, '<'));
}

}  // namespace
}  // namespace muster::slack
