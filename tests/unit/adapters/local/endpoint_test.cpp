#include "adapters/local/endpoint.hpp"

#include "adapters/system/entropy.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "tests/unit/adapters/local/workspace_story.hpp"

namespace muster {
namespace {

class SilentLog : public Log {
public:
    void write(Severity, std::string_view, const Fields&) override {}
};

// A clock that knows how long somebody was ready to wait.
class RecordedPauses : public Clock {
public:
    explicit RecordedPauses(Clock& clock) : clock_(clock) {}

    Instant now() const override { return clock_.now(); }

    SteadyInstant steady_now() const override { return clock_.steady_now(); }

    Task<> sleep_until(Instant when, Bell& bell) override { return clock_.sleep_until(when, bell); }

    Task<> pause(milliseconds length) override { return clock_.pause(length); }

    Task<> pause(milliseconds length, Bell& bell) override {
        last_pause = length;
        return clock_.pause(length, bell);
    }

    std::optional<milliseconds> last_pause;

private:
    Clock& clock_;
};

// One team of two with a channel, in a real store; the endpoint is asked without a network.
class LocalEndpointStory : public WorkspaceStory {
protected:
    LocalEndpointStory() {
        endpoint.add_to(routes);
        auto found_a_team = [](Transaction& transaction) -> Result<bool> {
            transaction.apply(a_team(), Instant{});
            return true;
        };
        result_of(store->write(found_a_team)).value();
    }

    ~LocalEndpointStory() override { result_of(close()); }

    static Decision a_team() {
        Decision decision;
        Organisation organisation{OrganisationId{1}, "Example"};
        Team team;
        team.id = TeamId{5};
        team.organisation = organisation.id;
        team.key = "payments";
        team.name = "Payments";
        decision.changes = {organisation, Connection{{2}, organisation.id, "local", "local"}, team};
        decision.changes.push_back(Channel{ChannelId{6}, team.id, ConnectionId{2}, "payments"});
        std::int64_t next = 10;
        for (std::string key : {"amira", "bo"}) {
            Person person;
            person.id = PersonId{next++};
            person.organisation = organisation.id;
            person.key = key;
            person.name = key;
            person.language = key == "bo" ? "cy" : "en";
            person.home = AccountId{next++};
            Account account{person.home, ConnectionId{2}, person.id, key, std::nullopt};
            decision.changes.push_back(person);
            decision.changes.push_back(account);
            decision.changes.push_back(Membership{team.id, person.id, Standing::participant});
        }
        return decision;
    }

    Task<int> close() {
        co_await tasks.join();
        co_await store->close();
        co_return 0;
    }

    http::Response ask(std::string method, std::string path, http::Request request) {
        request.path = path;
        return result_of(routes.at(path)->at(method).handler(std::move(request)));
    }

    http::Response post(std::string act, std::string more, std::string origin = own_origin) {
        return ask("POST", "/local/api/" + act, request_of(more, origin));
    }

    static http::Request request_of(std::string more, std::string origin = own_origin) {
        http::Request request;
        request.headers.add("Host", "localhost:8080");
        if (!origin.empty()) request.headers.add("Origin", origin);
        request.body = R"({"request":"0123456789abcdef",)" + more + "}";
        return request;
    }

    static std::string words_of(const http::Response& refused) {
        return json::parse(refused.body).value().text_of("words");
    }

    static constexpr auto own_origin = "http://localhost:8080";
    const std::string hello = R"("as":"amira","place":"payments","text":"Hello all")";

