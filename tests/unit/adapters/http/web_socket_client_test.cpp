#include "adapters/http/web_socket_client.hpp"

#include "tests/unit/adapters/http/tls_client_story.hpp"
#include "tests/unit/adapters/http/web_socket_peer.hpp"

namespace muster::http {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// A client of web sockets on real sockets, its loop on a thread of its own.
class WebSockets : public testing::Test {
protected:
    WebSockets() {
        auto pattern = (std::filesystem::temp_directory_path() / "web_socket.XXXXXX").string();
        if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
        folder = pattern;
        std::ofstream{folder / "authorities.pem"} << authority.pem();
        options.ca_file = folder / "authorities.pem";
        options.allowed_private_hosts = {"slack.test", "localhost"};
        options.look_up = [](const std::string&) { return Addresses{"127.0.0.1"}; };
    }

    ~WebSockets() override {
        if (thread.joinable()) stop();
        std::filesystem::remove_all(folder);
    }

    void start() {
        client = std::make_unique<WebSocketClient>(loop.get_executor(), options, clock);
        thread = std::thread{[this] { loop.run(); }};
    }

    void stop() {
        socket_goes();
        on_loop(client->stop());
        keep_running.reset();
        thread.join();
        client.reset();
    }

    void socket_goes() {
        auto let_go = [](std::unique_ptr<Socket> gone) -> Task<> {
            gone.reset();
            co_return;
        };
        on_loop(let_go(std::move(socket)));
    }

    template <class Value>
    Value on_loop(Task<Value> task) {
        return boost::asio::co_spawn(loop, std::move(task), boost::asio::use_future).get();
    }

    // A peer that is who it says, and speaks over a web socket.
    ScriptedServer::Script peer(std::function<void(WebSocketPeer&)> script) {
        return [this, script](Conversation& conversation) {
            if (!conversation.shake_hands(manners)) return;
            WebSocketPeer peer{conversation};
            if (peer.open()) script(peer);
        };
    }

    static std::string url(const ScriptedServer& server, const std::string& host = "slack.test") {
        return "wss://" + host + ":" + std::to_string(server.port) + "/link/?ticket=1234";
    }

    // "": it is open. Else why not.
    std::string open(std::string url) {
        auto opened = on_loop(client->open(std::move(url)));
        if (auto* end = std::get_if<SocketEnd>(&opened)) return end->reason;
        socket = std::move(std::get<std::unique_ptr<Socket>>(opened));
        return "";
    }

    // The next text, or "end: " and why.
    std::string read() {
        auto read = on_loop(socket->read());
        auto* words = std::get_if<std::string>(&read);
        return words ? *words : "end: " + std::get<SocketEnd>(read).reason;
    }

    bool write(std::string text) {
        auto write = [](Socket& to, std::string words) -> Task<bool> {
            co_return to.write(std::move(words));
        };
        return on_loop(write(*socket, std::move(text)));
    }

    void close() { on_loop(socket->close()); }

