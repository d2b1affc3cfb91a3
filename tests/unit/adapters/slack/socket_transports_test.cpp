#include "tests/unit/adapters/slack/socket_story.hpp"

namespace muster::slack {
namespace {

using testing::ElementsAreArray;

// What stays of a day: in the store and before people's eyes, but for numbers and moments.
struct Traces {
    std::vector<std::string> log;
    std::vector<std::string> answers;
    std::vector<std::string> seen;
};

template <class Story>
class Day : public Story {
public:
    Traces pass_it() {
        this->ask_everybody();
        this->say("amira", "Test refunds");
        auto amira = this->who("amira");
        auto line = amira.says("Docs, too", this->clock.now());
        this->pass(1s);
        amira.edits(amira.direct(), line, "Docs & drawings", this->clock.now());
        this->pass(1s);
        this->press_prompt("bo", "Answer");
        auto bo = this->who("bo");
        bo.enters("today", "");
        bo.submits(this->clock.now());
        this->pass(1s);
        bo.enters("today", "Review <the> plan");
        bo.submits(this->clock.now());
        this->pass(1s);
        this->press_prompt("dev", "Not today");
        amira.commands(this->team_channel, "/muster", "why", this->clock.now());
        bo.mentions_app_in(this->team_channel, "help", this->clock.now());
        this->pass(1s);
        amira.deletes(amira.direct(), line, this->clock.now());
        this->until("2026-11-23T18:00");
        return traces();
    }

private:
    void TestBody() override {}

    Traces traces() {
        Traces left;
        auto kinds_of = [](View& view) {
            std::vector<std::string> kinds;
            for (const auto& logged : view.events(0, 10'000))
                kinds.push_back(logged.event.kind + (logged.event.actor ? " by a person" : ""));
            return kinds;
        };
        left.log = this->look(kinds_of);
        for (const auto* key : {"dev", "amira", "bo"}) {
            for (const auto& answer : this->answers(key))
                left.answers.push_back(std::string{key} + ": " + answer.text);
            for (const auto& message : this->direct_of(key))
                left.seen.push_back(message.text);
        }
        for (const auto& message : this->summaries())
            left.seen.push_back(message.text);
        for (const auto& one : this->slack.workspace().ephemerals)
            left.seen.push_back(one.user + " alone: " + one.text);
        return left;
    }
};

TEST(SlackTransports, LeaveTheSameInTheStoreAndBeforePeoplesEyes) {
    auto over_http = Day<SlackStory>{}.pass_it();
    auto over_socket = Day<SlackSocket>{}.pass_it();

    EXPECT_THAT(over_http.answers, testing::Contains("bo: Review <the> plan"));
    EXPECT_THAT(over_socket.log, ElementsAreArray(over_http.log));
    EXPECT_THAT(over_socket.answers, ElementsAreArray(over_http.answers));
    EXPECT_THAT(over_socket.seen, ElementsAreArray(over_http.seen));
}

}  // namespace
}  // namespace muster::slack
