#include "tests/unit/adapters/http/tls_client_story.hpp"

namespace muster::http {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class TlsClientTest : public TlsClientStory {
protected:
    // Answers once, then goes away in the middle of the next request's answer.
    ScriptedServer::Script answer_once_then(ScriptedServer::Script script) {
        return [this, script](Conversation& conversation) {
            if (!conversation.shake_hands(manners)) return;
            if (conversation.request().empty() || !conversation.say(an_answer("first"))) return;
            if (!conversation.request().empty()) script(conversation);
        };
    }

    static void wait_for(const std::atomic<int>& count, int enough) {
        while (count < enough)
            std::this_thread::yield();
    }

    template <class Function>
    auto on_loop(Function function) {
        auto task = std::packaged_task<decltype(function())()>{std::move(function)};
        auto result = task.get_future();
        boost::asio::post(loop, [&task] { task(); });
        return result.get();
    }
};

TEST_F(TlsClientTest, SendsARequestAndGetsItsAnswer) {
    std::string name;
    std::string request;
    auto note = [&](Conversation& conversation) {
        if (!conversation.shake_hands(manners)) return;
        name = conversation.asked_name();
        request = conversation.request();
        conversation.say(an_answer("hi", "Retry-After: 3\r\n"));
    };
    ScriptedServer server{note};
    start();
    auto result = call(a_post(url(server)));
    stop();

    ASSERT_TRUE(std::holds_alternative<HttpAnswer>(result));
    auto& answer = std::get<HttpAnswer>(result);
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "hi");
    EXPECT_EQ(answer.header("retry-after"), "3");
    EXPECT_EQ(name, "slack.test");
    EXPECT_THAT(request, StartsWith("POST /api HTTP/1.1\r\nHost: slack.test:"));
    EXPECT_THAT(request, HasSubstr("\r\nAuthorization: Bearer xoxb-secret\r\n"));
    EXPECT_THAT(request, EndsWith("\r\n\r\nhello"));
    EXPECT_THAT(request, Not(HasSubstr("gzip")));
}

TEST_F(TlsClientTest, SpeaksPlainTextToThisMachineWhenTheOperatorNamedIt) {
    auto script = [](Conversation& conversation) {
        conversation.request();
        conversation.say(an_answer("plain"));
    };
    ScriptedServer server{script};
    start();
    EXPECT_EQ(body_of(a_post("http://localhost:" + std::to_string(server.port) + "/")), "plain");
    EXPECT_EQ(lookups, 0);
}

TEST_F(TlsClientTest, FollowsNoRedirect) {
    ScriptedServer other{answer(an_answer("wrong"))};
    ScriptedServer server{
        answer("HTTP/1.1 302 Found\r\nLocation: " + url(other) + "\r\nContent-Length: 0\r\n\r\n")};
    start();
    auto result = call(a_post(url(server)));
    EXPECT_EQ(std::get<HttpAnswer>(result).status, 302);
    EXPECT_EQ(other.connections(), 0);
}

TEST_F(TlsClientTest, ReadsAnAnswerOfEightMebibytes) {
    auto body = std::string(8 * 1024 * 1024, 'x');
    ScriptedServer server{answer(an_answer(body))};
    start();
    EXPECT_EQ(body_of(a_post(url(server))), body);
}

TEST_F(TlsClientTest, ReadsAnAnswerThatEndsWithItsConnection) {
    auto script = [](Conversation& conversation) {
        conversation.say("HTTP/1.1 200 OK\r\n\r\nto the end");
        conversation.say_goodbye();
        conversation.wait_for_the_end();
    };
    ScriptedServer server{after_request(script)};
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "to the end");
}

TEST_F(TlsClientTest, UsesAConnectionAgain) {
    ScriptedServer server{answer(an_answer("hi"))};
    start();
    for (int round = 0; round < 3; ++round)
        EXPECT_EQ(body_of(a_post(url(server))), "hi");
    EXPECT_EQ(server.connections(), 1);
    EXPECT_EQ(lookups, 1);
}

TEST_F(TlsClientTest, UsesNoOldConnectionForWhatMayNotRepeat) {
    ScriptedServer server{answer(an_answer("hi"))};
    options.idle_time_of_posts = 0ms;
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    EXPECT_EQ(server.connections(), 2);
    EXPECT_EQ(body_of(a_repeatable(url(server))), "hi");
    EXPECT_EQ(server.connections(), 2);
}

