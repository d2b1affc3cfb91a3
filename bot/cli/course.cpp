#include "bot/cli/course.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "bot/cli/day_words.hpp"
#include "bot/cli/plain_text.hpp"
#include "bot/domain/standup.hpp"

namespace muster::cli {
namespace {

constexpr std::size_t line_width = 98;

struct Line {
    Instant at{};
    int rank = 0;  // among lines of one instant
    ZoneName zone;
    std::string who;
    std::string what;
};

struct Told {
    Instant at{};
    Purpose purpose;
};

struct Tally {
    int asked = 0, reminded = 0, answered = 0, not_asked = 0;
};

// One team's share of the journey.
class TeamCourse {
public:
    TeamCourse(
        View& view,
        const std::multimap<std::int64_t, Told>& told,
        const Journey& journey,
        Roster roster
    )
        : view_(view), told_(told), journey_(journey), roster_(std::move(roster)) {
        for (const auto& run : view.runs_of(roster_.team.id, Instant{}))
            runs_.emplace(std::pair{run.ceremony, run.held_on}, run.id);
    }

    std::string take() {
        auto last = add_days(journey_.from, journey_.days - 1);
        words_ = fmt::format(
            "{}: {} to {}.", one_line(roster_.team.name), day_text(journey_.from), day_text(last)
        );
        words_ += journey_.everybody_answers ? "\nEverybody answers 20 minutes after being asked.\n"
                                             : "\nNobody answers.\n";
        for (int day = 0; day < journey_.days; ++day)
            add_day(add_days(journey_.from, day));
        add_tallies();
        return std::move(words_);
    }

private:
    void add_day(LocalDate date) {
        words_ += "\n" + day_text(date) + "\n";
        for (const auto& change : clock_changes(zones(), date))
            words_ += "  * " + change + "\n";
        for (const auto& ceremony : roster_.ceremonies) {
            auto [from, to] = runs_.equal_range({ceremony.id, date});
            for (auto run = from; run != to; ++run)
                if (auto board = view_.board(run->second)) add_run(ceremony, *board);
            if (from == to) words_ += "  " + why_none(ceremony, date) + "\n";
        }
    }

    std::set<ZoneName> zones() const {
        std::set<ZoneName> zones{roster_.team.zone};
        for (const auto& member : roster_.members)
            zones.insert(member.person.zone);
        return zones;
    }

    std::string why_none(const Ceremony& ceremony, LocalDate date) const {
        auto none = "No " + ceremony.name + ": ";
        if (ceremony.paused) return none + "it is paused.";
        if (!takes_place_on(ceremony.recurrence, date))
            return none + "it is not planned for this day.";
        auto why = holiday_title(*roster_.calendars, roster_.team.calendar, date)
                       .value_or("a holiday of the team");
        auto held = standup::held_on(ceremony, date, roster_.team, *roster_.calendars);
        if (!held) return none + why + ".";
        if (*held != date)
            return fmt::format("{}{}. It is held on {} instead.", none, why, day_text(*held));
        return none + "nobody can be asked.";
    }

    void add_run(const Ceremony& ceremony, const RunBoard& board) {
        auto lines = lines_of(ceremony, board);
        auto earlier = [](const Line& a, const Line& b) {
            return std::tie(a.at, a.rank, a.who) < std::tie(b.at, b.rank, b.who);
        };
        std::ranges::sort(lines, earlier);
        if (ceremony.slots.size() > 1)
            words_ += fmt::format("  {} ({})\n", ceremony.name, board.run.slot);
        if (!lines.empty()) words_ += row("UTC", "Their time", "Where", "Who", "What happens");
        for (const auto& line : lines)
            words_ +=
                row(clock_on(line.at, "UTC", board.run.held_on),
                    clock_on(line.at, line.zone, board.run.held_on),
                    city_of(line.zone) + " " + offset_text(line.zone, line.at),
                    line.who,
                    line.what);
        add_not_asked(board);
    }

    static std::string row(
        const std::string& utc,
        const std::string& local,
        const std::string& place,
        const std::string& who,
        const std::string& what
    ) {
        auto line = "  " + padded(utc, 9) + padded(local, 11) + padded(cut(place, 19), 20) +
                    padded(cut(one_line(who), 18), 19) + cut(one_line(what), 39);
        line.erase(line.find_last_not_of(' ') + 1);
        return line + "\n";
    }

    std::vector<Line> lines_of(const Ceremony& ceremony, const RunBoard& board) {
        std::vector<Line> lines;
        add_run_lines(lines, ceremony, board);
        for (const auto& round : board.rounds)
            if (const auto* member = board.roster.member(round.person))
                add_round_lines(lines, board, round, *member);
        return lines;
    }

