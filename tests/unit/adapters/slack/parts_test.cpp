#include "tests/unit/adapters/slack/carrier.hpp"
#include "tests/unit/adapters/slack/platform_story.hpp"

namespace muster::slack {
namespace {

class PartsStory : public PlatformStory, public Carrier {
protected:
    PartsStory() : Carrier(clock.now()) {}

private:
    Outcome deliver_it(Destination to, Message message) override { return deliver(to, message); }

    Outcome update_it(Destination to, std::string id, Message message) override {
        return update(to, id, message);
    }

    Outcome remove_it(Destination to, std::string id) override { return remove(to, id); }

    Found find_it(Destination to, Instant since) override { return find(to, clock.now() - since); }

    bool has_died() override {
        if (!std::exchange(slack.has_died, false)) return false;
        restart();
        return true;
    }

    void wait_until(Instant when) override { clock.run_until(when); }

    Instant now() override { return clock.now(); }
};

TEST_F(PartsStory, IsOneWholeMessageWhereNothingFails) {
    carry(amira, in_parts(3));

    expect_one_whole("D1", in_parts(3));
    EXPECT_EQ(methods(), (std::vector<std::string>(3, "chat.postMessage")));
}

HttpAnswer broken_gateway() {
    return {502, {{"content-type", "text/html"}}, "<h1>Bad gateway</h1>"};
}

HttpAnswer cut_off() {
    return slack_says(R"({"ok":true,"channel":"D1","ts":"17)");
}

// What happens to a call.
struct Fault {
    std::string name;
    ScriptedSlack::Trouble trouble;
};

// Names the story in the list of tests.
void PrintTo(const Fault& fault, std::ostream* out) {
    *out << fault.name;
}

constexpr auto instead = ScriptedSlack::When::instead;
constexpr auto after = ScriptedSlack::When::after;

const std::vector<Fault> not_posted{
    {"not sent", {instead, not_sent()}},
    {"lost on the way", {instead, lost()}},
    {"too soon", {instead, too_soon("3")}},
    {"too much for the place", {instead, slack_refuses("rate_limited")}},
    {"suspended", {instead, slack_refuses("invalid_auth")}},
    {"gateway broken", {instead, broken_gateway()}},
    {"error in Slack", {instead, slack_refuses("internal_error")}},
    {"death before", {instead, lost(), 0ms, true}},
};

const std::vector<Fault> posted_unheard{
    {"answer lost", {after, lost()}},
    {"answer lost, shown late", {after, lost(), 25s}},
    {"answer cut off", {after, cut_off()}},
    {"gateway broken behind it", {after, broken_gateway()}},
    {"error in Slack behind it", {after, slack_refuses("fatal_error")}},
    {"death after", {after, lost(), 0ms, true}},
};

class PartsStoryWithFault : public PartsStory,
                            public testing::WithParamInterface<std::tuple<int, Fault>> {
protected:
    PartsStoryWithFault() { slack.troubles[{"chat.postMessage", part()}] = fault().trouble; }

    static int part() { return std::get<int>(GetParam()); }

    static const Fault& fault() { return std::get<Fault>(GetParam()); }
};

class PartNotPosted : public PartsStoryWithFault {};

class PartPostedUnheard : public PartsStoryWithFault {};

INSTANTIATE_TEST_SUITE_P(
    Each, PartNotPosted, testing::Combine(testing::Values(1, 2, 3), testing::ValuesIn(not_posted))
);
INSTANTIATE_TEST_SUITE_P(
    Each,
    PartPostedUnheard,
    testing::Combine(testing::Values(1, 2, 3), testing::ValuesIn(posted_unheard))
);

TEST_P(PartNotPosted, EndsInOneWholeMessage) {
    carry(amira, in_parts(3));

    expect_one_whole("D1", in_parts(3));
}

TEST_P(PartPostedUnheard, EndsInOneWholeMessage) {
    carry(amira, in_parts(3));

    expect_one_whole("D1", in_parts(3));
}

TEST_P(PartPostedUnheard, EndsInOneWholeMessageInAThreadToo) {
    auto parent = slack.somebody_writes("C2");
    auto to = team;
    to.address = "C2";
    to.thread = "C2/" + parent;
    carry(to, in_parts(3));

    slack.messages.erase(slack.messages.begin());
    expect_one_whole("C2", in_parts(3));
}

// ---- where nobody may look: the usual channel

class PartsStoryUnseen : public PartsStoryWithFault {
protected:
    PartsStoryUnseen() {
        slack.refusals = {
            {"conversations.history", "missing_scope"}, {"conversations.replies", "missing_scope"}};
    }

    // A process that dies takes along what it knew, and an answer to the first part is the only
    // one that says where the message is: then it is posted once more, as every message is.
    bool is_forgotten() const {
        auto& trouble = fault().trouble;
        return trouble.is_death ? part() > 1 || trouble.when == after
                                : part() == 1 && trouble.when == after;
    }
};

class PartNotPostedUnseen : public PartsStoryUnseen {};

class PartPostedUnheardUnseen : public PartsStoryUnseen {};

INSTANTIATE_TEST_SUITE_P(
    Each,
    PartNotPostedUnseen,
    testing::Combine(testing::Values(1, 2, 3), testing::ValuesIn(not_posted))
);
INSTANTIATE_TEST_SUITE_P(
    Each,
    PartPostedUnheardUnseen,
    testing::Combine(testing::Values(1, 2, 3), testing::ValuesIn(posted_unheard))
);

TEST_P(PartNotPostedUnseen, EndsInOneWholeMessage) {
    carry(team, in_parts(3));

    if (is_forgotten()) slack.messages.erase(slack.messages.begin(), slack.messages.end() - 3);
    expect_one_whole("C1", in_parts(3));
}

TEST_P(PartPostedUnheardUnseen, EndsInOneWholeMessageAndAtMostOnePartTwice) {
    carry(team, in_parts(3));

    if (is_forgotten()) {
        slack.messages.erase(slack.messages.begin(), slack.messages.end() - 3);
    } else {
        ASSERT_EQ(slack.messages.size(), 4u);
        slack.messages.erase(slack.messages.begin() + part() - 1);
    }
    expect_one_whole("C1", in_parts(3));
}

TEST_F(PartsStory, PostsNoPartMoreThanTwiceWhereNobodyMayLook) {
    slack.refusals = {{"conversations.replies", "missing_scope"}};
    auto id = deliver(team, a_message(1)).provider_id;
    for (int nth = 2; nth < 50; ++nth)
        trouble_after("chat.postMessage", nth, lost());
    row = posted(row, id, 1, 1, clock.now());
    row = told_again(row, Tell{delivery, row.key, {}, clock.now(), {}});
    carry(team, in_parts(2));

    EXPECT_EQ(slack.messages.size(), 3u);
    EXPECT_EQ(row.reason, "part_unheard_of");
}

}  // namespace
}  // namespace muster::slack
