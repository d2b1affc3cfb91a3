#include <algorithm>

#include "bot/domain/form_parts.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::standup {
namespace {

using namespace words;

using Kind = Question::Kind;

// A title has room for 24 characters; the longest date takes 13 and a space.
constexpr std::size_t longest_name_in_title = 10;

constexpr const char* usual_name = "stand-up";

Text form_title(const Run& run) {
    Arguments date{{"date", run.held_on}};
    if (run.ceremony_name == usual_name) return text("form.title", std::move(date));
    if (characters(run.ceremony_name) > longest_name_in_title)
        return text("form.title_any", std::move(date));
    return text(
        "form.title_named", with(std::move(date), {{"ceremony", UserText{run.ceremony_name}}})
    );
}

// ---- what is filled in

const Draft* newest_draft(const Turn& turn, Instant now) {
    const Draft* newest = nullptr;
    for (const auto& draft : turn.drafts) {
        const bool of_this_round = !draft.round || *draft.round == turn.round.id;
        const bool is_words = draft.kind == DraftKind::loose || draft.kind == DraftKind::extra;
        if (!of_this_round || !is_words || draft.expires_at <= now) continue;
        if (newest == nullptr || draft.expires_at >= newest->expires_at) newest = &draft;
    }
    return newest;
}

bool fits(const std::string& words) {
    return characters(words) <= longest_entry;
}

struct Initial {
    std::string words;
    bool from_last_plan = false;
};

// A draft or a plan that is too long to be filled in is left where it is.
Initial initial_of(const Question& question, const Turn& turn, Instant now) {
    if (const auto* answer = answer_to(turn.answers, question.key)) return {answer->text};
    const auto* plan = plan_question(turn.run);
    if (plan && plan->key == question.key)
        if (const auto* draft = newest_draft(turn, now); draft && fits(draft->text))
            return {draft->text};
    if (question.key == "since" && turn.last_plan && fits(turn.last_plan->text))
        return {turn.last_plan->text, true};
    return {};
}

// ---- fields

Field row_of(const Blocker& blocker) {
    auto row = field(
        "blocker:" + std::to_string(blocker.id.value),
        Field::Kind::choice,
        about("form.blocker_row", blocker)
    );
    row.choices = {
        {"still", text("choice.still")},
        {"moving", text("choice.moving")},
        {"cleared", text("choice.cleared")},
    };
    return row;
}

Field::Kind kind_of(Kind kind) {
    switch (kind) {
        case Kind::text:
        case Kind::blocker: return Field::Kind::paragraph;
        case Kind::choice: return Field::Kind::choice;
        case Kind::scale: return Field::Kind::scale;
        case Kind::yes_no: return Field::Kind::yes_no;
    }
    return Field::Kind::paragraph;
}

std::vector<Choice> choices_of(const Question& question) {
    if (question.kind == Kind::yes_no)
        return {{"yes", text("choice.yes")}, {"no", text("choice.no")}};
    auto labels = question.choices;
    if (question.kind == Kind::scale && labels.empty()) labels = {"1", "2", "3", "4", "5"};
    std::vector<Choice> choices;
    for (const auto& label : labels)
        choices.push_back({label, verbatim(label)});
    return choices;
}

std::optional<Text> hint_of(const Question& question, const Turn& turn, const Initial& initial) {
    if (question.kind == Kind::blocker) {
        return turn.run.names_hidden ? text("form.hint_blocker_named") : text("form.hint_blocker");
    }
    if (initial.from_last_plan) return text("form.hint_since");
    const auto* plan = plan_question(turn.run);
    if (plan && plan->key == question.key && question.kind == Kind::text)
        return text("form.hint_today");
    return std::nullopt;
}

// Cut or left out, what was typed at greater length would be lost when the form is sent.
Field longer_than_a_form_holds(const Question& question, const Turn& turn, const Answer& answer) {
    auto shown = field(question.key, Field::Kind::shown, question_text(question, turn.last_plan));
    const bool replaced_by_letter = !question.letter.empty() && question.kind != Kind::blocker;
    shown.hint = replaced_by_letter
                     ? text("form.change_by_typing", {{"letter", UserText{question.letter}}})
                     : text("form.change_by_editing");
    shown.initial = answer.text;
    return shown;
}

Field field_of(const Question& question, const Turn& turn, Instant now) {
    const auto* answer = answer_to(turn.answers, question.key);
    if (answer && !fits(answer->text)) return longer_than_a_form_holds(question, turn, *answer);
    const auto initial = initial_of(question, turn, now);
    auto asked =
        field(question.key, kind_of(question.kind), question_text(question, turn.last_plan));
    asked.hint = hint_of(question, turn, initial);
    asked.choices = choices_of(question);
    asked.initial = initial.words;
    asked.required = question.required;
    return asked;
}

// ---- pages

// On the first page, in this order: anything new, today, since. The rest come later, so that rows
// of blockers that come and go never move a question to another page.
std::vector<const Question*> first_questions(const Run& run) {
    std::vector<const Question*> first;
    for (const auto* question :
         {blocker_question(run), plan_question(run), question_of(run, "since")}) {
        const bool again = std::ranges::find(first, question) != first.end();
        if (question != nullptr && !again) first.push_back(question);
    }
    return first;
}

std::vector<const Question*> further_questions(const Run& run) {
    const auto first = first_questions(run);
    std::vector<const Question*> further;
    for (const auto& question : run.questions)
        if (std::ranges::find(first, &question) == first.end()) further.push_back(&question);
    return further;
}

std::vector<const Question*> questions_on(const Run& run, int page) {
    if (page <= 1) return first_questions(run);
    auto further = further_questions(run);
    const auto before = static_cast<std::size_t>(page - 2) * inputs_per_page;
    further.erase(further.begin(), further.begin() + std::min(before, further.size()));
    if (further.size() > inputs_per_page) further.resize(inputs_per_page);
    return further;
}

std::vector<Field> fields_on(const Turn& turn, int page, Instant now) {
    std::vector<Field> fields;
    if (page <= 1)
        for (const auto& blocker : asked_blockers(turn))
            fields.push_back(row_of(blocker));
    for (const auto* question : questions_on(turn.run, page))
        fields.push_back(field_of(*question, turn, now));
    return fields;
}

// ---- a blocker

std::vector<Field> detail_fields(const Blocker& blocker, const Turn& turn) {
    auto from = field("needed_from", Field::Kind::line, text("form.needed_from"));
    from.initial = blocker.needed_from;
    from.longest = longest_needed_from;
    auto by = field("needed_by", Field::Kind::date, text("form.needed_by"));
    if (blocker.needed_by) by.initial = to_text(*blocker.needed_by);
    auto ask = field("ask", Field::Kind::line, text("form.ask"));
    ask.initial = blocker.ask;
    auto only =
        field("only_delivery_manager", Field::Kind::tick, text("form.only_delivery_manager"));
    if (blocker.only_delivery_manager) only.initial = "yes";
    TextList managers;
    for (auto manager : turn.delivery_managers)
        if (turn.names.contains(manager) && manager != turn.person.id)
            managers.push_back(text("person.name", {{"person", person(manager, turn.names)}}));
    if (!managers.empty())
        only.hint = text("form.hint_only_delivery_manager", {{"managers", managers}});
    return {from, by, ask, only};
}

// ---- where no form can be opened

Message offered_again(const Turn& turn, const char* words, Verb verb) {
    auto message = note(reader_of(turn.person), text(words, names_of(turn.team, turn.run)));
    constexpr int first_revision = 1;
    message.blocks.emplace_back(Buttons{{button(turn, verb, first_revision, true)}});
    return message;
}

// What is asked beyond the first page can be answered by its letter, where it has one.
Message next_page_offered(const Turn& turn, int page) {
    auto message = offered_again(turn, "form.next_page_instead", Verb::change);
    TextList lettered;
    for (const auto* question : questions_on(turn.run, page))
        if (!question->letter.empty())
            lettered.push_back(text(
                "form.typed_question",
                {{"letter", UserText{question->letter}},
                 {"question", several(question_text(*question, turn.last_plan))}}
            ));
    if (lettered.empty()) return message;
    message.blocks.emplace_back(Paragraph{text("form.typed_instead")});
    message.blocks.emplace_back(Items{std::move(lettered)});
    return message;
}

}  // namespace

