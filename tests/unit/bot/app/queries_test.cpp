#include "bot/app/queries.hpp"

#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

class DirectoryStory : public AppStory {
protected:
    Directory directory() { return result_of(queries.directory(connection)); }

    std::vector<std::string> names() {
        std::vector<std::string> found;
        for (const auto& entry : directory().people)
            found.push_back(entry.name);
        return found;
    }

    DirectoryPerson entry(const std::string& name) {
        auto people = directory().people;
        return *std::ranges::find(people, name, &DirectoryPerson::name);
    }

    std::optional<Reader> reader(const std::string& account, ConnectionId on = ConnectionId{1}) {
        return result_of(queries.reader(on, account));
    }

    bool knows_channel(const std::string& channel, ConnectionId on = ConnectionId{1}) {
        return result_of(queries.knows_channel(on, channel));
    }

    Queries queries{store};
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
    auto elsewhere = result_of(queries.directory(ConnectionId{99}));

    EXPECT_TRUE(elsewhere.people.empty());
    EXPECT_TRUE(elsewhere.channels.empty());
}

TEST_F(DirectoryStory, KnowsHowToSpeakToWhoeverHasAnAccount) {
    auto amira = person("amira");
    amira.language = "cy";
    apply({.changes = {amira}});

    EXPECT_EQ(reader("U-amira"), (Reader{"cy", "Europe/London"}));
    EXPECT_FALSE(reader("U-nobody"));
    EXPECT_FALSE(reader("U-amira", ConnectionId{99}));

    amira.archived = true;
    apply({.changes = {amira}});
    EXPECT_FALSE(reader("U-amira"));
}

TEST_F(DirectoryStory, KnowsTheChannelsOfItsTeams) {
    EXPECT_TRUE(knows_channel(team_channel));
    EXPECT_FALSE(knows_channel("somewhere else"));
    EXPECT_FALSE(knows_channel(team_channel, ConnectionId{99}));
}

}  // namespace
}  // namespace muster
