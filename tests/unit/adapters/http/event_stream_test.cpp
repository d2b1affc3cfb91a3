#include "adapters/http/event_stream.hpp"

#include <gtest/gtest.h>

namespace muster::http {
namespace {

TEST(EventStream, MakesEveryLineAFieldSoThatTextCannotForgeAnEvent) {
    EventStream stream;
    stream.send("message\ndata: forged", "one\r\ntwo\rthree\n\nevent: forged");

    EXPECT_EQ(
        stream.take(),
        "event: message\ndata: one\ndata: two\ndata: three\ndata: \ndata: event: forged\n\n"
    );
}

TEST(EventStream, HandsOutWhatWaitsOnce) {
    EventStream stream;
    stream.send("", "one");
    stream.send("", "two");

    EXPECT_EQ(stream.take(), "data: one\n\ndata: two\n\n");
    EXPECT_EQ(stream.take(), "");
}

TEST(EventStream, DropsAClientThatIsTooFarBehind) {
    EventStream stream;
    for (std::size_t event = 0; event < EventStream::most_waiting; ++event)
        ASSERT_TRUE(stream.send("", "x"));

    EXPECT_FALSE(stream.send("", "one too many"));
    EXPECT_TRUE(stream.is_dropped());
    EXPECT_FALSE(stream.is_open());
    EXPECT_EQ(stream.take(), "");
}

TEST(EventStream, TakesNothingAfterItsEndButKeepsWhatWasSent) {
    EventStream stream;
    stream.send("", "last");
    stream.close();

    EXPECT_FALSE(stream.send("", "too late"));
    EXPECT_FALSE(stream.is_dropped());
    EXPECT_EQ(stream.take(), "data: last\n\n");
}

TEST(EventStream, AsksForNoKeepAliveWhileAnEventWaits) {
    EventStream stream;
    stream.send("", "one");
    stream.keep_alive();
    EXPECT_EQ(stream.take(), "data: one\n\n");

    stream.keep_alive();
    EXPECT_EQ(stream.take(), ": keep-alive\n\n");
}

TEST(EventStream, TellsOfEveryChange) {
    EventStream stream;
    int changes = 0;
    stream.on_change([&] { ++changes; });
    stream.send("", "one");
    stream.close();
    EXPECT_EQ(changes, 2);
}

}  // namespace
}  // namespace muster::http