TEST_F(TlsClientTest, UsesNoConnectionOfAnotherHost) {
    ScriptedServer server{answer(an_answer("hi"))};
    auto both = Identity{Claims{.alternative_names = "DNS:slack.test,DNS:other.test"}, &authority};
    manners.identity = &both;
    names["other.test"] = {"127.0.0.1"};
    options.allowed_private_hosts.push_back("other.test");
    start();
    EXPECT_EQ(body_of(a_repeatable(url(server))), "hi");
    EXPECT_EQ(body_of(a_repeatable(url(server, "other.test"))), "hi");
    EXPECT_EQ(server.connections(), 2);
}

TEST_F(TlsClientTest, NoticesThatAnIdleConnectionWasClosed) {
    std::atomic<int> gone = 0;
    auto script = [&](Conversation& conversation) {
        conversation.say(an_answer("hi"));
        conversation.say_goodbye();
        conversation.wait_until_received();
        ++gone;
        conversation.wait_for_the_end();
    };
    ScriptedServer server{after_request(script)};
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    wait_for(gone, 1);
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    EXPECT_EQ(server.connections(), 2);
}

TEST_F(TlsClientTest, NoticesThatAnIdleConnectionWasCut) {
    std::atomic<int> cut = 0;
    auto script = [&](Conversation& conversation) {
        if (conversation.request().empty()) return;
        conversation.say(an_answer("hi"));
        conversation.say_goodbye();
        conversation.wait_until_received();
        ++cut;
        conversation.wait_for_the_end();
    };
    ScriptedServer server{script};
    auto plain = "http://localhost:" + std::to_string(server.port) + "/";
    start();
    EXPECT_EQ(body_of(a_post(plain)), "hi");
    wait_for(cut, 1);
    EXPECT_EQ(body_of(a_post(plain)), "hi");
    EXPECT_EQ(server.connections(), 2);
}

TEST_F(TlsClientTest, UsesNoConnectionThatSaysMoreThanWasAsked) {
    ScriptedServer server{answer(an_answer("hi") + an_answer("and another"))};
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    EXPECT_EQ(server.connections(), 2);
}

// The server closed it while the request was on its way: nobody knows whether it was read.
TEST_F(TlsClientTest, SendsNothingTwiceThatMayNotRepeat) {
    ScriptedServer server{answer_once_then([](Conversation&) {})};
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "first");
    expect_ambiguous(a_post(url(server)), "closed without an answer");
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(TlsClientTest, RepeatsOnANewConnectionWhatMayRepeat) {
    ScriptedServer server{answer_once_then([](Conversation&) {})};
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "first");
    EXPECT_EQ(body_of(a_repeatable(url(server))), "first");
    EXPECT_EQ(server.connections(), 2);
}

TEST_F(TlsClientTest, RepeatsNothingOfWhichAnAnswerBegan) {
    auto script = [](Conversation& conversation) { conversation.say("HTTP/1.1 200 OK\r\n"); };
    ScriptedServer server{answer_once_then(script)};
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "first");
    expect_ambiguous(a_repeatable(url(server)), "cut within the answer");
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(TlsClientTest, ClosesWhatIsIdleTooLong) {
    std::promise<void> ended;
    auto script = [&](Conversation& conversation) {
        conversation.say(an_answer("hi"));
        conversation.wait_for_the_end();
        ended.set_value();
    };
    ScriptedServer server{after_request(script)};
    options.deadline = 10min;
    options.idle_time = 20ms;
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    EXPECT_EQ(ended.get_future().wait_for(60s), std::future_status::ready);
}

TEST_F(TlsClientTest, KeepsWhatIsIdleBeyondTheTimeOfItsCall) {
    auto silence = [](Conversation& conversation) { conversation.wait_for_the_end(); };
    ScriptedServer silent{after_request(silence)};
    ScriptedServer server{answer(an_answer("hi"))};
    options.deadline = 100ms;
    options.idle_time = 10min;
    start();
    EXPECT_EQ(body_of(a_repeatable(url(server))), "hi");
    expect_ambiguous(a_post(url(silent)), "no whole answer in time");
    EXPECT_EQ(body_of(a_repeatable(url(server))), "hi");
    EXPECT_EQ(server.connections(), 1);
}

TEST_F(TlsClientTest, ClosesWhatIsIdleToMakeRoomForANewOne) {
    std::atomic<int> ended = 0;
    auto script = [&](Conversation& conversation) {
        conversation.say(an_answer("hi"));
        conversation.wait_for_the_end();
        ++ended;
    };
    ScriptedServer server{after_request(script)};
    options.most_per_host = 1;
    options.idle_time_of_posts = 0ms;
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    wait_for(ended, 1);
    EXPECT_EQ(server.connections(), 2);
}

