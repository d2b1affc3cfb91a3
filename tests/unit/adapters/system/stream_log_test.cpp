#include "adapters/system/stream_log.hpp"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace muster {
namespace {

using testing::HasSubstr;
using testing::Not;

class FixedClock : public Clock {
public:
    Instant now() const override { return *instant_from("2026-11-24T09:30:00.000Z"); }

    SteadyInstant steady_now() const override { return SteadyInstant{}; }

    Task<> sleep_until(Instant, Bell&) override { co_return; }

    Task<> pause(milliseconds) override { co_return; }

    Task<> pause(milliseconds, Bell&) override { co_return; }
};

class StreamLogStory : public testing::Test {
protected:
    ~StreamLogStory() override { std::fclose(stream); }

    std::string written() {
        std::string text(4096, '\0');
        std::rewind(stream);
        text.resize(std::fread(text.data(), 1, text.size(), stream));
        return text;
    }

    FixedClock clock;
    std::FILE* stream = std::tmpfile();
};

TEST_F(StreamLogStory, WritesOneJsonObjectALine) {
    StreamLog log{clock, stream};
    log.info("muster.started", {{"version", "0.1.0"}});
    log.alarm("backup.failed");

    EXPECT_EQ(
        written(),
        R"({"at":"2026-11-24T09:30:00.000Z","level":"info","event":"muster.started","version":"0.1.0"})"
        "\n"
        R"({"at":"2026-11-24T09:30:00.000Z","level":"alarm","event":"backup.failed"})"
        "\n"
    );
}

TEST_F(StreamLogStory, LetsNobodyForgeALineOrMoveTheCursor) {
    StreamLog log{clock, stream};
    log.warning("http.refused", {{"reason", "a\"b\\c\r\n{\"event\":\"forged\"}\x1b[2J\x7f"}});

    auto line = written();
    EXPECT_THAT(
        line, HasSubstr(R"("reason":"a\"b\\c\u000d\u000a{\"event\":\"forged\"}\u001b[2J\u007f")")
    );
    EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
    EXPECT_THAT(line, Not(HasSubstr("\x1b")));
}

TEST_F(StreamLogStory, KeepsNoSecretThatSomebodyLetSlip) {
    StreamLog log{clock, stream};
    log.warning(
        "call.failed", {{"error", "POST with Bearer xoxb-1-secret to https://a.example/b"}}
    );
    EXPECT_THAT(written(), HasSubstr("Bearer [redacted] to https://a.example/[redacted]"));
}

TEST_F(StreamLogStory, LeavesOutWhatIsLessSevereThanWanted) {
    StreamLog log{clock, stream, Log::Severity::warning};
    log.info("muster.started");
    EXPECT_EQ(written(), "");

    log.warning("delivery.refused");
    EXPECT_THAT(written(), HasSubstr("delivery.refused"));
}

}  // namespace
}  // namespace muster
