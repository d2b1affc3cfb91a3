#include "bot/app/compose.hpp"

#include <algorithm>

#include "bot/app/homes.hpp"
#include "bot/app/setups.hpp"
#include "bot/domain/absence.hpp"
#include "bot/domain/away_hint.hpp"
#include "bot/domain/departure.hpp"
#include "bot/domain/plain_reply.hpp"
#include "bot/domain/profile_news.hpp"
#include "bot/domain/refusals.hpp"
#include "bot/domain/standup.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;

Composed gone() {
    return Pointless{"gone"};
}

std::string name_of(View& view, PersonId id) {
    auto person = view.person(id);
    return person ? person->name : std::string{};
}

std::optional<Person> recipient_of(View& view, const Delivery& delivery) {
    const auto* id = std::get_if<PersonId>(&delivery.key.recipient);
    return id ? view.person(*id) : std::nullopt;
}

std::optional<Channel> channel_of(View& view, const Delivery& delivery) {
    const auto* id = std::get_if<ChannelId>(&delivery.key.recipient);
    return id ? view.channel(*id) : std::nullopt;
}

std::string platform_of(View& view, ConnectionId id) {
    for (const auto& connection : view.connections())
        if (connection.id == id) return connection.platform;
    return {};
}

template <class Words>
Composed about_turn(View& view, const Delivery& delivery, Instant now, Words words) {
    auto turn = view.turn(RoundId{delivery.key.subject}, now);
    return turn ? words(*turn) : gone();
}

// `words` gets the board and the channel's reader.
template <class Words>
Composed about_run(View& view, RunId run, const Delivery& delivery, Words words) {
    auto board = view.board(run);
    auto channel = channel_of(view, delivery);
    return board && channel ? words(*board, standup::reader_of(board->roster.team)) : gone();
}

// Whose replies stay on their platform: it is named.
Composed mirror_note(View& view, const Delivery& delivery) {
    auto channel = channel_of(view, delivery);
    auto platform = channel ? platform_of(view, channel->connection) : std::string{};
    auto words = [&](const RunBoard& board, const Reader& reader) {
        return standup::mirror_note(board, reader, platform);
    };
    return about_run(view, RunId{delivery.key.subject}, delivery, words);
}

// The run whose summary a blocker's message belongs to: that of its round, else the team's newest.
std::optional<RunId> run_of(View& view, const Blocker& blocker) {
    if (blocker.round)
        if (auto round = view.round(*blocker.round)) return round->run;
    auto runs = view.runs_of(blocker.team, blocker.raised_at - 24h * 7);
    if (runs.empty()) return std::nullopt;
    return runs.back().id;
}

Composed new_blocker(View& view, const Delivery& delivery, Instant now) {
    auto blocker = view.blocker(BlockerId{delivery.key.subject});
    auto roster = blocker ? view.roster(blocker->team, now) : std::nullopt;
    if (!roster) return gone();
    RunBoard board;
    auto run = run_of(view, *blocker);
    if (auto held = run ? view.board(*run) : std::nullopt) board = *held;
    board.roster = *roster;
    board.names[blocker->raiser] = name_of(view, blocker->raiser);
    if (blocker->helper) board.names[*blocker->helper] = name_of(view, *blocker->helper);
    if (blocker->ended_by) board.names[*blocker->ended_by] = name_of(view, *blocker->ended_by);
    auto reader = standup::reader_of(roster->team);
    return standup::new_blocker(board, *blocker, reader, delivery.revision_wanted, now);
}

template <class Words>
Composed about_blocker(View& view, const Delivery& delivery, Words words) {
    auto blocker = view.blocker(BlockerId{delivery.key.subject});
    auto team = blocker ? view.team(blocker->team) : std::nullopt;
    auto to = recipient_of(view, delivery);
    if (!team || !to) return gone();
    return words(*blocker, *team, standup::reader_of(*to));
}

