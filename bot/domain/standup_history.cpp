#include <algorithm>
#include <array>

#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::standup {
namespace {

using namespace words;

constexpr std::size_t longest_history = 10;

Text outcome_of(const Turn& turn) {
    const auto reader = reader_of(turn.person);
    switch (turn.round.phase) {
        case Phase::waiting:
        case Phase::asked:
            return text(
                "history.open",
                {{"closes",
                  when(
                      turn.round.closes_at.value_or(turn.run.closes_at), turn.run.held_on, reader
                  )}}
            );
        case Phase::answered: return text("history.answered");
        case Phase::late: return text("history.late");
        case Phase::skipped: return text("history.skipped");
        case Phase::away: return text("history.away");
        case Phase::not_expected: return text("history.not_expected");
        case Phase::not_asked:
        case Phase::unreachable: return text("history.not_asked");
        case Phase::silent: return text("history.silent");
    }
    return {};
}

Facts facts_of(const Turn& turn) {
    Facts facts;
    for (const auto& question : turn.run.questions) {
        const auto* answer = answer_to(turn.answers, question.key);
        if (answer && says_something(question, *answer))
            facts.rows.emplace_back(short_label(question), answer_text(question, *answer));
    }
    return facts;
}

LocalDate monday_of(LocalDate date) {
    return add_days(date, 1 - static_cast<int>(weekday_of(date).iso_encoding()));
}

Text plan_of(const Turn& turn) {
    if (const auto* question = plan_question(turn.run))
        if (const auto* answer = answer_to(turn.answers, question->key))
            if (says_something(*question, *answer)) return answer_text(*question, *answer);
    return outcome_of(turn);
}

}  // namespace

Message history(const Person& person, const std::vector<Turn>& newest_first, Instant) {
    const auto reader = reader_of(person);
    if (newest_first.empty()) return note(reader, text("history.none"));

    Message message{reader, text("history.heading"), {Heading{text("history.heading")}}};
    for (std::size_t i = 0; i < std::min(newest_first.size(), longest_history); ++i) {
        const auto& turn = newest_first[i];
        message.blocks.push_back(Paragraph{text(
            "history.entry",
            {{"title", several(title(turn.team, &turn.ceremony, turn.run, reader))},
             {"outcome", several(outcome_of(turn))}}
        )});
        if (auto facts = facts_of(turn); !facts.rows.empty())
            message.blocks.push_back(std::move(facts));
    }
    message.blocks.push_back(Quiet{text("history.who_sees")});
    return message;
}

Message my_week(
    const Person& person,
    const std::vector<Turn>& turns,
    const std::vector<Blocker>& own,
    Instant now
) {
    const auto reader = reader_of(person);
    const auto monday = monday_of(local_date(person.zone, now));
    std::vector<const Turn*> this_week;
    for (const auto& turn : turns) {
        const auto day = days_between(monday, turn.run.held_on);
        if (day >= 0 && day < 7) this_week.push_back(&turn);
    }
    std::ranges::stable_sort(this_week, {}, [](const Turn* turn) {
        return std::pair{turn->run.held_on, turn->run.opens_at};
    });

    const auto heading = text("week.heading", {{"date", monday}});
    Message message{reader, heading, {Heading{heading}}};
    Facts days;
    for (const auto* turn : this_week)
        days.rows.emplace_back(
            text("week.day", {{"date", turn->run.held_on}, {"team", UserText{turn->team.name}}}),
            plan_of(*turn)
        );
    message.blocks.push_back(
        days.rows.empty() ? Block{Paragraph{text("week.none")}} : Block{std::move(days)}
    );

    Items open;
    for (const auto& blocker : own)
        if (blocker.state == BlockerState::open)
            open.items.push_back(about("week.blocker", blocker));
    if (!open.items.empty()) {
        message.blocks.push_back(Paragraph{text("week.blockers")});
        message.blocks.push_back(std::move(open));
    }
    return message;
}

}  // namespace muster::standup
