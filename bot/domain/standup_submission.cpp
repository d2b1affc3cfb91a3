#include <algorithm>
#include <cstdlib>

#include "bot/domain/blocker_case.hpp"
#include "bot/domain/form_parts.hpp"
#include "bot/domain/messages.hpp"
#include "bot/domain/standup_saving.hpp"

namespace muster::standup {
namespace {

// What is absent stays as it was, so only what was never answered lacks an answer.
FormErrors errors_in(const Turn& turn, const Form& form, const FormValues& values) {
    FormErrors errors{form.reader, {}};
    for (const auto& field : form.fields) {
        const auto* value = value_of(values, field.key);
        auto is_empty = !value || trimmed(*value).empty();
        auto stays_answered = !value && answer_to(turn, field.key);
        if (is_empty && field.required && !stays_answered)
            errors.errors.emplace_back(
                field.key,
                field.key == "today" ? text("form.error_today") : text("form.error_required")
            );
        if (value && characters(trimmed(*value)) > field.longest)
            errors.errors.emplace_back(
                field.key,
                text("form.error_too_long", {{"longest", static_cast<std::int64_t>(field.longest)}})
            );
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

// The text of a form whose round takes no answers any more is not thrown away.
Decision keep_late_form(
    const Turn& turn, const Form& form, const FormValues& values, Instant now, IdSource& ids
) {
    std::string words;
    for (const auto& field : form.fields) {
        const auto* value = value_of(values, field.key);
        if (!value || trimmed(*value).empty() || blocker_row(field.key)) continue;
        words += (words.empty() ? "" : "\n") + trimmed(*value);
    }
    auto next_has_opened = !turn.newest;
    if (words.empty() && !next_has_opened) return not_taken(turn, now);
    if (words.empty()) return Decision{.reply = say(turn.person, text("form.round_is_over"))};
    auto decision = keep(new_draft(turn.person, DraftKind::loose, Said{words, "", {}}, now, ids));
    auto why = next_has_opened ? "form.kept_as_draft" : "form.kept_though_too_late";
    decision.reply = say(turn.person, text(why));
    return decision;
}

// What a field of the form changes: an answer, a blocker's row, a new blocker or the words of one
// just raised.
struct Changes {
    std::vector<Given> given;
    Decision blockers;
    Reply stays_open;  // what others have seen and "none" does not end
};

void take_blocker_field(
    Changes& changes,
    const Turn& turn,
    blocker_case::Setting& setting,
    const Answer* before,
    const std::string& words,
    Instant now,
    IdSource& ids
) {
    if (words.empty())
        return;  // to empty the field takes no blocker back: it is cleared by its row
    auto typed_before = before ? typed_in(turn, *before) : std::vector<Blocker>{};
    auto lines = typed_before.size() > 1 ? lines_of(words) : std::vector{words};
    auto reworded = blocker_case::reword(setting, typed_before, lines, turn.round.id, now, ids);
    if (takes_back(typed_before, lines)) changes.stays_open = reworded.reply;
    append(changes.blockers, std::move(reworded));
}

void take_field(
    Changes& changes,
    const Turn& turn,
    blocker_case::Setting& setting,
    const Field& field,
    const std::string& words,
    Instant now,
    IdSource& ids
) {
    if (auto row = blocker_row(field.key)) {
        const auto* blocker = own_blocker(turn, *row);
        if (blocker && !words.empty())
            append(changes.blockers, row_answer(turn, *blocker, words, now, ids));
        return;
    }
    const auto* question = question_of(turn.run, field.key);
    const auto* before = question ? answer_to(turn, question->key) : nullptr;
    if (!question || (before ? before->text == words : words.empty())) return;
    if (question->kind == Question::Kind::blocker)
        take_blocker_field(changes, turn, setting, before, words, now, ids);
    changes.given.push_back({field.key, words, AnswerSource::form, before ? before->message : ""});
}

// A line that was offered in the form, and is in what was sent, has found its place. Any other is
// kept: the person has not chosen yet.
void end_drafts_that_were_sent(
    Decision& decision, const Turn& turn, const std::vector<Given>& given
) {
    for (const auto& draft : turn.drafts) {
        auto is_offered = draft.kind == DraftKind::loose ||
                          (draft.kind == DraftKind::extra && draft.round == turn.round.id);
        auto is_in = [&](const Given& answer) {
            return answer.words.find(draft.text) != std::string::npos ||
                   similarity(answer.words, draft.text) >= alike;
        };
        if (!is_offered || std::ranges::none_of(given, is_in)) continue;
        end_draft(decision, draft);
    }
}

Decision take_page(
    const Turn& turn, int page, const FormValues& values, Instant now, IdSource& ids
) {
    auto form = answer_form(turn, page, now);
    if (!takes(turn, Takes::answers, now)) return keep_late_form(turn, form, values, now, ids);
    auto errors = errors_in(turn, form, values);
    if (!errors.errors.empty()) return Decision{.reply = errors};

    Changes changes;
    auto setting = blocker_case::setting_of(turn);
    for (const auto& field : form.fields) {
        if (const auto* value = value_of(values, field.key))
            take_field(changes, turn, setting, field, trimmed(*value), now, ids);
    }
    auto is_unchanged = changes.given.empty() && turn.round.answered_at;
    auto round = is_unchanged ? turn.round : answered(turn, now);
    auto decision = save(turn, round, changes.given, now, ids);
    append(decision, std::move(changes.blockers));
    end_drafts_that_were_sent(decision, turn, changes.given);

    decision.reply = changes.stays_open;
    if (page < pages_of(turn)) {
        decision.reply = open_answer_form(turn, page + 1, now);
    } else if (auto blocker = raised_here(turn, decision, now)) {
        decision.reply = open_blocker_details(*blocker, turn);
    }
    return decision;
}

}  // namespace

// A field that was answered later says what it says now, so nothing of it changes.
Decision on_form(
    const Turn& turn, int page, FormValues values, SaidAt said_at, Instant now, IdSource& ids
) {
    std::string earlier;
    for (auto& [key, words] : values) {
        const auto* question = question_of(turn.run, key);
        // A choice may be meant by its number: a platform may have no room for its words.
        if (question && !trimmed(words).empty()) words = chosen(*question, words).value_or(words);
        const auto* answer = question ? answer_to(turn, key) : nullptr;
        if (!answer || trimmed(words) == answer->text || !was_said_after(turn, *answer, said_at))
            continue;
        if (!trimmed(words).empty()) {
            auto letter = question->letter.empty() ? std::string{} : question->letter + ": ";
            earlier += (earlier.empty() ? "" : "\n") + letter + trimmed(words);
        }
        words = answer->text;
    }
    auto decision = answered_then(take_page(turn, page, values, now, ids), said_at.at);
    if (earlier.empty() || std::holds_alternative<FormErrors>(decision.reply)) return decision;
    auto reply = decision.reply;
    auto kept = keep_earlier_words(turn, Said{earlier, "", std::nullopt}, said_at.at, now, ids);
    if (std::holds_alternative<NoReply>(reply)) reply = kept.reply;
    append(decision, std::move(kept));
    decision.reply = reply;
    return decision;
}

// One who has left the team raises nothing there. A round that is over takes it all the same: what
// stops somebody belongs to the team.
Decision on_new_blocker(const Turn& turn, const FormValues& values, Instant now, IdSource& ids) {
    if (turn.left) return not_taken(turn, now);
    const auto* typed = value_of(values, "title");
    auto title = typed ? *typed : std::string{};
    if (means_nothing(title)) {
        auto missing = text("form.error_blocker_title");
        return Decision{.reply = FormErrors{reader_of(turn.person), {{"title", missing}}}};
    }
    auto setting = blocker_case::setting_of(turn);
    auto raised = blocker_case::raise(setting, title, turn.round.id, now, ids);
    auto decision = std::move(raised.decision);
    for (const auto& blocker : setting.open) {
        if (blocker.id != raised.blocker || raised.again) continue;
        auto detailed = blocker_case::details(setting, blocker, values, now, ids);
        if (std::holds_alternative<FormErrors>(detailed.reply))
            return Decision{.reply = detailed.reply};
        append(decision, std::move(detailed));
    }
    return decision;
}

}  // namespace muster::standup
