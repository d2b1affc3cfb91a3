#include "adapters/slack/typed_words.hpp"

#include <gtest/gtest.h>

#include "adapters/words/typed.hpp"

namespace muster::slack {
namespace {

Leaves typed(std::string_view words) {
    Leaves leaves;
    append_typed(leaves, words);
    return leaves;
}

// Links in brackets, the rest as it is.
std::string with_links(std::string_view words) {
    std::string shown;
    for (const auto& leaf : typed(words))
        shown += leaf.kind == Leaf::Kind::link ? "[" + leaf.words + "]" : leaf.words;
    return shown;
}

TEST(SlackTypedWords, MakeALinkOfAPlainAddress) {
    EXPECT_EQ(with_links("https://example.org"), "[https://example.org]");
    EXPECT_EQ(
        with_links("see http://example.org:8080/a_b/(c)?d=e&f#g now"),
        "see [http://example.org:8080/a_b/(c)?d=e&f#g] now"
    );
    EXPECT_EQ(with_links("a\nhttps://a.uk/\nhttps://b.uk/"), "a\n[https://a.uk/]\n[https://b.uk/]");
}

TEST(SlackTypedWords, LeaveTheSentenceAroundAnAddressOutOfIt) {
    EXPECT_EQ(with_links("See https://example.org/a."), "See [https://example.org/a].");
    EXPECT_EQ(with_links("(https://example.org/a)"), "([https://example.org/a])");
    EXPECT_EQ(with_links("(https://example.org/a_(b))!"), "([https://example.org/a_(b)])!");
    EXPECT_EQ(with_links("*https://example.org*"), "*[https://example.org]*");
    EXPECT_EQ(with_links("\"https://example.org\","), "\"[https://example.org]\",");
    EXPECT_EQ(with_links("<https://example.org|bank>"), "<https://example.org|bank>");
}

// NOLINTBEGIN(misc-misleading-bidirectional): words that mislead are what these are about

TEST(SlackTypedWords, MakeNoLinkOfWhatShowsOnePlaceAndLeadsToAnother) {
    for (const auto* words :
         {"https://bank.example@evil.example/",
          "https://bank.example\u202Emoc.evil",
          "https://b\u0430nk.example",  // a Cyrillic letter
          "https://bank.example\u200B.evil.example",
          "https://bank.example\\.evil.example",
          "javascript:alert(1)",
          "mailto:a@b.example",
          "slack://channel?id=C1"})
        EXPECT_EQ(with_links(words), words);
}

TEST(SlackTypedWords, MakeNoLinkOfWhatSlackMightRefuse) {
    const auto endless = "https://example.org/" + std::string(2'000, 'a');
    for (const auto& words :
         {std::string{"http://"},
          std::string{"https://."},
          std::string{"http://localhost:3000/a"},
          std::string{"http://10.0.0.1/"},
          std::string{"http://intranet/page"},
          std::string{"http://a..org"},
          std::string{"http://.org"},
          std::string{"http://example.org:123456/"},
          std::string{"http://example.org:/"},
          std::string{"http://example.org/{id}"},
          std::string{"http://example.o"},
          std::string{"xhttp://example.org"},
          std::string{"9http://example.org"},
          endless})
        EXPECT_EQ(with_links(words), words);
}

TEST(SlackTypedWords, KeepEveryCharacter) {
    for (const auto* words :
         {"", " ", "\n\n", "  https://a.uk  https://b.uk  ", "http http:// https://"}) {
        std::string kept;
        for (const auto& leaf : typed(words))
            kept += leaf.words;
        EXPECT_EQ(kept, words);
    }
}

TEST(SlackTypedWords, EndTheDirectionOfWritingThatTheyBegan) {
    EXPECT_EQ(closing("plain, \u05D0\u05D1 and \u200F"), "");
    EXPECT_EQ(closing("\u202Eabc"), "\u202C");
    EXPECT_EQ(closing("\u202Eabc\u202C"), "");
    EXPECT_EQ(closing("\u2067abc"), "\u2069");
    EXPECT_EQ(closing("\u202A\u2068\u202Babc"), "\u202C\u2069\u202C");
    EXPECT_EQ(closing("\u2068\u202Eabc\u2069"), "") << "an isolate ends what began within it";
    EXPECT_EQ(closing("\u2068\u202Cabc"), "\u2069") << "what began outside cannot be ended within";
    EXPECT_EQ(closing("\u202C\u2069abc"), "") << "nothing of ours is open around them";
    EXPECT_EQ(closing("\u202E\u2069abc"), "\u202C");
}

// NOLINTEND(misc-misleading-bidirectional)

}  // namespace
}  // namespace muster::slack
