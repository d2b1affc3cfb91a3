#include "bot/domain/access.hpp"

#include <algorithm>
#include <array>

namespace muster::access {
namespace {

using Row = std::array<bool, hat_count>;

constexpr bool o = false;
constexpr bool X = true;

// The published table (bot/domain/README.md shows it). An act that has no X cannot be done.
struct Line {
    Act act;
    Row allowed;
};

// clang-format off
constexpr std::array<Line, act_count> table{{
    // participant, observer, raiser, helper,  delivery manager, deputy, cover,  lead, head,
    // product owner, service manager,  administrator, product ops, fallback,  outsider
    {Act::answer_own,             {X, o, o, o,  o, o, o,  o, o, o, o,  o, o, o,  X}},
    {Act::see_own_history,        {X, X, o, o,  X, X, X,  X, X, X, X,  X, X, X,  X}},
    {Act::see_status,             {X, X, o, o,  X, X, X,  X, o, X, X,  o, o, o,  o}},
    {Act::see_who_is_not_working, {X, X, o, o,  X, X, X,  X, o, X, X,  o, o, o,  o}},
    {Act::see_status_names,       {o, o, o, o,  X, o, X,  o, o, o, o,  o, o, o,  o}},
    {Act::why_of_other,           {o, o, o, o,  X, o, X,  o, o, o, o,  o, o, o,  o}},
    {Act::see_names_of_silent,    {o, o, o, o,  X, o, o,  o, o, o, o,  o, o, o,  o}},
    {Act::start_run,              {o, o, o, o,  X, X, o,  o, o, o, o,  o, o, o,  o}},
    {Act::change_team_settings,   {o, o, o, o,  X, X, o,  o, o, o, o,  X, o, o,  o}},
    {Act::change_connections,     {o, o, o, o,  o, o, o,  o, o, o, o,  X, o, o,  o}},
    {Act::raise_blocker,          {X, X, o, o,  X, X, X,  X, o, X, X,  o, o, o,  X}},
    {Act::see_team_blockers,      {X, X, X, X,  X, X, X,  X, o, X, X,  o, o, o,  o}},
    {Act::help_with_blocker,      {X, X, o, o,  X, X, X,  X, o, X, X,  o, o, o,  o}},
    {Act::update_blocker,         {o, o, X, X,  X, X, X,  o, o, o, o,  o, o, o,  o}},
    {Act::clear_blocker,          {o, o, X, X,  X, X, X,  o, o, o, o,  o, o, o,  o}},
    {Act::see_private_blocker,    {o, o, X, X,  X, o, X,  o, o, o, o,  o, o, o,  o}},
}};

// clang-format on

constexpr bool is_in_order() {
    for (std::size_t act = 0; act < table.size(); ++act)
        if (table[act].act != static_cast<Act>(act)) return false;
    return true;
}

static_assert(is_in_order(), "a line of the table for each act, in the order of Act");
static_assert(static_cast<int>(Hat::outsider) + 1 == hat_count);
static_assert(static_cast<int>(Act::see_private_blocker) + 1 == act_count);

Hat hat_of(Role);
bool covers_delivery_manager(const Roster&, PersonId, Instant now);

}  // namespace

const char* name(Hat hat) {
    switch (hat) {
        case Hat::participant: return "participant";
        case Hat::observer: return "observer";
        case Hat::raiser: return "raiser";
        case Hat::helper: return "helper";
        case Hat::delivery_manager: return "delivery_manager";
        case Hat::deputy: return "deputy";
        case Hat::cover: return "cover";
        case Hat::lead: return "lead";
        case Hat::head: return "head";
        case Hat::product_owner: return "product_owner";
        case Hat::service_manager: return "service_manager";
        case Hat::administrator: return "administrator";
        case Hat::product_ops: return "product_ops";
        case Hat::fallback: return "fallback";
        case Hat::outsider: return "outsider";
    }
    return "";
}

const char* name(Act act) {
    switch (act) {
        case Act::answer_own: return "answer_own";
        case Act::see_own_history: return "see_own_history";
        case Act::see_status: return "see_status";
        case Act::see_who_is_not_working: return "see_who_is_not_working";
        case Act::see_status_names: return "see_status_names";
        case Act::why_of_other: return "why_of_other";
        case Act::see_names_of_silent: return "see_names_of_silent";
        case Act::start_run: return "start_run";
        case Act::change_team_settings: return "change_team_settings";
        case Act::change_connections: return "change_connections";
        case Act::raise_blocker: return "raise_blocker";
        case Act::see_team_blockers: return "see_team_blockers";
        case Act::help_with_blocker: return "help_with_blocker";
        case Act::update_blocker: return "update_blocker";
        case Act::clear_blocker: return "clear_blocker";
        case Act::see_private_blocker: return "see_private_blocker";
    }
    return "";
}

Hats::Hats(std::initializer_list<Hat> hats) {
    for (const auto hat : hats)
        put_on(hat);
}

void Hats::put_on(Hat hat) {
    worn_ |= 1u << static_cast<unsigned>(hat);
}

bool Hats::wears(Hat hat) const {
    return (worn_ >> static_cast<unsigned>(hat) & 1u) != 0;
}

Hat hat_of(const Person& member, Standing standing) {
    if (member.outsider) return Hat::outsider;
    return standing == Standing::participant ? Hat::participant : Hat::observer;
}

Hats hats_of(const Roster& roster, PersonId person, Instant now) {
    Hats hats;
    if (roster.team.archived) return hats;
    const auto is_this_member = [&](const Member& member) { return member.person.id == person; };
    const auto member = std::ranges::find_if(roster.members, is_this_member);
    if (member != roster.members.end()) {
        if (member->person.archived) return hats;
        hats.put_on(hat_of(member->person, member->standing));
    }
    // Whatever role they may hold: what they see of the team would leave the organisation.
    if (roster.is_outsider(person)) return hats;
    for (const auto& holder : roster.roles)
        if (holder.person == person) hats.put_on(hat_of(holder.role));
    if (covers_delivery_manager(roster, person, now)) hats.put_on(Hat::cover);
    return hats;
}

Hats with_blocker(Hats hats, const Blocker& blocker, PersonId person) {
    if (hats == Hats{}) return hats;  // somebody outside the team, or who has left it
    if (blocker.raiser == person) hats.put_on(Hat::raiser);
    if (blocker.helper == person) hats.put_on(Hat::helper);
    return hats;
}

bool may(Hats hats, Act act) {
    const auto& allowed = table[static_cast<std::size_t>(act)].allowed;
    for (int hat = 0; hat < hat_count; ++hat)
        if (hats.wears(static_cast<Hat>(hat)) && allowed[static_cast<std::size_t>(hat)])
            return true;
    return false;
}

bool may(Hats hats, Act act, const Blocker& blocker, Instant now) {
    const auto to_see_it =
        is_public(blocker, now) ? Act::see_team_blockers : Act::see_private_blocker;
    // Before a blocker may be shown to others, only its raiser knows of it.
    if (is_held(blocker, now) && !hats.wears(Hat::raiser)) return false;
    return may(hats, to_see_it) && may(hats, act);
}

namespace {

Hat hat_of(Role role) {
    switch (role) {
        case Role::delivery_manager: return Hat::delivery_manager;
        case Role::deputy: return Hat::deputy;
        case Role::lead: return Hat::lead;
        case Role::head: return Hat::head;
        case Role::product_owner: return Hat::product_owner;
        case Role::service_manager: return Hat::service_manager;
        case Role::administrator: return Hat::administrator;
        case Role::product_ops: return Hat::product_ops;
        case Role::fallback: return Hat::fallback;
    }
    return Hat::observer;
}

bool covers_delivery_manager(const Roster& roster, PersonId person, Instant now) {
    const auto today = local_date(roster.team.zone, now);
    return std::ranges::any_of(roster.covers, [&](const Cover& cover) {
        return cover.person == person && cover.role == Role::delivery_manager &&
               (!cover.team || *cover.team == roster.team.id) && cover.from <= today &&
               today <= cover.to;
    });
}

}  // namespace

}  // namespace muster::access