    std::unique_ptr<SqliteStore> store = [this] {
        StoreOptions options;
        options.path = ":memory:";
        options.threads = false;
        return std::move(SqliteStore::open(loop, options).value());
    }();
    SilentLog log;
    TaskGroup tasks{
        loop.get_executor(), [](std::exception_ptr failure) { std::rethrow_exception(failure); }};
    RecordedPauses patience{clock};
    Intake intake{*store, patience, log, tasks};
    SeededEntropy entropy{1};
    Catalogue catalogue{std::map<std::string, Catalogue::Language>{
        {"en",
         {{"refusal.not_saved", {"", {{"other", "Not saved. Try again."}}}},
          {"refusal.nothing_changed", {"", {{"other", "Nothing was changed."}}}}}},
        {"cy", {{"refusal.not_saved", {"", {{"other", "Heb ei gadw."}}}}}},
    }};
    Queries queries{*store};
    LocalEndpoint endpoint{LocalParts{
        intake, queries, workspace, catalogue, clock, entropy, ConnectionId{2}, std::nullopt}};
    http::Routes routes;
};

TEST_F(LocalEndpointStory, KeepsWhatPeopleSayToEachOther) {
    EXPECT_EQ(post("say", hello).status, 200);

    ASSERT_EQ(memory.messages.size(), 1u);
    EXPECT_EQ(memory.messages.front().author, "amira");
    EXPECT_EQ(memory.messages.front().place, "payments");
    EXPECT_EQ(memory.messages.front().line, "Hello all");
    EXPECT_EQ(memory.messages.front().at, nine_thirty);
}

TEST_F(LocalEndpointStory, KeepsFromMusterWhatIsSaidBelowItsMessageInAChannel) {
    RememberedMessage summary;
    summary.id = "m1";
    summary.place = "payments";
    summary.delivery = DeliveryId{9};
    memory.messages.push_back(summary);

    auto below = R"("as":"amira","place":"payments","text":"Nice work!","thread":"m1")";
    EXPECT_EQ(post("say", below).status, 200);

    EXPECT_EQ(memory.messages.size(), 2u);
    EXPECT_FALSE(patience.last_pause) << "nothing was handed in";
}

TEST_F(LocalEndpointStory, KeepsALineOnceHoweverOftenItIsSent) {
    post("say", hello);
    EXPECT_EQ(post("say", hello).status, 200);

    EXPECT_EQ(memory.messages.size(), 1u);
}

TEST_F(LocalEndpointStory, TakesNothingFromAnotherSite) {
    EXPECT_EQ(post("say", hello, "http://evil.example").status, 403);
    EXPECT_EQ(post("say", hello, "https://localhost:8080").status, 403);
    EXPECT_EQ(post("say", hello, "").status, 403);

    EXPECT_TRUE(memory.messages.empty());
}

TEST_F(LocalEndpointStory, TakesNothingFromOrInUnknownPlaces) {
    EXPECT_EQ(post("say", R"("as":"eve","place":"payments","text":"x")").status, 404);
    EXPECT_EQ(post("say", R"("as":"amira","place":"bo","text":"x")").status, 404);
    EXPECT_EQ(
        post("say", R"("as":"amira","place":"payments","text":"x","thread":"m1")").status, 404
    );
    EXPECT_EQ(post("say", R"("as":"amira","place":"payments")").status, 400);

    EXPECT_TRUE(memory.messages.empty());
}

TEST_F(LocalEndpointStory, SaysThatALineIsNotSaved) {
    memory.full = true;

    auto refused = post("say", hello);

    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(words_of(refused), "Not saved. Try again.");
}

TEST_F(LocalEndpointStory, SaysWhyInTheLanguageOfWhoeverActs) {
    memory.full = true;

    auto refused = post("say", R"("as":"bo","place":"payments","text":"Helo")");

    EXPECT_EQ(words_of(refused), "Heb ei gadw.");
}

TEST_F(LocalEndpointStory, SaysToStrangersTooThatNothingWasChanged) {
    auto refused = post("say", R"("as":"eve","place":"payments","text":"x")");

    EXPECT_EQ(words_of(refused), "Nothing was changed.");
}

TEST_F(LocalEndpointStory, LetsTheIntakeCountFromWhenTheRequestArrived) {
    clock.run_until(nine_thirty + 2s);
    http::Request request = request_of(R"("as":"amira","place":"amira","text":"Hello")");
    request.arrived_at = clock.steady_now() - 2s;

    ask("POST", "/local/api/say", std::move(request));

    EXPECT_EQ(patience.last_pause, 500ms);
}

TEST_F(LocalEndpointStory, LetsPeopleChangeOnlyTheirOwnLines) {
    post("say", hello);
    auto line = memory.messages.front().id;
    auto message = R"("message":")" + line + "\"";

    EXPECT_EQ(post("edit", R"("as":"bo","text":"Mine now",)" + message).status, 404);
    EXPECT_EQ(post("edit", R"("as":"amira","text":"Hello everybody",)" + message).status, 200);
    EXPECT_EQ(memory.messages.front().line, "Hello everybody");
    EXPECT_EQ(post("delete", R"("as":"bo",)" + message).status, 404);
    EXPECT_EQ(post("delete", R"("as":"amira",)" + message).status, 200);
    EXPECT_TRUE(memory.messages.front().removed);
}

TEST_F(LocalEndpointStory, ShowsAPersonTheChannelsAndTheirOwnMessagesOnly) {
    Destination to_bo{.connection = {2}, .address = "bo", .direct = true, .thread = {}};
    result_of(platform.deliver(DeliveryId{1}, to_bo, a_message("For Bo")));

    http::Request as_amira;
    as_amira.query = {{"as", "amira"}};
    auto state = json::parse(ask("GET", "/local/api/state", as_amira).body).value();

    EXPECT_EQ(state.text_of("me"), "amira");
    EXPECT_EQ(state.find("people")->array()->size(), 2u);
    EXPECT_NE(state.find("messages")->find("payments"), nullptr);
    EXPECT_NE(state.find("messages")->find("amira"), nullptr);
    EXPECT_EQ(state.find("messages")->find("bo"), nullptr);
    EXPECT_EQ(*state.find("demo"), json::Value(false));
}

TEST_F(LocalEndpointStory, OffersNoClockWithoutADemo) {
    EXPECT_EQ(routes.at("/local/api/clock"), nullptr);
}

TEST_F(LocalEndpointStory, ServesThePageUnderAStrictPolicy) {
    auto page = ask("GET", "/local", {});

    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    ASSERT_EQ(page.headers.size(), 1u);
    EXPECT_EQ(page.headers.front().name, "Content-Security-Policy");
    EXPECT_EQ(page.headers.front().value.find("unsafe"), std::string::npos);
    EXPECT_NE(routes.at("/local/page/main.js"), nullptr);
    EXPECT_EQ(routes.at("/local/page/"), nullptr);
}

TEST_F(LocalEndpointStory, KeepsTheEventStreamOpen) {
    auto response = ask("GET", "/local/api/events", {});

    EXPECT_EQ(response.content_type, "text/event-stream");
    ASSERT_TRUE(response.events);
    post("say", hello);
    EXPECT_NE(response.events->take().find("event: changed"), std::string::npos);
}

}  // namespace
}  // namespace muster
