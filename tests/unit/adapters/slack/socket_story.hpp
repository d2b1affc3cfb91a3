#pragma once

#include "adapters/slack/socket_mode.hpp"
#include "tests/fakes/slack/socket_client.hpp"
#include "tests/unit/adapters/slack/slack_story.hpp"

namespace muster::slack {

// The way through Slack where the bot opens the connection.
class SlackSocket : public SlackStory {
protected:
    SlackSocket() {
        slack.outbox().on_request([this](fake::AppRequest request) {
            sockets.tell(std::move(request));
        });
    }

    ~SlackSocket() override {
        calls.cancel();
        finish(calls.join());
        socket.reset();
        EXPECT_THAT(slack.violations(), testing::IsEmpty());
    }

    void begin() {
        AppStory::start({{connection, &app.platform()}});
        dispatcher.emplace(DispatcherParts{service->intake(), queries, clock, entropy, metrics});
        const auto& installation = slack.workspace().installation;
        SocketMode::Parts parts{client, sockets, *dispatcher, clock, entropy, log, metrics, calls};
        SocketModeSettings settings{"main", installation.api, installation.app_token, {}};
        socket.emplace(std::move(settings), parts);
        socket->add(app.installation());
        calls.spawn(app.introduce());
        calls.spawn(socket->run());
        pass(2s);
    }

    void ask_everybody() {
        begin();
        until("2026-11-23T09:31");
    }

    auto lines() { return slack.sockets().lines(); }

    fake::FakeSlackSockets sockets{slack, clock, tasks, sim::Random{3}};
    std::optional<SocketMode> socket;
};

}  // namespace muster::slack
