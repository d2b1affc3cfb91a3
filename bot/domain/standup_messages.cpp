#include <algorithm>

#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::standup {
namespace {

using namespace words;

constexpr std::size_t most_further_blockers = 8;

enum class Card {
    asking,
    snoozed,
    saved,
    skipped,
    away,
    left,
    closed,       // its window is over; an answer still counts, and is marked late
    over,         // the next round has opened
    asked_again,  // a newer card has taken its place
};

// Of the prompt with that sequence number.
Card card_of(const Turn& turn, int seq, Instant now) {
    const auto& round = turn.round;
    if (seq + 1 < round.prompts) return Card::asked_again;
    switch (round.phase) {
        case Phase::answered:
        case Phase::late: return Card::saved;
        case Phase::skipped: return turn.newest ? Card::skipped : Card::over;
        case Phase::away:
        case Phase::not_expected: return turn.newest ? Card::away : Card::over;
        case Phase::not_asked:
            if (round.not_asked == NotAsked::left) return Card::left;
            [[fallthrough]];
        case Phase::unreachable:
        case Phase::silent: return turn.newest ? Card::closed : Card::over;
        case Phase::waiting:
        case Phase::asked: break;
    }
    if (!takes_part(turn)) return Card::left;
    if (!turn.newest) return Card::over;
    if (round.closes_at && now >= *round.closes_at) return Card::closed;
    if (round.snoozed_until && *round.snoozed_until > now) return Card::snoozed;
    return Card::asking;
}

const char* reason_of(Card card) {
    switch (card) {
        case Card::asking: return "asking";
        case Card::snoozed: return "snoozed";
        case Card::saved: return "answered";
        case Card::skipped: return "skipped";
        case Card::away: return "away";
        case Card::left: return "left";
        case Card::closed: return "closed";
        case Card::over: return "over";
        case Card::asked_again: return "asked_again";
    }
    return "";
}

Text title_of(const Turn& turn) {
    return title(turn.team, &turn.ceremony, turn.run, reader_of(turn.person));
}

// How long after it was due it was asked. Nothing is sent in a break, so a break does not count.
std::optional<minutes> lateness(const Turn& turn, Instant now) {
    if (!turn.round.opens_at || turn.round.prompts > 1) return std::nullopt;
    const auto opened = *turn.round.opens_at;
    const auto due = next_working_instant(work_pattern(turn), opened).value_or(opened);
    const auto late =
        std::chrono::floor<minutes>(turn.round.asked_at.value_or(now) - std::max(due, opened));
    if (late <= worth_an_excuse) return std::nullopt;
    return late;
}

bool can_be_asked_in_an_hour(const Turn& turn, Instant now) {
    return turn.round.closes_at && now + usual_snooze <= *turn.round.closes_at - snooze_margin;
}

// Counted in days on which this person works.
Text age_of(const Blocker& blocker, const Turn& turn, Instant now) {
    constexpr int longest_count = 400;
    const auto pattern = work_pattern(turn);
    const auto raised = local_date(pattern.zone, blocker.raised_at);
    const auto today = local_date(pattern.zone, now);
    std::int64_t days = 0;
    for (int day = 1; day <= std::min(days_between(raised, today), longest_count); ++day)
        if (day_kind(pattern, add_days(raised, day)) == DayKind::working) ++days;
    if (days == 0) return text("prompt.blocker_new");
    return text("prompt.blocker_age", {{"days", days}});
}

Text line_of(const Blocker& blocker, const Turn& turn, Instant now) {
    auto line = about(blocker.helper ? "prompt.blocker_with" : "prompt.blocker", blocker);
    line.arguments.emplace_back("age", several(age_of(blocker, turn, now)));
    if (blocker.helper) line.arguments.emplace_back("helper", person(*blocker.helper, turn.names));
    return line;
}

Text last_plan_line(const Turn& turn) {
    const auto& plan = *turn.last_plan;
    const bool this_week = days_between(plan.date, turn.run.held_on) < 7;
    return text(
        this_week ? "prompt.last_plan" : "prompt.last_plan_older",
        {{"date", plan.date}, {"plan", UserText{plan.text}}}
    );
}

Text question_line(const Turn& turn) {
    const auto* question = plan_question(turn.run);
    return question ? question_text(*question, std::nullopt) : text("prompt.how_is_it");
}

// The team's own question ends as the team wrote it, so that the rest is a sentence of its own.
Text notification_of(const Turn& turn, bool again) {
    const auto closes = when(
        turn.round.closes_at.value_or(turn.run.closes_at), turn.run.held_on, reader_of(turn.person)
    );
    const auto question = question_line(turn);
    auto arguments = names_of(turn.team, turn.run);
    if (question.key == "question.today") {
        arguments.emplace_back("closes", closes);
        return again ? text("prompt.notification_again", std::move(arguments))
                     : text("prompt.notification", std::move(arguments));
    }
    arguments.emplace_back("question", several(question));
    return sentences(
        {again ? text("prompt.notification_again_question", std::move(arguments))
               : text("prompt.notification_question", std::move(arguments)),
         text("prompt.how_to_answer_short", {{"closes", closes}})}
    );
}

Text how_to_answer(const Turn& turn) {
    const auto reader = reader_of(turn.person);
    const auto closes = turn.round.closes_at.value_or(turn.run.closes_at);
    return sentences(
        {question_line(turn),
         text("prompt.how_to_answer", {{"closes", when(closes, turn.run.held_on, reader)}})}
    );
}

const Draft* waiting_draft(const Turn& turn, Instant now) {
    for (auto draft = turn.drafts.rbegin(); draft != turn.drafts.rend(); ++draft)
        if (draft->kind == DraftKind::loose && draft->expires_at > now) return &*draft;
    return nullptr;
}

Buttons asking_buttons(const Turn& turn, const Delivery& delivery, bool may_snooze) {
    const int revision = delivery.revision_wanted;
    Buttons row{{button(turn, Verb::answer, revision, true)}};
    if (turn.last_plan) row.buttons.push_back(button(turn, Verb::same_plan, revision));
    if (may_snooze) row.buttons.push_back(button(turn, Verb::snooze, revision));
    row.buttons.push_back(button(turn, Verb::skip, revision));
    return row;
}

// A newer card after a snooze. After an absence it is the first question anew: asked_at is set when
// that card is posted, while a snooze leaves it as it was.
bool is_asked_again(const Turn& turn, const Delivery& delivery) {
    if (delivery.key.seq == 0 || !turn.round.asked_at) return false;
    return !delivery.sent_at || *turn.round.asked_at < *delivery.sent_at;
}

Text how_it_began(const Turn& turn, const Delivery& delivery, Instant now) {
    if (is_asked_again(turn, delivery)) return text("prompt.again");
    if (auto late = lateness(turn, now)) return text("prompt.late", {{"late", *late}});
    return {};
}

void add_draft(Message& message, const Turn& turn, const Delivery& delivery, Instant now) {
    const auto* draft = waiting_draft(turn, now);
    if (draft == nullptr) return;
    auto use = button(*draft, Verb::replace_plan, delivery.revision_wanted);
    use.label = text("button.use_as_plan");
    use.spoken = text("button.use_as_plan_spoken", {{"line", UserText{draft->text}}});
    auto leave = button(*draft, Verb::leave_draft, delivery.revision_wanted);
    message.blocks.push_back(Paragraph{text("prompt.kept_line", {{"line", UserText{draft->text}}})}
    );
    message.blocks.push_back(Buttons{{use, leave}});
}

// Those that the form has no room for.
void add_further_blockers(
    Message& message, const Turn& turn, const Delivery& delivery, Instant now
) {
    auto further = further_blockers(turn);
    const auto shown = std::min(further.size(), most_further_blockers);
    for (std::size_t i = 0; i < shown; ++i) {
        message.blocks.push_back(Paragraph{line_of(further[i], turn, now)});
        message.blocks.push_back(blocker_row(further[i], delivery.revision_wanted));
    }
    if (further.size() > shown) {
        message.blocks.push_back(Paragraph{
            text("prompt.more_blockers", {{"count", count(further.size() - shown)}})});
    }
}

Message asking(const Turn& turn, const Delivery& delivery, Instant now) {
    const bool again = is_asked_again(turn, delivery);
    Message message{
        reader_of(turn.person), notification_of(turn, again), {Heading{title_of(turn)}}};
    if (auto beginning = how_it_began(turn, delivery, now); !beginning.key.empty())
        message.blocks.push_back(Paragraph{beginning});
    message.blocks.push_back(Paragraph{how_to_answer(turn)});
    if (turn.last_plan) message.blocks.push_back(Paragraph{last_plan_line(turn)});
    for (const auto& blocker : asked_blockers(turn))
        message.blocks.push_back(Paragraph{line_of(blocker, turn, now)});
    message.blocks.push_back(asking_buttons(turn, delivery, can_be_asked_in_an_hour(turn, now)));
    add_draft(message, turn, delivery, now);
    add_further_blockers(message, turn, delivery, now);
    message.blocks.push_back(Quiet{sentences({who_sees(turn), text("prompt.way_out")})});
    return message;
}

// A card that asks nothing (any more): its title, what became of it, and a way back.
Message told(const Turn& turn, Text what, std::vector<Button> buttons) {
    Message message{reader_of(turn.person), what, {Heading{title_of(turn)}, Paragraph{what}}};
    if (!buttons.empty()) message.blocks.push_back(Buttons{std::move(buttons)});
    return message;
}

Facts own_answers(const Turn& turn) {
    Facts facts;
    for (const auto& question : turn.run.questions) {
        const auto* answer = answer_to(turn.answers, question.key);
        if (answer && says_something(question, *answer))
            facts.rows.emplace_back(short_label(question), answer_text(question, *answer));
    }
    return facts;
}

Text saved_line(const Turn& turn) {
    const auto& round = turn.round;
    auto arguments = names_of(turn.team, turn.run);
    const auto at = round.edited_at.value_or(round.answered_at.value_or(turn.run.opens_at));
    arguments.emplace_back("at", when(at, turn.run.held_on, reader_of(turn.person)));
    const bool changed = round.edited_at.has_value();
    if (round.phase == Phase::late) {
        return changed ? text("card.changed_late", std::move(arguments))
                       : text("card.saved_late", std::move(arguments));
    }
    return changed ? text("card.changed", std::move(arguments))
                   : text("card.saved", std::move(arguments));
}

Message saved(const Turn& turn, const Delivery& delivery) {
    std::vector<Button> buttons;
    if (turn.newest) {
        buttons = {
            button(turn, Verb::change, delivery.revision_wanted, true),
            button(turn, Verb::add_blocker, delivery.revision_wanted)};
    }
    auto message = told(turn, saved_line(turn), {});
    if (auto facts = own_answers(turn); !facts.rows.empty()) message.blocks.push_back(facts);
    if (!turn.newest) return message;
    message.blocks.push_back(Buttons{std::move(buttons)});
    message.blocks.push_back(Quiet{sentences({who_sees(turn), text("card.how_long")})});
    return message;
}

Message shown(const Turn& turn, const Delivery& delivery, Card card, Instant now) {
    const int revision = delivery.revision_wanted;
    const auto reader = reader_of(turn.person);
    const auto closes = turn.round.closes_at.value_or(turn.run.closes_at);
    const Arguments closing{{"closes", when(closes, turn.run.held_on, reader)}};
    switch (card) {
        case Card::asking: return asking(turn, delivery, now);
        case Card::saved: return saved(turn, delivery);
        case Card::snoozed: {
            const auto until = when(*turn.round.snoozed_until, turn.run.held_on, reader);
            auto row = asking_buttons(turn, delivery, false);
            return told(turn, text("card.snoozed", with(closing, {{"until", until}})), row.buttons);
        }
        case Card::skipped:
            return told(turn, text("card.skipped"), {button(turn, Verb::answer, revision)});
        case Card::away:
            return told(turn, text("card.away"), {button(turn, Verb::answer, revision)});
        case Card::left:
            return told(
                turn,
                text("card.left", {{"team", UserText{turn.team.name}}}),
                {button(turn, Verb::undo_stop, revision)}
            );
        case Card::closed:
            return told(
                turn, text("card.closed", closing), {button(turn, Verb::answer, revision, true)}
            );
        case Card::over: return told(turn, text("card.over"), {});
        case Card::asked_again: return told(turn, text("card.asked_again"), {});
    }
    return {};
}

Composed plain_prompt(const Turn& turn, const Delivery& delivery, Instant now) {
    Message message{
        reader_of(turn.person),
        notification_of(turn, is_asked_again(turn, delivery)),
        {Heading{title_of(turn)}}};
    auto add = [&](Text words) { message.blocks.push_back(Paragraph{std::move(words)}); };
    if (auto beginning = how_it_began(turn, delivery, now); !beginning.key.empty()) add(beginning);
    if (turn.last_plan) add(last_plan_line(turn));
    for (const auto& blocker : further_blockers(turn))
        add(line_of(blocker, turn, now));
    for (auto& block : plain_question(turn))
        message.blocks.push_back(std::move(block));
    const auto closes = turn.round.closes_at.value_or(turn.run.closes_at);
    const auto open_until = when(closes, turn.run.held_on, reader_of(turn.person));
    add(text("plain.open_until", {{"closes", open_until}}));
    add(text("plain.words"));
    message.blocks.push_back(Quiet{sentences({who_sees(turn), text("prompt.way_out")})});
    return message;
}

// The end of the break that this person has now.
std::optional<Instant> end_of_break(const Turn& turn, Instant now) {
    auto working = next_working_instant(work_pattern(turn), now);
    return working && *working > now ? working : std::nullopt;
}

}  // namespace

