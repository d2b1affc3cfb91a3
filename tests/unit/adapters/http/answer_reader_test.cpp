#include "adapters/http/answer_reader.hpp"

#include <gmock/gmock.h>

namespace muster::http {
namespace {

using State = AnswerReader::State;
using testing::ElementsAre;
using testing::Pair;

State state_of(std::string_view bytes, std::string_view method = "POST") {
    AnswerReader reader{method};
    return reader.take(bytes);
}

std::string repeat(std::string_view text, std::size_t times) {
    std::string result;
    while (times-- > 0)
        result += text;
    return result;
}

TEST(AnswerReader, ReadsStatusHeadersAndBody) {
    AnswerReader reader{"POST"};
    EXPECT_FALSE(reader.has_begun());
    EXPECT_EQ(
        reader.take("HTTP/1.1 429 Slow\r\nRetry-After: 30\r\nX-A: 1\r\nX-a: 2\r\n"
                    "Content-Length: 4\r\n\r\nwait"),
        State::finished
    );
    EXPECT_TRUE(reader.has_begun());
    EXPECT_TRUE(reader.may_stay_open());
    auto answer = reader.answer();
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.body, "wait");
    EXPECT_EQ(answer.header("retry-after"), "30");
    EXPECT_THAT(
        answer.headers,
        ElementsAre(
            Pair("retry-after", "30"),
            Pair("x-a", "1"),
            Pair("x-a", "2"),
            Pair("content-length", "4")
        )
    );
}

TEST(AnswerReader, ReadsTheSameHoweverTheBytesCome) {
    for (std::string bytes : {
             "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
             "2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nX-Trailer: t\r\n\r\n",
             "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\n"
             "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
         }) {
        for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
            AnswerReader reader{"POST"};
            EXPECT_EQ(reader.take(bytes.substr(0, cut)), State::unfinished) << cut;
            EXPECT_EQ(reader.take(bytes.substr(cut)), State::finished) << cut;
            EXPECT_TRUE(reader.may_stay_open());
            auto answer = reader.answer();
            EXPECT_EQ(answer.status, 200);
            EXPECT_EQ(answer.body, "hello");
            EXPECT_EQ(answer.headers.size(), 1U);
        }
        AnswerReader reader{"POST"};
        for (auto byte : bytes.substr(0, bytes.size() - 1))
            ASSERT_EQ(reader.take({&byte, 1}), State::unfinished);
        EXPECT_EQ(reader.take(bytes.substr(bytes.size() - 1)), State::finished);
    }
}

TEST(AnswerReader, KnowsWhichAnswersHaveNoBody) {
    for (auto* head : {
             "HTTP/1.1 204 No Content\r\n\r\n",
             "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
             "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
         })
        EXPECT_EQ(state_of(head), State::finished) << head;
    EXPECT_EQ(state_of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "HEAD"), State::finished);
    EXPECT_EQ(state_of("HTTP/1.0 200 Connected\r\n\r\n", "CONNECT"), State::finished);
    EXPECT_EQ(state_of("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"), State::unfinished);
}

TEST(AnswerReader, ReadsToTheEndWhatSaysNoLength) {
    AnswerReader reader{"POST"};
    EXPECT_EQ(reader.take("HTTP/1.1 200 OK\r\n\r\nhel"), State::unfinished);
    EXPECT_EQ(reader.take("lo"), State::unfinished);
    EXPECT_EQ(reader.end(), State::finished);
    EXPECT_FALSE(reader.may_stay_open());
    EXPECT_EQ(reader.answer().body, "hello");
}

TEST(AnswerReader, TakesNoHalfAnswerForAWhole) {
    for (std::string bytes : {
             "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
             "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 Nothing\r\n\r\n",
         })
        for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
            AnswerReader reader{"POST"};
            ASSERT_EQ(reader.take(bytes.substr(0, cut)), State::unfinished) << cut;
            EXPECT_NE(reader.end(), State::finished) << bytes.substr(0, cut);
        }
    AnswerReader silent{"POST"};
    EXPECT_EQ(silent.end(), State::unreadable);
}

