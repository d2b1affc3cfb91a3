#include "tests/unit/adapters/http/tls_client_story.hpp"

namespace muster::http {
namespace {

using testing::HasSubstr;
using testing::Not;

// Each way in which a call can fail, and whether the request may have been read
// (spec/reliability.md, "Classify every send outcome").
class TlsClientFailure : public TlsClientStory {
protected:
    // A port that is taken, and where nobody listens.
    class Closed {
    public:
        explicit Closed(const char* address = "127.0.0.1", std::uint16_t wanted_port = 0) {
            here_.sin_family = AF_INET;
            here_.sin_port = htons(wanted_port);
            ::inet_pton(AF_INET, address, &here_.sin_addr);
            socklen_t size = sizeof here_;
            auto* raw = reinterpret_cast<sockaddr*>(&here_);
            EXPECT_EQ(::bind(socket_, raw, size), 0);
            ::getsockname(socket_, raw, &size);
            port = ntohs(here_.sin_port);
        }

        ~Closed() { ::close(socket_); }

        Closed(const Closed&) = delete;
        Closed& operator=(const Closed&) = delete;

        std::uint16_t port = 0;

    protected:
        int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in here_{};
    };

    // Somebody listens and accepts nobody, until no more fit into the queue: then a connection
    // waits.
    class Wall : public Closed {
    public:
        explicit Wall(const char* address = "127.0.0.1", std::uint16_t wanted_port = 0)
            : Closed(address, wanted_port) {
            EXPECT_EQ(::listen(socket_, 0), 0);
            for (auto& filler : fillers_) {
                filler = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
                ::connect(filler, reinterpret_cast<sockaddr*>(&here_), sizeof here_);
            }
        }

        ~Wall() {
            for (auto filler : fillers_)
                ::close(filler);
        }

    private:
        std::array<int, 4> fillers_{};
    };