    std::filesystem::path folder;
    Identity authority{authority_named("An authority")};
    Identity identity{Claims{}, &authority};
    TlsManners manners{&identity, nullptr, 0};
    WebSocketClientOptions options;
    boost::asio::io_context loop{1};
    SystemClock clock{loop.get_executor()};
    std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>>
        keep_running{loop.get_executor()};
    std::unique_ptr<WebSocketClient> client;
    std::unique_ptr<Socket> socket;
    std::thread thread;
};

// ---- texts

TEST_F(WebSockets, CarryTextsBothWaysInTheirOrder) {
    ScriptedServer server{peer([](WebSocketPeer& peer) {
        peer.say("hello");
        for (auto words = peer.hear_text(); !words.empty(); words = peer.hear_text())
            peer.say("heard " + words);
    })};
    start();
    ASSERT_EQ(open(url(server)), "");

    EXPECT_EQ(read(), "hello");
    EXPECT_TRUE(write("one"));
    EXPECT_TRUE(write("two"));
    EXPECT_EQ(read(), "heard one");
    EXPECT_EQ(read(), "heard two");
}

TEST_F(WebSockets, AskForThePathWithItsTicketAndMaskWhatTheySay) {
    std::promise<WebSocketPeer::Frame> heard;
    std::promise<std::string> asked;
    std::string name;
    ScriptedServer server{[&](Conversation& conversation) {
        if (!conversation.shake_hands(manners)) return;
        name = conversation.asked_name();
        WebSocketPeer peer{conversation};
        if (!peer.open()) return;
        asked.set_value(peer.asked);
        heard.set_value(peer.hear());
        conversation.wait_for_the_end();
    }};
    start();
    ASSERT_EQ(open(url(server)), "");
    write("psst");

    auto request = asked.get_future().get();
    EXPECT_THAT(request, StartsWith("GET /link/?ticket=1234 HTTP/1.1\r\n"));
    EXPECT_THAT(request, HasSubstr("Host: slack.test:" + std::to_string(server.port) + "\r\n"));
    EXPECT_THAT(request, HasSubstr("User-Agent: Muster/"));
    EXPECT_EQ(name, "slack.test");
    auto frame = heard.get_future().get();
    EXPECT_TRUE(frame.is_masked);
    EXPECT_EQ(frame.words, "psst");
}

TEST_F(WebSockets, PutFragmentsTogetherWithAPingBetween) {
    ScriptedServer server{peer([](WebSocketPeer& peer) {
        peer.send(WebSocketPeer::text, "one, ", false);
        peer.send(WebSocketPeer::ping, "there?");
        peer.send(WebSocketPeer::more, "two, ", false);
        peer.send(WebSocketPeer::more, "three");
        auto answer = peer.hear();
        peer.say(answer.kind == WebSocketPeer::pong ? answer.words : "no pong");
        peer.hear();
    })};
    start();
    ASSERT_EQ(open(url(server)), "");

    EXPECT_EQ(read(), "one, two, three");
    EXPECT_EQ(read(), "there?");
}

TEST_F(WebSockets, LeaveOutWhatIsNoText) {
    ScriptedServer server{peer([](WebSocketPeer& peer) {
        peer.send(WebSocketPeer::binary, "\x01\x02");
        peer.say("text");
        peer.hear();
    })};
    start();
    ASSERT_EQ(open(url(server)), "");

    EXPECT_EQ(read(), "text");
}

TEST_F(WebSockets, TakeATextOfFourMebibytesAndNoLongerOne) {
    std::string longest(options.longest_text, 'x');
    ScriptedServer server{peer([&](WebSocketPeer& peer) {
        peer.say(longest);
        peer.say(longest + "x");
        peer.hear();
    })};
    start();
    ASSERT_EQ(open(url(server)), "");

    EXPECT_EQ(read(), longest);
    EXPECT_EQ(read(), "end: a text is too long");
}

TEST_F(WebSockets, EndWhereATextIsNoUtf8) {
    ScriptedServer server{peer([&](WebSocketPeer& peer) {
        peer.say("\xff\xfe");
        peer.hear();
    })};
    start();
    ASSERT_EQ(open(url(server)), "");

    EXPECT_THAT(read(), StartsWith("end: broken"));
}

TEST_F(WebSockets, TakeNoMoreThanSomebodyReads) {
    options.most_unread = 2;
    ScriptedServer server{peer([&](WebSocketPeer& peer) {
        for (int count = 1; count <= 100; ++count)
            peer.say(std::to_string(count));
        peer.hear();
    })};
    start();
    ASSERT_EQ(open(url(server)), "");

    for (int count = 1; count <= 100; ++count)
        EXPECT_EQ(read(), std::to_string(count));
}

// ---- the end

TEST_F(WebSockets, TellTheLastTextsBeforeTheEnd) {
    ScriptedServer server{peer([](WebSocketPeer& peer) {
        peer.say("last words");
        peer.send(WebSocketPeer::close, "\x03\xe8");
        peer.hear();
    })};
    start();
    ASSERT_EQ(open(url(server)), "");

    EXPECT_EQ(read(), "last words");
    EXPECT_EQ(read(), "end: closed by the peer");
    EXPECT_EQ(read(), "end: closed by the peer");
    EXPECT_FALSE(write("too late"));
}

TEST_F(WebSockets, TellThatTheyWereCut) {
    std::promise<void> is_open;
    ScriptedServer server{[&](Conversation& conversation) {
        if (!conversation.shake_hands(manners)) return;
        WebSocketPeer peer{conversation};
        if (!peer.open()) return;
        is_open.get_future().wait();
        conversation.reset();
    }};
    start();
    ASSERT_EQ(open(url(server)), "");
    is_open.set_value();

    EXPECT_THAT(read(), StartsWith("end: broken"));
}

TEST_F(WebSockets, SendWhatIsWaitingBeforeTheySayGoodbye) {
    std::promise<std::vector<WebSocketPeer::Frame>> heard;
    ScriptedServer server{peer([&](WebSocketPeer& peer) {
        std::vector<WebSocketPeer::Frame> frames;
        do
            frames.push_back(peer.hear());
        while (frames.back().kind != WebSocketPeer::close);
        peer.send(WebSocketPeer::close, frames.back().words);
        heard.set_value(frames);
    })};
    start();
    ASSERT_EQ(open(url(server)), "");
    write(std::string(1'000'000, 'x'));
    write("and this");
    close();

    auto frames = heard.get_future().get();
    ASSERT_EQ(frames.size(), 3U);
    EXPECT_EQ(frames[1].words, "and this");
    EXPECT_EQ(frames[2].words, "\x03\xe8");
    EXPECT_EQ(read(), "end: closed by us");
}

TEST_F(WebSockets, DoNotWaitForAPeerThatGivesNoGoodbye) {
    options.closing_time = 50ms;
    ScriptedServer server{peer([](WebSocketPeer& peer) {
        while (!peer.hear().words.empty()) {
        }
    })};
    start();
    ASSERT_EQ(open(url(server)), "");
    close();

    EXPECT_EQ(read(), "end: closed by us");
}

TEST_F(WebSockets, EndWhereAPeerIsSilent) {
    options.ping_every = 20ms;
    options.silence = 100ms;
    ScriptedServer server{peer([](WebSocketPeer& peer) {
        while (peer.hear().kind == WebSocketPeer::ping) {
        }
    })};
    start();
    ASSERT_EQ(open(url(server)), "");

    EXPECT_EQ(read(), "end: silent for too long");
}

TEST_F(WebSockets, LiveAsLongAsTheirPingsAreAnswered) {
    options.ping_every = 20ms;
    options.silence = 200ms;
    ScriptedServer server{peer([](WebSocketPeer& peer) {
        for (int count = 0; count < 20; ++count)
            peer.send(WebSocketPeer::pong, peer.hear().words);
        peer.say("still here");
        peer.hear();
    })};
    start();
    ASSERT_EQ(open(url(server)), "");

    EXPECT_EQ(read(), "still here");
}

TEST_F(WebSockets, EndWhereAPeerTakesNothing) {
    options.most_unsent = 4;
    std::promise<void> is_over;
    ScriptedServer server{
        peer([&](WebSocketPeer&) { is_over.get_future().wait_for(std::chrono::seconds{20}); })};
    start();
    ASSERT_EQ(open(url(server)), "");
    int taken = 0;
    while (taken < 100 && write(std::string(4'000'000, 'x')))
        ++taken;

    EXPECT_LT(taken, 100);
    EXPECT_EQ(read(), "end: the peer takes nothing");
    is_over.set_value();
}

TEST_F(WebSockets, CloseWhenNobodyHoldsThem) {
    std::promise<void> has_ended;
    ScriptedServer server{peer([&](WebSocketPeer& peer) {
        peer.hear();
        has_ended.set_value();
    })};
    start();
    ASSERT_EQ(open(url(server)), "");
    socket_goes();

    has_ended.get_future().get();
}

TEST_F(WebSockets, EndWithTheirClient) {
    ScriptedServer server{peer([](WebSocketPeer& peer) { peer.hear(); })};
    start();
    ASSERT_EQ(open(url(server)), "");
    on_loop(client->stop());

    EXPECT_EQ(read(), "end: the client has stopped");
    EXPECT_EQ(open(url(server)), "the client has stopped");
}

TEST_F(WebSockets, LoseNothingToAReaderWhoIsCancelled) {
    std::promise<void> may_speak;
    ScriptedServer server{peer([&](WebSocketPeer& peer) {
        may_speak.get_future().wait();
        peer.say("for the next");
        peer.hear();
    })};
    start();
    ASSERT_EQ(open(url(server)), "");
    boost::asio::cancellation_signal signal;
    auto impatient = boost::asio::co_spawn(
        loop,
        socket->read(),
        boost::asio::bind_cancellation_slot(signal.slot(), boost::asio::use_future)
    );
    boost::asio::post(loop, [&] { signal.emit(boost::asio::cancellation_type::terminal); });
    EXPECT_THROW(impatient.get(), boost::system::system_error);
    may_speak.set_value();

    EXPECT_EQ(read(), "for the next");
}

// ---- who is let in

TEST_F(WebSockets, AreNotOpenedWithAPeerOfAnotherName) {
    ScriptedServer server{peer([](WebSocketPeer& peer) { peer.hear(); })};
    options.allowed_private_hosts = {"other.test"};
    start();

    EXPECT_THAT(open(url(server, "other.test")), HasSubstr("wrong certificate"));
    EXPECT_EQ(server.heard(), "");
}

TEST_F(WebSockets, AreNotOpenedWithAPeerThatNobodyKnows) {
    Identity stranger{Claims{}};
    manners.identity = &stranger;
    ScriptedServer server{peer([](WebSocketPeer& peer) { peer.hear(); })};
    start();

    EXPECT_THAT(open(url(server)), HasSubstr("wrong certificate"));
    EXPECT_EQ(server.heard(), "");
}

TEST_F(WebSockets, AreNotOpenedWhereNobodyMayBeCalled) {
    ScriptedServer server{peer([](WebSocketPeer& peer) { peer.hear(); })};
    start();

    for (const auto& address :
         {"wss://slack.test.evil:" + std::to_string(server.port) + "/",
          "ws://slack.test:" + std::to_string(server.port) + "/",
          std::string{"wss://127.0.0.1/"},
          std::string{"wss://10.0.0.1/"}})
        EXPECT_EQ(open(address), "this host may not be called") << address;
    for (const auto* address : {"https://slack.test/", "wss:slack.test", "wss://a@slack.test/", ""})
        EXPECT_EQ(open(address), "not a URL") << address;
    EXPECT_EQ(server.connections(), 0);
}

TEST_F(WebSockets, AreInPlainTextOnThisMachineOnly) {
    ScriptedServer server{[](Conversation& conversation) {
        WebSocketPeer peer{conversation};
        if (!peer.open()) return;
        peer.say("hello");
        peer.hear();
    }};
    start();

    ASSERT_EQ(open("ws://localhost:" + std::to_string(server.port) + "/"), "");
    EXPECT_EQ(read(), "hello");
}

TEST_F(WebSockets, AreNotOpenedWhereThePeerWillNot) {
    ScriptedServer server{[&](Conversation& conversation) {
        if (!conversation.shake_hands(manners) || conversation.request().empty()) return;
        conversation.say("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
    }};
    start();

    EXPECT_EQ(open(url(server)), "refuses with 403");
}

TEST_F(WebSockets, FollowNobodyElsewhere) {
    ScriptedServer elsewhere{[](Conversation&) {}};
    ScriptedServer server{[&](Conversation& conversation) {
        if (!conversation.shake_hands(manners) || conversation.request().empty()) return;
        conversation.say(
            "HTTP/1.1 302 Found\r\nLocation: wss://slack.test:" + std::to_string(elsewhere.port) +
            "/\r\nContent-Length: 0\r\n\r\n"
        );
    }};
    start();

    EXPECT_EQ(open(url(server)), "refuses with 302");
    EXPECT_EQ(elsewhere.connections(), 0);
}

TEST_F(WebSockets, AreNotOpenedByAWrongAnswerToTheirKey) {
    ScriptedServer server{[&](Conversation& conversation) {
        if (!conversation.shake_hands(manners) || conversation.request().empty()) return;
        conversation.say(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n"
        );
        conversation.wait_for_the_end();
    }};
    start();

    EXPECT_NE(open(url(server)), "");
}

TEST_F(WebSockets, GiveUpOnAPeerThatDoesNotAnswer) {
    options.opening_time = 100ms;
    ScriptedServer server{[&](Conversation& conversation) {
        if (conversation.shake_hands(manners)) conversation.wait_for_the_end();
    }};
    start();

    EXPECT_EQ(open(url(server)), "no web socket in time");
}

// ---- through a proxy

class WebSocketsByProxy : public WebSockets {
protected:
    void start_with(const ScriptedServer& proxy) {
        options.proxy = "http://proxy.test:" + std::to_string(proxy.port);
        options.allowed_private_hosts = {"slack.test", "direct.test"};
        options.no_proxy = {"direct.test"};
        start();
    }
};

TEST_F(WebSocketsByProxy, GoThroughItsTunnel) {
    std::promise<std::string> asked;
    ScriptedServer proxy{[&](Conversation& conversation) {
        asked.set_value(conversation.request());
        conversation.say("HTTP/1.1 200 OK\r\n\r\n");
        peer([](WebSocketPeer& peer) {
            peer.say("hello");
            peer.hear();
        })(conversation);
    }};
    start_with(proxy);

    ASSERT_EQ(open("wss://slack.test/link"), "");
    EXPECT_EQ(read(), "hello");
    EXPECT_THAT(asked.get_future().get(), StartsWith("CONNECT slack.test:443 HTTP/1.1\r\n"));
}

TEST_F(WebSocketsByProxy, AreNotOpenedWhereItRefuses) {
    ScriptedServer proxy{[&](Conversation& conversation) {
        conversation.request();
        conversation.say("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    }};
    start_with(proxy);

    EXPECT_EQ(open("wss://slack.test/link"), "proxy: refuses with 407");
}

TEST_F(WebSocketsByProxy, GoStraightToThoseWhoAreNotForIt) {
    Claims claims;
    claims.alternative_names = "DNS:direct.test";
    Identity direct{claims, &authority};
    manners.identity = &direct;
    ScriptedServer proxy{[](Conversation&) {}};
    ScriptedServer server{peer([](WebSocketPeer& peer) { peer.hear(); })};
    start_with(proxy);

    EXPECT_EQ(open(url(server, "direct.test")), "");
    EXPECT_EQ(proxy.connections(), 0);
}

}  // namespace
}  // namespace muster::http
