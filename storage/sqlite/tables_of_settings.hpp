#pragma once

#include "bot/domain/decision.hpp"
#include "storage/sqlite/table.hpp"

namespace muster::sqlite {

template <>
struct Table<Organisation> {
    static constexpr auto name = "organisation";
    static constexpr auto key = "id";

    static void columns(auto& organisation, auto&& column) {
        column("id", organisation.id);
        column("name", organisation.name);
    }
};

template <>
struct Table<Connection> {
    static constexpr auto name = "connection";
    static constexpr auto key = "id";

    static void columns(auto& connection, auto&& column) {
        column("id", connection.id);
        column("organisation", connection.organisation);
        column("key", connection.key);
        column("platform", connection.platform);
        column("suspended_since", connection.suspended_since);
        column("not_granted", connection.not_granted);
    }
};

template <>
struct Table<Person> {
    static constexpr auto name = "person";
    static constexpr auto key = "id";

    static void columns(auto& person, auto&& column) {
        column("id", person.id);
        column("organisation", person.organisation);
        column("key", person.key);
        column("name", person.name);
        column("email", person.email);
        column("zone", person.zone);
        column("calendar", person.calendar);
        column("hours", person.hours);
        column("home", person.home);
        column("language", person.language);
        column("plain", person.plain);
        column("longer", person.longer);
        column("archived", person.archived);
        column("outsider", person.outsider);
        column("quiet_from", person.quiet_from);
        column("quiet_to", person.quiet_to);
    }
};

template <>
struct Table<Account> {
    static constexpr auto name = "account";
    static constexpr auto key = "id";

    static void columns(auto& account, auto&& column) {
        column("id", account.id);
        column("connection", account.connection);
        column("person", account.person);
        column("external_id", account.external_id);
        column("verified_at", account.verified_at);
        column("closed_at", account.closed_at);
        column("name_taken", account.name_taken);
        column("zone_told", account.zone_told);
        column("zone_questions", account.zone_questions);
        column("zone_open", account.zone_open);
        column("away_told", account.away_told.is_away);
        column("away_until", account.away_told.until);
        column("told_at", account.told_at);
    }
};

template <>
struct Table<Team> {
    static constexpr auto name = "team";
    static constexpr auto key = "id";

    static void columns(auto& team, auto&& column) {
        column("id", team.id);
        column("organisation", team.organisation);
        column("key", team.key);
        column("name", team.name);
        column("zone", team.zone);
        column("calendar", team.calendar);
        column("hours", team.hours);
        column("language", team.language);
        column("next_number", team.next_number);
        column("archived", team.archived);
    }
};

template <>
struct Table<Channel> {
    static constexpr auto name = "channel";
    static constexpr auto key = "id";

    static void columns(auto& channel, auto&& column) {
        column("id", channel.id);
        column("team", channel.team);
        column("connection", channel.connection);
        column("external_id", channel.external_id);
        column("refused_since", channel.refused_since);
    }
};

template <>
struct Table<Membership> {
    static constexpr auto name = "membership";
    static constexpr auto key = "team, person";

    static void columns(auto& membership, auto&& column) {
        column("team", membership.team);
        column("person", membership.person);
        column("standing", membership.standing);
        column("stopped_at", membership.stopped_at);
    }
};

template <>
struct Table<RoleHolder> {
    static constexpr auto name = "role_holder";
    static constexpr auto key = "team, role, person";

    static void columns(auto& holder, auto&& column) {
        column("team", ZeroIfNone{holder.team});
        column("role", holder.role);
        column("person", holder.person);
        column("days", holder.days);
    }
};

template <>
struct Table<Cover> {
    static constexpr auto name = "cover";
    static constexpr auto key = "id";

    static void columns(auto& cover, auto&& column) {
        column("id", cover.id);
        column("team", cover.team);
        column("role", cover.role);
        column("person", cover.person);
        column("first_day", cover.from);
        column("last_day", cover.to);
    }
};

template <>
struct Table<Ceremony> {
    static constexpr auto name = "ceremony";
    static constexpr auto key = "id";

    static void columns(auto& ceremony, auto&& column) {
        column("id", ceremony.id);
        column("team", ceremony.team);
        column("key", ceremony.key);
        column("kind", ceremony.kind);
        column("name", ceremony.name);
        column("recurrence", ceremony.recurrence);
        column("slots", ceremony.slots);
        column("zone_rule", ceremony.zone);
        column("window_minutes", ceremony.window);
        column("reminder", ceremony.reminder);
        column("on_holiday", ceremony.on_holiday);
        column("questions", ceremony.questions);
        column("names_hidden", ceremony.names_hidden);
        column("show_silent", ceremony.show_silent);
        column("paused", ceremony.paused);
        column("archived", ceremony.archived);
    }
};

template <>
struct Table<Calendar> {
    static constexpr auto name = "calendar";

    static void columns(auto& calendar, auto&& column) {
        column("key", calendar.key);
        column("days", calendar.days);
        column("data_ends", calendar.data_ends);
        column("builds_on", calendar.builds_on);
    }
};

template <>
struct Table<Absence> {
    static constexpr auto name = "absence";
    static constexpr auto key = "id";

    static void columns(auto& absence, auto&& column) {
        column("id", absence.id);
        column("person", absence.person);
        column("team", absence.team);
        column("first_day", absence.days.from);
        column("last_day", absence.days.to);
        column("first_part", absence.days.first_day);
        column("last_part", absence.days.last_day);
        column("source", absence.source);
    }
};

}  // namespace muster::sqlite
