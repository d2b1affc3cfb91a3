#pragma once

#include <gmock/gmock.h>

#include "adapters/msteams/app.hpp"
#include "bot/app/queries.hpp"
#include "config/texts.hpp"
#include "storage/sqlite/contact_book.hpp"
#include "tests/fakes/msteams/cards.hpp"
#include "tests/fakes/msteams/client.hpp"
#include "tests/fakes/msteams/person.hpp"
#include "tests/unit/bot/app/app_story.hpp"

namespace muster::msteams {

namespace fake = fake_teams;

// The whole way through Teams, on virtual time: what a person does becomes the request that Teams
// would send, and the bot's calls come to a Teams that holds it to its rules.
class TeamsStory : public AppStory {
protected:
    TeamsStory() {
        for (auto* key : {"dev", "amira", "bo"}) {
            fake::User user;
            user.id = sim::account_of(key);
            user.name = key;
            teams.tenant().add(std::move(user));
        }
        fake::Channel channel;
        channel.id = team_channel;
        channel.name = "Payments";
        teams.tenant().add(std::move(channel));
        teams.on_request([this](fake::AppRequest request) {
            tasks.spawn(bring(std::move(request)));
        });
    }

    ~TeamsStory() override {
        EXPECT_THAT(teams.complaints().lines(), testing::IsEmpty());
        calls.cancel();
        finish(calls.join());
    }

    // The bot runs.
    void begin() {
        finish(app.load());
        AppStory::start({{connection, &app.platform()}}, {{connection, &app.directory()}});
        endpoint.emplace(EndpointParts{service->intake(), queries, clock, entropy, log, metrics});
        endpoint->add(app.installation());
        endpoint->add_to(routes);
        calls.spawn(app.run());
        pass(1s);
    }

    // Everybody has added the app, and it is in the team's channel.
    void install() {
        begin();
        for (auto* key : {"dev", "amira", "bo"})
            who(key).adds_app(clock.now());
        who("dev").adds_app_to(team_channel, clock.now());
        pass(1s);
    }

    // Everybody was asked.
    void ask_everybody() {
        install();
        until("2026-11-23T09:31");
    }

    fake::Person who(const std::string& key) { return {teams, sim::account_of(key)}; }

    // What the app has posted in somebody's chat, oldest first.
    std::vector<fake::Posted> direct_of(const std::string& key) {
        return teams.tenant().posted_by_app_in(who(key).chat());
    }

    fake::Posted newest(const std::string& key) {
        auto posted = direct_of(key);
        return posted.empty() ? fake::Posted{} : posted.back();
    }

    std::vector<fake::Posted> in_channel() { return teams.tenant().posted_by_app_in(team_channel); }

    static std::string words(const fake::Posted& message) {
        return message.card.empty() ? message.words : fake::words_of(message.card);
    }

    static std::vector<std::string> buttons(const fake::Posted& message) {
        return fake::buttons_of(message.card);
    }

    void press(const std::string& key, const fake::Posted& message, const std::string& button) {
        who(key).presses(message, button, clock.now());
        pass(1s);
    }

    void press_prompt(const std::string& key, const std::string& button) {
        press(key, direct_of(key).front(), button);
    }

    std::string say(const std::string& key, const std::string& line) {
        auto id = who(key).says(line, clock.now());
        pass(1s);
        return id;
    }

    bool submit(const std::string& key) {
        auto is_sent = who(key).submits(clock.now());
        pass(1s);
        return is_sent;
    }

    // What was last said shortly above a card or in a dialog.
    std::string flash(const std::string& key) {
        const auto& said = teams.tenant().flashes[sim::account_of(key)];
        return said.empty() ? "" : said.back();
    }

    Task<http::Response> handle(fake::AppRequest asked) {
        http::Request request;
        request.method = "POST";
        request.path = "/msteams/messages";
        for (const auto& [name, value] : asked.headers)
            request.headers.add(name, value);
        request.body = asked.body;
        request.remote = "127.0.0.1";
        request.received_at = clock.now();
        request.arrived_at = clock.steady_now();
        auto handler = routes.at(request.path)->at("POST").handler;
        co_return co_await handler(std::move(request));
    }

    Task<> bring(fake::AppRequest request) {
        requests_seen.push_back(request);
        auto response = co_await handle(request);
        statuses.push_back(response.status);
        // A test that sends what Teams would not send looks at the number itself.
        if (response.status >= 400 && response.status < 500) co_return;
        fake::AppAnswer answer{response.status, response.body};
        teams.hear(request, answer, clock.now());
    }

    std::vector<fake::AppRequest> requests_seen;
    std::vector<int> statuses;
    fake::FakeTeams teams;
    TaskGroup calls{
        loop.get_executor(), [](std::exception_ptr problem) { std::rethrow_exception(problem); }};
    fake::FakeTeamsClient client{teams, clock, tasks, sim::Random{2}};
    Catalogue catalogue = config::load_texts();
    SqliteContactBook book{*file};
    App app{
        {connection,
         teams.tenant().installation.app_id,
         teams.tenant().installation.app_password,
         teams.tenant().installation.tenant,
         teams.tenant().installation.issuer,
         teams.tenant().installation.scope,
         teams.tenant().installation.metadata,
         teams.tenant().installation.login,
         {"smba.trafficmanager.net"}},
        {client, book, catalogue, clock, entropy, log, calls}};
    Queries queries{store};
    std::optional<Endpoint> endpoint;
    http::Routes routes;
};

}  // namespace muster::msteams
