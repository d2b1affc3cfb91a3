#include "storage/sqlite/tables_of_work.hpp"
#include "tests/unit/storage/sqlite/memory_database.hpp"
#include "tests/unit/storage/sqlite/sample.hpp"

namespace muster::sqlite {
namespace {

using namespace sample;

struct DeliveryRows : testing::Test {
    MemoryDatabase memory;
    SqliteTransaction& rows = memory.rows;
    Instant now = tuesday_nine;
    DeliveryKey prompt{Purpose::prompt, 41, amira, 0};
    DeliveryKey summary{Purpose::summary, 31, channel, 0};
    DeliveryKey plan{Purpose::plan, 41, channel, 0};

    void SetUp() override { rows.apply(settings(), now); }

    void tell(
        DeliveryId id, const DeliveryKey& key, Instant due, std::optional<DeliveryKey> thread = {}
    ) {
        auto decision = Decision{};
        decision.deliveries = {Tell{id, key, thread, due, due + 1h}};
        rows.apply(decision, now);
    }

    std::vector<Delivery> due(const View::Open& open, std::size_t most = 10) {
        auto found = std::vector<Delivery>{};
        rows.visit_due_deliveries(now, open, [&](const Delivery& delivery) {
            found.push_back(delivery);
            return found.size() < most;
        });
        return found;
    }

    Delivery every_field() const {
        auto full = Delivery{};
        full.id = DeliveryId{1};
        full.key = {Purpose::undelivered, 5, channel, 2};
        full.thread_of = DeliveryId{2};
        full.told_at = now - 1min;
        full.due = now;
        full.expires_at = full.sending_since = full.tried_since = full.sent_at = full.changed_at =
            now + 1h;
        full.state = DeliveryState::uncertain;
        full.revision_wanted = 4;
        full.revision_sent = 3;
        full.attempt = 2;
        full.failures = 1;
        full.unheard = 1;
        full.connection = local;
        full.address = "team-channel";
        full.provider_id = "p1";
        full.reason = "timeout";
        full.shown = -77;
        full.stands = true;
        return full;
    }

    Delivery stored(const DeliveryKey& key) { return *rows.delivery(key); }

