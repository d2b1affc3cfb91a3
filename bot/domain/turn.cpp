#include "bot/domain/turn.hpp"

#include <algorithm>

namespace muster {
namespace {

void fold(Turn& turn, const Answer& answer) {
    if (answer.round != turn.round.id) return;
    auto is_same = [&](const Answer& other) { return other.question == answer.question; };
    std::erase_if(turn.answers, is_same);
    if (!answer.withdrawn) turn.answers.push_back(answer);
}

void fold(Turn& turn, const Blocker& blocker) {
    if (blocker.raiser != turn.person.id) return;
    auto is_same = [&](const Blocker& other) { return other.id == blocker.id; };
    std::erase_if(turn.own_blockers, is_same);
    if (blocker.state == BlockerState::open) turn.own_blockers.push_back(blocker);
}

std::ptrdiff_t place_of(const Run& run, const std::string& question) {
    return std::ranges::find(run.questions, question, &Question::key) - run.questions.begin();
}

}  // namespace

LocalDate first_day_of_absences(Instant around) {
    constexpr int days = 40;
    return add_days(LocalDate{std::chrono::floor<std::chrono::days>(around)}, -days);
}

bool takes_part(const Turn& turn) {
    return !turn.left && turn.standing == Standing::participant;
}

Takes what_it_takes(const Turn& turn, Instant now) {
    auto opened_at = turn.round.opens_at.value_or(turn.run.opens_at);
    if (!turn.newest || now - opened_at > answerable_for) return Takes::nothing;
    if (turn.left) return Takes::corrections;
    return takes_part(turn) ? Takes::lines : Takes::answers;
}

bool takes(const Turn& turn, Takes wanted, Instant now) {
    return what_it_takes(turn, now) >= wanted;
}

void sort_as_asked(std::vector<Answer>& answers, const Run& run) {
    auto place = [&](const Answer& answer) { return place_of(run, answer.question); };
    std::ranges::stable_sort(answers, {}, place);
}

Turn after(Turn turn, const Decision& decision) {
    for (const auto& change : decision.changes) {
        if (const auto* round = std::get_if<Round>(&change); round && round->id == turn.round.id)
            turn.round = *round;
        if (const auto* team = std::get_if<Team>(&change); team && team->id == turn.team.id)
            turn.team = *team;
        if (const auto* run = std::get_if<Run>(&change); run && run->id == turn.run.id)
            turn.run = *run;
        if (const auto* answer = std::get_if<Answer>(&change)) fold(turn, *answer);
        if (const auto* blocker = std::get_if<Blocker>(&change)) fold(turn, *blocker);
    }
    return turn;
}

bool is_called_off(const Turn& turn) {
    if (turn.ceremony.archived || turn.team.archived) return true;
    return turn.ceremony.paused && !turn.run.unscheduled;
}

bool is_away_that_day(const Turn& turn) {
    auto pattern = work_pattern(turn);
    auto opens_at = turn.round.opens_at;
    auto day = opens_at ? local_date(pattern.zone, *opens_at) : turn.run.held_on;
    return day_kind(pattern, day) == DayKind::away;
}

WorkPattern work_pattern(const Turn& turn) {
    static const CalendarBook no_calendars;
    const auto& calendars = turn.calendars ? *turn.calendars : no_calendars;
    return work_pattern(turn.person, turn.absences, calendars);
}

}  // namespace muster