    static std::string url_at(std::uint16_t port) {
        return "https://slack.test:" + std::to_string(port) + "/api";
    }
};

TEST_F(TlsClientFailure, ToLookUpItsHostIsNotSent) {
    start();
    expect_not_sent(a_post("https://nowhere.test/"), "no address known");
}

TEST_F(TlsClientFailure, ToLookUpItsHostInTimeIsNotSentAndDelaysNobodyElse) {
    std::promise<void> let_go;
    auto go = let_go.get_future().share();
    options.look_up = [go](const std::string& host) -> Addresses {
        if (host == "dead.test") go.wait();
        return {"127.0.0.1"};
    };
    options.deadline = 2s;
    ScriptedServer server{answer(an_answer("hi"))};
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    auto dead = begin(a_post("https://dead.test/"));
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    EXPECT_EQ(std::get<HttpFailure>(dead.get()).kind, HttpFailure::Kind::not_sent);
    let_go.set_value();
}

TEST_F(TlsClientFailure, ToConnectIsNotSent) {
    std::uint16_t port = 0;
    {
        port = ScriptedServer{[](Conversation&) {}}.port;
    }
    start();
    expect_not_sent(a_post(url_at(port)), "could not connect: Connection refused");
}

TEST_F(TlsClientFailure, ToConnectInTimeIsNotSent) {
    Wall wall;
    options.deadline = 30ms;
    start();
    expect_not_sent(a_post(url_at(wall.port)), "could not connect: no answer in time");
}

TEST_F(TlsClientFailure, OfOneAddressLeavesTheNext) {
    ScriptedServer server{answer(an_answer("hi"))};
    names["slack.test"] = {"127.0.0.9", "127.0.0.1"};
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
}

TEST_F(TlsClientFailure, OfOneAddressToAnswerLeavesTheNext) {
    ScriptedServer server{answer(an_answer("hi"))};
    Wall wall{"127.0.0.9", server.port};
    names["slack.test"] = {"127.0.0.9", "127.0.0.1"};
    options.connect_time = 500ms;
    start();
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
}

TEST_F(TlsClientFailure, OfAllAddressesMakesItLookAgain) {
    ScriptedServer server{answer(an_answer("hi"))};
    names["slack.test"] = {"127.0.0.9"};
    start();
    expect_not_sent(a_post(url(server)), "could not connect");
    {
        std::lock_guard lock{guard};
        names["slack.test"] = {"127.0.0.1"};
    }
    EXPECT_EQ(body_of(a_post(url(server))), "hi");
    EXPECT_EQ(lookups, 2);
}

TEST_F(TlsClientFailure, ToSpeakTlsIsNotSent) {
    auto script = [](Conversation& conversation) {
        conversation.say("SSH-2.0-OpenSSH\r\n");
        conversation.wait_for_the_end();
    };
    ScriptedServer server{script};
    start();
    expect_not_sent(a_post(url(server)), "no TLS");
    EXPECT_THAT(server.heard(), Not(HasSubstr("xoxb")));
}

TEST_F(TlsClientFailure, WithinTheHandshakeIsNotSent) {
    ScriptedServer rude{[](Conversation&) {}};
    ScriptedServer rough{[](Conversation& conversation) { conversation.reset(); }};
    ScriptedServer silent{[](Conversation& conversation) { conversation.wait_for_the_end(); }};
    options.deadline = 1s;
    start();
    expect_not_sent(a_post(url(rude)), "no TLS");
    expect_not_sent(a_post(url(rough)), "reset by peer");
    expect_not_sent(a_post(url(silent)), "no TLS in time");
    EXPECT_THAT(silent.heard(), Not(HasSubstr("xoxb")));
}

TEST_F(TlsClientFailure, AfterTheRequestIsAmbiguous) {
    ScriptedServer closing{after_request([](Conversation&) {})};
    ScriptedServer polite{
        after_request([](Conversation& conversation) { conversation.say_goodbye(); })};
    ScriptedServer rough{after_request([](Conversation& conversation) { conversation.reset(); })};
    start();
    expect_ambiguous(a_post(url(closing)), "closed without an answer");
    expect_ambiguous(a_post(url(polite)), "closed without an answer");
    expect_ambiguous(a_post(url(rough)), "closed without an answer");
}

TEST_F(TlsClientFailure, BeforeTheRequestIsReadIsAmbiguousToo) {
    auto script = [this](Conversation& conversation) {
        if (conversation.shake_hands(manners)) conversation.reset();
    };
    ScriptedServer server{script};
    start();
    EXPECT_EQ(failure_of(a_post(url(server))).kind, HttpFailure::Kind::ambiguous);
}

TEST_F(TlsClientFailure, AtAnyByteOfTheAnswerIsAmbiguous) {
    auto whole = an_answer("hi");
    std::atomic<std::size_t> cut = 0;
    ScriptedServer cutting{after_request([&](Conversation& conversation) {
        conversation.say(std::string_view{whole}.substr(0, cut));
    })};
    ScriptedServer closing{after_request([&](Conversation& conversation) {
        conversation.say(std::string_view{whole}.substr(0, cut));
        conversation.say_goodbye();
    })};
    start();
    for (cut = 0; cut < whole.size(); ++cut) {
        expect_ambiguous(a_post(url(cutting)), cut == 0 ? "closed" : "cut within");
        expect_ambiguous(a_post(url(closing)), cut == 0 ? "closed" : "cut within");
    }
    EXPECT_EQ(body_of(a_post(url(cutting))), "hi");
}

// Whoever can cut a connection could else shorten the answer.
TEST_F(TlsClientFailure, OfAnAnswerWithoutLengthToEndInTlsIsAmbiguous) {
    ScriptedServer server{after_request([](Conversation& conversation) {
        conversation.say("HTTP/1.1 200 OK\r\n\r\n{\"ok\":true}");
    })};
    start();
    expect_ambiguous(a_post(url(server)), "cut within the answer");
}

TEST_F(TlsClientFailure, ToAnswerInTimeIsAmbiguous) {
    ScriptedServer server{
        after_request([](Conversation& conversation) { conversation.wait_for_the_end(); })};
    options.deadline = 1s;
    start();
    expect_ambiguous(a_post(url(server)), "no whole answer in time");
}

TEST_F(TlsClientFailure, OfADripToEndIsAmbiguousHoweverSteadyItIs) {
    ScriptedServer server{after_request([](Conversation& conversation) {
        conversation.say("HTTP/1.1 200 OK\r\nX: ");
        while (!conversation.has_ended())
            conversation.say("x");
    })};
    options.deadline = 1s;
    start();
    expect_ambiguous(a_post(url(server)), "no whole answer in time");
}

TEST_F(TlsClientFailure, OfABodyToEndIsAmbiguousHoweverSteadyItDrips) {
    ScriptedServer server{after_request([](Conversation& conversation) {
        conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        while (!conversation.has_ended())
            conversation.say("x");
    })};
    options.deadline = 1s;
    start();
    expect_ambiguous(a_post(url(server)), "no whole answer in time");
}

TEST_F(TlsClientFailure, ToReadTheRequestInTimeIsAmbiguous) {
    std::promise<void> let_go;
    auto go = let_go.get_future().share();
    ScriptedServer server{[this, go](Conversation& conversation) {
        conversation.shake_hands(manners);
        go.wait();
    }};
    options.deadline = 1s;
    start();
    auto big = a_post(url(server));
    big.body = std::string(32 * 1024 * 1024, 'x');
    expect_ambiguous(big, "no whole answer in time");
    let_go.set_value();
}

TEST_F(TlsClientFailure, OfAnAnswerToBeShortEnoughIsAmbiguous) {
    std::string answer;
    ScriptedServer server{after_request([&](Conversation& conversation) {
        conversation.say(answer);
        conversation.wait_for_the_end();
    })};
    start();
    answer = "HTTP/1.1 200 OK\r\nX: " + std::string(16 * 1024, 'x') + "\r\n\r\n";
    expect_ambiguous(a_post(url(server)), "too long");
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 8388609\r\n\r\n";
    expect_ambiguous(a_post(url(server)), "too long");
    answer = "HTTP/1.1 200 OK\r\n\r\n" + std::string(8 * 1024 * 1024 + 1, 'x');
    expect_ambiguous(a_post(url(server)), "too long");
}

TEST_F(TlsClientFailure, ToUnderstandTheAnswerIsAmbiguous) {
    ScriptedServer server{answer("What?\r\n\r\n")};
    start();
    expect_ambiguous(a_post(url(server)), "unreadable");
}

}  // namespace
}  // namespace muster::http