Composed welcome_back(View& view, const Delivery& delivery, Instant now) {
    auto absence = view.absence(AbsenceId{delivery.key.subject});
    auto person = recipient_of(view, delivery);
    if (!absence || !person) return gone();
    if (absence::is_away_again(*absence, *person, now)) return Pointless{"away again"};
    std::vector<Blocker> own;
    std::vector<Blocker> ended;
    auto left = instant_at(person->zone, absence->days.from, TimeOfDay{0}).value_or(Instant{});
    for (auto team : view.teams_of(person->id, now)) {
        if (absence->team && absence->team != team) continue;
        for (const auto& blocker : view.open_blockers(team))
            if (blocker.raiser == person->id) own.push_back(blocker);
        for (const auto& blocker : view.blockers_ended_since(team, left))
            if (blocker.raiser == person->id) ended.push_back(blocker);
    }
    auto from = absence->team ? view.team(*absence->team) : std::nullopt;
    return standup::welcome_back(*person, from, own, ended, standup::reader_of(*person));
}

bool is_delivery_manager(const Roster& roster, PersonId person, Instant now) {
    auto managers = holders(roster, Role::delivery_manager, now);
    return std::ranges::find(managers, person) != managers.end();
}

// The teams that this person is in and for which the delivery manager is responsible.
std::vector<Roster> teams_of_both(View& view, PersonId person, PersonId manager, Instant now) {
    std::vector<Roster> rosters;
    for (auto id : view.teams_of(person, now)) {
        auto roster = view.roster(id, now);
        if (roster && roster->member(person) && is_delivery_manager(*roster, manager, now))
            rosters.push_back(std::move(*roster));
    }
    return rosters;
}

// Whom somebody left, as the teams are now: an undone stop leaves nothing to say. Whoever the
// settings made an observer has left nobody.
Composed left_stand_up(View& view, const Delivery& delivery, Instant now) {
    auto manager = recipient_of(view, delivery);
    auto person = view.person(PersonId{delivery.key.subject});
    if (!manager || !person) return gone();
    std::vector<Team> left;
    for (const auto& roster : teams_of_both(view, person->id, manager->id, now)) {
        const auto* member = roster.member(person->id);
        if (member->standing == Standing::observer && member->stopped_at)
            left.push_back(roster.team);
    }
    return standup::left_stand_up(left, *person, standup::reader_of(*manager));
}

Composed zone_question(View& view, const Delivery& delivery) {
    auto person = recipient_of(view, delivery);
    auto account = view.account(AccountId{delivery.key.subject});
    if (!person || !account) return gone();
    auto platform = platform_of(view, account->connection);
    return profile_news::zone_question(
        *person, *account, platform, delivery, standup::reader_of(*person)
    );
}

Composed sums_differ(View& view, const Delivery& delivery) {
    auto to = recipient_of(view, delivery);
    auto run = view.run(RunId{delivery.key.subject});
    auto team = run ? view.team(run->team) : std::nullopt;
    return to && team ? standup::sums_differ(*team, *run, standup::reader_of(*to)) : gone();
}

Composed away_question(View& view, const Delivery& delivery, Instant now) {
    auto person = recipient_of(view, delivery);
    auto home = person ? view.account(person->home) : std::nullopt;
    if (!home) return gone();
    auto draft = view.draft(DraftId{delivery.key.subject});
    auto platform = platform_of(view, home->connection);
    return away_hint::question(draft, home->away_told, platform, standup::reader_of(*person), now);
}

Composed channel_refused(View& view, const Delivery& delivery) {
    auto manager = recipient_of(view, delivery);
    auto channel = view.channel(ChannelId{delivery.key.subject});
    auto team = channel ? view.team(channel->team) : std::nullopt;
    if (!manager || !team) return gone();
    return standup::channel_refused(*team, standup::reader_of(*manager));
}

