#include <algorithm>

#include "bot/app/acting.hpp"
#include "bot/app/plain_replies.hpp"
#include "bot/domain/standup.hpp"

namespace muster {
namespace {

// The round that a reply in one of our threads belongs to.
std::optional<Turn> turn_of_thread(Acting& acting, const Said& said) {
    if (!said.thread) return std::nullopt;
    auto delivery = acting.view.delivery_by_message(acting.inbound.connection, *said.thread);
    if (!delivery) return std::nullopt;
    switch (delivery->key.purpose) {
        case Purpose::prompt:
        case Purpose::receipt:
        case Purpose::reminder: return acting.own_turn(delivery->key.subject);
        default: return std::nullopt;
    }
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
    typist.dates_wait = std::ranges::find(drafts, DraftKind::absence, &Draft::kind) != drafts.end();
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

// A reply under a card whose round takes no more answers: nothing else is meant by it, so nothing
// else is changed.
Decision keep_overdue_reply(Acting& acting, const Said& said) {
    auto decision =
        standup::keep_loose_line(acting.person, said, std::nullopt, acting.now, acting.ids);
    decision.reply = standup::say(acting.person, text("form.kept_as_draft"));
    return decision;
}

bool is_among(const std::vector<Turn>& turns, RoundId round) {
    return std::ranges::any_of(turns, [&](const Turn& turn) { return turn.round.id == round; });
}

// An answer: to the round of its thread, else to the one whose window is open, else to the one that
// may still be answered late. Where that is more than one, the person says which.
Decision answer(Acting& acting, const Said& said, const std::vector<Turn>& answerable) {
    if (auto turn = turn_of_thread(acting, said)) {
        if (!is_among(answerable, turn->round.id)) return keep_overdue_reply(acting, said);
        return standup::on_message(*turn, said, acting.now, acting.ids);
    }
    auto turns = answerable;
    auto is_open = [&](const Turn& turn) { return is_in_window(turn, acting.now); };
    if (std::ranges::any_of(turns, is_open))
        std::erase_if(turns, [&](const Turn& turn) { return !is_open(turn); });
    if (turns.empty())
        return standup::keep_loose_line(
            acting.person, said, next_for(acting), acting.now, acting.ids
        );
    if (turns.size() > 1)
        return standup::ask_which_round(acting.person, turns, said, acting.now, acting.ids);
    return standup::on_message(turns.front(), said, acting.now, acting.ids);
}

// The round that lines with letters belong to; when that is more than one, which is for the person
// to say.
std::optional<Turn> turn_of_letters(
    Acting& acting, const Said& said, const std::vector<Turn>& answerable
) {
    if (auto turn = turn_of_thread(acting, said)) return turn;
    auto open = acting.in_window();
    const auto& turns = open.empty() ? answerable : open;
    if (turns.size() != 1) return std::nullopt;
    return turns.front();
}

// "y: fixed the form" above "t: test it": each replaces its answer.
Decision answer_letters(
    Acting& acting,
    const Said& said,
    const std::vector<command::AnswerLine>& lines,
    const std::vector<Turn>& answerable
) {
    auto turn = turn_of_letters(acting, said, answerable);
    if (turn && !is_among(answerable, turn->round.id)) return keep_overdue_reply(acting, said);
    if (!turn && answerable.size() > 1)
        return standup::ask_which_round(acting.person, answerable, said, acting.now, acting.ids);
    if (turn) return standup::on_message(*turn, said, acting.now, acting.ids);

    // Nothing can be answered: blockers are raised all the same, the rest waits.
    Decision all;
    std::string rest;
    for (const auto& line : lines) {
        if (line.letter == "b")
            append(all, carry_out(acting, command::RaiseBlocker{line.text}));
        else
            rest += (rest.empty() ? "" : "\n") + line.letter + ": " + line.text;
    }
    if (!rest.empty()) {
        auto waiting = Said{rest, said.message, said.thread};
        append(
            all,
            standup::keep_loose_line(
                acting.person, waiting, next_for(acting), acting.now, acting.ids
            )
        );
    }
    return all;
}

// The typed line that a draft keeps was changed.
std::optional<Draft> draft_of_message(Acting& acting, const std::string& message) {
    for (const auto& draft : acting.view.drafts_of(acting.person.id))
        if (draft.message == message) return draft;
    return std::nullopt;
}

std::optional<Turn> turn_to_edit(Acting& acting, const Answer& answer) {
    auto turn = acting.own_turn(answer.round.value);
    if (!turn || !turn->newest) return std::nullopt;
    return turn;
}

// Answers and blockers remember when the platform says their line was typed or edited.
Decision stamped(Decision decision, const std::string& message, Instant said_at) {
    for (auto& change : decision.changes) {
        if (auto* answer = std::get_if<Answer>(&change); answer && answer->message == message)
            answer->said_at = said_at;
        if (auto* blocker = std::get_if<Blocker>(&change); blocker && blocker->message == message)
            blocker->said_at = said_at;
    }
    return decision;
}

// Platforms keep no order (spec/reliability.md F22): what was typed later, or deleted, wins over a
// line that comes late.
bool is_overtaken(Acting& acting, const std::string& message) {
    if (message.empty()) return false;
    auto answer = acting.view.answer_by_message(acting.person.id, message);
    if (answer && answer->said_at >= acting.inbound.sent_at) return true;
    for (const auto& blocker : acting.view.blockers_by_message(acting.person.id, message))
        if (blocker.said_at >= acting.inbound.sent_at) return true;
    auto draft = draft_of_message(acting, message);
    return draft && draft->kind == DraftKind::withdrawn_line;
}

Decision edit_answer(Acting& acting, const Edited& edited, const Answer& answer) {
    auto turn = turn_to_edit(acting, answer);
    if (!turn) return acting.say(text("stale.round_is_over"));
    return standup::on_message_edited(*turn, answer.message, edited.text, acting.now, acting.ids);
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
        auto turn = acting.own_turn(about_first.round->value);
        if (!turn || !turn->newest || turn->left) return acting.say(text("stale.round_is_over"));
        return standup::on_message_edited(*turn, message, words, acting.now, acting.ids);
    }
    auto setting = acting.setting(about_first.team);
    if (!setting) return acting.say(text("blocker.no_team"));
    setting->message = message;
    return blocker_case::edit(*setting, open, words, std::nullopt, acting.now, acting.ids);
}

// A line that was added to a plan was changed, or removed.
Decision edit_added(Acting& acting, const Draft& draft, const std::string& words) {
    auto turn = draft.round ? acting.own_turn(draft.round->value) : std::nullopt;
    if (!turn || !turn->newest || turn->left) return acting.say(text("stale.round_is_over"));
    return standup::on_added_edited(*turn, draft, words, acting.now, acting.ids);
}

}  // namespace

Decision act_on_line(Acting& acting, const Said& said) {
    if (is_overtaken(acting, said.message)) return {};
    auto answerable = acting.answerable();
    auto calendars = acting.view.calendars();
    auto typist = typist_of(acting, answerable, *calendars);
    auto at = acting.inbound.sent_at;
    if (auto chosen = take_numbered(acting, said)) return *chosen;
    auto lines = answers_in(said.text, typist);
    if (!lines.empty())
        return stamped(answer_letters(acting, said, lines, answerable), said.message, at);
    if (auto command = command_in_line(said.text, typist))
        return stamped(carry_out(acting, *command), said.message, at);
    if (auto slip = slip_in_line(said.text, typist)) return acting.say(slip->explanation);
    return stamped(answer(acting, said, answerable), said.message, at);
}

Decision act_on_edit(Acting& acting, const Edited& edited) {
    if (is_overtaken(acting, edited.message)) return {};
    auto at = acting.inbound.sent_at;
    if (auto answer = acting.view.answer_by_message(acting.person.id, edited.message))
        return stamped(edit_answer(acting, edited, *answer), edited.message, at);
    if (auto draft = draft_of_message(acting, edited.message)) {
        if (draft->kind == DraftKind::added) return edit_added(acting, *draft, edited.text);
        draft->text = edited.text;
        return Decision{.changes = {*draft}};
    }
    if (auto decision = edit_raised(acting, edited.message, edited.text))
        return stamped(std::move(*decision), edited.message, at);
    // Its line has not arrived, or was no answer: what it says now counts. A command is not carried
    // out twice.
    auto calendars = acting.view.calendars();
    auto typist = typist_of(acting, acting.answerable(), *calendars);
    auto lines = answers_in(edited.text, typist);
    auto raises = std::ranges::any_of(lines, [](const auto& line) { return line.letter == "b"; });
    if (raises || command_in_line(edited.text, typist)) return {};
    return act_on_line(acting, Said{edited.text, edited.message, std::nullopt});
}

Decision act_on_deletion(Acting& acting, const Deleted& deleted) {
    if (auto answer = acting.view.answer_by_message(acting.person.id, deleted.message)) {
        auto turn = turn_to_edit(acting, *answer);
        if (!turn) return acting.say(text("stale.round_is_over"));
        auto decision = standup::on_message_deleted(*turn, deleted.message, acting.now, acting.ids);
        return stamped(std::move(decision), deleted.message, acting.inbound.sent_at);
    }
    if (auto draft = draft_of_message(acting, deleted.message)) {
        if (draft->kind == DraftKind::added) return edit_added(acting, *draft, "");
        auto decision = standup::forget_draft(acting.person, *draft);
        decision.reply = NoReply{};
        return decision;
    }
    if (auto decision = edit_raised(acting, deleted.message, ""))
        return stamped(std::move(*decision), deleted.message, acting.inbound.sent_at);
    return standup::expect_no_line(acting.person, deleted.message, acting.now, acting.ids);
}

Decision act_on_command(Acting& acting, const Commanded& commanded) {
    auto calendars = acting.view.calendars();
    auto parsed = parse_command(commanded.text, typist_of(acting, acting.answerable(), *calendars));
    if (const auto* unknown = std::get_if<NotUnderstood>(&parsed))
        return acting.say(unknown->explanation);
    const auto& command = std::get<Command>(parsed);
    if (const auto* line = std::get_if<command::AnswerLine>(&command)) {
        if (line->text.empty()) return acting.say(text("line.empty"));
        auto said = Said{line->letter + ": " + line->text, "", {}};
        return answer_letters(acting, said, {*line}, acting.answerable());
    }
    return carry_out(acting, command);
}

}  // namespace muster
