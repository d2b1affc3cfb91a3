#include <algorithm>

#include "bot/app/acting.hpp"
#include "bot/app/acts.hpp"
#include "bot/app/plain_replies.hpp"
#include "bot/domain/absence.hpp"
#include "bot/domain/standup.hpp"

namespace muster {
namespace {

// What the thread of a reply says of the round that it is meant for.
struct NoThread {};  // said outside threads, or below a message of no round

struct RoundIsOver {};

struct NotOurs {};  // below a channel's message: people talk to each other there

using MeantByThread = std::variant<NoThread, Turn, RoundIsOver, NotOurs>;

MeantByThread turn_of_thread(
    Acting& acting, const Said& said, const std::vector<Turn>& answerable
) {
    if (!said.thread) return NoThread{};
    auto delivery = acting.view.delivery_by_message(acting.inbound.connection, *said.thread);
    if (!delivery) return NoThread{};
    const auto* person = std::get_if<PersonId>(&delivery->key.recipient);
    if (!person || *person != acting.person.id) return NotOurs{};
    switch (delivery->key.purpose) {
        case Purpose::prompt:
        case Purpose::receipt:
        case Purpose::reminder: break;
        default: return NoThread{};
    }
    for (const auto& turn : answerable)
        if (turn.round.id.value == delivery->key.subject) return turn;
    return RoundIsOver{};
}

Typist typist_of(Acting& acting, const std::vector<Turn>& turns, const CalendarBook& calendars) {
    Typist typist;
    typist.today = local_date(acting.person.zone, acting.now);
    typist.pattern =
        work_pattern(acting.person, acting.view.absences_of(acting.person.id), calendars);
    for (const auto& turn : turns)
        for (const auto& question : turn.run.questions)
            if (!question.letter.empty()) typist.letters.push_back(question.letter);
    for (const auto& team : acting.teams())
        typist.teams.push_back(team.name);
    auto drafts = acting.view.drafts_of(acting.person.id);
    typist.dates_wait = std::ranges::any_of(drafts, absence::are_proposed, &Draft::kind);
    return typist;
}

std::optional<PlannedRun> next_for(Acting& acting) {
    std::optional<PlannedRun> next;
    for (const auto& roster : acting.rosters()) {
        const auto* member = roster.member(acting.person.id);
        if (!member || member->standing != Standing::participant) continue;
        for (const auto& ceremony : roster.ceremonies) {
            auto planned = acting.view.planned_run(ceremony.id);
            auto opens = standup::next_window(roster, ceremony, acting.person, acting.now);
            if (!planned || !opens || (next && next->opens_at <= *opens)) continue;
            next = planned;
            next->opens_at = *opens;  // with this person's window, not the first member's
        }
    }
    return next;
}

struct NoRound {};

// More than one: the person says which.
struct OneOf {
    std::vector<Turn> turns;
};

using RoundMeant = std::variant<Turn, OneOf, NoRound, RoundIsOver>;

// The round of its thread, else the one whose window is open, else the one that may still be
// answered late.
RoundMeant round_meant(const Acting& acting, const MeantByThread& thread, std::vector<Turn> turns) {
    if (const auto* turn = std::get_if<Turn>(&thread)) return *turn;
    if (std::holds_alternative<RoundIsOver>(thread)) return RoundIsOver{};
    auto is_open = [&](const Turn& turn) { return is_in_window(turn, acting.now); };
    if (std::ranges::any_of(turns, is_open))
        std::erase_if(turns, [&](const Turn& turn) { return !is_open(turn); });
    if (turns.empty()) return NoRound{};
    if (turns.size() > 1) return OneOf{std::move(turns)};
    return turns.front();
}

Decision keep_loose(Acting& acting, const Said& said) {
    return standup::keep_loose_line(acting.person, said, next_for(acting), acting.now, acting.ids);
}

// An answer to the round that is meant; `unasked` decides when nothing can be answered.
template <class Unasked>
Decision answer(Acting& acting, const Said& said, const RoundMeant& meant, Unasked unasked) {
    if (const auto* turn = std::get_if<Turn>(&meant))
        return standup::on_message(*turn, said, acting.said(), acting.now, acting.ids);
    if (const auto* several = std::get_if<OneOf>(&meant))
        return standup::ask_which_round(
            acting.person, several->turns, said, acting.now, acting.ids
        );
    if (std::holds_alternative<RoundIsOver>(meant))
        return standup::keep_overdue_line(acting.person, said, acting.now, acting.ids);
    return unasked();
}

Decision answer(Acting& acting, const Said& said, const RoundMeant& meant) {
    return answer(acting, said, meant, [&] { return keep_loose(acting, said); });
}

// Nothing can be answered: blockers are raised all the same, the rest waits.
Decision keep_letters(
    Acting& acting, const Said& said, const std::vector<command::AnswerLine>& lines
) {
    Decision all;
    std::string rest;
    for (const auto& line : lines) {
        if (line.letter == "b")
            append(all, carry_out(acting, command::RaiseBlocker{line.text}));
        else
            rest += (rest.empty() ? "" : "\n") + line.letter + ": " + line.text;
    }
    if (!rest.empty()) append(all, keep_loose(acting, Said{rest, said.message, said.thread}));
    return all;
}

// "y: fixed the form" above "t: test it": each replaces its answer.
Decision answer_letters(
    Acting& acting,
    const Said& said,
    const std::vector<command::AnswerLine>& lines,
    const RoundMeant& meant
) {
    return answer(acting, said, meant, [&] { return keep_letters(acting, said, lines); });
}

// The typed line that a draft keeps was changed.
std::optional<Draft> draft_of_message(Acting& acting, const std::string& message) {
    for (const auto& draft : acting.view.drafts_of(acting.person.id))
        if (draft.message == message) return draft;
    return std::nullopt;
}

// Platforms keep no order (spec/reliability.md F22): what was typed later, or deleted, wins over a
// line that comes late.
bool is_overtaken(Acting& acting, const std::string& message) {
    if (message.empty()) return false;
    auto answer = acting.view.answer_by_message(acting.person.id, message);
    if (answer && answer->said_at >= acting.said_at()) return true;
    for (const auto& blocker : acting.view.blockers_by_message(acting.person.id, message))
        if (blocker.said_at >= acting.said_at()) return true;
    auto draft = draft_of_message(acting, message);
    if (!draft) return false;
    return draft->kind == DraftKind::withdrawn_line || draft->said_at >= acting.said_at();
}

Decision edit_answer(Acting& acting, const Edited& edited, const Answer& answer) {
    auto words = Said{edited.text, answer.message, std::nullopt};
    return in_own_round(acting, answer.round.value, Takes::corrections, [&](const Turn& turn) {
        return standup::on_message_edited(turn, words, acting.said(), acting.now, acting.ids);
    });
}

bool has_ended(const Blocker& blocker) {
    return blocker.state == BlockerState::cleared || blocker.state == BlockerState::merged;
}

// A line that holds no answer, or no answer any more, raised these blockers; "" = it was deleted.
std::optional<Decision> edit_raised(
    Acting& acting, const std::string& message, const std::string& words
) {
    auto raised = acting.view.blockers_by_message(acting.person.id, message);
    if (raised.empty()) return std::nullopt;
    auto about_first = raised.front();
    auto ended = std::ranges::find_if(raised, has_ended);
    auto open = raised;
    std::erase_if(open, [](const Blocker& one) { return one.state != BlockerState::open; });
    if (open.empty() && ended != raised.end())
        return acting.say(text(
            "blocker.already_ended",
            {{"number", std::int64_t{ended->number}}, {"title", UserText{ended->title}}}
        ));
    if (open.empty() && words.empty()) return Decision{};  // taken back before
    if (about_first.round) {
        auto edited = Said{words, message, std::nullopt};
        auto edit = [&](const Turn& turn) {
            return standup::on_message_edited(turn, edited, acting.said(), acting.now, acting.ids);
        };
        return in_own_round(acting, about_first.round->value, Takes::answers, edit);
    }
    auto setting = acting.setting(about_first.team);
    if (!setting) return acting.say(text("blocker.no_team"));
    setting->message = message;
    return blocker_case::edit(*setting, open, words, std::nullopt, acting.now, acting.ids);
}

// A line that was added to a plan was changed, or removed.
Decision edit_added(Acting& acting, const Draft& draft, const std::string& words) {
    auto round = draft.round.value_or(RoundId{}).value;
    return in_own_round(acting, round, Takes::corrections, [&](const Turn& turn) {
        return standup::on_added_edited(turn, draft, words, acting.now, acting.ids);
    });
}

// A line that was taken, and was no answer, needs no watching. Nobody deletes this many lines that
// are still on their way.
bool may_still_come(Acting& acting, const std::string& message) {
    constexpr auto most_awaited = 50;
    if (acting.view.is_key_known(acting.inbound.connection, key_of_line(message))) return false;
    auto drafts = acting.view.drafts_of(acting.person.id);
    return std::ranges::count(drafts, DraftKind::withdrawn_line, &Draft::kind) < most_awaited;
}

}  // namespace

Decision act_on_line(Acting& acting, const Said& said) {
    auto answerable = acting.answerable();
    auto thread = turn_of_thread(acting, said, answerable);
    if (std::holds_alternative<NotOurs>(thread)) return {};
    if (is_overtaken(acting, said.message)) return {};
    auto calendars = acting.view.calendars();
    auto typist = typist_of(acting, answerable, *calendars);
    if (auto chosen = take_numbered(acting, said, answerable)) return *chosen;
    auto meant = round_meant(acting, thread, std::move(answerable));
    auto lines = answers_in(said.text, typist);
    if (!lines.empty()) return answer_letters(acting, said, lines, meant);
    if (auto command = command_in_line(said.text, typist)) return carry_out(acting, *command);
    if (auto slip = slip_in_line(said.text, typist)) return acting.say(slip->explanation);
    return answer(acting, said, meant);
}

Decision act_on_edit(Acting& acting, const Edited& edited) {
    if (is_overtaken(acting, edited.message)) return {};
    if (auto answer = acting.view.answer_by_message(acting.person.id, edited.message))
        return edit_answer(acting, edited, *answer);
    if (auto draft = draft_of_message(acting, edited.message)) {
        if (draft->kind == DraftKind::added) return edit_added(acting, *draft, edited.text);
        return standup::on_kept_edited(std::move(*draft), edited.text);
    }
    if (auto decision = edit_raised(acting, edited.message, edited.text)) return *decision;
    // Its line has not arrived, or was no answer: what it says now counts. A command is not carried
    // out twice.
    auto calendars = acting.view.calendars();
    auto typist = typist_of(acting, acting.answerable(), *calendars);
    auto lines = answers_in(edited.text, typist);
    auto raises = std::ranges::any_of(lines, [](const auto& line) { return line.letter == "b"; });
    if (raises || command_in_line(edited.text, typist)) return {};
    return act_on_line(acting, Said{edited.text, edited.message, edited.thread});
}

Decision act_on_deletion(Acting& acting, const Deleted& deleted) {
    if (auto answer = acting.view.answer_by_message(acting.person.id, deleted.message)) {
        auto take_back = [&](const Turn& turn) {
            return standup::on_message_deleted(turn, deleted.message, acting.now, acting.ids);
        };
        return in_own_round(acting, answer->round.value, Takes::corrections, take_back);
    }
    if (auto draft = draft_of_message(acting, deleted.message)) {
        if (draft->kind == DraftKind::added) return edit_added(acting, *draft, "");
        return standup::on_kept_deleted(acting.person, *draft);
    }
    if (auto decision = edit_raised(acting, deleted.message, "")) return *decision;
    if (!may_still_come(acting, deleted.message)) return {};
    return standup::expect_no_line(acting.person, deleted.message, acting.now, acting.ids);
}

Decision act_on_command(Acting& acting, const Commanded& commanded) {
    auto calendars = acting.view.calendars();
    auto answerable = acting.answerable();
    auto parsed = parse_command(commanded.text, typist_of(acting, answerable, *calendars));
    if (const auto* unknown = std::get_if<NotUnderstood>(&parsed))
        return acting.say(unknown->explanation);
    if (const auto* line = std::get_if<command::AnswerLine>(&parsed)) {
        if (line->text.empty()) return acting.say(text("line.empty"));
        auto said = Said{line->letter + ": " + line->text, "", {}};
        auto meant = round_meant(acting, NoThread{}, std::move(answerable));
        return answer_letters(acting, said, {*line}, meant);
    }
    return carry_out(acting, std::get<Command>(parsed));
}

}  // namespace muster
