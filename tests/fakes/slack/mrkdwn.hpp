#pragma once

#include <string>
#include <string_view>
#include <vector>

// Slack's markup in texts (protocols/slack.md 4.2).
namespace muster::fake_slack {

// Everything in it that would notify, name or link: "<!channel>", "<@U1>", "<#C1>",
// "<https://example.org|words>". Not dates.
std::vector<std::string> mentions_and_links_in(std::string_view mrkdwn);

// As a person reads it: dates and links as their words, entities as letters.
std::string as_read(std::string_view mrkdwn);

// What a person types, as it stands in `text`.
std::string as_sent(std::string_view typed);

}  // namespace muster::fake_slack
