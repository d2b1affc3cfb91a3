#include <algorithm>

#include "bot/domain/standup.hpp"

namespace muster::standup {
namespace {

Instant end_of_day(const ZoneName& zone, Instant day) {
    auto midnight = instant_at(zone, local_date(zone, day), 24h);
    return midnight.value_or(day + 24h);
}

// Not before the team's day begins on which the run is held; at any time after that, so that an
// answer at the end of the day, or from a later zone, is seen. A day without working hours begins
// when the run opens.
Instant first_shown_at(
    const Run& run, const Team& team, const CalendarBook& calendars, Instant now
) {
    auto day = working_stretches(work_pattern(team, calendars), run.held_on);
    return std::max(now, day.empty() ? run.opens_at : day.front().from);
}

// Cards, reminder and thread entry of one round.
void refresh_cards(
    Decision& decision, const Turn& turn, const Round& round, Instant now, IdSource& ids
) {
    if (round.prompts > 0) {
        auto key = to_person(Purpose::prompt, round.id.value, round.person, round.prompts - 1);
        decision.deliveries.push_back(tell(key, now, ids));
    }
    if (round.reminded)
        decision.deliveries.push_back(
            tell(to_person(Purpose::reminder, round.id.value, round.person), now, ids)
        );
    if (turn.run.names_hidden || !round.answered_at) return;
    for (const auto& channel : turn.channels) {
        auto summary = to_channel(Purpose::summary, turn.run.id.value, channel.id);
        auto entry = to_channel(Purpose::plan, round.id.value, channel.id);
        auto due = first_shown_at(turn.run, turn.team, *turn.calendars, now);
        decision.deliveries.push_back(tell(entry, due, ids, {}, summary));
    }
}

}  // namespace

const Question* plan_question(const Run& run) {
    auto today = std::ranges::find(run.questions, "today", &Question::key);
    if (today != run.questions.end()) return &*today;
    auto first_text = std::ranges::find(run.questions, Question::Kind::text, &Question::kind);
    return first_text == run.questions.end() ? nullptr : &*first_text;
}

bool is_final(Phase phase) {
    return phase != Phase::waiting && phase != Phase::asked;
}

Instant latest_close(const Run& run) {
    return run.opens_at + longest_run;
}

std::optional<Instant> reminder_at(const Turn& turn, Instant asked_at, Instant closes_at) {
    const auto& rule = turn.ceremony.reminder;
    std::optional<Instant> at;
    if (rule.percent) at = asked_at + (closes_at - asked_at) * *rule.percent / 100;
    if (rule.before_close) at = closes_at - *rule.before_close;
    if (!at || *at <= asked_at) return std::nullopt;
    at = next_working_instant(work_pattern(turn), *at);
    if (!at || *at >= closes_at - 1min) return std::nullopt;
    return at;
}

int day_number(Instant now) {
    return static_cast<int>(std::chrono::floor<std::chrono::days>(now).time_since_epoch().count());
}

DeliveryKey to_person(Purpose purpose, std::int64_t subject, PersonId person, int seq) {
    return {purpose, subject, person, seq};
}

DeliveryKey to_channel(Purpose purpose, std::int64_t subject, ChannelId channel, int seq) {
    return {purpose, subject, channel, seq};
}

Tell tell(
    DeliveryKey key,
    Instant due,
    IdSource& ids,
    std::optional<Instant> expires_at,
    std::optional<DeliveryKey> thread
) {
    return {ids.next<DeliveryId>(), key, thread, due, expires_at};
}

Say say(const Person& person, Text words) {
    return Say{note({person.language, person.zone}, std::move(words))};
}

void refresh(
    Decision& decision, const Turn& before, const Round& after, Instant now, IdSource& ids
) {
    refresh_cards(decision, before, after, now, ids);
    refresh_summary(
        decision, before.run, before.team, before.channels, *before.calendars, now, ids
    );
}

// The summary, and the entries of its thread that speak of the whole team. Whether there is
// anything to post yet (nothing before the first answer) is for the text to decide when it is
// composed.
void refresh_summary(
    Decision& decision,
    const Run& run,
    const Team& team,
    const std::vector<Channel>& channels,
    const CalendarBook& calendars,
    Instant now,
    IdSource& ids
) {
    auto due = first_shown_at(run, team, calendars, now);
    auto expires_at = end_of_day(team.zone, std::max(run.completes_at, run.closes_at));
    for (const auto& channel : channels) {
        auto summary = to_channel(Purpose::summary, run.id.value, channel.id);
        decision.deliveries.push_back(tell(summary, due, ids, expires_at));
        auto in_thread = [&](Purpose purpose, Instant when) {
            auto entry = to_channel(purpose, run.id.value, channel.id);
            decision.deliveries.push_back(tell(entry, when, ids, {}, summary));
        };
        if (channels.size() > 1) in_thread(Purpose::mirror_note, due - 1ms);  // opens the thread
        in_thread(Purpose::open_blockers, due);
        if (run.state != RunState::open) in_thread(Purpose::not_working, due);
        if (run.names_hidden && run.state == RunState::closed)
            in_thread(Purpose::hidden_plans, due);
    }
}

}  // namespace muster::standup