Composed prompt(const Turn& turn, const Delivery& delivery, Instant now) {
    const bool posted = is_posted(delivery);
    const auto card = card_of(turn, delivery.key.seq, now);
    if (!posted && card != Card::asking) return Pointless{reason_of(card)};
    if (auto later = end_of_break(turn, now); later && !posted) return NotBefore{*later};
    if (turn.person.plain) {
        return posted ? Composed{KeepAsSent{}} : plain_prompt(turn, delivery, now);
    }
    return shown(turn, delivery, card, now);
}

Composed reminder(const Turn& turn, const Delivery& delivery, Instant now) {
    const auto& round = turn.round;
    const auto card = card_of(turn, round.prompts, now);
    if (card != Card::asking || !round.closes_at) return Pointless{reason_of(card)};
    // Never edited only because time passed; and never posted twice, though an answer was taken
    // away.
    if (delivery.sent_at) return KeepAsSent{};
    if (auto later = end_of_break(turn, now)) return NotBefore{*later};

    const auto closes = when(*round.closes_at, turn.run.held_on, reader_of(turn.person));
    const auto left = std::chrono::ceil<minutes>(*round.closes_at - now);
    const auto arguments =
        with(names_of(turn.team, turn.run), {{"closes", closes}, {"left", left}});
    const bool several_a_day = turn.ceremony.slots.size() > 1;
    const auto small_print =
        several_a_day ? text("reminder.small_print_several") : text("reminder.small_print");
    const auto what =
        turn.person.plain ? text("reminder.plain", arguments) : text("reminder.text", arguments);
    Message message{reader_of(turn.person), what, {Paragraph{what}}};
    if (!turn.person.plain) {
        message.blocks.push_back(Buttons{
            {button(turn, Verb::answer, delivery.revision_wanted, true),
             button(turn, Verb::skip, delivery.revision_wanted)}});
    }
    message.blocks.push_back(Quiet{small_print});
    return message;
}

}  // namespace muster::standup
