#include "bot/domain/team.hpp"

#include <algorithm>
#include <array>

namespace muster {

bool wants_quiet(const Person& person, Instant at) {
    return person.quiet_from && person.quiet_to && *person.quiet_from <= at &&
           at < *person.quiet_to;
}

namespace {

void use_calendar(WorkPattern& pattern, const std::string& key, const CalendarBook& book) {
    if (auto found = book.find(key); found != book.end())
        pattern.calendars.push_back(&found->second);
}

bool is_away(const Roster& roster, PersonId id, Instant now) {
    static const CalendarBook none;
    const auto* member = roster.member(id);
    if (!member) return false;
    const auto& book = roster.calendars ? *roster.calendars : none;
    auto pattern = work_pattern(member->person, member->absences, book);
    return day_kind(pattern, local_date(pattern.zone, now)) == DayKind::away;
}

void add_once(std::vector<PersonId>& people, PersonId person) {
    if (std::ranges::find(people, person) == people.end()) people.push_back(person);
}

}  // namespace

const char* name(Role role) {
    switch (role) {
        case Role::delivery_manager: return "delivery_manager";
        case Role::deputy: return "deputy";
        case Role::lead: return "lead";
        case Role::head: return "head";
        case Role::product_owner: return "product_owner";
        case Role::service_manager: return "service_manager";
        case Role::administrator: return "administrator";
        case Role::product_ops: return "product_ops";
        case Role::fallback: return "fallback";
    }
    return "";
}

std::optional<Role> role_from(std::string_view text) {
    using enum Role;
    for (auto role :
         {delivery_manager,
          deputy,
          lead,
          head,
          product_owner,
          service_manager,
          administrator,
          product_ops,
          fallback}) {
        if (text == name(role)) return role;
    }
    return std::nullopt;
}

const Member* Roster::member(PersonId id) const {
    auto found =
        std::ranges::find(members, id, [](const Member& member) { return member.person.id; });
    return found == members.end() ? nullptr : &*found;
}

bool Roster::is_outsider(PersonId id) const {
    const auto* known = member(id);
    return (known && known->person.outsider) || std::ranges::find(outsiders, id) != outsiders.end();
}

WorkPattern work_pattern(
    const Person& person, const std::vector<Absence>& absences, const CalendarBook& book
) {
    WorkPattern pattern{.zone = person.zone, .hours = person.hours, .calendars = {}, .away = {}};
    use_calendar(pattern, person.calendar, book);
    for (const auto& absence : absences)
        pattern.away.push_back(absence.days);
    return pattern;
}

WorkPattern work_pattern(const Team& team, const CalendarBook& book) {
    WorkPattern pattern{.zone = team.zone, .hours = team.hours, .calendars = {}, .away = {}};
    use_calendar(pattern, team.calendar, book);
    return pattern;
}

std::vector<PersonId> holders(const Roster& roster, Role role, Instant now) {
    auto today = local_date(roster.team.zone, now);
    auto is_here = [&](Role held, const std::optional<TeamId>& team) {
        return held == role && (!team || *team == roster.team.id);
    };
    auto works_today = [&](const RoleHolder& holder) {
        return holder.days.empty() ||
               std::ranges::find(holder.days, weekday_of(today)) != holder.days.end();
    };

    std::vector<PersonId> all;
    std::vector<PersonId> present;
    for (const auto& holder : roster.roles) {
        if (!is_here(holder.role, holder.team) || roster.is_outsider(holder.person)) continue;
        add_once(all, holder.person);
        if (works_today(holder) && !is_away(roster, holder.person, now))
            add_once(present, holder.person);
    }
    for (const auto& cover : roster.covers) {
        bool covers_today = cover.from <= today && today <= cover.to;
        if (roster.is_outsider(cover.person)) continue;
        if (is_here(cover.role, cover.team) && covers_today && !is_away(roster, cover.person, now))
            add_once(present, cover.person);
    }
    return present.empty() ? all : present;
}

}  // namespace muster
