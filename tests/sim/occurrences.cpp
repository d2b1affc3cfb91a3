#include "tests/sim/occurrences.hpp"

#include <algorithm>

namespace muster::sim {
namespace {

using namespace std::chrono_literals;

bool is_date_of_rule(const Recurrence& rule, LocalDate date) {
    if (!rule.from && rule.interval == 1)
        return std::ranges::find(rule.weekdays, weekday_of(date)) != rule.weekdays.end();
    auto since = days_between(*rule.from, date);
    if (since < 0) return false;
    if (rule.frequency == Recurrence::Frequency::daily) return since % rule.interval == 0;
    auto monday_of = [](LocalDate any) {
        auto weekday = static_cast<int>(weekday_of(any).iso_encoding());
        return add_days(any, 1 - weekday);
    };
    auto weeks = days_between(monday_of(*rule.from), monday_of(date)) / 7;
    return weeks % rule.interval == 0 &&
           std::ranges::find(rule.weekdays, weekday_of(date)) != rule.weekdays.end();
}

// When somebody left or joined again, by (team, person), as the log has it.
using Standings = std::map<std::pair<TeamId, PersonId>, std::map<Instant, std::string>>;

Standings standings_in(View& view, const std::vector<View::LoggedEvent>& events) {
    std::map<std::string, TeamId> teams;
    for (const auto& team : view.teams())
        teams[team.key] = team.id;
    Standings standings;
    for (const auto& logged : events) {
        const auto& kind = logged.event.kind;
        if (kind == "account.closed" || kind == "account.opened") {
            for (const auto& [key, team] : teams)
                standings[{team, PersonId{logged.event.subject}}][logged.at] =
                    kind == "account.closed" ? "observer" : "participant";
            continue;
        }
        if (!kind.starts_with("settings.member_")) continue;
        std::map<std::string, std::string> facts(
            logged.event.facts.begin(), logged.event.facts.end()
        );
        if (kind == "settings.member_removed") facts["after"] = "observer";
        constexpr std::string_view before = "team ";
        auto team = facts["what"].substr(before.size());
        team = team.substr(0, team.find(','));
        standings[{teams.at(team), PersonId{logged.event.subject}}][logged.at] = facts["after"];
    }
    return standings;
}

constexpr auto latest_opening = 24h;  // where their hours begin later than the time of the rule

// Whoever had left for a part of these days is no proof that the occurrence was to be held.
bool had_left(const std::map<Instant, std::string>& changes, Instant from, Instant to) {
    auto standing = std::string("participant");
    for (const auto& [at, after] : changes) {
        if (at > to) break;
        if (at > from && (standing == "observer" || after == "observer")) return true;
        standing = after;
    }
    return standing == "observer";
}

// When somebody said that they are back before they had to be: their absence is cut by then.
using Returns = std::multimap<PersonId, Instant>;

Returns returns_in(const std::vector<View::LoggedEvent>& events) {
    Returns returns;
    for (const auto& logged : events)
        if (logged.event.kind == "absence.ended" && logged.event.actor)
            returns.emplace(*logged.event.actor, logged.at);
    return returns;
}

bool was_away(const Returns& returns, PersonId person, Instant from, Instant to) {
    auto [first, last] = returns.equal_range(person);
    return std::any_of(first, last, [&](const auto& known) {
        return from < known.second && known.second <= to;
    });
}

// What was to be held before somebody set a ceremony anew is not known any more.
std::map<CeremonyId, Instant> last_settings_in(const std::vector<View::LoggedEvent>& events) {
    std::map<CeremonyId, Instant> changed;
    for (const auto& logged : events)
        if (logged.event.kind.starts_with("settings.ceremony_"))
            changed[CeremonyId{logged.event.subject}] = logged.at;
    return changed;
}

bool is_holiday(const CalendarBook& calendars, const std::string& key, LocalDate date) {
    auto calendar = calendars.find(key);
    return calendar != calendars.end() && calendar->second.is_holiday(date);
}

std::string openings(View& view, const Ceremony& ceremony) {
    std::string list;
    for (const auto& run : view.runs_of(ceremony.team, Instant{}))
        if (run.ceremony == ceremony.id)
            list += " " + to_text(run.date) + " " + run.slot + " from " + to_text(run.opens_at);
    return list;
}

}  // namespace

// I4: every date of the rule on which somebody works has one run of each slot, and no other has.
std::vector<std::string> missed_occurrences(View& view, Instant start, Instant latest) {
    std::vector<std::string> violations;
    std::map<std::tuple<CeremonyId, LocalDate, std::string>, int> held;
    for (const auto& run : all_runs(view))
        if (!run.unscheduled) ++held[{run.ceremony, run.date, run.slot}];
    for (const auto& [key, times] : held)
        if (times > 1) violations.push_back("I4: held twice: " + to_text(std::get<1>(key)));

    const auto& calendars = *view.calendars();
    auto events = all_events(view);
    auto standings = standings_in(view, events);
    auto returns = returns_in(events);
    auto last_settings = last_settings_in(events);
    for (const auto& ceremony : view.ceremonies()) {
        if (ceremony.archived) continue;
        auto is_known_from = std::max(start, last_settings[ceremony.id]);
        auto roster = view.roster(ceremony.team, start);
        auto first = add_days(local_date("Etc/UTC", start), -2);
        auto last = add_days(local_date("Etc/UTC", latest), 2);
        for (auto date = first; date <= last; date = add_days(date, 1)) {
            for (const auto& slot : ceremony.slots) {
                auto times = held.contains({ceremony.id, date, slot.key}) ? 1 : 0;
                auto which = ceremony.name + " of " + roster->team.name + " on " + to_text(date) +
                             " at " + to_text(slot.at);
                auto of_rule = is_date_of_rule(ceremony.recurrence, date);
                auto holiday = is_holiday(calendars, roster->team.calendar, date);
                if (!of_rule && times > 0)
                    violations.push_back("I4: no date of the rule: " + which);
                if (!of_rule) continue;
                if (holiday && ceremony.on_holiday == OnHoliday::skip && times > 0)
                    violations.push_back("I4: held on a holiday: " + which);
                if (holiday) {
                    // Moved ones have a test of their own; here only: never on the day itself.
                    continue;
                }
                std::optional<Instant> opens;
                std::optional<Instant> last_opens;
                std::string workers;
                auto is_anybody_asked = false;
                auto has_anybody_left = false;
                for (const auto& member : roster->members) {
                    auto zone =
                        ceremony.zone == ZoneRule::member ? member.person.zone : roster->team.zone;
                    auto at = instant_at(zone, date, slot.at);
                    if (!at) continue;
                    const auto& changes = standings[{ceremony.team, member.person.id}];
                    has_anybody_left =
                        has_anybody_left || had_left(changes, *at - 72h, *at + latest_opening);
                    if (member.standing != Standing::participant) continue;
                    auto own_date = local_date(member.person.zone, *at);
                    const auto& hours = member.person.hours.on(own_date);
                    if (hours.empty() || is_holiday(calendars, member.person.calendar, own_date))
                        continue;
                    auto is_away =
                        std::ranges::any_of(member.absences, [&](const Absence& absence) {
                            return absence.days.from <= own_date && own_date <= absence.days.to;
                        });
                    if (is_away) continue;
                    if (had_left(changes, *at - 72h, *at + latest_opening)) continue;
                    if (was_away(returns, member.person.id, *at, *at + latest_opening)) continue;
                    auto ends = instant_at(member.person.zone, own_date, hours.back().to);
                    is_anybody_asked = is_anybody_asked || (ends && *at + 30min <= *ends);
                    workers += " " + member.person.name + " from " + to_text(*at);
                    opens = std::min(opens.value_or(*at), *at);
                    last_opens = std::max(last_opens.value_or(*at), *at);
                }
                // Near the ends of the run, whether it opened depends on minutes.
                if (!opens || *opens <= is_known_from + 30h || *last_opens >= latest - 30h)
                    continue;
                // Where nobody's day is long enough to be asked, the team's own time counts. It may
                // be over when the last one who was to be asked leaves.
                if (!is_anybody_asked && has_anybody_left) continue;
                if (!workers.empty() && times == 0)
                    violations.push_back(
                        "I4: not held: " + which + ", though there works" + workers +
                        "; held: " + openings(view, ceremony)
                    );
            }
        }
    }
    return violations;
}

std::vector<Run> all_runs(View& view) {
    std::vector<Run> runs;
    for (const auto& team : view.teams())
        for (auto& run : view.runs_of(team.id, Instant{}))
            runs.push_back(std::move(run));
    return runs;
}

std::vector<View::LoggedEvent> all_events(View& view) {
    std::vector<View::LoggedEvent> events;
    constexpr int batch = 1'000;
    for (std::int64_t last = 0;;) {
        auto some = view.events(last, batch);
        if (some.empty()) return events;
        last = some.back().number;
        for (auto& event : some)
            events.push_back(std::move(event));
    }
}

}  // namespace muster::sim
