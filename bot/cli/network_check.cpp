#include "bot/cli/network_check.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "adapters/slack/checkup.hpp"
#include "bot/cli/plain_text.hpp"
#include "bot/cli/token_keys.hpp"

namespace muster::cli {
namespace {

constexpr std::size_t told_every = 25;  // channels and people

// Whom Muster writes to over one connection, and what they are called.
struct Known {
    Correspondents who;
    std::map<std::string, std::string> names;  // by external id
};

Known known_over(View& view, const std::string& key, Instant now) {
    Known known;
    auto connections = view.connections();
    auto connection = std::ranges::find(connections, key, &Connection::key);
    if (connection == connections.end()) return known;
    auto add = [&](std::vector<std::string>& to, const std::string& id, const std::string& name) {
        if (known.names.emplace(id, name).second) to.push_back(id);
    };
    for (const auto& team : view.teams()) {
        auto roster = team.archived ? std::nullopt : view.roster(team.id, now);
        if (!roster) continue;
        for (const auto& channel : roster->channels)
            if (channel.connection == connection->id)
                add(known.who.channels, channel.external_id, team.name);
    }
    for (const auto& person : view.people()) {
        auto home = person.archived ? std::nullopt : view.account(person.home);
        if (home && home->connection == connection->id)
            add(known.who.people, home->external_id, person.name);
    }
    return known;
}

class SlackWords {
public:
    SlackWords(const config::Slack& slack, const Known& known) : slack_(slack), known_(known) {}

    Ailment of(const Obstacle& obstacle) const {
        using Kind = Obstacle::Kind;
        auto workspace = fmt::format("Slack \"{}\"", slack_.name);
        auto who = fmt::format("{} ({})", name_of(obstacle.address), obstacle.address);
        switch (obstacle.kind) {
            case Kind::not_reached:
                return {
                    fmt::format("{} did not answer ({}).", workspace, obstacle.reason),
                    fmt::format(
                        "Check that this machine may call {}, and \"network\" in the "
                        "configuration.",
                        slack_.api_base_url
                    )};
            case Kind::refused:
                return {
                    fmt::format("{} refuses the token ({}).", workspace, obstacle.reason),
                    "Install the app in the workspace again, and put its bot token where "
                    "\"bot_token\" points."};
            case Kind::not_permitted:
                return {
                    fmt::format("{} has not granted the scope {}.", workspace, obstacle.reason),
                    install_with(obstacle.reason)};
            case Kind::cannot_tell:
                return {
                    fmt::format(
                        "{} does not let Muster look everything up: the scope {} is not granted. "
                        "Stand-ups work without it.",
                        workspace,
                        obstacle.reason
                    ),
                    install_with(obstacle.reason)};
            case Kind::channel_unknown:
                return {
                    fmt::format("{}: Slack shows Muster no such channel.", who),
                    "Invite Muster there with /invite @Muster, or correct the channel's id in the "
                    "settings file."};
            case Kind::channel_without_us:
                return {
                    fmt::format("{}: Muster is not in the channel.", who),
                    "Invite it there with /invite @Muster."};
            case Kind::channel_archived:
                return {
                    fmt::format("{}: the channel is archived.", who),
                    "Unarchive it in Slack, or choose another channel in the settings file."};
            case Kind::person_unknown:
                return {
                    fmt::format("{}: Slack knows nobody by this id.", who),
                    "Correct the person's account in the settings file."};
            case Kind::person_deactivated:
                return {
                    fmt::format("{}: the account in Slack is deactivated.", who),
                    "Remove the person from the settings file, or correct the account."};
            case Kind::person_is_bot:
                return {
                    fmt::format("{}: this is a bot, and cannot answer.", who),
                    "Correct the person's account in the settings file."};
        }
        return {};
    }

private:
    static std::string install_with(const std::string& scope) {
        return fmt::format(
            "Add {} under \"OAuth & Permissions\" of the app, then install it again.", scope
        );
    }

