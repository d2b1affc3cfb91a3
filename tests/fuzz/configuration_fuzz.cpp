#include <algorithm>
#include <cstdlib>

#include "config/configuration.hpp"
#include "config/peers.hpp"
#include "tests/fuzz/fuzz.hpp"

// Whatever an operator writes, they are told in words what does not fit, and no secret is among
// them. Input: the text of the file.
namespace muster::config {
namespace {

using fuzz::promise;

constexpr auto secret_variable = "MUSTER_SECRET";
constexpr auto secret = "xoxb-never-shown-8f742231b10e";
constexpr auto file = "/nowhere/muster.jsonc";  // what is named beside it does not exist

void expect_told_well(const Problems& problems, int lines) {
    promise(!problems.empty(), "what is refused has a problem");
    for (const auto& problem : problems) {
        auto told = to_text(problem);
        promise(!problem.expected.empty(), "a problem says what is expected");
        promise(problem.file == file, "and in which file");
        promise(problem.line >= 0 && problem.line <= lines, "and in which line");
        promise(told.find(secret) == told.npos, "and no secret");
        promise(fuzz::is_utf8(told), "in words that can be shown");
        promise(problem.pointer.empty() || problem.pointer.starts_with('/'), "a pointer");
    }
}

void expect_usable(const Configuration& configuration) {
    promise(!configuration.organisation.empty(), "an organisation has a name");
    for (const auto& connection : connections_of(configuration))
        promise(!connection.name.empty(), "a connection has a name");
    for (const auto& slack : configuration.slack) {
        promise(!slack.bot_token.reveal().empty(), "a token is not empty");
        promise(is_peer_url(slack.api_base_url), "Slack has an address that may be called");
        bool is_http = slack.transport == Slack::Transport::http;
        promise(!is_http || slack.signing_secret.has_value(), "requests are signed");
    }
    bool is_only_here = !configuration.local_enabled || is_loopback(configuration.server.listen);
    promise(is_only_here, "the local workspace is for this machine alone");
    for (const auto& teams : configuration.msteams)
        promise(is_peer_url(teams.token_url), "the login has an address that may be called");
}

// What stands where an address does.
void expect_judged(std::string_view text) {
    auto listener = listener_from(text);
    promise(!listener || !listener->host.empty(), "a listener has an address");
    promise(!is_peer_url(text) || !host_of(text).empty(), "a peer has a host");
    static_cast<void>(is_proxy_url(text));
    static_cast<void>(is_host(text));
    static_cast<void>(is_network(text));
}

}  // namespace
}  // namespace muster::config

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    namespace config = muster::config;
    static const int is_set = ::setenv(config::secret_variable, config::secret, 1);
    muster::fuzz::promise(is_set == 0, "the environment can be set");
    auto text = muster::fuzz::text_of(bytes, size);
    // libFuzzer learns what is compared, and writes the secret into the file itself.
    if (text.find(config::secret) != text.npos) return 0;
    auto lines = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
    if (auto configuration = config::configuration_from(text, config::file))
        config::expect_usable(*configuration);
    else
        config::expect_told_well(configuration.error(), lines);
    config::expect_judged(text);
    return 0;
}
