#include "adapters/msteams/formats.hpp"

namespace muster::msteams {
namespace {

TEST(TeamsTime, IsReadToTheMillisecond) {
    auto wanted = instant_from("2026-11-22T02:48:19.014Z");
    for (const auto* text :
         {"2026-11-22T02:48:19.014Z",
          "2026-11-22T02:48:19.0141234Z",
          "2026-11-22T02:48:19.014+00:00"})
        EXPECT_EQ(instant_of(text), wanted) << text;
    EXPECT_EQ(instant_of("2026-11-22T02:48:19Z"), instant_from("2026-11-22T02:48:19.000Z"));
    EXPECT_EQ(instant_of("2026-11-22T02:48:19.1Z"), instant_from("2026-11-22T02:48:19.100Z"));
    for (const auto* text :
         {"",
          "Z",
          "2026-11-22T02:48:19",
          "2026-11-22T02:48:19.Z",
          "2026-11-22T02:48:19.x1Z",
          "2026-11-22 02:48:19Z",
          "2026-13-22T02:48:19Z",
          "2026-11-22T02:48:19+01:00"})
        EXPECT_EQ(instant_of(text), std::nullopt) << text;
}

TEST(TeamsWords, AreReadAsTheirWriterSeesThem) {
    const std::vector<std::string> muster{"<at>Muster</at>"};
    EXPECT_EQ(typed_words("<at>Muster</at> help", muster), "help");
    EXPECT_EQ(typed_words("help <at>Muster</at>", muster), "help");
    EXPECT_EQ(typed_words("<at>Ana</at> helps &amp; tests", muster), "@Ana helps & tests");
    EXPECT_EQ(typed_words("a &lt;b&gt; &#39;c&#x27; &nbsp;d", {}), "a <b> 'c'  d");
    EXPECT_EQ(typed_words("&amp;lt;", {}), "&lt;") << "decoded once";
    EXPECT_EQ(typed_words("R&D; &unknown; &#0; &#xD800; &", {}), "R&D; &unknown; &#0; &#xD800; &");
    EXPECT_EQ(typed_words("<at>broken", {}), "<at>broken");
    EXPECT_EQ(typed_words(" \n", {}), "");
}

TEST(TeamsChannel, IsNamedWithoutItsThread) {
    EXPECT_EQ(channel_of("19:a@thread.tacv2;messageid=17"), "19:a@thread.tacv2");
    EXPECT_EQ(channel_of("19:a@thread.tacv2"), "19:a@thread.tacv2");
}

}  // namespace
}  // namespace muster::msteams
