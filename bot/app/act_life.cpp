#include <algorithm>
#include <utility>

#include "bot/app/news.hpp"
#include "bot/domain/departure.hpp"
#include "bot/domain/profile_news.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/suspension.hpp"

// What happens to connections, people and places where Muster is a guest.
namespace muster {
namespace {

using namespace std::chrono_literals;

std::optional<Connection> connection_of(News& news) {
    auto connections = news.view.connections();
    auto found = std::ranges::find(connections, news.connection, &Connection::id);
    return found == connections.end() ? std::nullopt : std::optional{*found};
}

// Several teams may report to one place.
std::vector<Channel> channels_at(News& news, const std::string& place) {
    auto channels = news.view.channels();
    std::erase_if(channels, [&](const Channel& channel) {
        return channel.connection != news.connection || channel.external_id != place;
    });
    return channels;
}

std::vector<Roster> rosters_of(News& news, PersonId id) {
    std::vector<Roster> rosters;
    for (auto team : news.view.teams_of(id, news.now))
        if (auto roster = news.view.roster(team, news.now); roster && roster->member(id))
            rosters.push_back(std::move(*roster));
    return rosters;
}

departure::Departing departing(News& news, Person person, const Account& account) {
    departure::Departing departing{std::move(person), account, {}, {}};
    const auto id = departing.person.id;
    departing.rosters = rosters_of(news, id);
    for (const auto& round : news.view.unfinished_rounds_of(id))
        if (auto turn = news.view.turn(round.id, news.now))
            departing.unfinished.push_back(std::move(*turn));
    return departing;
}

// Platforms tell of every change: most of them are no news here, and few cost a look at teams.
Decision told_anew(
    News& news, const Person& person, const Account& account, const PersonChanged& changed
) {
    profile_news::Known known{person, account, {}, {}};
    const bool is_elsewhere = changed.zone && *changed.zone != account.zone_told;
    const bool is_on_other_days = changed.away && *changed.away != account.away_told;
    if (is_elsewhere || is_on_other_days) known.rosters = rosters_of(news, person.id);
    if (is_on_other_days) known.drafts = news.view.drafts_of(person.id);
    return profile_news::told(std::move(known), changed, news.now, news.ids);
}

// What nobody took is told again, at times after what has happened since. One that lies ahead of us
// is from before our clock was set.
bool is_outdated(const News& news, const Account& account) {
    return account.told_at && news.told_at < *account.told_at && *account.told_at <= news.now;
}

Decision changed_by(
    News& news, const Person& person, const Account& account, const PersonChanged& changed
) {
    if (changed.is_gone == account.closed_at.has_value())
        return changed.is_gone ? Decision{} : told_anew(news, person, account, changed);
    auto all = departing(news, person, account);
    return changed.is_gone ? departure::account_closed(std::move(all), news.now, news.ids)
                           : departure::account_opened(std::move(all), news.now, news.ids);
}

// Its reports of these days, and the messages that stand alone: all others follow in their threads.
std::vector<Delivery> reports_of(News& news, const Channel& channel) {
    std::vector<Delivery> reports;
    for (const auto& run : news.view.runs_of(channel.team, news.now - 48h))
        std::ranges::copy(
            news.view.deliveries_of(Purpose::summary, run.id.value), std::back_inserter(reports)
        );
    for (const auto& blocker : news.view.open_blockers(channel.team))
        std::ranges::copy(
            news.view.deliveries_of(Purpose::new_blocker, blocker.id.value),
            std::back_inserter(reports)
        );
    std::erase_if(reports, [&](const Delivery& report) {
        return report.key.recipient != Recipient{channel.id};
    });
    return reports;
}

}  // namespace

Decision act_on_news(News& news, const ConnectionLost& lost) {
    auto connection = connection_of(news);
    return connection ? suspended(*connection, lost.reason, news.now) : Decision{};
}

// Nothing waits for it: each call says for itself whether it may be made. Those who can mend it see
// it.
Decision act_on_news(News& news, const Introduced& told) {
    auto connection = connection_of(news);
    if (!connection || connection->not_granted == told.not_granted) return {};
    connection->not_granted = told.not_granted;
    return {.changes = {*std::move(connection)}};
}

Decision act_on_news(News& news, const PersonChanged& changed) {
    auto account = news.view.account(news.connection, changed.person);
    auto person = account ? news.view.person(account->person) : std::nullopt;
    if (!person || is_outdated(news, *account)) return {};
    account->told_at = news.told_at;
    Decision decision{.changes = {*account}};
    append(decision, changed_by(news, *person, *account, changed));
    return decision;
}

// A hint, which keeps one reminder away: no event tells of it, and nobody is told.
Decision act_on_news(News& news, const QuietWanted& wanted) {
    auto account = news.view.account(news.connection, wanted.person);
    auto person = account ? news.view.person(account->person) : std::nullopt;
    if (!person || person->home != account->id) return {};
    if (person->quiet_from == wanted.from && person->quiet_to == wanted.to) return {};
    person->quiet_from = wanted.from;
    person->quiet_to = wanted.to;
    return {.changes = {*std::move(person)}};
}

// What is due there is refused, and waits, as it does where nobody tells us. Its delivery managers
// know at once, and not first when a report fails.
Decision act_on_news(News& news, const Left& left) {
    Decision decision;
    for (const auto& channel : channels_at(news, left.place))
        if (auto roster = news.view.roster(channel.team, news.now);
            roster && !roster->team.archived)
            append(decision, standup::channel_refused(*roster, channel, news.now, news.ids));
    append(decision, leave_setups(news, left.place));
    return decision;
}

Decision act_on_news(News& news, const Reopened& reopened) {
    Decision decision;
    for (auto channel : channels_at(news, reopened.place)) {
        for (auto& report : reports_of(news, channel))
            if (report.state == DeliveryState::pending && report.failures > 0)
                decision.changes.emplace_back(tried_anew(std::move(report), news.now));
        if (!std::exchange(channel.refused_since, std::nullopt)) continue;
        decision.changes.emplace_back(std::move(channel));
    }
    return decision;
}

Decision act_on_news(News& news, const PlaceMoved& moved) {
    Decision decision;
    if (moved.to.empty() || !channels_at(news, moved.to).empty()) return decision;
    for (auto& channel : channels_at(news, moved.from)) {
        auto event = Event{
            "channel.moved",
            channel.id.value,
            std::nullopt,
            {{"before", channel.external_id}, {"after", moved.to}}};
        channel.external_id = moved.to;
        decision.changes.emplace_back(std::move(channel));
        decision.events.push_back(std::move(event));
    }
    append(decision, move_setups(news, moved));
    return decision;
}

}  // namespace muster
