#include "adapters/msteams/base64url.hpp"

#include "tests/fakes/msteams/authority.hpp"

namespace muster::msteams {
namespace {

TEST(Base64url, GivesTheBytesBack) {
    for (const std::string bytes : {"", "f", "fo", "foo", "foob", "\xff\xfe\xfd", "\x01\x02"})
        EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    EXPECT_EQ(from_base64url("-_-_"), "\xfb\xff\xbf");
}

TEST(Base64url, IsNothingElse) {
    for (const auto* text : {"A", "AAAAA", "+/+/", "Zg==", "Zm 9v", "Zm\n9v", "Zm9v=", "Zm9\xc3"})
        EXPECT_EQ(from_base64url(text), std::nullopt) << text;
}

}  // namespace
}  // namespace muster::msteams
