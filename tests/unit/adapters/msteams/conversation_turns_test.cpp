#include "adapters/msteams/conversation_turns.hpp"

#include "bot/ports/task_group.hpp"
#include "tests/unit/adapters/on_a_clock.hpp"

namespace muster::msteams {
namespace {

class ConversationTurnsStory : public OnAClock {
protected:
    ~ConversationTurnsStory() override {
        calls.cancel();
        loop.restart();
        loop.run();
    }

    // A call that takes a second, once it is its turn.
    Task<> call(std::string conversation, std::string name, milliseconds patience) {
        auto turn = co_await turns.take(std::move(conversation), patience);
        if (!turn) {
            happened.push_back(name + " gave up");
            co_return;
        }
        happened.push_back(name + " begins");
        co_await clock.pause(1s);
        happened.push_back(name + " ends");
    }

    void begin(const std::string& conversation, const std::string& name, milliseconds patience) {
        calls.spawn(call(conversation, name, patience));
        pass(0ms);
    }

    ConversationTurns turns{clock};
    TaskGroup calls{loop.get_executor(), [](const std::exception_ptr&) {}};
    std::vector<std::string> happened;
};

TEST_F(ConversationTurnsStory, ComeOneAfterTheOtherInTheOrderTheyWereAskedFor) {
    begin("a:1", "one", 5s);
    begin("a:1", "two", 5s);
    begin("a:1", "three", 5s);
    pass(4s);

    EXPECT_EQ(
        happened,
        (std::vector<std::string>{
            "one begins", "one ends", "two begins", "two ends", "three begins", "three ends"})
    );
}

TEST_F(ConversationTurnsStory, LeaveOtherConversationsAlone) {
    begin("a:1", "one", 5s);
    begin("a:2", "two", 5s);

    EXPECT_EQ(happened, (std::vector<std::string>{"one begins", "two begins"}));
}

TEST_F(ConversationTurnsStory, AreNotWaitedForLongerThanAnybodyIsPatient) {
    begin("a:1", "one", 5s);
    begin("a:1", "two", 500ms);
    begin("a:1", "three", 5s);
    pass(3s);

    EXPECT_EQ(
        happened,
        (std::vector<std::string>{
            "one begins", "two gave up", "one ends", "three begins", "three ends"})
    );
}

TEST_F(ConversationTurnsStory, AreFreeAgainWhenWhoeverWaitedForOneIsCancelled) {
    begin("a:1", "one", 5s);
    begin("a:1", "two", 5s);
    begin("a:1", "three", 5s);
    calls.cancel();
    pass(1s);
    happened.clear();

    auto turn = result_of(turns.take("a:1", 0ms));
    EXPECT_TRUE(turn);
}

}  // namespace
}  // namespace muster::msteams
