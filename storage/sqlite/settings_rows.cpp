#include <algorithm>

#include "bot/domain/turn.hpp"
#include "storage/sqlite/tables_of_settings.hpp"
#include "storage/sqlite/transaction.hpp"

namespace muster::sqlite {

std::optional<Organisation> SqliteTransaction::organisation() {
    return database_.one<Organisation>("ORDER BY id LIMIT 1");
}

std::vector<Connection> SqliteTransaction::connections() {
    return database_.all<Connection>("ORDER BY key");
}

std::vector<Person> SqliteTransaction::people() {
    return database_.all<Person>("ORDER BY key");
}

std::optional<Person> SqliteTransaction::person(PersonId id) {
    return database_.one<Person>("WHERE id = ?", id);
}

std::optional<Account> SqliteTransaction::account(
    ConnectionId connection, const std::string& external_id
) {
    auto clause = "WHERE connection = ? AND external_id = ?";
    return database_.one<Account>(clause, connection, external_id);
}

std::optional<Account> SqliteTransaction::account(AccountId id) {
    return database_.one<Account>("WHERE id = ?", id);
}

std::vector<Account> SqliteTransaction::accounts() {
    return database_.all<Account>("ORDER BY connection, external_id");
}

std::vector<Team> SqliteTransaction::teams() {
    return database_.all<Team>("ORDER BY key");
}

std::optional<Team> SqliteTransaction::team(TeamId id) {
    return database_.one<Team>("WHERE id = ?", id);
}

std::vector<TeamId> SqliteTransaction::teams_of(PersonId person, Instant now) {
    auto sql =
        "SELECT id FROM team WHERE archived = 0 AND id IN ("
        "SELECT team FROM membership WHERE person = ? UNION "
        "SELECT team FROM role_holder WHERE person = ?) ORDER BY key";
    auto teams = std::vector<TeamId>{};
    auto add = [&](Statement& at) { teams.push_back(read<TeamId>(at.cell(0))); };
    database_.each(sql, add, person, person);
    for (auto team : teams_covered_by(person, now))
        if (std::find(teams.begin(), teams.end(), team) == teams.end()) teams.push_back(team);
    return teams;
}

// A cover of the organisation covers every team. Its days are counted in the zone of the team.
std::vector<TeamId> SqliteTransaction::teams_covered_by(PersonId person, Instant now) {
    auto covered = std::vector<TeamId>{};
    for (const auto& cover :
         database_.all<Cover>("WHERE person = ? ORDER BY first_day, id", person)) {
        auto add_on_its_days = [&](const Team& team) {
            auto today = local_date(team.zone, now);
            if (!team.archived && cover.from <= today && today <= cover.to)
                covered.push_back(team.id);
        };
        if (!cover.team) {
            for (const auto& every : teams())
                add_on_its_days(every);
        } else if (auto only = team(*cover.team)) {
            add_on_its_days(*only);
        }
    }
    return covered;
}

std::vector<Membership> SqliteTransaction::memberships() {
    return database_.all<Membership>("ORDER BY team, person");
}

std::vector<Channel> SqliteTransaction::channels() {
    return database_.all<Channel>("ORDER BY team, id");
}

std::optional<Channel> SqliteTransaction::channel(ChannelId id) {
    return database_.one<Channel>("WHERE id = ?", id);
}

std::vector<RoleHolder> SqliteTransaction::roles() {
    return database_.all<RoleHolder>("ORDER BY team, role, person");
}

std::vector<Cover> SqliteTransaction::covers() {
    return database_.all<Cover>("ORDER BY first_day, id");
}

std::vector<Ceremony> SqliteTransaction::ceremonies() {
    return database_.all<Ceremony>("ORDER BY team, key");
}

std::optional<Ceremony> SqliteTransaction::ceremony(CeremonyId id) {
    return database_.one<Ceremony>("WHERE id = ?", id);
}

std::shared_ptr<const CalendarBook> SqliteTransaction::calendars() {
    auto revisions = std::string{};
    auto add = [&](Statement& at) {
        revisions += read<std::string>(at.cell(0)) + "@" +
                     std::to_string(read<std::int64_t>(at.cell(1))) + " ";
    };
    database_.each("SELECT key, revision FROM calendar ORDER BY key", add);
    if (calendars_.book && calendars_.revisions == revisions) return calendars_.book;

    auto book = std::make_shared<CalendarBook>();
    for (auto& calendar : database_.all<Calendar>(""))
        book->emplace(calendar.key, std::move(calendar));
    calendars_ = {revisions, book};
    return book;
}

std::optional<Roster> SqliteTransaction::roster(TeamId id, Instant around) {
    auto found = team(id);
    if (!found) return std::nullopt;

    auto roster = Roster{};
    roster.team = *std::move(found);
    auto add_member = [&](Statement& at) {
        auto last_column = at.cells() - 1;
        auto standing = read<Standing>(at.cell(last_column - 1));
        auto stopped_at = read<std::optional<Instant>>(at.cell(last_column));
        roster.members.push_back({read_row<Person>(at), standing, {}, stopped_at});
    };
    auto members =
        "SELECT " + columns_of<Person>() +
        ", membership.standing, membership.stopped_at FROM membership JOIN person ON "
        "person.id = membership.person WHERE membership.team = ? ORDER BY person.name, person.id";
    database_.each(members, add_member, id);

    auto absences = database_.all<Absence>(
        "WHERE person IN (SELECT person FROM membership WHERE team = ?) AND last_day >= ? AND "
        "(team IS NULL OR team = ?) ORDER BY first_day, id",
        id,
        first_day_of_absences(around),
        id
    );
    for (auto& absence : absences)
        for (auto& member : roster.members)
            if (member.person.id == absence.person) member.absences.push_back(absence);

    fill_roles(roster);
    roster.channels = database_.all<Channel>("WHERE team = ? ORDER BY id", id);
    roster.ceremonies = database_.all<Ceremony>("WHERE team = ? AND archived = 0 ORDER BY key", id);
    return roster;
}

std::vector<Absence> SqliteTransaction::absences_of(PersonId person) {
    return database_.all<Absence>("WHERE person = ? ORDER BY first_day, id", person);
}

std::optional<Absence> SqliteTransaction::absence(AbsenceId id) {
    return database_.one<Absence>("WHERE id = ?", id);
}

Roster SqliteTransaction::roster_of_roles(const Team& team, Instant around) {
    auto roster = Roster{};
    roster.team = team;
    fill_roles(roster);

    auto people = database_.all<Person>(
        "WHERE id IN (SELECT person FROM role_holder WHERE team IN (?, 0)) ORDER BY name, id",
        team.id
    );
    auto absences = database_.all<Absence>(
        "WHERE person IN (SELECT person FROM role_holder WHERE team IN (?, 0)) AND last_day >= ? "
        "AND (team IS NULL OR team = ?)",
        team.id,
        first_day_of_absences(around),
        team.id
    );
    for (auto& person : people) {
        auto member = Member{std::move(person), Standing::observer, {}};
        for (const auto& absence : absences)
            if (absence.person == member.person.id) member.absences.push_back(absence);
        roster.members.push_back(std::move(member));
    }
    return roster;
}

void SqliteTransaction::fill_roles(Roster& roster) {
    auto team = roster.team.id;
    roster.roles =
        database_.all<RoleHolder>("WHERE team IN (?, 0) ORDER BY team, role, person", team);
    roster.covers =
        database_.all<Cover>("WHERE team = ? OR team IS NULL ORDER BY first_day, id", team);
    auto outsiders = database_.all<Person>(
        "WHERE outsider = 1 AND (id IN (SELECT person FROM role_holder WHERE team IN (?, 0)) "
        "OR id IN (SELECT person FROM cover WHERE team = ? OR team IS NULL)) ORDER BY id",
        team,
        team
    );
    for (const auto& person : outsiders)
        roster.outsiders.push_back(person.id);
    roster.calendars = calendars();
}

}  // namespace muster::sqlite
