#include "tests/fakes/slack/client.hpp"
#include "tests/unit/adapters/slack/carrier.hpp"
#include "tests/unit/adapters/slack/platform_story.hpp"

namespace muster::slack {
namespace {

using Kind = fake_slack::Trouble::Kind;

constexpr auto alice = "U0ALICE";

// Slack with all of its rules, on a bad day, and a message that is carried through it.
class PartsOfChance : public PlatformStory,
                      public Carrier,
                      public testing::WithParamInterface<int> {
protected:
    PartsOfChance() : Carrier(clock.now()) {
        world.workspace().add({.id = alice, .name = "alice", .real_name = "Alice Adams"});
        begin_a_process();
    }

    ~PartsOfChance() override {
        travels.cancel();
        loop.restart();
        loop.poll();
    }

    // Whatever may be tried again.
    void let_there_be_trouble() {
        for (auto kind :
             {Kind::rate_limited,
              Kind::server_error_before,
              Kind::server_error_after,
              Kind::internal_error_before,
              Kind::internal_error_after,
              Kind::cut_answer,
              Kind::hidden,
              Kind::not_connected,
              Kind::reset_before,
              Kind::reset_after,
              Kind::answer_lost,
              Kind::slow})
            way.troubles().happen(kind, 0.05);
        way.troubles().happen(Kind::token_revoked, 0.02);
        chance_to_die = 0.1;
    }

    void end_the_trouble() {
        way.troubles().end();
        chance_to_die = 0;
        pass(1min);
    }

    // Somebody wants it otherwise.
    void tell_again() {
        Tell tell;
        tell.id = row.id;
        tell.key = row.key;
        tell.due = clock.now();
        row = told_again(row, tell);
    }

    void expect_one_whole_message(const Message& wanted) {
        EXPECT_EQ(row.state, DeliveryState::sent);
        std::vector<std::string> lines;
        std::string first;
        for (const auto& [ts, message] : world.workspace().messages[place()]) {
            if (message.is_deleted) continue;
            EXPECT_EQ(message.thread, first);
            if (first.empty()) first = ts;
            for (const auto& block : message.blocks)
                lines.push_back(block.find("text")->text_of("text"));
        }
        EXPECT_EQ(lines, lines_of(wanted));
        EXPECT_EQ(world.violations(), std::vector<std::string>{});
    }

    std::string place() { return world.workspace().direct_with(alice).id; }

    Message some_parts(const std::string& words) {
        return in_parts(static_cast<int>(random.between(1, 4)), words);
    }

    const Destination to_alice{.connection = {1}, .address = alice, .direct = true, .thread = {}};

private:
    void begin_a_process() {
        world.new_caller();
        restart_over(way);
    }

    Outcome deliver_it(Destination to, Message message) override { return deliver(to, message); }

    Outcome update_it(Destination to, std::string id, Message message) override {
        return update(to, id, message);
    }

    Outcome remove_it(Destination to, std::string id) override { return remove(to, id); }

    Found find_it(Destination to, Instant since) override { return find(to, clock.now() - since); }

    bool has_died() override {
        if (!random.chance(chance_to_die)) return false;
        begin_a_process();
        return true;
    }

    void wait_until(Instant when) override {
        if (++steps % 30 == 0) end_the_trouble();
        clock.run_until(when);
    }

    Instant now() override { return clock.now(); }

    sim::Random random{static_cast<std::uint64_t>(GetParam())};
    fake_slack::FakeSlack world{{.token = token}};
    double chance_to_die = 0;
    int steps = 0;
    TaskGroup travels{loop.get_executor(), [](const std::exception_ptr& failure) {
                          std::rethrow_exception(failure);
                      }};
    fake_slack::FakeSlackClient way{world, clock, travels, sim::Random{random.number()}};
};

INSTANTIATE_TEST_SUITE_P(Seeds, PartsOfChance, testing::Range(1, 301));

TEST_P(PartsOfChance, AreOneWholeMessageInTheEnd) {
    let_there_be_trouble();
    auto wanted = some_parts("Line");
    carry(to_alice, wanted);
    end_the_trouble();

    expect_one_whole_message(wanted);
}

TEST_P(PartsOfChance, AreOneWholeMessageAfterAnEditToo) {
    carry(to_alice, some_parts("Line"));
    let_there_be_trouble();
    tell_again();
    auto wanted = some_parts("Saved");
    carry(to_alice, wanted);
    end_the_trouble();

    expect_one_whole_message(wanted);
}

}  // namespace
}  // namespace muster::slack