    // The courier has done its part.
    void settle(const DeliveryKey& key, DeliveryState state, const std::string& provider_id = "") {
        auto delivery = stored(key);
        delivery.state = state;
        delivery.provider_id = provider_id;
        delivery.attempt = 3;
        delivery.revision_sent = delivery.revision_wanted;
        if (!provider_id.empty()) delivery.sent_at = delivery.changed_at = now;
        rows.update(delivery);
    }
};

TEST_F(DeliveryRows, GiveBackEveryField) {
    auto full = every_field();
    rows.update(full);

    EXPECT_EQ(rows.delivery(full.id), full);
    EXPECT_EQ(rows.delivery(full.key), full);
    EXPECT_EQ(rows.delivery_by_message(local, "p1"), full);
    EXPECT_FALSE(rows.delivery_by_message(ConnectionId{3}, "p1")) << "another workspace's message";
    EXPECT_FALSE(rows.delivery_by_message(local, ""));
    EXPECT_THAT(rows.unsettled_deliveries(), testing::ElementsAre(full));
    EXPECT_THAT(rows.deliveries_of(Purpose::undelivered, 5), testing::ElementsAre(full));
}

TEST_F(DeliveryRows, ChangeInEveryField) {
    auto full = every_field();
    auto bare = Delivery{};
    bare.id = full.id;
    bare.key = prompt;
    auto priority = [&] { return memory.database.value<int>("SELECT priority FROM delivery"); };

    rows.update(bare);
    memory.database.put_changes(bare, full);
    EXPECT_EQ(rows.delivery(full.id), full);
    EXPECT_EQ(priority(), static_cast<int>(priority_of(full.key.purpose)));
    memory.database.put_changes(full, bare);
    EXPECT_EQ(rows.delivery(full.id), bare);
    EXPECT_EQ(priority(), static_cast<int>(priority_of(bare.key.purpose)));
}

TEST_F(DeliveryRows, AreNotWrittenWhereNothingChanges) {
    auto full = every_field();
    rows.update(full);
    auto rest = full;
    rest.reason = "another";
    memory.database.run("UPDATE delivery SET reason = 'of another writer', attempt = 9");
    memory.database.put_changes(full, full);
    EXPECT_EQ(rows.delivery(full.id)->reason, "of another writer");
    memory.database.put_changes(full, rest);
    EXPECT_EQ(rows.delivery(full.id)->reason, "another");
    EXPECT_EQ(rows.delivery(full.id)->attempt, 9);
}

TEST_F(DeliveryRows, BeginPendingAndKeepTheEarlierDueWhenToldAgain) {
    tell(DeliveryId{1}, prompt, now + 2h);
    EXPECT_EQ(stored(prompt).state, DeliveryState::pending);
    EXPECT_EQ(stored(prompt).revision_wanted, 1);

    tell(DeliveryId{2}, prompt, now + 1h);
    tell(DeliveryId{3}, prompt, now + 3h);
    EXPECT_EQ(stored(prompt).id, DeliveryId{1});
    EXPECT_EQ(stored(prompt).revision_wanted, 3);
    EXPECT_EQ(stored(prompt).due, now + 1h);
    EXPECT_EQ(stored(prompt).expires_at, now + 4h) << "the latest word on it";
}

TEST_F(DeliveryRows, WaitForTheFirstMessageOfTheirThread) {
    auto decision = Decision{};
    decision.deliveries = {
        Tell{DeliveryId{2}, plan, summary, now, {}},
        Tell{DeliveryId{1}, summary, {}, now + 1min, {}}};
    rows.apply(decision, now);
    EXPECT_EQ(stored(plan).thread_of, DeliveryId{1}) << "told before its parent";

    EXPECT_TRUE(due({{local}, {local}}).empty());
    EXPECT_EQ(rows.next_delivery_after(Instant::min()), now + 1min);
    for (auto state : {DeliveryState::sending, DeliveryState::uncertain}) {
        settle(summary, state);
        EXPECT_TRUE(due({{local}, {local}}).empty());
        EXPECT_FALSE(rows.next_delivery_after(Instant::min()));
    }
    settle(summary, DeliveryState::sent, "p1");
    EXPECT_EQ(due({{local}, {local}}).at(0).key, plan);
    tell(DeliveryId{1}, summary, now);
    EXPECT_EQ(due({{local}, {local}}).at(0).key, plan) << "an edit of the parent holds nobody back";
}

TEST_F(DeliveryRows, WaitForNoThreadThatWillNeverBe) {
    tell(DeliveryId{1}, plan, now, summary);
    EXPECT_FALSE(stored(plan).thread_of) << "there is no such message";

    tell(DeliveryId{2}, summary, now);
    auto later = DeliveryKey{Purpose::plan, 42, channel, 0};
    tell(DeliveryId{3}, later, now, summary);
    settle(summary, DeliveryState::failed);
    EXPECT_EQ(due({{local}, {local}}).size(), 2u);
}

TEST_F(DeliveryRows, ComeByPriorityThenByDue) {
    auto reminder = DeliveryKey{Purpose::reminder, 41, amira, 0};
    auto receipt = DeliveryKey{Purpose::receipt, 41, amira, 0};
    tell(DeliveryId{1}, summary, now - 3h);
    tell(DeliveryId{2}, prompt, now - 1h);
    tell(DeliveryId{3}, reminder, now - 2h);
    tell(DeliveryId{4}, receipt, now);
    tell(DeliveryId{5}, plan, now + 1ms);

    auto ids = std::vector<DeliveryId>{};
    auto priorities = std::vector<Priority>{};
    for (const auto& delivery : due({{local}, {local}})) {
        ids.push_back(delivery.id);
        priorities.push_back(priority_of(delivery.key.purpose));
    }
    EXPECT_EQ(ids.size(), 4u);
    EXPECT_TRUE(std::is_sorted(priorities.begin(), priorities.end()));
    EXPECT_EQ(ids.at(0), DeliveryId{4}) << "answers to people come before prompts";
    EXPECT_EQ(due({{local}, {local}}, 1).size(), 1u) << "no more than was asked for";
    EXPECT_EQ(rows.next_delivery_after(Instant::min()), now - 3h);
}

TEST_F(DeliveryRows, OfAConnectionThatIsClosedDoNotComeUp) {
    const ConnectionId other{77};
    tell(DeliveryId{1}, summary, now);
    tell(DeliveryId{2}, prompt, now);
    auto to_nobody = DeliveryKey{Purpose::prompt, 42, PersonId{999}, 0};
    tell(DeliveryId{3}, to_nobody, now);

    EXPECT_EQ(due({{local}, {local}}).size(), 3u);
    auto without = due({{other}, {other}});
    ASSERT_EQ(without.size(), 1u) << "what goes nowhere is ended by whoever looks";
    EXPECT_EQ(without.at(0).key, to_nobody);
}

TEST_F(DeliveryRows, ThatAreToBeEditedDoNotComeUpWhileNothingMayBeChanged) {
    tell(DeliveryId{1}, summary, now);
    tell(DeliveryId{2}, prompt, now);
    auto posted = *rows.delivery(summary);
    posted.provider_id = "m1";
    posted.connection = local;
    rows.update(posted);

    auto to_post = due({{local}, {}});
    ASSERT_EQ(to_post.size(), 1u);
    EXPECT_EQ(to_post.at(0).key, prompt);
    auto to_change = due({{}, {local}});
    ASSERT_EQ(to_change.size(), 1u);
    EXPECT_EQ(to_change.at(0).key, summary);
}

// A look reads a few at a time, and as many as it comes to need.
TEST_F(DeliveryRows, ComeInOneOrderHoweverManyThereAreAndWhereverTheyGo) {
    const ConnectionId other{77};
    auto elsewhere = sample::account(bo);
    elsewhere.connection = other;
    rows.apply(
        {.changes =
             {Connection{other, agency, "other", "local"}, sample::person(bo, "Bo"), elsewhere}},
        now
    );
    for (int number = 0; number < 300; ++number) {
        auto person = number % 3 == 0 ? bo : amira;
        tell(
            DeliveryId{1'000 - number},
            {Purpose::prompt, number, person, 0},
            now - 1ms * (number / 2)
        );
    }
    auto all = due({{local, other}, {}}, 1'000);
    ASSERT_EQ(all.size(), 300u);
    auto is_sooner = [](const Delivery& one, const Delivery& two) {
        return std::tie(one.due, one.id) < std::tie(two.due, two.id);
    };
    EXPECT_TRUE(std::ranges::is_sorted(all, is_sooner));
    EXPECT_EQ(due({{other}, {}}, 1'000).size(), 100u);
}

TEST_F(DeliveryRows, FollowTheirPersonToAnotherHomeUntilTheyArePosted) {
    const ConnectionId other{77};
    tell(DeliveryId{1}, prompt, now);
    EXPECT_EQ(due({{local}, {}}).size(), 1u);

    auto moved = sample::account(amira);
    moved.id = AccountId{500};
    moved.connection = other;
    auto amira_elsewhere = sample::person(amira, "Amira Khan");
    amira_elsewhere.home = moved.id;
    rows.apply(
        {.changes = {Connection{other, agency, "other", "local"}, moved, amira_elsewhere}}, now
    );
    EXPECT_TRUE(due({{local}, {}}).empty());
    EXPECT_EQ(due({{other}, {}}).size(), 1u);
}

TEST_F(DeliveryRows, FollowTheirChannelToAnotherConnection) {
    const ConnectionId other{77};
    tell(DeliveryId{1}, summary, now);
    auto moved = *rows.channel(channel);
    moved.connection = other;
    rows.apply({.changes = {Connection{other, agency, "other", "local"}, moved}}, now);
    EXPECT_TRUE(due({{local}, {}}).empty());
    EXPECT_EQ(due({{other}, {}}).size(), 1u);
}

// It is shown to an account, wherever else its person is at home.
TEST_F(DeliveryRows, OfAPageGoOverTheConnectionOfThatPage) {
    const ConnectionId other{77};
    auto second = sample::account(amira);
    second.id = AccountId{500};
    second.connection = other;
    rows.apply({.changes = {Connection{other, agency, "other", "local"}, second}}, now);
    tell(DeliveryId{1}, {Purpose::home, 500, amira, 0}, now);
    EXPECT_TRUE(due({{local}, {}}).empty());
    EXPECT_EQ(due({{other}, {}}).size(), 1u);
}

TEST_F(DeliveryRows, AreLateFromTheMomentTheyExpireUntilTheyAreEnded) {
    auto for_two_hours = Tell{DeliveryId{1}, prompt, {}, now, now + 2h};
    auto for_ever = Tell{DeliveryId{2}, summary, {}, now, {}};
    rows.apply({.deliveries = {for_two_hours, for_ever}}, now);

    EXPECT_TRUE(rows.late_deliveries(now + 2h - 1ms, 10).empty());
    EXPECT_EQ(rows.next_expiry_after(now), now + 2h);
    ASSERT_EQ(rows.late_deliveries(now + 2h, 10).size(), 1u);
    EXPECT_FALSE(rows.next_expiry_after(now + 2h));
    settle(prompt, DeliveryState::expired);
    EXPECT_TRUE(rows.late_deliveries(now + 2h, 10).empty());
}

TEST_F(DeliveryRows, InSeveralPartsAreKnownByTheFirst) {
    tell(DeliveryId{1}, summary, now);
    auto split = *rows.delivery(summary);
    split.provider_id = "D1/17.1 17.2";
    split.connection = local;
    rows.update(split);

    EXPECT_EQ(rows.delivery_by_message(local, "D1/17.1"), split);
    EXPECT_EQ(rows.delivery_by_message(local, "D1/17.1 17.2"), split);
    for (const auto* other : {"D1/17", "D1/17.1 ", "D1/17.2", "D1/17.10"})
        EXPECT_FALSE(rows.delivery_by_message(local, other)) << other;
}

TEST_F(DeliveryRows, ThatAreDueHideNoLaterOne) {
    tell(DeliveryId{1}, summary, now);
    EXPECT_FALSE(rows.next_delivery_after(now));
    tell(DeliveryId{2}, prompt, now + 2h);
    tell(DeliveryId{3}, {Purpose::receipt, 41, amira, 0}, now + 3h);
    tell(DeliveryId{4}, plan, now + 1h, summary);
    EXPECT_EQ(rows.next_delivery_after(now), now + 2h) << "the plan waits for its thread";
    EXPECT_EQ(rows.next_delivery_after(now + 2h), now + 3h);
}

TEST_F(DeliveryRows, CountWhatIsNotSettledForOperators) {
    EXPECT_EQ(rows.backlog(now).pending, 0);
    EXPECT_FALSE(rows.backlog(now).oldest_due);

    tell(DeliveryId{1}, prompt, now - 5min);
    tell(DeliveryId{2}, summary, now - 1h);
    tell(DeliveryId{3}, {Purpose::prompt, 42, amira, 0}, now + 1h);
    tell(DeliveryId{4}, {Purpose::prompt, 43, amira, 0}, now - 2h);
    tell(DeliveryId{5}, {Purpose::prompt, 44, amira, 0}, now - 2h);
    tell(DeliveryId{6}, {Purpose::prompt, 45, amira, 0}, now - 2h);
    settle({Purpose::prompt, 43, amira, 0}, DeliveryState::sending);
    settle({Purpose::prompt, 44, amira, 0}, DeliveryState::uncertain);
    settle({Purpose::prompt, 45, amira, 0}, DeliveryState::sent, "p1");
    rows.quarantine({}, "boom", now);

    auto backlog = rows.backlog(now);
    EXPECT_EQ(backlog.pending, 3);
    EXPECT_EQ(backlog.due, 2);
    EXPECT_EQ(backlog.oldest_due, now - 1h);
    EXPECT_EQ(backlog.sending, 1);
    EXPECT_EQ(backlog.uncertain, 1);
    EXPECT_EQ(backlog.quarantined, 1);
}

}  // namespace
}  // namespace muster::sqlite