    std::string name_of(const std::string& address) const {
        auto known = known_.names.find(address);
        return known == known_.names.end() ? "Somebody" : known->second;
    }

    const config::Slack& slack_;
    const Known& known_;
};

Task<> ask_about_socket(
    Office::Parts parts,
    std::string name,
    std::string api_base_url,
    config::Secret app_token,
    std::vector<Ailment>& ailments
) {
    slack::WebApi api{parts.peers.client(), parts.clock, api_base_url, app_token.reveal()};
    auto reason = co_await slack::check_socket(api, parts.peers.client());
    if (reason.empty()) co_return;
    ailments.push_back(
        {fmt::format("Slack \"{}\" cannot be heard over Socket Mode ({}).", name, reason),
         "Check that \"app_token\" is an app-level token (xapp-) of this app with the scope "
         "connections:write, that Socket Mode is on in the settings of the app, and that this "
         "machine may call wss-primary.slack.com and wss-backup.slack.com."}
    );
}

Task<> ask_slack(
    Office::Parts parts, const config::Slack& slack, Output& output, std::vector<Ailment>& ailments
) {
    auto now = parts.clock.now();
    auto look = [&slack, now](View& view) { return known_over(view, slack.name, now); };
    auto known = co_await parts.store.read(look);
    auto all = known.who.channels.size() + known.who.people.size();
    co_await output.out(fmt::format(
        "Asking Slack \"{}\" about {} and {}.\n",
        slack.name,
        counted(known.who.channels.size(), "channel"),
        people_counted(known.who.people.size())
    ));
    slack::WebApi api{
        parts.peers.client(), parts.clock, slack.api_base_url, slack.bot_token.reveal()};
    auto progress = [&](std::size_t count) -> Task<> {
        if (count % told_every == 0 && count < all)
            co_await output.out(fmt::format("  {} of {}\n", count, all));
    };
    auto obstacles = co_await slack::check(api, parts.clock, known.who, progress);
    if (slack.transport == config::Slack::Transport::socket)
        co_await ask_about_socket(
            parts, slack.name, slack.api_base_url, *slack.app_token, ailments
        );
    SlackWords words{slack, known};
    for (const auto& obstacle : obstacles)
        ailments.push_back(words.of(obstacle));
}

// The workspaces that have installed Muster, as if they stood in the configuration; without those
// whose token cannot be read.
Task<std::vector<config::Slack>> installed_in(Office::Parts parts) {
    std::vector<config::Slack> workspaces;
    const auto& app = parts.configuration.slack_app;
    if (!app) co_return workspaces;
    SqliteInstallations installations{parts.store};
    auto known = co_await installations.all();
    auto key = token_key_of(parts.configuration);
    for (const auto& installation : known) {
        auto token = token_of(installation, key);
        if (!token) continue;
        config::Slack slack;
        slack.name = installation.workspace;
        slack.bot_token = config::Secret{*std::move(token)};
        slack.api_base_url = app->api_base_url;
        workspaces.push_back(std::move(slack));
    }
    co_return workspaces;
}

}  // namespace

Task<std::vector<Ailment>> ask_the_platforms(Office::Parts parts, Output& output) {
    std::vector<Ailment> ailments;
    const auto& configuration = parts.configuration;
    auto all = configuration.slack;
    auto installed = co_await installed_in(parts);
    all.insert(all.end(), installed.begin(), installed.end());
    const auto& app = configuration.slack_app;
    auto is_heard = app && app->transport == config::SlackApp::Transport::socket;
    if (all.empty() && !is_heard) {
        co_await output.out("Network: nothing to call. The local workspace needs no network.\n");
        co_return ailments;
    }
    for (const auto& slack : all)
        co_await ask_slack(parts, slack, output, ailments);
    if (is_heard)
        co_await ask_about_socket(parts, "slack_app", app->api_base_url, *app->app_token, ailments);
    co_return ailments;
}

}  // namespace muster::cli
