#include "bot/cli/examination.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "bot/app/examinations.hpp"
#include "bot/domain/settings.hpp"

namespace muster::cli {
namespace {

using examination::Finding;

std::string hours_text(const WorkingHours& hours) {
    std::string words;
    for (const auto& [days, times] : settings::by_days(hours.week))
        words += (words.empty() ? "" : "; ") + days + " " + times;
    return words.empty() ? "no day at all" : words;
}

// "Payments, Amira Khan at 09:30".
std::string whose_turn(const Finding& finding) {
    return fmt::format(
        "{}, {} at {}", finding.team->name, finding.person->name, to_text(finding.at)
    );
}

std::string title_of(const Finding& finding) {
    return finding.team->name + " " + finding.ceremony->name;
}

Ailment zone_unknown(const Finding& finding) {
    const auto& name = finding.person ? finding.person->name : finding.team->name;
    const auto& zone = finding.person ? finding.person->zone : finding.team->zone;
    return {
        fmt::format("{}: the time zone {} is not known on this machine.", name, zone),
        "Correct \"timezone\" in the settings file, or install tzdata."};
}

Ailment never_works(const Finding& finding) {
    return {
        fmt::format(
            "{}: would never be asked, as none of its days is a working day. Works {}.",
            whose_turn(finding),
            hours_text(finding.person->hours)
        ),
        "Correct \"working_hours\" of the person, or make them an observer."};
}

Ailment outside_hours(const Finding& finding) {
    const auto& zone = finding.person->zone;
    const bool is_elsewhere =
        finding.ceremony->zone == ZoneRule::team && zone != finding.team->zone;
    auto where =
        is_elsewhere
            ? fmt::format(" That is the team's time; in {} it is {}.", zone, to_text(finding.there))
            : "";
    auto how_often =
        finding.asked == 0
            ? "would never be asked"
            : fmt::format("would not be asked on {} of {} days", finding.outside, finding.held);
    return {
        fmt::format(
            "{}: {}, as fewer than 30 minutes of the working hours are left by then.{} Works {}.",
            whose_turn(finding),
            how_often,
            where,
            hours_text(finding.person->hours)
        ),
        "Choose another \"time\", use \"zone\": \"member\", or correct the \"working_hours\"."};
}

// For whoever has the settings file and the configuration.
Ailment in_words(const Finding& finding) {
    using Kind = Finding::Kind;
    const auto team = finding.team ? finding.team->name : "";
    const auto person = finding.person ? finding.person->name : "";
    const auto connection = finding.connection ? finding.connection->key : "?";
    switch (finding.kind) {
        case Kind::no_team:
            return {
                "No team is set up, so nobody will be asked.",
                "Invite Muster to the channel of a team, or write a settings file and run: muster "
                "apply SETTINGS"};
        case Kind::zone_unknown: return zone_unknown(finding);
        case Kind::suspended:
            return {
                fmt::format("The connection \"{}\" refuses Muster.", connection),
                "Install Muster there again, or renew its token."};
        case Kind::not_granted:
            return {
                fmt::format(
                    "The connection \"{}\" did not grant all that Muster needs: {}.",
                    connection,
                    finding.connection->not_granted
                ),
                "Add that to the app, install it again and restart Muster."};
        case Kind::no_account:
            return {
                person + " has no account, so Muster cannot write to them.",
                fmt::format("Add an account of \"{}\" to the settings file.", finding.person->key)};
        case Kind::account_closed:
            return {
                person + " cannot be asked: the account is closed.",
                fmt::format("Give the person another account, or take them out of {}.", team)};
        case Kind::not_reached:
            return {
                fmt::format("{} was not reached last time: {}.", person, finding.reason),
                "Correct the account in the settings file, or let Muster write to the person."};
        case Kind::home_not_configured:
            return {
                fmt::format(
                    "{} cannot be reached: the connection \"{}\" is not in the configuration.",
                    person,
                    connection
                ),
                "Add the connection to the configuration, or give the person an account on another "
                "one as \"home\"."};
        case Kind::no_delivery_manager:
            return {
                team + " has no delivery manager: nobody hears of somebody who cannot be reached.",
                "Add \"roles\": { \"delivery_manager\": [\"...\"] } to the team."};
        case Kind::delivery_managers_gone:
            return {
                team + " has no delivery manager with an account that is open.",
                "Add another one to \"roles\" of the team."};
        case Kind::no_members:
            return {
                team + " has no members, so nobody will be asked.", "Add \"members\" to the team."};
        case Kind::no_channel:
            return {
                team + " has no channel: nobody will see the summary.",
                "Add \"channels\" to the team."};
        case Kind::channel_not_configured:
            return {
                fmt::format(
                    "{}: the channel's connection \"{}\" is not in the configuration.",
                    team,
                    connection
                ),
                "Add the connection to the configuration, or choose another channel."};
        case Kind::channel_refused:
            return {
                fmt::format("{}: its channel over \"{}\" takes no posts.", team, connection),
                "Invite Muster to the channel again, or choose another channel."};
        case Kind::no_ceremony:
            return {team + " has no stand-up.", "Add one under \"ceremonies\" of the team."};
        case Kind::paused:
            return {
                title_of(finding) + " is paused: nobody will be asked.",
                "Remove \"paused\" when it should go on."};
        case Kind::no_text_question:
            return {
                title_of(finding) + " has no question that can be answered with a typed line.",
                "Give one of its questions the kind \"text\"."};
        case Kind::not_held:
            return {
                fmt::format(
                    "{} is not held in the next {} days.",
                    title_of(finding),
                    examination::days_ahead
                ),
                fmt::format(
                    "Check its \"recurrence\" ({}), \"from\" and the team's calendar.",
                    to_text(finding.ceremony->recurrence)
                )};
        case Kind::never_works: return never_works(finding);
        case Kind::outside_hours: return outside_hours(finding);
        case Kind::calendar_missing:
            return {
                "The calendar \"" + finding.calendar + "\" is used but not there.",
                "Add it under \"calendars\"."};
        case Kind::calendar_ends:
            return {
                fmt::format(
                    "The calendar \"{}\" knows no holidays after {}: from then on people are asked "
                    "on holidays.",
                    finding.calendar,
                    to_text(finding.ends)
                ),
                "Update Muster for builtin calendars, or add the dates, then run muster apply."};
    }
    return {};
}

examination::Ground ground_of(View& view, const std::vector<config::NamedConnection>& connections) {
    examination::Ground ground;
    ground.connections = view.connections();
    ground.calendars = view.calendars();
    for (const auto& connection : ground.connections)
        if (std::ranges::find(connections, connection.key, &config::NamedConnection::name) ==
            connections.end())
            ground.not_configured.push_back(connection.id);
    for (auto& account : view.accounts())
        ground.accounts.emplace(account.id, account);
    return ground;
}

}  // namespace

Examination examine(
    View& view, const std::vector<config::NamedConnection>& connections, Instant now
) {
    auto people = view.people();
    std::erase_if(people, [](const Person& person) { return person.archived; });
    std::vector<Roster> rosters;
    Examination result;
    for (const auto& team : view.teams())
        if (auto roster = team.archived ? std::nullopt : view.roster(team.id, now)) {
            result.ceremonies += roster->ceremonies.size();
            rosters.push_back(*std::move(roster));
        }
    result.people = people.size();
    result.teams = rosters.size();
    auto ground = ground_of(view, connections);
    for (const auto& roster : rosters)
        ground.unreached.merge(unreached_of(view, roster.team.id, now));
    for (const auto& finding : examination::of_all(people, rosters, ground, now))
        result.ailments.push_back(in_words(finding));
    return result;
}

}  // namespace muster::cli
