#include <algorithm>

#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::standup {
namespace {

using namespace words;

bool was_asked(const Round& round) {
    switch (round.phase) {
        case Phase::waiting:  // will be
        case Phase::asked:
        case Phase::answered:
        case Phase::late:
        case Phase::skipped:
        case Phase::silent: return true;
        case Phase::away:
        case Phase::not_expected:
        case Phase::not_asked:
        case Phase::unreachable: return false;
    }
    return false;
}

bool has_answered(const Round& round) {
    return round.phase == Phase::answered || round.phase == Phase::late;
}

const Ceremony* ceremony_of(const RunBoard& board) {
    const auto found =
        std::ranges::find(board.roster.ceremonies, board.run.ceremony, &Ceremony::id);
    return found == board.roster.ceremonies.end() ? nullptr : &*found;
}

Text title_of(const RunBoard& board, const Reader& channel) {
    return title(board.roster.team, ceremony_of(board), board.run, channel);
}

bool is_over(const Round& round, Instant now) {
    return !round.closes_at || *round.closes_at <= now;
}

// Whose answer is still expected after the team's window: people in other zones, or who begin
// later. Not those who took a longer window for themselves: nobody else sees that. Whoever chose
// Not today is expected like the others until their time is over.
struct StillDue {
    std::size_t people = 0;
    Instant by{};
    bool elsewhere = false;
};

StillDue still_due(const RunBoard& board, Instant now) {
    StillDue due;
    for (const auto& round : board.rounds) {
        const bool open = round.phase == Phase::waiting || round.phase == Phase::asked ||
                          round.phase == Phase::skipped;
        const auto* member = board.roster.member(round.person);
        if (!open || is_over(round, now)) continue;
        if (member == nullptr || member->person.longer) continue;
        due.people += 1;
        due.by = std::max(due.by, *round.closes_at);
        due.elsewhere |=
            local_time(member->person.zone, now) != local_time(board.roster.team.zone, now);
    }
    return due;
}

struct Counted {
    std::size_t asked = 0;
    std::size_t answered = 0;
};

Counted counted(const RunBoard& board) {
    return {
        static_cast<std::size_t>(std::ranges::count_if(board.rounds, was_asked)),
        static_cast<std::size_t>(std::ranges::count_if(board.rounds, has_answered)),
    };
}

Text count_line(const RunBoard& board, const Reader& channel) {
    const auto [asked, answered] = counted(board);
    const Arguments numbers{{"answered", count(answered)}, {"asked", count(asked)}};
    if (board.run.state == RunState::open) {
        const auto closes = when(board.run.completes_at, board.run.held_on, channel);
        return text("summary.so_far", with(numbers, {{"closes", closes}}));
    }
    if (asked == 0) return text("summary.nobody_asked");
    if (answered == 0) return text("summary.nobody");
    return text("summary.count", numbers);
}

Text due_line(const StillDue& due, const RunBoard& board, const Reader& channel) {
    Arguments arguments{
        {"count", count(due.people)}, {"by", when(due.by, board.run.held_on, channel)}};
    return due.elsewhere ? text("summary.due_elsewhere", std::move(arguments))
                         : text("summary.due", std::move(arguments));
}

// ---- blockers, as they stood on the day of the run

// A summary that is put right later does not count what happened to blockers on other days.
Instant end_of_the_day(const RunBoard& board) {
    const auto midnight = instant_at(board.roster.team.zone, board.run.held_on, 24h);
    return std::max(midnight.value_or(board.run.closes_at), board.run.closes_at);
}

bool raised_in(const RunBoard& board, const Blocker& blocker) {
    if (blocker.round)
        if (std::ranges::find(board.rounds, *blocker.round, &Round::id) != board.rounds.end())
            return true;
    return blocker.raised_at >= board.run.opens_at && blocker.raised_at < end_of_the_day(board);
}

struct TeamBlockers {
    std::vector<Blocker> fresh;
    std::vector<Blocker> cleared;
    std::vector<Blocker> open;  // fresh ones too
};

TeamBlockers blockers_of(const RunBoard& board, Instant now) {
    TeamBlockers found;
    const auto end = end_of_the_day(board);
    auto sort_in = [&](const Blocker& blocker) {
        if (!is_public(blocker, now)) return;
        const bool ended = blocker.ended_at && *blocker.ended_at < end;
        const bool known = blocker.raised_at < end || raised_in(board, blocker);
        const bool dropped =
            blocker.state == BlockerState::withdrawn || blocker.state == BlockerState::merged;
        if (!known || (ended && dropped)) return;
        if (raised_in(board, blocker)) found.fresh.push_back(blocker);
        if (ended && blocker.state == BlockerState::cleared) found.cleared.push_back(blocker);
        if (!ended) found.open.push_back(blocker);
    };
    std::ranges::for_each(board.open_blockers, sort_in);
    std::ranges::for_each(board.ended_blockers, sort_in);
    std::ranges::sort(found.open, {}, &Blocker::number);
    return found;
}

Text blocker_counts(const TeamBlockers& blockers) {
    TextList parts;
    auto add = [&](const char* key, std::size_t number) {
        if (number > 0) parts.push_back(text(key, {{"count", count(number)}}));
    };
    add("summary.part_new", blockers.fresh.size());
    add("summary.part_cleared", blockers.cleared.size());
    add("summary.part_open", blockers.open.size());
    if (parts.empty()) return text("summary.no_blockers");
    return text("summary.blockers", {{"parts", parts}});
}

Text open_numbers(const TeamBlockers& blockers) {
    if (blockers.open.empty()) return text("summary.no_open_blockers");
    TextList numbers;
    for (const auto& blocker : blockers.open)
        numbers.push_back(text("summary.number", {{"number", std::int64_t{blocker.number}}}));
    return text("summary.open_blockers", {{"numbers", numbers}});
}

std::optional<Text> where_plans_are(const RunBoard& board) {
    if (board.run.names_hidden) {
        if (board.run.state != RunState::closed) return text("summary.hidden_later");
        const auto on_time = std::ranges::count(board.rounds, Phase::answered, &Round::phase);
        return on_time < 4 ? text("summary.hidden_too_few") : text("summary.hidden_now");
    }
    if (counted(board).answered == 0) return std::nullopt;
    return text("summary.in_thread");
}

// Only where the team chose so, and only once their time is over. Whoever chose Not today is among
// them: what the count and the names leave over would tell who skipped.
std::optional<Text> silent_line(const RunBoard& board, Instant now) {
    if (!board.run.show_silent || board.run.names_hidden || board.run.state == RunState::open)
        return std::nullopt;
    auto over = board;
    std::erase_if(over.rounds, [&](const Round& round) { return !is_over(round, now); });
    auto silent = names_in(over, {Phase::silent, Phase::skipped});
    if (silent.empty()) return std::nullopt;
    return text("summary.silent", {{"names", std::move(silent)}});
}

bool was_asked_in_time(const Round& round) {
    if (round.not_asked == NotAsked::downtime) return false;
    if (!round.asked_at || !round.opens_at) return true;
    return *round.asked_at - *round.opens_at <= worth_an_excuse;
}

// After a downtime, in one sentence: the days on which somebody could not be asked in time and of
// which no summary told, this one included.
std::optional<Text> gap_line(const RunBoard& board) {
    auto days = board.gap;
    if (!std::ranges::all_of(board.rounds, was_asked_in_time)) days.push_back(board.run.held_on);
    if (days.empty()) return std::nullopt;
    if (days.front() == board.run.held_on) return text("summary.gap_today");
    if (days.size() == 1) return text("summary.gap", {{"date", days.front()}});
    return text("summary.gap_of_days", {{"from", days.front()}, {"to", days.back()}});
}

// ---- one blocker

Text blocker_line(
    const char* plain, const char* raised_by, const RunBoard& board, const Blocker& blocker
) {
    if (board.run.names_hidden || blocker.without_name) return about(plain, blocker);
    auto line = about(raised_by, blocker);
    line.arguments.emplace_back("raiser", person(blocker.raiser, board.names));
    return line;
}

Text full_line(const RunBoard& board, const Blocker& blocker) {
    TextList said{blocker_line("blockers.new", "blockers.new_by", board, blocker)};
    if (!blocker.needed_from.empty())
        said.push_back(text("blockers.needed_from", {{"from", UserText{blocker.needed_from}}}));
    if (blocker.needed_by)
        said.push_back(text("blockers.needed_by", {{"date", *blocker.needed_by}}));
    if (!blocker.ask.empty())
        said.push_back(text("blockers.wanted", {{"ask", UserText{blocker.ask}}}));
    if (blocker.helper)
        said.push_back(text("blockers.with", {{"helper", person(*blocker.helper, board.names)}}));
    return sentences(said);
}

Text open_line(const RunBoard& board, const Blocker& blocker) {
    TextList said{about("blockers.open", blocker)};
    if (blocker.helper)
        said.push_back(text("blockers.with", {{"helper", person(*blocker.helper, board.names)}}));
    if (blocker.needed_by)
        said.push_back(text("blockers.needed_by", {{"date", *blocker.needed_by}}));
    return sentences(said);
}

std::optional<int> number_of(const RunBoard& board, std::optional<BlockerId> id) {
    for (const auto* list : {&board.open_blockers, &board.ended_blockers})
        for (const auto& blocker : *list)
            if (id == blocker.id && !blocker.only_delivery_manager) return blocker.number;
    return std::nullopt;
}

// ---- one person's answers

Text heading_of(const Round& round, const NamedPerson& person) {
    return round.phase == Phase::late ? text("plan.heading_late", {{"person", person}})
                                      : text("plan.heading", {{"person", person}});
}

Text plan_label(const Question& question, const Answer& answer) {
    if (answer.source == AnswerSource::same_plan && question.key == "today")
        return text("label.today_same");
    return short_label(question);
}

Facts answers_of(const RunBoard& board, RoundId round) {
    Facts facts;
    const auto answers = board.answers.find(round);
    if (answers == board.answers.end()) return facts;
    for (const auto& question : board.run.questions) {
        const auto* answer = answer_to(answers->second, question.key);
        const bool is_blocker = question.kind == Question::Kind::blocker;
        if (is_blocker || answer == nullptr || !says_something(question, *answer)) continue;
        facts.rows.emplace_back(plan_label(question, *answer), answer_text(question, *answer));
    }
    return facts;
}

}  // namespace