    void add_run_lines(std::vector<Line>& lines, const Ceremony& ceremony, const RunBoard& board)
        const {
        const auto& team = roster_.team;
        auto [from, to] = told_.equal_range(board.run.id.value);
        for (auto told = from; told != to; ++told)
            if (told->second.purpose == Purpose::summary)
                lines.push_back(
                    {told->second.at,
                     7,
                     team.zone,
                     team.name + " channel",
                     "summary posted, edited as answers come"}
                );
        auto total = std::ranges::count_if(board.rounds, [](const Round& round) {
            return round.opens_at.has_value();
        });
        auto has_answered = [](const Round& round) { return round.answered_at.has_value(); };
        auto answered = std::ranges::count_if(board.rounds, has_answered);
        auto counts = fmt::format("{} of {} answered", answered, total);
        if (board.run.completes_at < board.run.closes_at) {
            auto by_then = std::ranges::count_if(board.rounds, [&](const Round& round) {
                return round.answered_at && *round.answered_at <= board.run.completes_at;
            });
            auto what = fmt::format("team's window closes: {} of {} answered", by_then, total);
            lines.push_back({board.run.completes_at, 6, team.zone, team.name + " channel", what});
        }
        lines.push_back(
            {board.run.closes_at,
             9,
             team.zone,
             team.name + " channel",
             ceremony.name + " is over: " + counts}
        );
    }

    void add_round_lines(
        std::vector<Line>& lines, const RunBoard&, const Round& round, const Member& member
    ) {
        const auto& zone = member.person.zone;
        const auto& who = member.person.name;
        auto& tally = tallies_[who];
        auto [from, to] = told_.equal_range(round.id.value);
        for (auto told = from; told != to; ++told) {
            auto at = told->second.at;
            if (told->second.purpose == Purpose::prompt) {
                auto until =
                    round.closes_at ? to_text(local_time(zone, *round.closes_at).time) : "";
                lines.push_back({at, 1, zone, who, "asked, open until " + until});
                ++tally.asked;
            } else if (told->second.purpose == Purpose::reminder) {
                lines.push_back({at, 2, zone, who, "reminded"});
                ++tally.reminded;
            }
        }
        if (round.answered_at) {
            lines.push_back(
                {*round.answered_at,
                 4,
                 zone,
                 who,
                 round.phase == Phase::late ? "answers late" : "answers"}
            );
            ++tally.answered;
        } else if (round.phase == Phase::silent && round.closes_at) {
            lines.push_back({*round.closes_at, 5, zone, who, "window closes without an answer"});
        }
    }

    void add_not_asked(const RunBoard& board) {
        std::string people;
        for (const auto& round : board.rounds) {
            const auto* member = board.roster.member(round.person);
            if (!member || round.opens_at) continue;
            ++tallies_[member->person.name].not_asked;
            people += fmt::format(
                "{}{} ({})",
                people.empty() ? "" : ", ",
                one_line(member->person.name),
                why(board.run, round, *member)
            );
        }
        if (!people.empty())
            words_ += "  " + wrapped("Not asked: " + people + ".", line_width - 2, "    ") + "\n";
    }

    std::string why(const Run& run, const Round& round, const Member& member) const {
        switch (round.phase) {
            case Phase::away: return "away";
            case Phase::not_expected: break;
            default: return "the time is outside their working hours";
        }
        if (auto title = holiday_title(*roster_.calendars, member.person.calendar, run.held_on))
            return *title;
        return "not a working day";
    }

    void add_tallies() {
        words_ += "\nIn these days\n";
        words_ += "  " + padded("Who", 26) + "  Asked  Reminded  Answered  Not asked\n";
        for (const auto& member : roster_.members) {
            if (member.standing != Standing::participant) continue;
            const auto& name = member.person.name;
            const auto& tally = tallies_[name];
            words_ += fmt::format(
                "  {}{:>7}{:>10}{:>10}{:>11}\n",
                padded(cut(one_line(name), 25), 26),
                tally.asked,
                tally.reminded,
                tally.answered,
                tally.not_asked
            );
        }
    }

    View& view_;
    const std::multimap<std::int64_t, Told>& told_;
    const Journey& journey_;
    Roster roster_;
    std::multimap<std::pair<CeremonyId, LocalDate>, RunId> runs_;
    std::map<std::string, Tally> tallies_;  // by name
    std::string words_;
};

// What was posted, by what it is about.
std::multimap<std::int64_t, Told> told_by_subject(View& view, const std::vector<Post>& posts) {
    std::multimap<std::int64_t, Told> told;
    for (const auto& post : posts)
        if (auto delivery = view.delivery(post.delivery))
            told.emplace(delivery->key.subject, Told{post.at, delivery->key.purpose});
    return told;
}

}  // namespace

std::string course_text(View& view, const std::vector<Post>& posts, const Journey& journey) {
    auto told = told_by_subject(view, posts);
    std::string words;
    for (const auto& team : view.teams()) {
        auto roster = view.roster(team.id, Instant{std::chrono::sys_days{journey.from}});
        if (!roster) continue;
        if (!words.empty()) words += "\n\n";
        words += TeamCourse{view, told, journey, *std::move(roster)}.take();
    }
    return words.empty() ? "The file has no team, so nobody would be asked.\n" : words;
}

}  // namespace muster::cli