TEST_F(TlsClientTest, KeepsNoMoreIdleConnectionsThanItMay) {
    std::promise<void> ended;
    auto script = [&](Conversation& conversation) {
        conversation.say(an_answer("hi"));
        conversation.wait_for_the_end();
        ended.set_value();
    };
    ScriptedServer first{after_request(script)};
    ScriptedServer second{answer(an_answer("ho"))};
    options.most_idle = 1;
    start();
    EXPECT_EQ(body_of(a_post(url(first))), "hi");
    EXPECT_EQ(body_of(a_post(url(second))), "ho");
    ended.get_future().get();
    EXPECT_EQ(body_of(a_post(url(second))), "ho");
    EXPECT_EQ(second.connections(), 1);
}

TEST_F(TlsClientTest, OpensNoMoreConnectionsToAHostThanItMay) {
    std::atomic<int> asked = 0;
    std::atomic<bool> let_go = false;
    auto script = [&](Conversation& conversation) {
        if (!conversation.shake_hands(manners)) return;
        while (!conversation.request().empty()) {
            ++asked;
            while (!let_go)
                std::this_thread::yield();
            conversation.say(an_answer("at last"));
        }
    };
    ScriptedServer server{script};
    options.most_per_host = 2;
    options.most_waiting = 3;
    start();
    std::vector<std::future<HttpResult>> calls;
    for (int count = 0; count < 5; ++count)
        calls.push_back(begin(a_post(url(server))));
    wait_for(asked, 2);
    expect_not_sent(a_post(url(server)), "too many calls");
    EXPECT_EQ(server.connections(), 2);

    let_go = true;
    for (auto& waiting : calls)
        EXPECT_EQ(std::get<HttpAnswer>(waiting.get()).body, "at last");
    EXPECT_EQ(server.connections(), 2);
}

TEST_F(TlsClientTest, ReleasesEverythingWhenItsTaskIsCancelled) {
    std::atomic<int> asked = 0;
    std::atomic<int> ended = 0;
    auto script = [&](Conversation& conversation) {
        ++asked;
        conversation.wait_for_the_end();
        ++ended;
    };
    ScriptedServer silent{after_request(script)};
    options.most_per_host = 1;
    start();
    boost::asio::cancellation_signal cancel;
    auto calling = [&](HttpCall asked_for) {
        return boost::asio::co_spawn(
            loop,
            client->call(std::move(asked_for)),
            boost::asio::bind_cancellation_slot(cancel.slot(), boost::asio::use_future)
        );
    };
    auto result = calling(a_post(url(silent)));
    wait_for(asked, 1);
    auto waiting = begin(a_post(url(silent)));
    on_loop([&] { cancel.emit(boost::asio::cancellation_type::terminal); });
    try {
        result.get();
        ADD_FAILURE() << "it ended as if nothing had happened";
    } catch (const boost::system::system_error& error) {
        EXPECT_EQ(error.code(), boost::asio::error::operation_aborted);
    }
    wait_for(ended, 1);
    wait_for(asked, 2);  // the next has the place
    stop();
    EXPECT_TRUE(std::holds_alternative<HttpFailure>(waiting.get()));
}

TEST_F(TlsClientTest, StopsWithItsCalls) {
    std::promise<void> asked;
    auto script = [&](Conversation& conversation) {
        asked.set_value();
        conversation.wait_for_the_end();
    };
    ScriptedServer silent{after_request(script)};
    options.most_per_host = 1;
    options.deadline = 10min;
    start();
    auto sent = begin(a_post(url(silent)));
    asked.get_future().get();
    auto queued = begin(a_post(url(silent)));
    boost::asio::co_spawn(loop, client->stop(), boost::asio::use_future).get();

    auto ambiguous = std::get<HttpFailure>(sent.get());
    EXPECT_EQ(ambiguous.kind, HttpFailure::Kind::ambiguous);
    EXPECT_EQ(ambiguous.reason, "the client has stopped");
    EXPECT_EQ(std::get<HttpFailure>(queued.get()).kind, HttpFailure::Kind::not_sent);
    expect_not_sent(a_post(url(silent)), "the client has stopped");
    EXPECT_EQ(silent.connections(), 1);
}

TEST_F(TlsClientTest, SaysWhichHeadersItDoesNotSend) {
    ScriptedServer server{answer(an_answer("hi"))};
    start();
    auto broken = a_post(url(server));
    broken.headers.push_back({"X", "a\r\nHost: evil.example"});
    expect_not_sent(broken, "headers");
    EXPECT_EQ(server.connections(), 0);
}

TEST_F(TlsClientTest, DoesNotBeginWithSettingsThatCannotWork) {
    auto make = [this] { TlsClient made{loop.get_executor(), options, clock}; };
    options.proxy = "socks5://proxy.test";
    EXPECT_THROW(make(), std::invalid_argument);
    options.proxy = "";
    options.ca_file = folder / "missing.pem";
    EXPECT_THROW(make(), boost::system::system_error);
}

}  // namespace
}  // namespace muster::http
