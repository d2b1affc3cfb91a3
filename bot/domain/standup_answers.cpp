#include <algorithm>

#include "bot/domain/blocker_case.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/standup.hpp"

namespace muster::standup {
namespace {

std::string trimmed(const std::string& words) {
    constexpr auto white = " \t\r\n";
    auto from = words.find_first_not_of(white);
    if (from == std::string::npos) return "";
    return words.substr(from, words.find_last_not_of(white) - from + 1);
}

const Answer* answer_to(const Turn& turn, const std::string& question) {
    auto answer = std::ranges::find(turn.answers, question, &Answer::question);
    return answer == turn.answers.end() ? nullptr : &*answer;
}

const Question* question_of(const Run& run, const std::string& key) {
    auto question = std::ranges::find(run.questions, key, &Question::key);
    return question == run.questions.end() ? nullptr : &*question;
}

// The round after something was answered in it.
Round answered(const Turn& turn, Instant now) {
    auto round = turn.round;
    if (round.answered_at) {
        round.edited_at = now;
        return round;
    }
    auto is_late = round.closes_at && now > *round.closes_at + late_grace;
    round.phase = is_late ? Phase::late : Phase::answered;
    round.answered_at = now;
    round.not_asked = NotAsked::none;
    round.reason.clear();
    round.snoozed_until.reset();
    return round;
}

struct Given {
    std::string question;
    std::string words;
    AnswerSource source;
    std::string message;
};

// Saves what was given and lets cards, summary and thread follow. The round is passed on changed.
Decision save(
    const Turn& turn, Round round, const std::vector<Given>& given, Instant now, IdSource& ids
) {
    Decision decision;
    for (const auto& answer : given) {
        const auto* before = answer_to(turn, answer.question);
        if (answer.words.empty() && !before) continue;
        Answer row{
            round.id,
            answer.question,
            answer.words,
            now,
            answer.source,
            answer.message,
            answer.words.empty()};
        if (row.withdrawn) row.text = before->text;
        decision.changes.push_back(row);
    }
    decision.changes.push_back(round);
    decision.timers = {
        CancelTimer{TimerKind::ask, round.id.value},
        CancelTimer{TimerKind::remind, round.id.value}};
    decision.events = {
        {"round.answered", round.id.value, turn.person.id, {{"phase", name(round.phase)}}}};
    for (const auto& answer : given)
        decision.events.push_back(
            {"answer.saved",
             round.id.value,
             turn.person.id,
             {{"question", answer.question}, {"text", answer.words}}}
        );
    refresh(decision, turn, round, now, ids);
    return decision;
}

// A new "Saved" message: the answer to a typed line.
void acknowledge(Decision& decision, const Turn& turn, Instant now, IdSource& ids) {
    for (auto& change : decision.changes) {
        auto* round = std::get_if<Round>(&change);
        if (!round || round->id != turn.round.id) continue;
        auto key = to_person(Purpose::receipt, round->id.value, round->person, round->receipts);
        round->receipts += 1;
        decision.deliveries.push_back(tell(key, now, ids));
    }
}

Draft new_draft(
    const Person& person, DraftKind kind, const Said& said, Instant now, IdSource& ids
) {
    Draft draft;
    draft.id = ids.next<DraftId>();
    draft.person = person.id;
    draft.kind = kind;
    draft.text = trimmed(said.text);
    draft.message = said.message;
    draft.expires_at = now + draft_life;
    return draft;
}

Decision keep(const Draft& draft) {
    Decision decision;
    decision.changes = {draft};
    decision.timers = {SetTimer{TimerKind::drop_draft, draft.id.value, draft.expires_at}};
    decision.events = {{"draft.kept", draft.id.value, draft.person, {}}};
    return decision;
}

void offer(Message& message, std::vector<Button> buttons) {
    message.blocks.push_back(Buttons{std::move(buttons)});
}

Button button(
    Verb verb, std::int64_t subject, const char* key, std::int64_t extra = 0, bool primary = false
) {
    return {verb, subject, extra, 0, text(key), text(key), primary};
}

// Today is answered already: the line is kept, and the person says what it was meant as.
Decision offer_second_line(const Turn& turn, const Said& said, Instant now, IdSource& ids) {
    auto draft = new_draft(turn.person, DraftKind::extra, said, now, ids);
    draft.round = turn.round.id;
    auto decision = keep(draft);
    auto message = note(
        reader_of(turn.person), text("draft.today_is_answered", {{"line", UserText{draft.text}}})
    );
    offer(
        message,
        {button(Verb::add_to_plan, draft.id.value, "button.add_to_plan", 0, true),
         button(Verb::replace_plan, draft.id.value, "button.replace_plan"),
         button(Verb::leave_draft, draft.id.value, "button.leave_draft")}
    );
    decision.reply = Say{message};
    return decision;
}

// ---- plain mode: one question per message, in order

std::optional<NoteKind> row_choice(const std::string& reply) {
    if (reply == "1") return NoteKind::still;
    if (reply == "2") return NoteKind::moving;
    return std::nullopt;
}

const Blocker* own_blocker(const Turn& turn, BlockerId id) {
    auto blocker = std::ranges::find(turn.own_blockers, id, &Blocker::id);
    return blocker == turn.own_blockers.end() ? nullptr : &*blocker;
}

void advance(Decision& decision, const Turn& turn) {
    for (auto& change : decision.changes)
        if (auto* round = std::get_if<Round>(&change); round && round->id == turn.round.id)
            round->step += 1;
}

Decision row_answer(
    const Turn& turn, const Blocker& blocker, const std::string& choice, Instant now, IdSource& ids
) {
    auto setting = blocker_case::setting_of(turn);
    if (choice == "cleared" || choice == "3")
        return blocker_case::clear(setting, blocker, now, ids);
    auto kind = choice == "moving" || choice == "2" ? NoteKind::moving : NoteKind::still;
    return blocker_case::note(setting, blocker, kind, "", now, ids);
}

// The words that a numbered reply stands for; none when the number is not on the list.
std::optional<std::string> chosen(const Question& question, const std::string& reply) {
    auto labels = question.choices;
    if (question.kind == Question::Kind::yes_no) labels = {"yes", "no"};
    if (question.kind == Question::Kind::scale && labels.empty())
        labels = {"1", "2", "3", "4", "5"};
    if (labels.empty()) return reply;
    for (std::size_t index = 0; index < labels.size(); ++index)
        if (reply == std::to_string(index + 1) || same_words(reply, labels[index]))
            return labels[index];
    return std::nullopt;
}

Decision on_plain_line(const Turn& turn, const Said& said, Instant now, IdSource& ids);

}  // namespace

Decision on_line(const Turn& turn, const Said& said, Instant now, IdSource& ids) {
    auto words = trimmed(said.text);
    if (words.empty()) return Decision{.reply = say(turn.person, text("line.empty"))};
    if (turn.person.plain && static_cast<std::size_t>(turn.round.step) < plain_steps(turn).size())
        return on_plain_line(turn, said, now, ids);

    const auto* question = plan_question(turn.run);
    if (!question || answer_to(turn, question->key)) return offer_second_line(turn, said, now, ids);

    auto decision = save(
        turn,
        answered(turn, now),
        {{question->key, words, AnswerSource::line, said.message}},
        now,
        ids
    );
    acknowledge(decision, turn, now, ids);
    return decision;
}

namespace {

Decision on_plain_line(const Turn& turn, const Said& said, Instant now, IdSource& ids) {
    auto words = trimmed(said.text);
    auto steps = plain_steps(turn);
    const auto& step = steps[static_cast<std::size_t>(turn.round.step)];
    if (const auto* row = std::get_if<BlockerId>(&step)) {
        const auto* blocker = own_blocker(turn, *row);
        if (words != "3" && !row_choice(words))
            return Decision{.reply = say(turn.person, text("plain.reply_1_2_3"))};
        auto round = turn.round;
        Decision decision;
        decision.changes = {round};
        if (blocker) append(decision, row_answer(turn, *blocker, words, now, ids));
        advance(decision, turn);
        acknowledge(decision, turn, now, ids);
        return decision;
    }
    const auto& key = std::get<std::string>(step);
    const auto* question = question_of(turn.run, key);
    if (!question) return offer_second_line(turn, said, now, ids);
    auto value = chosen(*question, words);
    if (!value) return Decision{.reply = say(turn.person, text("plain.reply_with_number"))};

    auto decision = question->kind == Question::Kind::blocker
                        ? on_letter(turn, question->letter, words, said.message, now, ids)
                        : save(
                              turn,
                              answered(turn, now),
                              {{key, *value, AnswerSource::line, said.message}},
                              now,
                              ids
                          );
    advance(decision, turn);
    auto is_acknowledged = question->kind == Question::Kind::blocker &&
                           std::holds_alternative<NoReply>(decision.reply);
    if (!is_acknowledged) acknowledge(decision, turn, now, ids);
    return decision;
}

}  // namespace

Decision on_letter(
    const Turn& turn,
    const std::string& letter,
    const std::string& words,
    const std::string& message,
    Instant now,
    IdSource& ids
) {
    auto question = std::ranges::find(turn.run.questions, letter, &Question::letter);
    auto is_blocker = letter == "b" || (question != turn.run.questions.end() &&
                                        question->kind == Question::Kind::blocker);
    auto typed = trimmed(words);
    if (!is_blocker && question == turn.run.questions.end())
        return on_line(turn, Said{letter + ": " + words, message, std::nullopt}, now, ids);
    if (!is_blocker) {
        if (typed.empty()) return Decision{.reply = say(turn.person, text("line.empty"))};
        auto decision = save(
            turn,
            answered(turn, now),
            {{question->key, typed, AnswerSource::line, message}},
            now,
            ids
        );
        acknowledge(decision, turn, now, ids);
        return decision;
    }

    auto key = question == turn.run.questions.end() ? std::string{} : question->key;
    auto setting = blocker_case::setting_of(turn);
    auto raised = blocker_case::raise(setting, typed, turn.round.id, now, ids);
    std::vector<Given> given;
    if (!key.empty()) given = {{key, typed, AnswerSource::line, message}};
    auto decision = save(turn, answered(turn, now), given, now, ids);
    append(decision, std::move(raised.decision));
    for (const auto& blocker : setting.open)
        if (blocker.id == raised.blocker && !raised.again)
            decision.reply = Say{blocker_raised(blocker, raised.similar, reader_of(turn.person))};
    if (std::holds_alternative<NoReply>(decision.reply)) acknowledge(decision, turn, now, ids);
    return decision;
}

Decision on_edited(
    const Turn& turn, const Answer& answer, const std::string& words, Instant now, IdSource& ids
) {
    auto typed = trimmed(words);
    if (typed.empty()) return on_deleted(turn, answer, now, ids);
    if (typed == answer.text && !answer.withdrawn) return {};
    return save(
        turn,
        answered(turn, now),
        {{answer.question, typed, answer.source, answer.message}},
        now,
        ids
    );
}

// What remains decides whether the round still counts as answered.
Decision on_deleted(const Turn& turn, const Answer& answer, Instant now, IdSource& ids) {
    if (answer.withdrawn) return {};
    auto withdrawn = answer;
    withdrawn.withdrawn = true;
    auto round = turn.round;
    auto others = std::ranges::count_if(turn.answers, [&](const Answer& other) {
        return other.question != answer.question;
    });
    if (others > 0) {
        round.edited_at = now;
    } else {
        auto is_closed = round.closes_at && now >= *round.closes_at;
        round.phase = round.asked_at || round.prompts > 0
                          ? (is_closed ? Phase::silent : Phase::asked)
                          : Phase::not_asked;
        if (round.phase == Phase::not_asked) round.not_asked = NotAsked::too_late;
        if (!round.asked_at && round.phase == Phase::silent) {
            round.phase = Phase::not_asked;
            round.not_asked = NotAsked::downtime;
        }
        round.answered_at.reset();
        round.edited_at.reset();
    }
    Decision decision;
    decision.changes = {withdrawn, round};
    decision.events = {
        {"answer.withdrawn", round.id.value, turn.person.id, {{"question", answer.question}}}};
    if (others == 0 && round.phase == Phase::asked)
        decision.timers = {SetTimer{TimerKind::close_round, round.id.value, *round.closes_at}};
    auto entry_follows = round;
    entry_follows.answered_at = turn.round.answered_at;  // the thread entry must go, or change, too
    refresh(decision, turn, entry_follows, now, ids);
    return decision;
}

Decision remove_answer(const Turn& turn, Instant now, IdSource& ids) {
    const auto* question = plan_question(turn.run);
    const auto* answer = question ? answer_to(turn, question->key) : nullptr;
    if (!answer) return Decision{.reply = say(turn.person, text("answer.nothing_to_remove"))};
    auto decision = on_deleted(turn, *answer, now, ids);
    decision.reply = say(turn.person, text("answer.removed", {{"line", UserText{answer->text}}}));
    return decision;
}

Decision open_form(const Turn& turn, Instant now) {
    return Decision{.reply = OpenForm{answer_form(turn, 1, now)}};
}

Decision same_plan(const Turn& turn, Instant now, IdSource& ids) {
    const auto* question = plan_question(turn.run);
    if (question && answer_to(turn, question->key))
        return Decision{
            .reply =
                say(turn.person,
                    text("stale.already_answered", {{"at", *turn.round.answered_at}}))};
    if (!question || !turn.last_plan) return Decision{.reply = OpenForm{answer_form(turn, 1, now)}};
    return save(
        turn,
        answered(turn, now),
        {{question->key, turn.last_plan->text, AnswerSource::same_plan, ""}},
        now,
        ids
    );
}

Decision snooze(const Turn& turn, minutes length, Instant now, IdSource& ids) {
    auto round = turn.round;
    if (round.answered_at)
        return Decision{
            .reply =
                say(turn.person, text("stale.already_answered", {{"at", *round.answered_at}}))};
    if (round.phase != Phase::asked)
        return Decision{.reply = say(turn.person, text("snooze.nothing_open"))};
    auto until = std::min<Instant>(now + length, *round.closes_at - snooze_margin);
    if (until < now + 5min)
        return Decision{
            .reply = say(turn.person, text("snooze.too_close", {{"closes", *round.closes_at}}))};
    if (auto working = next_working_instant(work_pattern(turn), until)) {
        if (*working > *round.closes_at - snooze_margin)
            return Decision{
                .reply =
                    say(turn.person, text("snooze.too_close", {{"closes", *round.closes_at}}))};
        until = *working;
    }
    round.snoozed_until = until;
    Decision decision;
    decision.changes = {round};
    decision.timers = {
        SetTimer{TimerKind::ask, round.id.value, until},
        CancelTimer{TimerKind::remind, round.id.value}};
    decision.events = {
        {"round.snoozed", round.id.value, turn.person.id, {{"until", to_text(until)}}}};
    refresh(decision, turn, round, now, ids);
    decision.reply = say(turn.person, text("snooze.done", {{"until", until}}));
    return decision;
}

Decision skip(const Turn& turn, Instant now, IdSource& ids) {
    auto round = turn.round;
    if (round.answered_at)
        return Decision{
            .reply =
                say(turn.person, text("stale.already_answered", {{"at", *round.answered_at}}))};
    if (round.phase == Phase::skipped)
        return Decision{.reply = say(turn.person, text("skip.already"))};
    round.phase = Phase::skipped;
    round.not_asked = NotAsked::none;
    round.snoozed_until.reset();
    Decision decision;
    decision.changes = {round};
    decision.timers = {
        CancelTimer{TimerKind::ask, round.id.value},
        CancelTimer{TimerKind::remind, round.id.value},
        CancelTimer{TimerKind::close_round, round.id.value}};
    decision.events = {{"round.skipped", round.id.value, turn.person.id, {}}};
    refresh(decision, turn, round, now, ids);
    decision.reply = say(turn.person, text("skip.done", {{"team", UserText{turn.team.name}}}));
    return decision;
}

// ---- drafts

Decision use_draft(const Turn& turn, const Draft& draft, DraftUse use, Instant now, IdSource& ids) {
    const auto* question = plan_question(turn.run);
    const auto* before = question ? answer_to(turn, question->key) : nullptr;
    auto words = draft.text;
    if (before && use == DraftUse::add) words = before->text + "\n" + draft.text;
    Decision decision;
    if (question) {
        auto message = draft.message.empty() && before ? before->message : draft.message;
        decision = save(
            turn,
            answered(turn, now),
            {{question->key, words, AnswerSource::line, message}},
            now,
            ids
        );
        acknowledge(decision, turn, now, ids);
    }
    decision.changes.push_back(DraftEnds{draft.id});
    decision.timers.push_back(CancelTimer{TimerKind::drop_draft, draft.id.value});
    return decision;
}

Decision forget_draft(const Person& person, const Draft& draft) {
    Decision decision;
    decision.changes = {DraftEnds{draft.id}};
    decision.timers = {CancelTimer{TimerKind::drop_draft, draft.id.value}};
    decision.events = {{"draft.forgotten", draft.id.value, person.id, {}}};
    decision.reply = say(person, text("draft.left"));
    return decision;
}

Decision ask_which_round(
    const Person& person,
    const std::vector<Turn>& turns,
    const Said& said,
    Instant now,
    IdSource& ids
) {
    auto draft = new_draft(person, DraftKind::which_round, said, now, ids);
    auto decision = keep(draft);
    auto message =
        note(reader_of(person), text("draft.which_team", {{"line", UserText{draft.text}}}));
    std::vector<Button> buttons;
    for (const auto& turn : turns) {
        if (buttons.size() == 5) break;
        auto label = text(
            "button.choose_round",
            {{"team", UserText{turn.team.name}}, {"ceremony", UserText{turn.run.ceremony_name}}}
        );
        buttons.push_back(
            {Verb::choose_round, draft.id.value, turn.round.id.value, 0, label, label, false}
        );
    }
    offer(message, std::move(buttons));
    decision.reply = Say{message};
    return decision;
}

Decision keep_loose_line(
    const Person& person,
    const Said& said,
    const std::optional<PlannedRun>& next,
    Instant now,
    IdSource& ids
) {
    if (trimmed(said.text).empty()) return Decision{.reply = say(person, text("line.empty"))};
    auto decision = keep(new_draft(person, DraftKind::loose, said, now, ids));
    auto line = UserText{trimmed(said.text)};
    decision.reply =
        next ? say(person,
                   text("draft.kept_until_next", {{"line", line}, {"opens", next->opens_at}}))
             : say(person, text("draft.kept", {{"line", line}}));
    return decision;
}

// ---- the form

namespace {

const std::string* value_of(const FormValues& values, const std::string& key) {
    auto value = std::ranges::find(values, key, &FormValues::value_type::first);
    return value == values.end() ? nullptr : &value->second;
}

FormErrors errors_in(const Form& form, const FormValues& values) {
    FormErrors errors{form.reader, {}};
    for (const auto& field : form.fields) {
        const auto* value = value_of(values, field.key);
        auto is_empty = !value || trimmed(*value).empty();
        if (is_empty && field.required)
            errors.errors.emplace_back(
                field.key,
                field.key == "today" ? text("form.error_today") : text("form.error_required")
            );
        constexpr std::size_t longest_answer = 12'000;
        if (value && value->size() > longest_answer)
            errors.errors.emplace_back(field.key, text("form.error_too_long"));
        if (is_empty || field.choices.empty()) continue;
        if (std::ranges::find(field.choices, *value, &Choice::value) == field.choices.end())
            errors.errors.emplace_back(field.key, text("form.error_choice"));
    }
    return errors;
}

std::optional<BlockerId> blocker_row(const std::string& field) {
    constexpr std::string_view prefix = "blocker:";
    if (!field.starts_with(prefix)) return std::nullopt;
    return BlockerId{std::strtoll(field.c_str() + prefix.size(), nullptr, 10)};
}

// After the last page: a blocker raised in this form, still held back, asks for its details.
std::optional<Blocker> raised_here(const Turn& turn, const Decision& decision, Instant now) {
    for (const auto& change : decision.changes)
        if (const auto* blocker = std::get_if<Blocker>(&change); blocker && blocker->held_until)
            return *blocker;
    for (const auto& blocker : turn.own_blockers)
        if (blocker.round == turn.round.id && blocker.held_until && *blocker.held_until > now)
            return blocker;
    return std::nullopt;
}

// The text of a form that arrives when its round can be answered no longer is not thrown away.
Decision keep_late_form(
    const Turn& turn, const Form& form, const FormValues& values, Instant now, IdSource& ids
) {
    std::string words;
    for (const auto& field : form.fields) {
        const auto* value = value_of(values, field.key);
        if (!value || trimmed(*value).empty() || blocker_row(field.key)) continue;
        words += (words.empty() ? "" : "\n") + trimmed(*value);
    }
    if (words.empty()) return Decision{.reply = say(turn.person, text("form.round_is_over"))};
    auto decision = keep(new_draft(turn.person, DraftKind::loose, Said{words, "", {}}, now, ids));
    decision.reply = say(turn.person, text("form.kept_as_draft"));
    return decision;
}

}  // namespace

Decision on_form(const Turn& turn, int page, const FormValues& values, Instant now, IdSource& ids) {
    auto form = answer_form(turn, page, now);
    if (!turn.newest || turn.left) return keep_late_form(turn, form, values, now, ids);
    auto errors = errors_in(form, values);
    if (!errors.errors.empty()) return Decision{.reply = errors};

    std::vector<Given> given;
    auto setting = blocker_case::setting_of(turn);
    Decision blockers;
    for (const auto& field : form.fields) {
        const auto* value = value_of(values, field.key);
        auto words = value ? trimmed(*value) : std::string{};
        if (auto row = blocker_row(field.key)) {
            const auto* blocker = own_blocker(turn, *row);
            if (blocker && !words.empty())
                append(blockers, row_answer(turn, *blocker, words, now, ids));
            continue;
        }
        const auto* question = question_of(turn.run, field.key);
        if (!question) continue;
        if (question->kind == Question::Kind::blocker) {
            const auto* before = answer_to(turn, question->key);
            auto is_new = !words.empty() && (!before || !same_words(before->text, words));
            if (is_new)
                append(
                    blockers, blocker_case::raise(setting, words, turn.round.id, now, ids).decision
                );
        }
        given.push_back({field.key, words, AnswerSource::form, ""});
    }
    auto decision = save(turn, answered(turn, now), given, now, ids);
    append(decision, std::move(blockers));
    for (const auto& draft : turn.drafts)
        if (draft.kind == DraftKind::loose || draft.round == turn.round.id)
            decision.changes.push_back(DraftEnds{draft.id});

    decision.reply = NoReply{};
    if (page < pages_of(turn)) {
        decision.reply = OpenForm{answer_form(turn, page + 1, now)};
    } else if (auto blocker = raised_here(turn, decision, now)) {
        decision.reply = OpenForm{blocker_details_form(*blocker, turn)};
    }
    return decision;
}

}  // namespace muster::standup