// The denominator is everyone who was asked or will be; whoever chose Not today was asked, and
// nobody can tell.
Composed summary(const RunBoard& board, const Reader& channel, Instant now) {
    const bool anything_yet = std::ranges::any_of(board.rounds, [](const Round& round) {
        return round.answered_at.has_value();
    });
    if (board.run.state == RunState::open && !anything_yet) return Pointless{"no_answer_yet"};

    const bool nobody = board.run.state != RunState::open && counted(board).answered == 0;
    const auto gap = gap_line(board);
    TextList counts{counts_of(board, channel, now)};
    if (nobody) counts.push_back(open_numbers(blockers_of(board, now)));

    Message message{channel, {}, {Heading{title_of(board, channel)}, Paragraph{sentences(counts)}}};
    TextList rest;
    if (!nobody) rest.push_back(blockers_counted(board, now));
    if (auto where = where_plans_are(board)) rest.push_back(*where);
    if (!rest.empty()) message.blocks.push_back(Paragraph{sentences(rest)});
    if (auto silent = silent_line(board, now)) message.blocks.push_back(Paragraph{*silent});
    if (gap) message.blocks.push_back(Paragraph{*gap});
    if (!nobody) counts.push_back(blockers_counted(board, now));
    if (gap) counts.push_back(*gap);
    message.notification = text(
        "summary.notification",
        with(names_of(board.roster.team, board.run), {{"counts", several(sentences(counts))}})
    );
    return message;
}