Composed account_closed(View& view, const Delivery& delivery, Instant now) {
    auto manager = recipient_of(view, delivery);
    auto person = view.person(PersonId{delivery.key.subject});
    auto home = person ? view.account(person->home) : std::nullopt;
    if (!manager || !home) return gone();
    std::vector<Team> teams;
    std::vector<Blocker> open;
    for (const auto& roster : teams_of_both(view, person->id, manager->id, now)) {
        if (!departure::concerns(*home, *roster.member(person->id))) continue;
        teams.push_back(roster.team);
        for (auto& blocker : view.open_blockers(roster.team.id))
            if (blocker.raiser == person->id && !is_held(blocker, now)) open.push_back(blocker);
    }
    auto is_closed = home->closed_at.has_value();
    return departure::told(*person, is_closed, teams, open, standup::reader_of(*manager));
}

Composed wrong_hours(View& view, const Delivery& delivery, Instant now) {
    auto manager = recipient_of(view, delivery);
    auto person = view.person(PersonId{delivery.key.subject});
    if (!manager || !person) return gone();
    std::vector<Team> teams;
    for (const auto& roster : teams_of_both(view, person->id, manager->id, now))
        teams.push_back(roster.team);
    return standup::wrong_hours(teams, *person, standup::reader_of(*manager));
}

// What came late or not at all between `from` and some hours after `to`, of the teams this person
// is responsible for.
Composed downtime(View& view, const Delivery& delivery, Instant now) {
    auto manager = recipient_of(view, delivery);
    auto downtimes = view.downtimes();
    auto found = std::ranges::find(downtimes, delivery.key.subject, &Downtime::id);
    if (!manager || found == downtimes.end()) return gone();
    auto recovered = view.recovered_in(found->id);
    auto was_recovered = [&](const Round& round) {
        return std::ranges::find(recovered, round.id) != recovered.end();
    };
    std::vector<standup::DowntimeItem> items;
    for (auto id : view.teams_of(manager->id, now)) {
        auto roster = view.roster(id, now);
        if (!roster) continue;
        if (!is_delivery_manager(*roster, manager->id, now)) continue;
        for (const auto& run : view.runs_of(id, found->from - 24h * 2)) {
            standup::DowntimeItem item{roster->team.name, run.ceremony_name, run.date};
            for (const auto& round : view.rounds_of(run.id))
                standup::count_in(item, *found, round, was_recovered(round));
            if (standup::says_something(item)) items.push_back(std::move(item));
        }
    }
    if (items.empty()) return Pointless{"nothing was late"};
    return standup::downtime(*found, items, standup::reader_of(*manager));
}

