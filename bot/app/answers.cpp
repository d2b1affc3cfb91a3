#include "bot/app/answers.hpp"

#include <algorithm>

#include "bot/domain/messages.hpp"
#include "bot/domain/profile_news.hpp"
#include "bot/domain/standup.hpp"

namespace muster::answers {
namespace {

using namespace std::chrono_literals;

Reader reader(const Acting& acting) {
    return standup::reader_of(acting.person);
}

Reply say(const Acting& acting, Text words) {
    return standup::say(acting.person, std::move(words));
}

access::Hats hats(const Acting& acting, const Roster& roster) {
    return access::hats_of(roster, acting.person.id, acting.now);
}

// This person's rounds of the last days, newest first, with everything around them.
std::vector<Turn> turns_since(Acting& acting, Instant since, std::size_t most) {
    std::vector<Turn> turns;
    for (const auto& round : acting.view.rounds_of(acting.person.id, since)) {
        if (turns.size() == most) break;
        if (auto turn = acting.view.turn(round.id, acting.now)) turns.push_back(std::move(*turn));
    }
    return turns;
}

std::vector<Delivery> prompts_of(Acting& acting, const Turn& turn) {
    return acting.view.deliveries_of(Purpose::prompt, turn.round.id.value);
}

// When this person is asked after that turn; the run itself opens with the first member's window.
std::optional<Instant> next_after(Acting& acting, const Turn& turn) {
    auto roster = acting.view.roster(turn.team.id, acting.now);
    if (!roster) return std::nullopt;
    auto after = std::max(acting.now, turn.round.opens_at.value_or(acting.now));
    return standup::next_window(*roster, turn.ceremony, acting.person, after);
}

std::vector<Timer> timers_of(Acting& acting, const Turn& turn) {
    std::vector<Timer> timers;
    for (auto kind : {TimerKind::ask, TimerKind::remind, TimerKind::close_round})
        if (auto timer = acting.view.timer(kind, turn.round.id.value)) timers.push_back(*timer);
    if (auto next = next_after(acting, turn))
        timers.push_back({TimerKind::open_run, turn.ceremony.id.value, *next});
    return timers;
}

// The newest occurrence in which this person has a round: today's, or the last one.
std::optional<Turn> newest_turn(Acting& acting, PersonId person) {
    auto rounds = acting.view.unfinished_rounds_of(person);
    for (const auto& round : acting.view.rounds_of(person, acting.now - 24h * 7))
        rounds.push_back(round);
    std::optional<Turn> newest;
    for (const auto& round : rounds) {
        auto run = acting.view.run(round.run);
        if (!run || (newest && run->opens_at <= newest->run.opens_at)) continue;
        if (auto turn = acting.view.turn(round.id, acting.now)) newest = std::move(*turn);
    }
    return newest;
}

std::optional<Instant> next_in_team(const Roster& roster, const Person& person, Instant now) {
    std::optional<Instant> next;
    for (const auto& ceremony : roster.ceremonies)
        if (auto opens = standup::next_window(roster, ceremony, person, now))
            if (!next || *opens < *next) next = opens;
    return next;
}

std::optional<Instant> next_planned_run(Acting& acting, const Roster& roster) {
    std::optional<Instant> next;
    for (const auto& ceremony : roster.ceremonies)
        if (auto planned = acting.view.planned_run(ceremony.id))
            if (!next || planned->opens_at < *next) next = planned->opens_at;
    return next;
}

Reply why_me(Acting& acting) {
    auto turn = newest_turn(acting, acting.person.id);
    if (turn)
        return Say{
            standup::why(*turn, timers_of(acting, *turn), prompts_of(acting, *turn), acting.now)};
    auto rosters = acting.rosters();
    for (const auto& roster : rosters)
        if (auto opens = next_in_team(roster, acting.person, acting.now))
            return say(
                acting,
                text("why.not_asked_yet", {{"team", UserText{roster.team.name}}, {"opens", *opens}})
            );
    for (const auto& roster : rosters) {
        const auto* member = roster.member(acting.person.id);
        if (member && member->standing == Standing::observer)
            return say(acting, text("why.observer", {{"team", UserText{roster.team.name}}}));
    }
    return say(acting, text("why.no_team"));
}

// "ana" may be a first name, a whole name or the person's key.
bool is_called(const Person& person, const std::string& called) {
    if (same_words(person.name, called) || same_words(person.key, called)) return true;
    auto space = person.name.find(' ');
    return space != std::string::npos && same_words(person.name.substr(0, space), called);
}

// `called` may be an account that was mentioned, too.
Reply why_person(Acting& acting, const std::string& called) {
    auto account = acting.view.account(acting.inbound.connection, called);
    auto is_meant = [&](const Member& member) {
        return account ? member.person.id == account->person : is_called(member.person, called);
    };
    for (const auto& roster : acting.rosters()) {
        auto found = std::ranges::find_if(roster.members, is_meant);
        if (found == roster.members.end()) continue;
        if (found->person.id == acting.person.id) return why_me(acting);
        auto turn = newest_turn(acting, found->person.id);
        if (!turn || turn->team.id != roster.team.id) continue;
        auto worn = hats(acting, roster);
        auto asker = access::may(worn, access::Act::why_of_other) ? standup::Asker::delivery_manager
                     : access::may(worn, access::Act::see_who_is_not_working)
                         ? standup::Asker::teammate
                         : standup::Asker::stranger;
        return Say{standup::why_about(*turn, asker, reader(acting), acting.now)};
    }
    auto person = account ? acting.view.person(account->person) : std::nullopt;
    auto name = UserText{person ? person->name : called};
    return say(acting, text("why.nobody_called", {{"name", name}}));
}

// One message of several: each part under the one before.
void join(std::optional<Message>& all, const Message& part) {
    if (!all) {
        all = part;
        return;
    }
    all->blocks.insert(all->blocks.end(), part.blocks.begin(), part.blocks.end());
}

// Each team has its own numbers: all that this person may know of.
Reply why_blocker(Acting& acting, int number) {
    std::optional<Message> all;
    for (const auto& roster : acting.rosters()) {
        auto blocker = acting.view.blocker(roster.team.id, number);
        auto setting = blocker ? acting.setting(roster.team.id) : std::nullopt;
        if (!setting) continue;
        auto worn = access::with_blocker(setting->hats, *blocker, acting.person.id);
        if (access::may(worn, access::Act::see_team_blockers, *blocker, acting.now))
            join(all, standup::why_blocker(*blocker, setting->names, reader(acting), acting.now));
    }
    return all ? Reply{Say{*all}} : say(acting, text("blocker.unknown"));
}

Message status_of(Acting& acting, const Roster& roster) {
    auto runs = acting.view.runs_of(roster.team.id, acting.now - 36h);
    auto board = runs.empty() ? std::nullopt : acting.view.board(runs.back().id);
    if (board) return standup::status(*board, hats(acting, roster), reader(acting), acting.now);
    auto next = next_in_team(roster, acting.person, acting.now);
    if (!next) next = next_planned_run(acting, roster);  // the reader is not asked there
    return standup::no_run_today(roster.team, next, reader(acting));
}

}  // namespace

Reply help(Acting& acting) {
    auto may_start = std::ranges::any_of(acting.rosters(), [&](const Roster& roster) {
        return access::may(hats(acting, roster), access::Act::start_run);
    });
    return Say{standup::help(reader(acting), may_start)};
}

Reply status(Acting& acting) {
    std::optional<Message> all;
    for (const auto& roster : acting.rosters()) {
        if (!access::may(hats(acting, roster), access::Act::see_status)) continue;
        join(all, status_of(acting, roster));
    }
    return all ? Reply{Say{*all}} : say(acting, text("why.no_team"));
}

Reply why(Acting& acting, const command::Why& why) {
    if (why.blocker) return why_blocker(acting, *why.blocker);
    if (!why.person.empty()) return why_person(acting, why.person);
    return why_me(acting);
}

Reply history(Acting& acting) {
    return Say{standup::history(
        acting.person, turns_since(acting, acting.now - 24h * 30, 10), acting.now
    )};
}

Reply my_week(Acting& acting) {
    auto today = local_date(acting.person.zone, acting.now);
    auto since_monday = static_cast<int>(weekday_of(today).iso_encoding()) - 1;
    auto monday = instant_at(acting.person.zone, add_days(today, -since_monday), TimeOfDay{0});
    std::vector<Blocker> own;
    for (auto team : acting.view.teams_of(acting.person.id, acting.now))
        for (const auto& blocker : acting.view.open_blockers(team))
            if (blocker.raiser == acting.person.id) own.push_back(blocker);
    auto turns = turns_since(acting, monday.value_or(acting.now - 24h * 7), 35);
    return Say{standup::my_week(acting.person, turns, own, acting.now)};
}

namespace {

// Somebody of another organisation has a list of their own.
bool has_a_list(access::Hats hats) {
    return access::may(hats, access::Act::see_team_blockers) || hats.wears(access::Hat::outsider);
}

}  // namespace

Reply blockers(Acting& acting) {
    std::optional<Message> all;
    for (const auto& roster : acting.rosters()) {
        auto setting = acting.setting(roster.team.id);
        if (!setting || !has_a_list(setting->hats)) continue;
        std::vector<Blocker> visible;
        for (const auto& blocker : setting->open) {
            auto worn = access::with_blocker(setting->hats, blocker, acting.person.id);
            if (access::may(worn, access::Act::see_team_blockers, blocker, acting.now))
                visible.push_back(blocker);
        }
        auto list = standup::blocker_list(
            roster.team, visible, acting.person.id, setting->names, reader(acting)
        );
        join(all, list);
    }
    return all ? Reply{Say{*all}} : say(acting, text("blocker.no_team"));
}

namespace {

// That waits for an answer, wherever they look now.
std::vector<Block> zone_question(Acting& acting) {
    auto home = acting.view.account(acting.person.home);
    if (!home) return {};
    std::string platform;
    for (const auto& connection : acting.view.connections())
        if (connection.id == home->connection) platform = connection.platform;
    return profile_news::open_question(acting.person, *home, platform);
}

}  // namespace

Reply hours(Acting& acting) {
    std::vector<Team> teams;
    for (const auto& roster : acting.rosters())
        teams.push_back(roster.team);
    auto message = standup::my_hours(acting.person, teams);
    for (auto& block : zone_question(acting))
        message.blocks.push_back(std::move(block));
    return Say{std::move(message)};
}

Reply raised(
    Acting& acting, const blocker_case::Setting& setting, const blocker_case::Raised& raised
) {
    auto blocker =
        std::ranges::find(setting.open, raised.blocker.value_or(BlockerId{}), &Blocker::id);
    if (blocker == setting.open.end()) return NoReply{};
    return Say{standup::blocker_raised(*blocker, raised.similar, reader(acting))};
}

}  // namespace muster::answers
