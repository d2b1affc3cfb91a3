#include "bot/app/answers.hpp"

#include <algorithm>

#include "bot/domain/messages.hpp"
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

std::vector<Timer> timers_of(Acting& acting, const Turn& turn) {
    std::vector<Timer> timers;
    for (auto kind : {TimerKind::ask, TimerKind::remind, TimerKind::close_round})
        if (auto timer = acting.view.timer(kind, turn.round.id.value)) timers.push_back(*timer);
    if (auto next = acting.view.timer(TimerKind::open_run, turn.ceremony.id.value))
        timers.push_back(*next);
    return timers;
}

// The newest occurrence in which this person has a round: today's, or the last one.
std::optional<Turn> newest_turn(Acting& acting, PersonId person) {
    auto rounds = acting.view.unfinished_rounds_of(person, acting.now);
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

Reply why_me(Acting& acting) {
    auto turn = newest_turn(acting, acting.person.id);
    if (turn)
        return Say{
            standup::why(*turn, timers_of(acting, *turn), prompts_of(acting, *turn), acting.now)};
    for (const auto& roster : acting.rosters())
        for (const auto& ceremony : roster.ceremonies)
            if (auto planned = acting.view.planned_run(ceremony.id))
                return say(
                    acting,
                    text(
                        "why.not_asked_yet",
                        {{"team", UserText{roster.team.name}}, {"opens", planned->opens_at}}
                    )
                );
    return say(acting, text("why.no_team"));
}

// "ana" may be a first name, a whole name or the person's key.
bool is_called(const Person& person, const std::string& called) {
    if (same_words(person.name, called) || same_words(person.key, called)) return true;
    auto space = person.name.find(' ');
    return space != std::string::npos && same_words(person.name.substr(0, space), called);
}

Reply why_person(Acting& acting, const std::string& called) {
    for (const auto& roster : acting.rosters()) {
        auto found = std::ranges::find_if(roster.members, [&](const Member& member) {
            return is_called(member.person, called);
        });
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
    return say(acting, text("why.nobody_called", {{"name", UserText{called}}}));
}

Reply why_blocker(Acting& acting, int number) {
    for (auto team : acting.view.teams_of(acting.person.id)) {
        auto blocker = acting.view.blocker(team, number);
        auto setting = blocker ? acting.setting(team) : std::nullopt;
        if (!setting) continue;
        auto worn = access::with_blocker(setting->hats, *blocker, acting.person.id);
        if (access::may(worn, access::Act::see_team_blockers, *blocker, acting.now))
            return Say{standup::why_blocker(*blocker, setting->names, reader(acting), acting.now)};
    }
    return say(acting, text("blocker.unknown"));
}

}  // namespace

Reply help(Acting& acting) {
    auto leads = std::ranges::any_of(acting.rosters(), [&](const Roster& roster) {
        return hats(acting, roster).wears(access::Hat::delivery_manager);
    });
    return Say{standup::help(reader(acting), leads)};
}

Reply status(Acting& acting) {
    for (const auto& roster : acting.rosters()) {
        auto worn = hats(acting, roster);
        if (!access::may(worn, access::Act::see_status)) continue;
        auto runs = acting.view.runs_of(roster.team.id, acting.now - 36h);
        auto board = runs.empty() ? std::nullopt : acting.view.board(runs.back().id);
        auto with_names = access::may(worn, access::Act::see_status_names);
        if (board) return Say{standup::status(*board, with_names, reader(acting), acting.now)};
        std::optional<Instant> next;
        for (const auto& ceremony : roster.ceremonies)
            if (auto planned = acting.view.planned_run(ceremony.id)) next = planned->opens_at;
        return Say{standup::no_run_today(roster.team, next, reader(acting))};
    }
    return say(acting, text("why.no_team"));
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
    for (auto team : acting.view.teams_of(acting.person.id))
        for (const auto& blocker : acting.view.open_blockers(team))
            if (blocker.raiser == acting.person.id) own.push_back(blocker);
    auto turns = turns_since(acting, monday.value_or(acting.now - 24h * 7), 35);
    return Say{standup::my_week(acting.person, turns, own, acting.now)};
}

Reply blockers(Acting& acting) {
    auto rosters = acting.rosters();
    if (rosters.empty()) return say(acting, text("blocker.no_team"));
    std::optional<Message> all;
    for (const auto& roster : rosters) {
        auto setting = acting.setting(roster.team.id);
        if (!setting) continue;
        std::vector<Blocker> visible;
        for (const auto& blocker : setting->open) {
            auto worn = access::with_blocker(setting->hats, blocker, acting.person.id);
            if (access::may(worn, access::Act::see_team_blockers, blocker, acting.now))
                visible.push_back(blocker);
        }
        auto list = standup::blocker_list(
            roster.team, visible, acting.person.id, setting->names, reader(acting)
        );
        if (all) {
            all->blocks.insert(all->blocks.end(), list.blocks.begin(), list.blocks.end());
        } else {
            all = list;
        }
    }
    return Say{*all};
}

Reply hours(Acting& acting) {
    std::vector<Team> teams;
    for (const auto& roster : acting.rosters())
        teams.push_back(roster.team);
    return Say{standup::my_hours(acting.person, teams)};
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