Composed mirror_note(const RunBoard& board, const Reader& channel, const std::string& platform) {
    if (board.roster.channels.size() < 2) return Pointless{"one_channel"};
    return note(
        channel, text("thread.mirror_note", {{"platform", TextList{text("platform." + platform)}}})
    );
}

Composed plan(const RunBoard& board, RoundId id, const Reader& channel) {
    const auto round = std::ranges::find(board.rounds, id, &Round::id);
    if (round == board.rounds.end() || board.run.names_hidden || !has_answered(*round))
        return Pointless{"nothing_to_show"};
    auto facts = answers_of(board, id);
    if (facts.rows.empty()) return Pointless{"nothing_to_show"};

    const auto found = board.names.find(round->person);
    const auto* member = board.roster.member(round->person);
    const auto known_as = found != board.names.end() ? found->second : std::string{};
    const NamedPerson who{round->person, member ? member->person.name : known_as};
    const auto first = facts.rows.front();
    return Message{
        .reader = channel,
        .notification = text(
            "plan.notification",
            {{"person", who}, {"label", several(first.first)}, {"answer", several(first.second)}}
        ),
        .blocks = {Heading{heading_of(*round, who)}, std::move(facts)},
        .edited = round->edited_at.has_value(),
    };
}

// Question by question, each in an order of its own, so that answers of one person cannot be put
// together. Late ones are left out: whatever is added alone shows whose it is.
Composed hidden_plans(const RunBoard& board, const Reader& channel, IdSource& ids) {
    constexpr std::size_t fewest = 4;
    if (!board.run.names_hidden) return Pointless{"names_shown"};
    if (board.run.state != RunState::closed) return Pointless{"not_closed"};

    Message message{
        channel, text("hidden.notification", names_of(board.roster.team, board.run)), {}};
    message.blocks.push_back(Heading{text("hidden.heading")});
    for (const auto& question : board.run.questions) {
        if (question.kind == Question::Kind::blocker) continue;
        Items answers;
        for (const auto& round : board.rounds) {
            const auto given = board.answers.find(round.id);
            if (round.phase != Phase::answered || given == board.answers.end()) continue;
            const auto* answer = answer_to(given->second, question.key);
            if (answer && says_something(question, *answer))
                answers.items.push_back(answer_text(question, *answer));
        }
        if (answers.items.size() < fewest) continue;
        for (auto left = answers.items.size(); left > 1; --left)
            std::swap(answers.items[left - 1], answers.items[ids.next_number() % left]);
        message.blocks.push_back(Paragraph{question_text(question, std::nullopt)});
        message.blocks.push_back(std::move(answers));
    }
    if (message.blocks.size() == 1) return Pointless{"fewer_than_four"};
    return message;
}

