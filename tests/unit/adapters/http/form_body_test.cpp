#include "adapters/http/form_body.hpp"

#include <gtest/gtest.h>

namespace muster::http {
namespace {

using Form = std::vector<FormEntry>;

std::string value_in(std::string body) {
    auto form = form_in("text=" + body);
    return form ? form->front().value : "refused";
}

TEST(SlackFormBody, KeepsTheOrderAndTheEmptyValues) {
    EXPECT_EQ(form_in("b=2&a=1&text="), (Form{{"b", "2"}, {"a", "1"}, {"text", ""}}));
    EXPECT_EQ(form_in(""), Form{});
}

TEST(SlackFormBody, IsDecodedOnce) {
    EXPECT_EQ(value_in("away+until+fri"), "away until fri");
    EXPECT_EQ(value_in("1%2B1"), "1+1");
    EXPECT_EQ(value_in("%26%3d%25%0A%0d"), "&=%\n\r");
    EXPECT_EQ(value_in("%252541"), "%2541");
    EXPECT_EQ(value_in("%F0%9F%8C%B4"), "\xF0\x9F\x8C\xB4");
    EXPECT_EQ(form_in("te%78t=a")->front().name, "text");
    EXPECT_EQ(value_in("a=b"), "a=b");
}

TEST(SlackFormBody, IsRefusedWhenAnEscapeIsBrokenOrHidesANul) {
    for (auto* value : {"%", "%4", "%zz", "%4g", "%-1", "a%00b", "%0", "%u0041"})
        EXPECT_EQ(value_in(value), "refused") << value;
    EXPECT_FALSE(form_in("a%00=b"));
}

TEST(SlackFormBody, IsRefusedWhenAByteStandsThereThatBelongsEscaped) {
    for (auto* value : {"a b", "a\nb", "\x7F", "na\xC3\xAFve", "\xFF"})
        EXPECT_EQ(value_in(value), "refused") << value;
}

TEST(SlackFormBody, IsRefusedWhenANameComesTwiceHoweverItIsWritten) {
    EXPECT_FALSE(form_in("payload=a&payload=b"));
    EXPECT_FALSE(form_in("payload=a&token=x&p%61yload=b"));
    EXPECT_FALSE(form_in("payload=a&payload=a"));
    EXPECT_TRUE(form_in("payload=a&Payload=b"));
}

TEST(SlackFormBody, IsRefusedWhenItIsNoListOfPairs) {
    for (auto* body : {"payload", "=a", "a=1&&b=2", "&a=1", "&", "a=1&b"})
        EXPECT_FALSE(form_in(body)) << body;
}

TEST(SlackFormBody, HasABound) {
    std::string body;
    for (std::size_t number = 0; number < most_entries; ++number)
        body += (body.empty() ? "a" : "&a") + std::to_string(number) + "=";

    EXPECT_EQ(form_in(body)->size(), most_entries);
    EXPECT_FALSE(form_in(body + "&one=more"));
}

}  // namespace
}  // namespace muster::http
