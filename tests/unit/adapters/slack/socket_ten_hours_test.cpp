#include <iostream>

#include "tests/unit/adapters/slack/socket_story.hpp"

namespace muster::slack {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

class SlackSocketForTenHours : public SlackSocket, public testing::WithParamInterface<int> {
protected:
    // Each line is a person's own, and another.
    Task<> let_people_type(std::vector<milliseconds> moments) {
        auto begin = clock.now();
        for (std::size_t count = 0; count < moments.size(); ++count) {
            co_await clock.pause(begin + moments[count] - clock.now());
            auto key = count % 2 == 0 ? "amira" : "bo";
            auto ts = who(key).says("Line " + std::to_string(count), clock.now());
            typed.push_back("m:" + who(key).direct() + ":" + ts + ":");
        }
    }

    Task<> cut_lines(std::vector<milliseconds> moments) {
        auto begin = clock.now();
        for (auto moment : moments) {
            co_await clock.pause(begin + moment - clock.now());
            while (lines().empty())
                co_await clock.pause(100ms);
            sockets.cut_one();
        }
    }

    Task<> renew_lines() {
        for (int count = 0; count < 120; ++count) {
            co_await clock.pause(5min);
            if (count % 2 == 0) sockets.say_goodbye("warning", 10s);
            sockets.say_goodbye("refresh_requested", 10s);
        }
    }

    static std::vector<milliseconds> moments_of(sim::Random& random, int count) {
        std::vector<milliseconds> moments;
        while (count-- > 0)
            moments.push_back(random.between(milliseconds{0}, milliseconds{10h}));
        std::ranges::sort(moments);
        return moments;
    }

    // Lines of which the store knows nothing.
    std::vector<std::string> lost() {
        auto find = [this](View& view) {
            std::vector<std::string> unknown;
            for (const auto& key : typed)
                if (!view.is_key_known(connection, key)) unknown.push_back(key);
            return unknown;
        };
        return look(find);
    }

    std::vector<std::string> typed;  // their keys
};

TEST_P(SlackSocketForTenHours, LosesNoLineAndTakesNoneTwice) {
    std::cout << "seed " << GetParam() << "\n";
    sim::Random random{static_cast<std::uint64_t>(GetParam())};
    ask_everybody();
    tasks.spawn(let_people_type(moments_of(random, 500)));
    tasks.spawn(cut_lines(moments_of(random, 500)));
    tasks.spawn(renew_lines());
    pass(10h + 20min);

    EXPECT_EQ(sockets.cuts(), 500);
    EXPECT_THAT(typed, SizeIs(500));
    EXPECT_THAT(lost(), IsEmpty());
    std::cout << "tickets " << slack.sockets().tickets_given() << ", told "
              << slack.sockets().acknowledged() << ", never taken " << sockets.untold() << "\n";
    EXPECT_EQ(sockets.untold(), 0);
    // Each line and its answer, and what else the day brings: a line taken twice is answered twice.
    EXPECT_EQ(slack.sockets().acknowledged(), 500 + 500 + 8);
    EXPECT_THAT(slack.workspace().notices, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Seeds, SlackSocketForTenHours, testing::Values(1, 2, 3, 4, 5));

}  // namespace
}  // namespace muster::slack
