#pragma once

#include <algorithm>

#include "bot/domain/settings.hpp"

// What the files settings*.cpp share; nobody else includes it.
namespace muster::settings {

// ---- who is who: null when there is none

template <class Rows, class Test>
auto* first_of(Rows& rows, Test test) {
    auto found = std::find_if(rows.begin(), rows.end(), test);
    return found == rows.end() ? nullptr : &*found;
}

inline const Person* person_by_key(const Document& document, const std::string& key) {
    return first_of(document.people, [&](const Person& person) { return person.key == key; });
}

inline const Person* person_by_id(const Document& document, PersonId id) {
    return first_of(document.people, [&](const Person& person) { return person.id == id; });
}

inline const Team* team_by_key(const Document& document, const std::string& key) {
    return first_of(document.teams, [&](const Team& team) { return team.key == key; });
}

inline const Team* team_by_id(const Document& document, TeamId id) {
    return first_of(document.teams, [&](const Team& team) { return team.id == id; });
}

inline const Connection* connection_by_key(const Document& document, const std::string& key) {
    return first_of(document.connections, [&](const Connection& known) {
        return known.key == key;
    });
}

inline const Connection* connection_by_id(const Document& document, ConnectionId id) {
    return first_of(document.connections, [&](const Connection& known) { return known.id == id; });
}

inline const Calendar* calendar_by_key(
    const std::vector<Calendar>& calendars, const std::string& key
) {
    return first_of(calendars, [&](const Calendar& calendar) { return calendar.key == key; });
}

template <class Row>
bool names(const std::vector<Row>& wanted, const std::string& key) {
    return std::any_of(wanted.begin(), wanted.end(), [&](const Row& row) {
        return row.key == key;
    });
}

// ---- what does not fit to what is set now: unknown people, connections, calendars; accounts that
// are taken
std::vector<Problem> problems_between(const Document& now_set, const Wanted&, bool prune);

// ---- the calendars that are asked for, and those that build on one of them: all with the days
// that they build on
std::vector<Calendar> calendars_to_be(const Document& now_set, const Wanted&);

// ---- how settings look in a list of differences

// Name and text of everything that can change, in the order of a settings file.
using Fields = std::vector<std::pair<std::string, std::string>>;

Fields fields_of(const Person&, const std::string& home_platform);
Fields fields_of(const Team&);
Fields fields_of(const Ceremony&);
Fields fields_of(const Calendar&);

std::string text_of(const std::vector<std::chrono::weekday>& job_share);  // "every day", "mon-wed"
const char* name(Standing);

}  // namespace muster::settings