TEST(AnswerReader, ClosesWhenThePeerWillOrWhenMoreCameThanWasAsked) {
    AnswerReader closing{"POST"};
    closing.take("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    EXPECT_FALSE(closing.may_stay_open());
    AnswerReader old{"POST"};
    old.take("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n");
    EXPECT_FALSE(old.may_stay_open());
    AnswerReader eager{"POST"};
    eager.take("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n");
    EXPECT_TRUE(eager.has_left_over());
    EXPECT_FALSE(eager.may_stay_open());
}

TEST(AnswerReader, RefusesWhatItDoesNotUnderstand) {
    for (auto* bytes : {
             "SSH-2.0-OpenSSH\r\n\r\n",
             "HTTP/2 200\r\n\r\n",
             "HTTP/1.1 20 OK\r\n\r\n",
             "HTTP/1.1 000 None\r\n\r\n",
             "HTTP/1.1 101 Switching\r\n\r\n",
             "HTTP/1.1 200 OK\r\nBroken\r\n\r\n",
             "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
             "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 1\r\n\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
             "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX\r\n",
         })
        EXPECT_EQ(state_of(bytes), State::unreadable) << bytes;
}

TEST(AnswerReader, BoundsAHead) {
    std::string head = "HTTP/1.1 200 OK\r\nX: ";
    auto longest = head + std::string(longest_answer_head - head.size() - 4, 'x') + "\r\n\r\n";
    ASSERT_EQ(longest.size(), longest_answer_head);
    EXPECT_EQ(state_of(longest, "HEAD"), State::finished);
    EXPECT_EQ(state_of(head + std::string(longest_answer_head, 'x')), State::too_long);
    EXPECT_EQ(state_of(head + std::string(longest_answer_head, 'x') + "\r\n\r\n"), State::too_long);
}

TEST(AnswerReader, BoundsTheHeadsThatComeBeforeTheHead) {
    auto interim = repeat("HTTP/1.1 102 Processing\r\n\r\n", longest_answer_head / 27);
    EXPECT_EQ(state_of(interim), State::unfinished);
    EXPECT_EQ(state_of(interim + interim), State::too_long);
}

TEST(AnswerReader, BoundsABody) {
    auto length = std::to_string(longest_answer_body);
    std::string head = "HTTP/1.1 200 OK\r\nContent-Length: ";
    EXPECT_EQ(
        state_of(head + std::to_string(longest_answer_body + 1) + "\r\n\r\n"), State::too_long
    );

    AnswerReader longest{"POST"};
    EXPECT_EQ(longest.take(head + length + "\r\n\r\n"), State::unfinished);
    EXPECT_EQ(longest.take(std::string(longest_answer_body, 'x')), State::finished);
    EXPECT_EQ(longest.answer().body.size(), longest_answer_body);

    AnswerReader endless{"POST"};
    EXPECT_EQ(endless.take("HTTP/1.1 200 OK\r\n\r\n"), State::unfinished);
    EXPECT_EQ(endless.take(std::string(longest_answer_body, 'x')), State::unfinished);
    EXPECT_EQ(endless.take("x"), State::too_long);
}

TEST(AnswerReader, BoundsWhatStandsAroundABody) {
    std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    EXPECT_EQ(state_of(head + "1;" + std::string(20'000, 'x')), State::too_long);
    EXPECT_EQ(state_of(head + "0\r\n" + repeat("X: y\r\n", 12'000)), State::too_long);

    AnswerReader drip{"POST"};
    ASSERT_EQ(drip.take(head), State::unfinished);
    auto state = State::unfinished;
    auto crumbs = repeat("1\r\nx\r\n", 10'000);
    std::size_t bytes = 0;
    while (state == State::unfinished && bytes < 2 * longest_answer_body) {
        state = drip.take(crumbs);
        bytes += crumbs.size();
    }
    EXPECT_EQ(state, State::too_long);
    EXPECT_LE(bytes, longest_answer_body + longest_answer_head + crumbs.size());
}

}  // namespace
}  // namespace muster::http
