#include "bot/app/queries.hpp"

#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

class DirectoryStory : public AppStory {
protected:
    queries::Directory directory() {
        auto ask = [id = connection](View& view) { return queries::directory(view, id); };
        return look(ask);
    }

    std::vector<std::string> names() {
        std::vector<std::string> found;
        for (const auto& entry : directory().people)
            found.push_back(entry.name);
        return found;
    }

    queries::DirectoryPerson entry(const std::string& name) {
        auto people = directory().people;
        return *std::ranges::find(people, name, &queries::DirectoryPerson::name);
    }
};

TEST_F(DirectoryStory, NamesEverybodyOfTheConnectionByName) {
    EXPECT_EQ(names(), (std::vector<std::string>{"Amira", "Bo", "Dev"}));
    EXPECT_EQ(entry("Amira").external_id, "U-amira");
    EXPECT_EQ(entry("Amira").teams, std::vector<std::string>{"Payments"});
}

TEST_F(DirectoryStory, SaysWhoHoldsARoleAndWhoIsAsked) {
    auto wanted = payments();
    wanted.teams.front().members = {"amira", "bo"};
    set(wanted);

    EXPECT_EQ(entry("Dev").roles, std::vector{Role::delivery_manager});
    EXPECT_FALSE(entry("Dev").asked);
    EXPECT_TRUE(entry("Amira").asked);
    EXPECT_TRUE(entry("Amira").roles.empty());
}

TEST_F(DirectoryStory, LeavesOutWhoIsArchived) {
    auto gone = person("bo");
    gone.archived = true;
    apply({.changes = {gone}});

    EXPECT_EQ(names(), (std::vector<std::string>{"Amira", "Dev"}));
}

TEST_F(DirectoryStory, NamesTheChannelsWithTheirTeams) {
    auto channels = directory().channels;

    ASSERT_EQ(channels.size(), 1U);
    EXPECT_EQ(channels[0].external_id, team_channel);
    EXPECT_EQ(channels[0].team, "Payments");
    EXPECT_EQ(channels[0].zone, "Europe/London");
}

TEST_F(DirectoryStory, IsEmptyForAnotherConnection) {
    auto ask = [](View& view) { return queries::directory(view, ConnectionId{99}); };
    auto elsewhere = look(ask);

    EXPECT_TRUE(elsewhere.people.empty());
    EXPECT_TRUE(elsewhere.channels.empty());
}

}  // namespace
}  // namespace muster
