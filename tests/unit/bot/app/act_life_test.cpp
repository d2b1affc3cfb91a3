#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

// What the platform tells of itself, with no account of anybody.
class LifeStory : public AppStory {
protected:
    LifeStory() { start(); }

    void hear(InboundEvent event) {
        auto news = inbound("", std::move(event));
        news.account = "";
        EXPECT_TRUE(std::holds_alternative<NoReply>(take(news).value()));
        pass(1s);
    }

    void leaves(const std::string& key) { hear(PersonChanged{sim::account_of(key), true}); }

    void returns(const std::string& key) { hear(PersonChanged{sim::account_of(key), false}); }

    std::vector<std::string> told(const std::string& key, Purpose purpose) {
        std::vector<std::string> said;
        for (const auto& message : direct(key)) {
            auto find = [id = message.delivery](View& view) { return view.delivery(id); };
            auto delivery = look(find);
            if (delivery && delivery->key.purpose == purpose)
                said.push_back(message.message.notification.key);
        }
        return said;
    }

    std::vector<std::string> told_of_accounts(const std::string& key) {
        return told(key, Purpose::account_closed);
    }

    std::optional<Instant> suspended_since() {
        return look([](View& view) { return view.connections().at(0).suspended_since; });
    }

    long logged(const std::string& kind) {
        auto all = look([](View& view) { return view.events(0, 10'000); });
        return std::ranges::count(all, kind, [](const auto& row) { return row.event.kind; });
    }
};

// ---- people

TEST_F(LifeStory, AsksNobodyWhoseAccountIsClosedAndTellsTheDeliveryManagerOnce) {
    leaves("amira");
    leaves("amira");
    until("2026-11-24T12:00");

    EXPECT_TRUE(direct("amira").empty());
    EXPECT_TRUE(rounds("amira").empty());
    EXPECT_EQ(told_of_accounts("dev"), std::vector<std::string>{"notice.account_closed"});
    EXPECT_TRUE(told_of_accounts("bo").empty());
}

TEST_F(LifeStory, ClosesARoundThatIsOpenAndNamesTheOpenBlockers) {
    until("2026-11-23T09:31");
    take("amira", command("blocker no test data")).value();
    pass(11min);
    leaves("amira");

    EXPECT_EQ(round("amira").phase, Phase::not_asked);
    EXPECT_EQ(round("amira").not_asked, NotAsked::left);
    auto messages = direct("dev");
    auto notice =
        std::ranges::find(messages, "notice.account_closed", [](const sim::Posted& posted) {
            return posted.message.notification.key;
        });
    ASSERT_NE(notice, messages.end());
    ASSERT_EQ(notice->message.blocks.size(), 4U);
    EXPECT_EQ(std::get<Items>(notice->message.blocks.at(2)).items.size(), 1U);
    auto open = look([](View& view) { return view.open_blockers(view.teams().at(0).id); });
    EXPECT_EQ(open.size(), 1U);
}

TEST_F(LifeStory, AsksAgainWhoseAccountIsOpenedAgain) {
    until("2026-11-23T09:31");
    leaves("amira");
    pass(10min);
    returns("amira");

    EXPECT_EQ(round("amira").phase, Phase::asked);
    until("2026-11-24T09:31");
    EXPECT_EQ(round("amira").phase, Phase::asked);
    EXPECT_EQ(rounds("amira").size(), 2U);
    EXPECT_EQ(told_of_accounts("dev"), std::vector<std::string>{"notice.account_opened"});
}

TEST_F(LifeStory, AsksNobodyAgainWhoHadStoppedByThemselves) {
    until("2026-11-23T09:31");
    take("amira", command("stop")).value();
    pass(1min);
    leaves("amira");
    returns("amira");

    EXPECT_EQ(round("amira").not_asked, NotAsked::left);
    EXPECT_TRUE(told_of_accounts("dev").empty());
}

TEST_F(LifeStory, TakesNoNoticeOfAccountsThatNobodyHas) {
    auto before = logged_events();
    hear(PersonChanged{"UNOBODY", true});
    returns("amira");

    EXPECT_EQ(logged_events(), before);
}

// ---- the connection

TEST_F(LifeStory, IsSuspendedAtOnceAndOnceWhicheverIsToldFirst) {
    hear(ConnectionLost{"tokens_revoked"});
    hear(ConnectionLost{"app_uninstalled"});

    EXPECT_TRUE(suspended_since());
    EXPECT_EQ(logged("connection.suspended"), 1);
    EXPECT_EQ(log.count("connection.suspended"), 1);
    platform.suspend();
    until("2026-11-23T09:35");
    EXPECT_TRUE(direct("bo").empty());
    EXPECT_EQ(round("bo").phase, Phase::asked) << "kept for when Muster is let in again";

    platform.resume();
    until("2026-11-23T10:00");
    EXPECT_EQ(direct("bo").size(), 1U);
    EXPECT_FALSE(suspended_since());
}

// ---- places

TEST_F(LifeStory, TellsTheDeliveryManagerOnceOfAChannelThatTakesNoPosts) {
    hear(Left{team_channel});
    hear(Left{team_channel});
    hear(Left{"CANOTHER"});

    EXPECT_EQ(
        told("dev", Purpose::channel_refused), std::vector<std::string>{"notice.channel_refused"}
    );
    EXPECT_TRUE(direct("amira").empty());
}

TEST_F(LifeStory, PostsWhereAChannelHasItsIdFromNowOn) {
    hear(PlaceMoved{team_channel, "CNEW"});
    hear(PlaceMoved{team_channel, "CNEW"});
    until("2026-11-23T09:31");
    take("amira", line("Test refunds")).value();
    pass(1min);

    EXPECT_TRUE(in(team_channel).empty());
    EXPECT_FALSE(in("CNEW").empty());
    EXPECT_EQ(logged("channel.moved"), 1);
}

}  // namespace
}  // namespace muster
