#pragma once

#include "tests/unit/bot/app/app_story.hpp"

namespace muster {

// Knows what the test says; everybody else it does not know.
class TalkativeDirectory final : public PeopleDirectory {
public:
    Task<DirectoryAnswer<Profile>> person(std::string account) override {
        ++asked;
        if (trouble) co_return *trouble;
        auto known = std::ranges::find(people, account, &Profile::account);
        if (known == people.end()) co_return NotTold{"user_not_found"};
        co_return *known;
    }

    Task<DirectoryAnswer<PlaceFacts>> place(std::string) override {
        ++asked;
        if (trouble) co_return *trouble;
        co_return channel;
    }

    Task<DirectoryAnswer<GroupFacts>> group(std::string name) override {
        ++asked;
        if (trouble) co_return *trouble;
        auto known = std::ranges::find(groups, name, &GroupFacts::name);
        if (known == groups.end()) co_return NotTold{"no_such_group"};
        co_return *known;
    }

    std::vector<Profile> people;
    std::vector<GroupFacts> groups;
    PlaceFacts channel;
    std::optional<NotTold> trouble;
    int asked = 0;
};

}  // namespace muster
