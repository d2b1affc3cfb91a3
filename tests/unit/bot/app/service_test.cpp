#include "bot/app/service.hpp"

#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

class ServiceStory : public AppStory {
protected:
    void be_away(const std::string& from, const std::string& to) {
        until(from);
        stop();
        until(to);
        start();
    }

    std::vector<sim::Posted> reports() const {
        auto messages = direct("dev");
        std::erase_if(messages, [](const sim::Posted& message) {
            return message.message.notification.key != "notice.downtime";
        });
        return messages;
    }

    std::vector<Downtime> downtimes() {
        auto find = [](View& view) { return view.downtimes(); };
        return look(find);
    }
};

TEST_F(ServiceStory, ReportsADowntimeOnceToTheDeliveryManagerWhenSomethingWasLate) {
    start();
    be_away("2026-11-23T09:20", "2026-11-23T09:50");
    until("2026-11-23T10:30");

    EXPECT_EQ(reports().size(), 1U);
    EXPECT_EQ(downtimes().size(), 1U);
    EXPECT_EQ(direct("amira").size(), 1U);
    EXPECT_EQ(round("amira").asked_at.value() - at("2026-11-23T09:50") < 1min, true);

    be_away("2026-11-23T10:40", "2026-11-23T10:41");
    until("2026-11-23T11:30");
    EXPECT_EQ(reports().size(), 1U);
}

TEST_F(ServiceStory, ReportsNothingWhenNothingWasLate) {
    start();
    be_away("2026-11-23T12:00", "2026-11-23T16:00");
    until("2026-11-24T09:00");

    EXPECT_EQ(downtimes().size(), 1U);
    EXPECT_TRUE(reports().empty());
}

TEST_F(ServiceStory, DoesNotCountAShortStopAsDowntime) {
    start();
    be_away("2026-11-23T09:28", "2026-11-23T09:30");
    until("2026-11-23T10:00");

    EXPECT_TRUE(downtimes().empty());
    EXPECT_TRUE(reports().empty());
    EXPECT_EQ(direct("amira").size(), 1U);
}

TEST_F(ServiceStory, MeasuresADowntimeFromItsLastHeartbeat) {
    start();
    be_away("2026-11-23T09:20", "2026-11-23T09:50");

    ASSERT_EQ(downtimes().size(), 1U);
    EXPECT_EQ(downtimes()[0].to, at("2026-11-23T09:50"));
    EXPECT_GE(downtimes()[0].from, at("2026-11-23T09:19"));
}

TEST_F(ServiceStory, AsksAtTheNewTimeAfterTheSettingsChanged) {
    start();
    until("2026-11-23T09:20");
    auto moved = payments();
    moved.teams.front().ceremonies.front().slots = {{"main", 10h}};
    auto change = result_of(service->change(moved, false));
    ASSERT_TRUE(change && *change);

    until("2026-11-23T09:59");
    EXPECT_TRUE(platform.messages().empty());
    until("2026-11-23T10:01");
    EXPECT_EQ(direct("amira").size(), 1U);
}

TEST_F(ServiceStory, KeepsARunningStandUpAsItWasOpened) {
    start();
    until("2026-11-23T09:35");
    auto moved = payments();
    moved.teams.front().ceremonies.front().slots = {{"main", 10h}};
    ASSERT_TRUE(result_of(service->change(moved, false)).value());

    until("2026-11-23T17:00");
    EXPECT_EQ(rounds("amira").size(), 1U);
    EXPECT_EQ(round("amira").opens_at, at("2026-11-23T09:30"));
    until("2026-11-24T10:01");
    EXPECT_EQ(round("amira").opens_at, at("2026-11-24T10:00"));
}

TEST_F(ServiceStory, RefusesSettingsThatDoNotFitAsAWhole) {
    start();
    auto wrong = payments();
    wrong.teams.front().members.push_back("nobody");
    wrong.people.front().name = "Somebody else";

    auto change = result_of(service->change(wrong, false));

    ASSERT_TRUE(change);
    EXPECT_FALSE(*change);
    EXPECT_EQ(person("dev").name, "Dev");
}

TEST_F(ServiceStory, SettlesWhenNothingIsDueAndNothingIsUnderWay) {
    start();
    until("2026-11-23T09:30");
    auto wait = [](Service& bot, const Clock& now_is, std::optional<Instant>& at) -> Task<> {
        co_await bot.settled();
        at = now_is.now();
    };
    std::optional<Instant> settled_at;
    tasks.spawn(wait(*service, clock, settled_at));
    pass(5s);

    ASSERT_TRUE(settled_at);
    for (const auto* key : {"dev", "amira", "bo"})
        EXPECT_EQ(prompt(key).state, DeliveryState::sent) << key;
}

TEST_F(ServiceStory, ForgetsTheKeysOfOldRequests) {
    start();
    until("2026-11-23T09:31");
    take("amira", command("help"), {"one"}).value();
    pass(24h * 12);
    auto find = [this, now = clock.now()](Transaction& transaction) -> Result<bool> {
        return transaction.seen(connection, {"one"}, now).has_value();
    };

    EXPECT_FALSE(write(find).value());
}

}  // namespace
}  // namespace muster
