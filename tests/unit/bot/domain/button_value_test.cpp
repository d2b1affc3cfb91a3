#include "bot/domain/button_value.hpp"

#include <limits>

namespace muster {
namespace {

constexpr auto highest_id = std::numeric_limits<std::int64_t>::max();

TEST(ButtonValue, ComesBackAsItWent) {
    Button button{
        .verb = Verb::help_with,
        .subject = highest_id,
        .extra = 4,
        .revision = 2,
        .label = {},
        .spoken = {},
    };
    const auto pressed = pressed_in(button_value(button)).value();
    EXPECT_EQ(pressed.verb, Verb::help_with);
    EXPECT_EQ(pressed.subject, highest_id);
    EXPECT_EQ(pressed.extra, 4);

    button.subject = std::numeric_limits<std::int64_t>::min();
    EXPECT_EQ(pressed_in(button_value(button))->subject, button.subject);
}

TEST(ButtonValue, IsNotGuessedAt) {
    for (const auto* value :
         {"",
          ":",
          ":::",
          "answer",
          "answer:1:2",
          "answer:1:2:3:4",
          "answer:1:2:3 ",
          " answer:1:2:3",
          "Answer:1:2:3",
          "eat:1:2:3",
          "answer:1:2:",
          "answer::2:3",
          "answer:+1:2:3",
          "answer:01:2:3",
          "answer:-0:2:3",
          "answer:1.0:2:3",
          "answer:0x1:2:3",
          "answer:9223372036854775808:2:3",
          "answer:1:2:2147483648"})
        EXPECT_FALSE(pressed_in(value)) << value;
}

}  // namespace
}  // namespace muster
