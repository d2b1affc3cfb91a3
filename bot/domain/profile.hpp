#pragma once

#include <string>
#include <vector>

#include "bot/domain/zone.hpp"

// People and places as a platform knows them, in neutral words: what it says now, and no more
// trusted than anything else that it says.
namespace muster {

struct Profile {
    std::string account;  // external id
    std::string name;     // as people see it there; never ""
    std::string email;    // "" = not told
    ZoneName zone;        // a zone that we know; "" = not told
    bool is_bot = false;
    bool is_closed = false;    // the account
    bool is_guest = false;     // of the workspace, in some of its places only
    bool is_outsider = false;  // of another organisation, here by a place that is shared with it

    bool operator==(const Profile&) const = default;
};

struct PlaceFacts {
    std::string name;  // "payments": without a sign before it; "" = it has none
    bool is_private = false;
    bool is_shared = false;  // with another organisation
    bool is_archived = false;
    std::vector<std::string> members;  // external ids without our own; most_members_told at most
    bool has_more = false;             // of them

    bool operator==(const PlaceFacts&) const = default;
};

inline constexpr std::size_t most_members_told = 1'000;

// A group of people that the platform itself keeps, and mentions by one name.
struct GroupFacts {
    std::string id;                    // external id
    std::string name;                  // as people type it: "@payments"
    std::vector<std::string> members;  // external ids; most_members_told at most

    bool operator==(const GroupFacts&) const = default;
};

}  // namespace muster
