#include "bot/cli/secret_watch.hpp"

#include <fstream>

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/system/virtual_clock.hpp"
#include "bot/ports/task_group.hpp"

namespace muster::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// One file, and whatever lies in it.
class FileInMemory : public SecretFiles {
public:
    void holds(std::variant<config::Secret, std::string> found) {
        found_ = std::move(found);
        ++mark_.written_at;
    }

    Task<config::FileMark> mark_of(std::filesystem::path) override {
        if (writes_left_ > 0) {
            --writes_left_;
            ++mark_.written_at;
        }
        co_return mark_;
    }

    Task<std::variant<config::Secret, std::string>> read(std::filesystem::path) override {
        ++reads;
        EXPECT_EQ(writes_left_, 0) << "half a secret";
        co_return found_;
    }

    // It changes each time that somebody looks, so often.
    void is_being_written(int times) { writes_left_ = times; }

    int reads = 0;

private:
    config::FileMark mark_{1, 2, 3, 0600, 4, 5};
    std::variant<config::Secret, std::string> found_;
    int writes_left_ = 0;
};

class EventsLog : public Log {
public:
    void write(Severity, std::string_view event, const Fields&) override {
        events.emplace_back(event);
    }

    std::vector<std::string> events;
};

config::Secret secret_of(std::string value) {
    return config::Secret{std::move(value), "secrets/token"};
}

class SecretWatchStory : public testing::Test {
protected:
    SecretWatchStory() {
        file.holds(secret_of("old"));
        auto use = [this](std::string value) -> Task<std::string> {
            tried.push_back(value);
            co_return against;
        };
        watch.watch("bot_token of main", token, use);
        tasks_.spawn(watch.run());
        pass(1s);
    }

    ~SecretWatchStory() override {
        tasks_.cancel();
        pass(1s);
    }

    void pass(milliseconds time) { clock.run_until(clock.now() + time); }

    boost::asio::io_context loop;
    VirtualClock clock{loop, *instant_from("2026-11-24T09:30:00.000Z")};
    EventsLog log;
    FileInMemory file;
    SecretWatch watch{{file, clock, log}};
    config::Secret token = secret_of("old");
    std::vector<std::string> tried;
    std::string against;

private:
    TaskGroup tasks_{
        loop.get_executor(), [](std::exception_ptr problem) { std::rethrow_exception(problem); }};
};

TEST_F(SecretWatchStory, UsesWhatWasPutIntoTheFileWithinHalfAMinute) {
    file.holds(secret_of("new"));
    pass(31s);

    EXPECT_THAT(tried, ElementsAre("new"));
    EXPECT_EQ(token.reveal(), "new");
    EXPECT_EQ(token.file(), "secrets/token");
    EXPECT_THAT(log.events, ElementsAre("secret.renewed"));
    EXPECT_THAT(watch.ailments(), IsEmpty());
}

TEST_F(SecretWatchStory, LooksAtOnceWhenItIsAskedTo) {
    file.holds(secret_of("new"));
    watch.look_now();
    pass(2s);

    EXPECT_EQ(token.reveal(), "new");
}

TEST_F(SecretWatchStory, ReadsAFileOnlyWhenItHasChanged) {
    pass(1h);
    EXPECT_EQ(file.reads, 1);

    file.holds(secret_of("old"));
    pass(1h);
    EXPECT_EQ(file.reads, 2);
    EXPECT_THAT(tried, IsEmpty()) << "it is the same secret";
}

TEST_F(SecretWatchStory, ReadsAFileWhenItIsWritten) {
    file.holds(secret_of("new"));
    file.is_being_written(4);
    pass(40s);

    EXPECT_EQ(file.reads, 2);
    EXPECT_EQ(token.reveal(), "new");
}

TEST_F(SecretWatchStory, KeepsTheOldOneAndSaysOnceWhatIsWrongWithTheFile) {
    file.holds("a file that only its owner may read (chmod 600)");
    pass(1h);
    file.holds("a file that only its owner may read (chmod 600)");
    pass(1h);

    EXPECT_THAT(tried, IsEmpty());
    EXPECT_EQ(token.reveal(), "old");
    EXPECT_THAT(log.events, ElementsAre("secret.not_renewed"));
    ASSERT_EQ(watch.ailments().size(), 1U);
    EXPECT_THAT(watch.ailments().front().what, HasSubstr("bot_token of main"));
    EXPECT_THAT(watch.ailments().front().what, HasSubstr("only its owner may read"));
    EXPECT_THAT(watch.ailments().front().fix, HasSubstr("secrets/token"));

    file.holds(secret_of("new"));
    pass(1min);
    EXPECT_EQ(token.reveal(), "new");
    EXPECT_THAT(watch.ailments(), IsEmpty());
}

TEST_F(SecretWatchStory, IsContentWhenTheOldOneIsPutBack) {
    file.holds("a file that exists");
    pass(1min);
    file.holds(secret_of("old"));
    pass(1min);

    EXPECT_THAT(tried, IsEmpty());
    EXPECT_THAT(watch.ailments(), IsEmpty());
}

TEST_F(SecretWatchStory, TriesAgainWhatCannotBeUsedYet) {
    against = "a token that Slack accepts (no_answer)";
    file.holds(secret_of("new"));
    pass(5min);
    EXPECT_EQ(token.reveal(), "old");
    EXPECT_GE(tried.size(), 9U);
    EXPECT_THAT(log.events, ElementsAre("secret.not_renewed"));
    EXPECT_THAT(watch.ailments().front().what, HasSubstr("no_answer"));

    against = "";
    pass(1min);
    EXPECT_EQ(token.reveal(), "new");
    EXPECT_THAT(log.events, ElementsAre("secret.not_renewed", "secret.renewed"));
}

TEST_F(SecretWatchStory, LeavesAloneWhatLiesInNoFile) {
    SecretWatch other{{file, clock, log}};
    config::Secret of_environment{"from the environment"};
    other.watch("bot_token of main", of_environment, {});

    EXPECT_THAT(other.ailments(), IsEmpty());
}

TEST(SecretFilesOnDisk, AreAnotherFileAfterEveryChange) {
    auto folder = std::filesystem::path{testing::TempDir()} / "muster-secret-files";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    auto file = folder / "token";
    EXPECT_EQ(config::mark_of(file), config::FileMark{});

    auto write = [](const std::filesystem::path& to, const char* text) {
        std::ofstream{to} << text;
        std::filesystem::permissions(to, std::filesystem::perms::owner_read);
    };
    write(file, "one");
    auto one = config::mark_of(file);
    EXPECT_EQ(config::mark_of(file), one);
    write(folder / "next", "two");
    std::filesystem::rename(folder / "next", file);
    auto two = config::mark_of(file);
    EXPECT_NE(two, one);
    std::filesystem::permissions(file, std::filesystem::perms::others_read);
    EXPECT_NE(config::mark_of(file), two);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace muster::cli