int pages_of(const Turn& turn) {
    const auto further = static_cast<int>(further_questions(turn.run).size());
    return 1 + (further + inputs_per_page - 1) / inputs_per_page;
}

Form answer_form(const Turn& turn, int page, Instant now) {
    const bool last = page >= pages_of(turn);
    return {
        .context = {FormKind::answer, turn.round.id.value, page},
        .reader = reader_of(turn.person),
        .title = form_title(turn.run),
        .fields = fields_on(turn, page, now),
        .who_sees = who_sees(turn),
        .submit = last ? text("form.send") : text("form.save_and_go_on"),
        .dismiss = std::nullopt,
    };
}

Form blocker_details_form(const Blocker& blocker, const Turn& turn) {
    return {
        .context = {FormKind::blocker_details, blocker.id.value, 1},
        .reader = reader_of(turn.person),
        .title = text("form.title_blocker", {{"number", std::int64_t{blocker.number}}}),
        .fields = detail_fields(blocker, turn),
        .who_sees = text("who_sees.blocker", {{"team", UserText{turn.team.name}}}),
        .submit = text("form.save"),
        .dismiss = text("form.skip_these"),
    };
}

Form new_blocker_form(const Turn& turn) {
    auto title = field("title", Field::Kind::paragraph, text("form.blocker_title"));
    title.required = true;
    title.hint = text("form.hint_blocker_title");
    auto fields = detail_fields({}, turn);
    fields.insert(fields.begin(), std::move(title));
    return {
        .context = {FormKind::new_blocker, turn.round.id.value, 1},
        .reader = reader_of(turn.person),
        .title = text("form.title_new_blocker"),
        .fields = std::move(fields),
        .who_sees = text("who_sees.blocker", {{"team", UserText{turn.team.name}}}),
        .submit = text("form.save"),
        .dismiss = std::nullopt,
    };
}

OpenForm open_answer_form(const Turn& turn, int page, Instant now) {
    auto verb = turn.round.answered_at ? Verb::change : Verb::answer;
    return {
        .form = answer_form(turn, page, now),
        .instead = page > 1 ? next_page_offered(turn, page)
                            : offered_again(turn, "form.answer_instead", verb),
    };
}

OpenForm open_blocker_details(const Blocker& blocker, const Turn& turn) {
    return {
        .form = blocker_details_form(blocker, turn),
        .instead = blocker_raised(blocker, std::nullopt, reader_of(turn.person)),
    };
}

OpenForm open_new_blocker(const Turn& turn) {
    return {
        .form = new_blocker_form(turn),
        .instead = offered_again(turn, "form.blocker_instead", Verb::add_blocker),
    };
}

}  // namespace muster::standup