Composed as_it_is(View& view, const Delivery& delivery, Instant now) {
    const auto& key = delivery.key;
    switch (key.purpose) {
        case Purpose::prompt:
            return about_turn(view, delivery, now, [&](const Turn& turn) {
                return standup::prompt(turn, delivery, now);
            });
        case Purpose::receipt:
            return about_turn(view, delivery, now, [&](const Turn& turn) {
                return standup::receipt(turn, delivery, now);
            });
        case Purpose::reminder:
            return about_turn(view, delivery, now, [&](const Turn& turn) {
                return standup::reminder(turn, delivery, now);
            });
        case Purpose::undelivered: {
            auto manager = recipient_of(view, delivery);
            if (!manager) return gone();
            auto reader = standup::reader_of(*manager);
            return about_turn(view, delivery, now, [&](const Turn& turn) {
                return standup::undelivered(turn, reader);
            });
        }
        case Purpose::summary:
            return about_run(
                view,
                RunId{key.subject},
                delivery,
                [&](const auto& board, const auto& reader) {
                    return standup::summary(board, reader, now);
                }
            );
        case Purpose::mirror_note: return mirror_note(view, delivery);
        case Purpose::plan: {
            auto round = view.round(RoundId{key.subject});
            if (!round) return gone();
            return about_run(
                view,
                round->run,
                delivery,
                [&](const auto& board, const auto& reader) {
                    return standup::plan(board, round->id, reader);
                }
            );
        }
        case Purpose::hidden_plans:
            return about_run(
                view,
                RunId{key.subject},
                delivery,
                [&](const auto& board, const auto& reader) {
                    // The same order at each edit, unknown to anybody: from the delivery's own
                    // random id.
                    IdSource order{{static_cast<std::uint64_t>(delivery.id.value), 0}};
                    return standup::hidden_plans(board, reader, order);
                }
            );
        case Purpose::open_blockers:
            return about_run(
                view,
                RunId{key.subject},
                delivery,
                [&](const auto& board, const auto& reader) {
                    return standup::open_blockers(board, reader, now);
                }
            );
        case Purpose::not_working:
            return about_run(
                view,
                RunId{key.subject},
                delivery,
                [&](const auto& board, const auto& reader) {
                    return standup::not_working(board, reader, now);
                }
            );
        case Purpose::new_blocker: return new_blocker(view, delivery, now);
        case Purpose::helper_found:
            return about_blocker(
                view,
                delivery,
                [&](const Blocker& blocker, const Team& team, const Reader& reader) {
                    if (!blocker.helper) return gone();
                    return standup::helper_found(
                        blocker, name_of(view, *blocker.helper), team, reader
                    );
                }
            );
        case Purpose::blocker_cleared:
            return about_blocker(
                view,
                delivery,
                [&](const Blocker& blocker, const Team& team, const Reader& reader) {
                    if (!blocker.ended_by) return gone();
                    return standup::blocker_cleared(
                        blocker, name_of(view, *blocker.ended_by), team, reader
                    );
                }
            );
        case Purpose::private_blocker:
            return about_blocker(
                view,
                delivery,
                [&](const Blocker& blocker, const Team& team, const Reader& reader) {
                    return standup::private_blocker(
                        blocker, name_of(view, blocker.raiser), team, reader
                    );
                }
            );
        case Purpose::welcome_back: return welcome_back(view, delivery, now);
        case Purpose::left_stand_up: return left_stand_up(view, delivery, now);
        case Purpose::account_closed: return account_closed(view, delivery, now);
        case Purpose::wrong_hours: return wrong_hours(view, delivery, now);
        case Purpose::downtime: return downtime(view, delivery, now);
        case Purpose::sums_differ: return sums_differ(view, delivery);
        case Purpose::channel_refused: return channel_refused(view, delivery);
        case Purpose::taken_late: {
            auto person = recipient_of(view, delivery);
            if (!person) return gone();
            return taken_late(Instant{milliseconds{key.subject}}, standup::reader_of(*person));
        }
        case Purpose::home: return compose_home(view, delivery, now);
        case Purpose::setup: return compose_setup(view, delivery, now);
        case Purpose::announcement: return compose_announcement(view, delivery, now);
        case Purpose::welcome: return compose_welcome(view, delivery, now);
        case Purpose::newcomer: return compose_newcomer(view, delivery, now);
        case Purpose::zone_question: return zone_question(view, delivery);
        case Purpose::away_question: return away_question(view, delivery, now);
    }
    return gone();
}

Text typed_instead(Purpose purpose) {
    if (purpose == Purpose::zone_question) return text("plain.see_hours");
    if (purpose == Purpose::away_question) return text("plain.say_yes");
    return text("plain.see_blockers");
}

}  // namespace

// A person in plain mode gets no buttons in messages. On their own page nothing can be typed.
Composed compose(View& view, const Delivery& delivery, Instant now) {
    auto composed = as_it_is(view, delivery, now);
    auto* message = std::get_if<Message>(&composed);
    const bool is_page = delivery.key.purpose == Purpose::home;
    auto recipient = message && !is_page ? recipient_of(view, delivery) : std::nullopt;
    if (!recipient || !recipient->plain) return composed;
    *message = plain::without_buttons(*std::move(message), typed_instead(delivery.key.purpose));
    return composed;
}

}  // namespace muster