Composed new_blocker(
    const RunBoard& board, const Blocker& blocker, const Reader& channel, int revision, Instant now
) {
    if (blocker.state == BlockerState::withdrawn) return Pointless{"withdrawn"};
    if (!is_public(blocker, now)) return Pointless{"private"};
    switch (blocker.state) {
        case BlockerState::withdrawn: return Pointless{"withdrawn"};
        case BlockerState::cleared: return note(channel, about("blockers.cleared", blocker));
        case BlockerState::merged: {
            const auto root = number_of(board, blocker.root);
            if (!root) return Pointless{"merged"};
            auto same = about("blockers.same_as", blocker);
            same.arguments.emplace_back("root", std::int64_t{*root});
            return note(channel, same);
        }
        case BlockerState::open: break;
    }
    auto message = note(channel, full_line(board, blocker));
    if (!blocker.helper)
        message.blocks.push_back(Buttons{{button(blocker, Verb::help_with, revision, true)}});
    return message;
}

Composed open_blockers(const RunBoard& board, const Reader& channel, Instant now) {
    const auto blockers = blockers_of(board, now);
    Items lines;
    // What is new today has a message of its own, which says when it is cleared.
    for (const auto& blocker : blockers.cleared)
        if (!raised_in(board, blocker)) lines.items.push_back(about("blockers.cleared", blocker));
    for (const auto& blocker : blockers.open)
        if (!raised_in(board, blocker)) lines.items.push_back(open_line(board, blocker));
    if (lines.items.empty()) return Pointless{"no_blockers"};
    return Message{
        channel, blocker_counts(blockers), {Heading{text("blockers.heading")}, std::move(lines)}};
}

Composed not_working(const RunBoard& board, const Reader& channel, Instant) {
    auto names = names_in(board, {Phase::away, Phase::not_expected});
    if (names.empty()) return Pointless{"everybody_works"};
    return note(channel, text("thread.not_working", {{"names", std::move(names)}}));
}

namespace words {

Text counts_of(const RunBoard& board, const Reader& reader, Instant now) {
    TextList counts{count_line(board, reader)};
    const auto due = still_due(board, now);
    if (board.run.state != RunState::open && due.people > 0)
        counts.push_back(due_line(due, board, reader));
    return sentences(counts);
}

Text blockers_counted(const RunBoard& board, Instant now) {
    return blocker_counts(blockers_of(board, now));
}

TextList names_in(const RunBoard& board, const std::vector<Phase>& phases) {
    std::vector<NamedPerson> people;
    for (const auto& round : board.rounds) {
        const bool is_one = std::ranges::find(phases, round.phase) != phases.end();
        const auto* member = board.roster.member(round.person);
        if (is_one && member) people.push_back({round.person, member->person.name});
    }
    std::ranges::sort(people, {}, &NamedPerson::name);
    TextList names;
    for (const auto& person : people)
        names.push_back(text("person.name", {{"person", person}}));
    return names;
}

}  // namespace words

}  // namespace muster::standup
