#include <gtest/gtest.h>

#include "tests/unit/adapters/slack/golden.hpp"

namespace muster::slack {
namespace {

constexpr auto highest_id = std::numeric_limits<std::int64_t>::max();

Button a_button(Text label = verbatim("I can help")) {
    return {
        .verb = Verb::help_with,
        .subject = highest_id,
        .extra = 4,
        .revision = 2,
        .label = std::move(label),
        .spoken = verbatim("I can help with blocker 13"),
    };
}

json::Array elements_of(const Buttons& row) {
    Message message;
    message.notification = verbatim("x");
    message.blocks = {row};
    const auto posts = render(message, golden::catalogue());
    return *posts.front().blocks.front().find("elements")->array();
}

std::string spoken_in(const json::Value& element) {
    return element.text_of("accessibility_label");
}

std::string label_in(const json::Value& element) {
    return element.find("text")->text_of("text");
}

TEST(SlackButtons, SayWhatTheyDoAndToWhat) {
    const auto element = elements_of({{a_button()}}).front();

    EXPECT_EQ(element.text_of("action_id"), "help_with:0");
    EXPECT_EQ(element.text_of("value"), "help_with:9223372036854775807:4:2");
    EXPECT_EQ(label_in(element), "I can help");
    EXPECT_EQ(spoken_in(element), "I can help with blocker 13");
    EXPECT_EQ(element.find("style"), nullptr);
}

TEST(SlackButtons, AreToldApartInTheirRow) {
    const auto row = elements_of({{a_button(), a_button()}});
    EXPECT_EQ(row[0].text_of("action_id"), "help_with:0");
    EXPECT_EQ(row[1].text_of("action_id"), "help_with:1");
}

TEST(SlackButtons, StandOutWhereOneIsMeant) {
    auto button = a_button();
    button.primary = true;
    EXPECT_EQ(elements_of({{button}}).front().text_of("style"), "primary");
}

TEST(SlackButtons, ShowWhereALongLabelIsCut) {
    auto button = a_button(verbatim(std::string(80, 'a')));
    button.spoken = verbatim("Add to my plan: " + std::string(80, 'b'));
    const auto element = elements_of({{button}}).front();

    EXPECT_EQ(label_in(element), std::string(74, 'a') + "…");
    EXPECT_EQ(spoken_in(element), "Add to my plan: " + std::string(58, 'b') + "…");
}

TEST(SlackButtons, AreNeverEmpty) {
    auto button = a_button(verbatim(""));
    button.spoken = verbatim("");
    const auto element = elements_of({{button}}).front();

    EXPECT_EQ(label_in(element), "…") << "Slack takes no empty label";
    EXPECT_EQ(element.find("accessibility_label"), nullptr);
}

TEST(SlackButtons, FitWhatSlackCarriesWhateverTheyAreFor) {
    auto button = a_button();
    button.extra = button.subject = std::numeric_limits<std::int64_t>::min();
    button.revision = std::numeric_limits<int>::min();
    for (int number = 0; name(static_cast<Verb>(number))[0] != '\0'; ++number) {
        button.verb = static_cast<Verb>(number);
        EXPECT_LE(button_value(button).size(), 255U);
        EXPECT_EQ(pressed_in(button_value(button))->verb, button.verb);
    }
}

}  // namespace
}  // namespace muster::slack
