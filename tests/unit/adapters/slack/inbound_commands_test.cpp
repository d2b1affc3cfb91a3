#include "tests/unit/adapters/slack/inbound_story.hpp"

namespace muster::slack {
namespace {

using Workspaces = std::vector<Workspace>;

const std::string command =
    "token=old&team_id=T1&team_domain=example&channel_id=C1&channel_name=payments&user_id=U1"
    "&user_name=amira&command=%2Fmuster&api_app_id=A1&is_enterprise_install=false"
    "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1%2F1%2Fx&trigger_id=1.2.abc";

Heard read(const std::string& body) {
    return read_command(body, ours);
}

std::string text_of(const std::string& typed) {
    return event_of<Commanded>(read(command + "&" + form_of("text", typed))).text;
}

TEST(SlackCommand, IsWhatWasTypedAfterItsName) {
    auto told = told_of(read(command + "&text=away+until+fri"));

    EXPECT_EQ(std::get<Commanded>(told.event).text, "away until fri");
    EXPECT_EQ(told.origin, Origin::command);
    EXPECT_EQ(told.account, "U1");
    EXPECT_EQ(told.sent_at, Instant{});
    EXPECT_EQ(told.workspaces, (Workspaces{{"T1", ""}}));
    EXPECT_EQ(told.keys, std::vector<std::string>{"t:1.2.abc"});
}

TEST(SlackCommand, TellsHowItIsAnswered) {
    auto way = told_of(read(command + "&text=")).way;

    EXPECT_EQ(way.trigger, "1.2.abc");
    EXPECT_EQ(way.response_url, "https://hooks.slack.com/commands/T1/1/x");
    EXPECT_EQ(way.channel, "C1");
    EXPECT_EQ(way.thread, "");
    EXPECT_EQ(way.message, "");
    EXPECT_EQ(way.view, "");
}

TEST(SlackCommand, MayBeEmpty) {
    EXPECT_EQ(text_of(""), "");
    EXPECT_EQ(event_of<Commanded>(read(command)).text, "");
}

TEST(SlackCommand, SaysWhatWasTypedAndNotWhatSlackMadeOfIt) {
    EXPECT_EQ(text_of("why <@U2|ana> &amp; <#C2|payments>"), "why @ana & #payments");
    EXPECT_EQ(text_of("b: na\xC3\xAFve &lt;b&gt; 100%+1"), "b: na\xC3\xAFve <b> 100%+1");
}

TEST(SlackCommand, IsOfItsWorkspaceAndOfItsOrganisation) {
    EXPECT_EQ(
        told_of(read(command + "&enterprise_id=E1&enterprise_name=Example")).workspaces,
        (Workspaces{{"T1", "E1"}})
    );
}

TEST(SlackCommand, RunsNothingWhenSlackOnlyChecksTheAddress) {
    EXPECT_EQ(why_of(read("ssl_check=1&token=old")), why::ssl_check);
    EXPECT_EQ(why_of(read(command + "&text=status&ssl_check=1")), why::ssl_check);
    EXPECT_EQ(why_of(read("ssl_check=1&" + command)), why::ssl_check);
    EXPECT_EQ(why_of(read(command + "&ssl_check=0")), "told");
}

TEST(SlackCommand, NeedsNoTrigger) {
    EXPECT_EQ(told_of(read("user_id=U1&team_id=T1&text=status")).keys, std::vector<std::string>{});
}

TEST(SlackCommand, IsMalformedWhenItIsNoFormOrNobodysOrNoText) {
    for (const auto& body :
         {std::string{},
          std::string{"{}"},
          std::string{"team_id=T1&text=status"},
          std::string{"user_id=&text=status"},
          command + "&text=a&text=b",
          command + "&user_id=U2",
          command + "&text=%00",
          command + "&text=%FF",
          command + "&text=%ED%A0%80",
          command + "&text=%C0%AF",
          command + "&other=%FF",
          command + "&text=a%"})
        EXPECT_EQ(why_of(read(body)), "malformed") << body;
}

}  // namespace
}  // namespace muster::slack
