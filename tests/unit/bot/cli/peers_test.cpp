#include "bot/cli/peers.hpp"

#include <gmock/gmock.h>

namespace muster::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> private_hosts_of(const config::Configuration& configuration) {
    return client_options_of(configuration).allowed_private_hosts;
}

config::Configuration slack_at(std::string api_base_url, std::vector<std::string> response_hosts) {
    config::Configuration configuration;
    config::Slack slack;
    slack.api_base_url = std::move(api_base_url);
    slack.response_url_hosts = std::move(response_hosts);
    configuration.slack.push_back(std::move(slack));
    return configuration;
}

TEST(Peers, OfEverybodyAreOnNobodysOwnNetwork) {
    for (auto url : {"https://slack.com/api/", "https://slack.com:443/api/"})
        EXPECT_THAT(private_hosts_of(slack_at(url, {"hooks.slack.com"})), IsEmpty()) << url;
    auto government = slack_at("https://slack-gov.com/api/", {"hooks.slack-gov.com"});
    EXPECT_THAT(private_hosts_of(government), IsEmpty());
}

TEST(Peers, ThatTheOperatorNamedMayBeOnTheirNetwork) {
    auto gateway = slack_at("https://gateway.corp/api/", {"127.0.0.1:8090", "notslack.com"});
    gateway.heartbeat_url = "https://alive.corp/muster";

    EXPECT_THAT(
        private_hosts_of(gateway),
        ElementsAre("gateway.corp", "127.0.0.1:8090", "notslack.com", "alive.corp")
    );
}

}  // namespace
}  // namespace muster::cli
