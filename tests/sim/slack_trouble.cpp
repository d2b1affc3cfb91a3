#include <algorithm>

#include "tests/fakes/slack/admin.hpp"
#include "tests/sim/slack_marks.hpp"
#include "tests/sim/slack_side.hpp"

// What befalls Slack, and the way to it.
namespace muster::sim {

using namespace std::chrono_literals;

// An app that people removed is told so, and one that an operator's hand revoked is not.
void SlackSide::suspend() {
    auto is_told = around_.random.chance(0.5);
    if (is_told) fake_slack::Admin{slack_}.uninstalls_app(time_.now());
    slack_.workspace().token_is_revoked = true;
}

// Another token is put into the running process, where there is one, or into the next one's
// configuration.
void SlackSide::resume() {
    auto& workspace = slack_.workspace();
    auto is_mended = !std::exchange(workspace.token_is_revoked, false);
    if (is_mended || around_.random.chance(0.5)) return;
    slack_.renew_token();
    go_on_with_new_token();
}

void SlackSide::close_account(const std::string& account) {
    fake_slack::Admin{slack_}.deactivates(account, time_.now());
}

void SlackSide::open_account(const std::string& account) {
    fake_slack::Admin{slack_}.reactivates(account, time_.now());
}

void SlackSide::lose(const std::string& place, Loss how) {
    fake_slack::Admin admin{slack_};
    switch (how) {
        case Loss::archived: return admin.archives(place, time_.now());
        case Loss::deleted: return admin.deletes(place, time_.now());
        case Loss::removed: return admin.removes_app_from(place, time_.now());
    }
}

void SlackSide::give_back(const std::string& place) {
    auto& lost = channel(place);
    if (lost.is_archived) fake_slack::Admin{slack_}.unarchives(place, time_.now());
    const auto& bot = slack_.workspace().installation.bot_user;
    if (lost.has(bot) || lost.members.empty()) return;
    fake_slack::Person{slack_, lost.members.front()}.invites_app_to(place, time_.now());
}

void SlackSide::rename(const std::string& place) {
    fake_slack::Admin{slack_}.renames_channel(place, channel(place).name + "-2", time_.now());
}

void SlackSide::found(const std::string& place) {
    auto& workspace = slack_.workspace();
    std::vector<std::string> everybody{workspace.installation.bot_user};
    for (const auto& [id, user] : workspace.users)
        if (!user.is_bot) everybody.push_back(id);
    workspace.add(fake_slack::Channel{.id = place, .name = place, .members = everybody});
}

void SlackSide::invite(const std::string& place) {
    auto& workspace = slack_.workspace();
    if (channel(place).has(workspace.installation.bot_user))
        fake_slack::Admin{slack_}.removes_app_from(place, time_.now());
    for (const auto& member : channel(place).members) {
        if (workspace.users.at(member).is_deleted) continue;
        fake_slack::Person{slack_, member}.invites_app_to(place, time_.now());
        break;
    }
}

bool SlackSide::is_reported_to(const std::string& place) {
    const auto& said = slack_.workspace().messages[place];
    return std::ranges::any_of(said, [](const auto& line) {
        return marked(line.second).has_value();
    });
}

void SlackSide::put_out_of_reach(const std::string& account) {
    slack_.workspace().users.at(account).takes_no_messages = true;
}

void SlackSide::put_within_reach(const std::string& account) {
    slack_.workspace().users.at(account).takes_no_messages = false;
}

fake_slack::Channel& SlackSide::channel(const std::string& place) {
    return slack_.workspace().channels.at(place);
}

// Lines are cut and renewed; at times Socket Mode is turned off.
Task<> SlackSide::blow() {
    while (!is_calm_) {
        co_await time_.pause(gusts_.between(milliseconds{1min}, milliseconds{2h}));
        if (is_calm_) co_return;
        auto kind = gusts_.between(0, 19);
        if (kind < 12) {
            sockets_.cut_one();
        } else if (kind < 19) {
            if (gusts_.chance(0.5)) sockets_.say_goodbye("warning", 10s);
            sockets_.say_goodbye("refresh_requested", 10s);
        } else {
            slack_.sockets().refusal = "socket_mode_is_off";
            sockets_.say_goodbye("link_disabled", 1s);
            co_await time_.pause(gusts_.between(milliseconds{1min}, milliseconds{2h}));
            slack_.sockets().refusal = "";
        }
    }
}

void SlackSide::heal() {
    is_calm_ = true;
    slack_.sockets().refusal = "";
    sockets_.greet_late(0ms);
    client_.troubles().end();
    slack_.outbox().drift(false);
    input_faults_ = {};
}

}  // namespace muster::sim
