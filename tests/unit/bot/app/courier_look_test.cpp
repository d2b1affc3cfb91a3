#include "bot/app/courier_look.hpp"

#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// What one look at the store finds to do: here two posts and two edits at once, then one a minute.
class CourierLook : public AppStory {
protected:
    CourierLook() {
        pass(10min);  // no turn was taken for long
        Pace two_at_once{0ms, 1min, 2};
        room.keep_to(
            {{{connection, Call::deliver}, two_at_once}, {{connection, Call::update}, two_at_once}}
        );
    }

    // Welcomes this person back: to be posted, or to be edited when it stands as `message`, in
    // their direct message or elsewhere.
    void tell(
        std::int64_t id,
        const std::string& key,
        const std::string& message = "",
        const std::string& elsewhere = ""
    ) {
        Delivery delivery;
        delivery.id = DeliveryId{id};
        delivery.key = {Purpose::welcome_back, id, person(key).id, 0};
        delivery.told_at = delivery.due = clock.now() - 1min + milliseconds{id};
        delivery.provider_id = message;
        if (!message.empty()) {
            delivery.connection = connection;
            delivery.address = elsewhere.empty() ? sim::account_of(key) : elsewhere;
        }
        apply({.changes = {delivery}});
    }

    CourierWork work() {
        auto find = [this](View& view) {
            return look_for_work(view, room, clock.now(), clock.steady_now());
        };
        return look(find);
    }

    std::vector<std::int64_t> found() {
        std::vector<std::int64_t> ids;
        for (const auto& job : work().jobs)
            ids.push_back(job.delivery.value);
        return ids;
    }

    CourierRoom room;
};

TEST_F(CourierLook, FindsWhatThereIsRoomForInItsOrder) {
    tell(1, "amira");
    tell(2, "bo");
    tell(3, "dev");

    EXPECT_THAT(found(), ElementsAre(1, 2));
}

TEST_F(CourierLook, FindsEditsBehindPostsThatMustWait) {
    tell(1, "amira");
    tell(2, "bo");
    tell(3, "dev");
    tell(4, "dev", "m4");
    EXPECT_THAT(found(), ElementsAre(1, 2, 4));

    auto first = work();
    for (auto& job : first.jobs)
        room.occupy(job, clock.steady_now());
    EXPECT_THAT(found(), IsEmpty());
    for (const auto& job : first.jobs)
        room.leave(job);
    EXPECT_THAT(found(), ElementsAre(4)) << "edits have another turn, posts have not";
}

TEST_F(CourierLook, PassesOverAPlaceThatMustRest) {
    tell(1, "amira");
    tell(2, "bo");
    Place amira{connection, sim::account_of("amira")};
    room.turns().rest(amira, Pace{5s, 0ms, 1}, clock.steady_now());
    auto found = work();

    ASSERT_EQ(found.jobs.size(), 1U);
    EXPECT_EQ(found.jobs.at(0).delivery, DeliveryId{2});
    EXPECT_EQ(found.next, clock.now() + 5s);
}

TEST_F(CourierLook, FindsWhatStandsBehindManyThatMustWaitForTheirPlace) {
    for (int edit = 1; edit <= 600; ++edit)
        tell(edit, "amira", "m" + std::to_string(edit), "D-busy");
    room.turns().rest({connection, "D-busy"}, Pace{5s, 0ms, 1}, clock.steady_now());
    tell(601, "bo");
    tell(602, "dev");
    tell(603, "amira", "m603");

    EXPECT_THAT(found(), ElementsAre(601, 602, 603));
}

TEST_F(CourierLook, TakesOneMessageForAPlace) {
    tell(1, "amira");
    tell(2, "amira");

    EXPECT_THAT(found(), ElementsAre(1));
}

TEST_F(CourierLook, LeavesAnUnknownConnectionAlone) {
    room.keep_to({});
    tell(1, "amira");

    EXPECT_THAT(found(), IsEmpty());
}

}  // namespace
}  // namespace muster
