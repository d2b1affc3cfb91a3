#include "storage/sqlite/installations.hpp"

#include "tests/unit/storage/sqlite/harness.hpp"

namespace muster::sqlite {
namespace {

constexpr auto slack = "slack";

Installation in(std::string workspace) {
    Installation installation;
    installation.workspace = std::move(workspace);
    installation.name = "Payments";
    installation.enterprise = "E1";
    installation.app = "A1";
    installation.bot_user = "U1";
    installation.token = {"key", "nonce", "content"};
    installation.installed_at = Instant{milliseconds{7}};
    return installation;
}

struct Installations : testing::Test {
    Harness harness{false};
    SqliteInstallations installations{*harness.store};

    Installations() {
        auto found = [](Transaction& transaction) -> Result<int> {
            Decision decision;
            decision.changes.push_back(Organisation{OrganisationId{1}, "Agency"});
            decision.changes.push_back(Connection{
                ConnectionId{9}, OrganisationId{1}, "main", slack, {}});
            transaction.apply(decision, Instant{});
            return 0;
        };
        EXPECT_TRUE(harness.run(harness.store->write(found)));
    }

    Result<Connection> keep(Installation installation, Seed seed) {
        return harness.run(installations.keep(std::move(installation), slack, IdSource{seed}));
    }

    std::vector<Connection> connections() {
        auto list = [](View& view) { return view.connections(); };
        return harness.run(harness.store->read(list));
    }
};

TEST_F(Installations, AreKeptWithEveryFieldAndAConnectionOfTheirOwn) {
    auto connection = keep(in("T1"), {1, 2});
    ASSERT_TRUE(connection);
    EXPECT_EQ(connection->key, "T1");
    EXPECT_EQ(connection->platform, slack);

    auto expected = in("T1");
    expected.connection = connection->id;
    EXPECT_EQ(harness.run(installations.all()), std::vector{expected});
    EXPECT_EQ(connections().size(), 2U);
}

TEST_F(Installations, KeepTheirConnectionWhenTheyAreMadeAgain) {
    auto first = keep(in("T1"), {1, 2});
    auto suspend = [&](Transaction& transaction) -> Result<int> {
        auto suspended = *first;
        suspended.suspended_since = Instant{milliseconds{1}};
        Decision decision;
        decision.changes.push_back(suspended);
        transaction.apply(decision, Instant{});
        return 0;
    };
    EXPECT_TRUE(harness.run(harness.store->write(suspend)));
    auto again = in("T1");
    again.token.content = "other";
    auto second = keep(again, {3, 4});

    EXPECT_EQ(second->id, first->id);
    EXPECT_TRUE(second->suspended_since);
    auto all = harness.run(installations.all());
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all.front().token.content, "other");
    EXPECT_EQ(connections().size(), 2U);
}

TEST_F(Installations, NeverTakeAConnectionOfTheConfiguration) {
    EXPECT_EQ(keep(in("main"), {1, 2}).error(), Errc::conflict);
    EXPECT_TRUE(harness.run(installations.all()).empty());
}

TEST_F(Installations, AreResealedTogetherOrNotAtAll) {
    keep(in("T1"), {1, 2});
    keep(in("T2"), {3, 4});
    auto renewed = [](const Installation& installation) -> std::optional<SealedText> {
        return SealedText{"new", "n", "of " + installation.workspace};
    };
    auto half = [&](const Installation& installation) {
        return installation.workspace == "T2" ? std::nullopt : renewed(installation);
    };

    EXPECT_EQ(harness.run(installations.reseal_all(half)).error(), Errc::not_found);
    for (const auto& installation : harness.run(installations.all()))
        EXPECT_EQ(installation.token, in("T1").token);

    EXPECT_EQ(harness.run(installations.reseal_all(renewed)).value(), 2);
    auto all = harness.run(installations.all());
    EXPECT_EQ(all[0].token.content, "of T1");
    EXPECT_EQ(all[1].token.content, "of T2");
}

}  // namespace
}  // namespace muster::sqlite
