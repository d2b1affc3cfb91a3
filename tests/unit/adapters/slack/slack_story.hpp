#pragma once

#include <gmock/gmock.h>

#include "adapters/slack/app.hpp"
#include "bot/app/queries.hpp"
#include "config/texts.hpp"
#include "tests/fakes/slack/client.hpp"
#include "tests/fakes/slack/person.hpp"
#include "tests/fakes/slack/reading.hpp"
#include "tests/unit/bot/app/app_story.hpp"

namespace muster::slack {

namespace fake = fake_slack;

// The whole way through Slack, on virtual time: what a person does becomes the request that Slack
// would send, and the bot's calls come to a Slack that holds it to its rules.
class SlackStory : public AppStory {
protected:
    SlackStory() {
        auto& workspace = slack.workspace();
        for (auto* key : {"dev", "amira", "bo"}) {
            auto id = sim::account_of(key);
            workspace.add(fake::User{.id = id, .name = key, .real_name = key});
            everybody.push_back(id);
        }
        everybody.push_back(workspace.installation.bot_user);
        workspace.add(fake::Channel{.id = team_channel, .name = "payments", .members = everybody});
        bring_what_is_sent();
    }

    ~SlackStory() override {
        calls.cancel();
        finish(calls.join());
    }

    void bring_what_is_sent() {
        slack.outbox().on_request([this](fake::AppRequest request) {
            tasks.spawn(bring(std::move(request)));
        });
    }

    // The bot runs, and knows who it is.
    void begin() {
        AppStory::start(
            {{connection, &app.platform()}},
            {{connection, &app.directory()}},
            {{connection, &app.history()}}
        );
        dispatcher.emplace(DispatcherParts{service->intake(), queries, clock, entropy, metrics});
        endpoint.emplace(EndpointParts{*dispatcher, clock, metrics});
        endpoint->add(app.installation());
        endpoint->add_to(routes);
        calls.spawn(app.introduce());
        pass(1s);
    }

    // Everybody was asked.
    void ask_everybody() {
        begin();
        until("2026-11-23T09:31");
    }

    fake::Person who(const std::string& key) { return {slack, sim::account_of(key)}; }

    // What the app has posted in somebody's direct message, oldest first.
    std::vector<fake::Message> direct_of(const std::string& key) {
        auto channel = slack.workspace().direct_with(sim::account_of(key)).id;
        return fake::posted_by_app_in(slack.workspace(), channel);
    }

    std::vector<fake::Message> summaries() {
        auto posted = fake::posted_by_app_in(slack.workspace(), team_channel);
        std::erase_if(posted, [](const fake::Message& message) { return !message.thread.empty(); });
        return posted;
    }

    // Presses a button of the prompt.
    void press_prompt(const std::string& key, const std::string& button) {
        auto person = who(key);
        auto prompt = direct_of(key).front();
        person.presses(prompt.channel, prompt.ts, button, clock.now());
        pass(1s);
    }

    void say(const std::string& key, const std::string& words) {
        who(key).says(words, clock.now());
        pass(1s);
    }

    // One request, and what the bot answers to it at once.
    http::Response ask(const fake::AppRequest& request) { return result_of(handle(request)); }

    Task<http::Response> handle(fake::AppRequest asked) {
        http::Request request;
        request.method = "POST";
        request.path = asked.path;
        for (const auto& [name, value] : asked.headers)
            request.headers.add(name, value);
        request.body = asked.body;
        request.remote = "127.0.0.1";
        request.received_at = clock.now();
        request.arrived_at = clock.steady_now();
        auto handler = routes.at(asked.path)->at("POST").handler;
        co_return co_await handler(std::move(request));
    }

    // As Slack does: signed at this moment, and again when it was not acknowledged.
    Task<> bring(fake::AppRequest request) {
        auto signed_now = fake::signed_at(request, slack.workspace().installation, clock.now());
        requests_seen.push_back(signed_now);
        auto response = co_await handle(signed_now);
        fake::AppAnswer answer{response.status, {}, response.body};
        answer.headers.emplace_back("content-type", response.content_type);
        for (const auto& [name, value] : response.headers)
            answer.headers.emplace_back(http::lower_case(name), value);
        statuses.push_back(response.status);
        auto again = slack.hear(signed_now, answer, clock.now());
        if (!again) co_return;
        co_await clock.pause(again->at - clock.now());
        co_await bring(again->request);
    }

    std::vector<std::string> everybody;
    std::vector<fake::AppRequest> requests_seen;
    std::vector<int> statuses;
    fake::FakeSlack slack;
    TaskGroup calls{
        loop.get_executor(), [](std::exception_ptr problem) { std::rethrow_exception(problem); }};
    fake::FakeSlackClient client{slack, clock, tasks, sim::Random{2}};
    Catalogue catalogue = config::load_texts();
    App app{
        {connection,
         slack.workspace().installation.api,
         slack.workspace().installation.token,
         {{slack.workspace().installation.signing_secret, std::nullopt}},
         {"hooks.slack.com"}},
        {client, catalogue, clock, log, calls}};
    Queries queries{store};
    std::optional<Dispatcher> dispatcher;
    std::optional<Endpoint> endpoint;
    http::Routes routes;
};

}  // namespace muster::slack
