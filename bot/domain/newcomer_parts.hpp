#pragma once

#include "bot/domain/newcomer.hpp"

// What the files newcomer*.cpp share; nobody else includes it.
namespace muster::newcomer {

// What stands in what was entered: accounts, and the name of the group.
constexpr const char* came_field = "people";
constexpr const char* left_field = "left";
constexpr const char* group_field = "group";

using Accounts = std::vector<std::string>;

std::string entered(const Setup&, const char* field);
Accounts accounts(const Setup&, const char* field);
bool holds(const Accounts&, const std::string& account);

Setup unsettled(SetupKind, const Roster&, ConnectionId, const std::string& place, IdSource&);
Decision to_be_looked_up(Setup);

// Being looked up, or offered.
bool is_open(const Setup&);
bool has_outsiders(const Setup&);

// null: not in the team.
const Member* member_of(
    const Setup&, const Roster&, const settings::Document&, const std::string& account
);

void tell_delivery_managers(Decision&, const Setup&, const Roster&, Instant, IdSource&);

Buttons buttons_of(const Setup&);

// ---- newcomer_group.cpp

Text group_settled(const Setup&, const Roster&);
Message group_offer(const Setup&, const Roster&, const settings::Document&, const Reader&);

}  // namespace muster::newcomer
