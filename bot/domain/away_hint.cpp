#include "bot/domain/away_hint.hpp"

#include "bot/domain/absence_parts.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::away_hint {
namespace {

using namespace standup::words;

constexpr auto midday = TimeOfDay{13h};  // as of half days away
constexpr int longest_leave = 366;       // days; a status for ever is no leave

// "From nine on Tuesday": the Monday is the last day of it. One that names no end speaks of today.
LocalDate last_day(const AwayHint& hint, const ZoneName& zone, LocalDate first) {
    if (!hint.until) return first;
    const auto end = local_time(zone, *hint.until);
    const auto last = end.time > midday ? end.date : add_days(end.date, -1);
    return std::min(last, add_days(first, longest_leave));
}

// The days that Muster would ask on if nobody told it otherwise.
std::optional<DaysAway> days_of(
    const AwayHint& hint, const Person& person, const WorkPattern& pattern, Instant now
) {
    const auto works = next_working_instant(pattern, now);
    if (!works) return std::nullopt;
    DaysAway days;
    days.from = local_date(person.zone, *works);
    days.to = last_day(hint, person.zone, days.from);
    if (days.to < days.from) return std::nullopt;
    return days;
}

// Whoever changes their status is there: at once, on a day of work from its beginning on.
Instant when_to_ask(const Person& person, const WorkPattern& pattern, Instant now) {
    const auto works = next_working_instant(pattern, now).value_or(now);
    const auto midnight = instant_at(person.zone, local_date(person.zone, now), TimeOfDay{0});
    if (!midnight) return works;
    const bool has_begun = next_working_instant(pattern, *midnight).value_or(works) <= now;
    return has_begun ? now : works;
}

DeliveryKey key_of(const Draft& draft) {
    return standup::to_person(Purpose::away_question, draft.id.value, draft.person);
}

void ask(
    Decision& decision, const Person& person, const DaysAway& days, Instant due, IdSource& ids
) {
    Draft draft;
    draft.id = ids.next<DraftId>();
    draft.person = person.id;
    draft.kind = DraftKind::away_hint;
    draft.text = absence::to_text(days);
    draft.expires_at = due + standup::draft_life;
    decision.deliveries.push_back(standup::tell(key_of(draft), due, ids, draft.expires_at));
    decision.timers.push_back(SetTimer{TimerKind::drop_draft, draft.id.value, draft.expires_at});
    decision.events.push_back({"away.questioned", person.id.value, {}, {}});
    decision.changes.emplace_back(std::move(draft));
}

Button button_of(Verb verb, const char* label, const Draft& draft, const Text& days) {
    auto made = choice(verb, draft.id.value, text(label));
    made.spoken =
        text("away.button_spoken", {{"button", several(text(label))}, {"days", several(days)}});
    return made;
}

}  // namespace

void note(
    Decision& decision,
    const Person& person,
    Account& account,
    const AwayHint& hint,
    const Roster* roster,
    const std::vector<Draft>& drafts,
    Instant now,
    IdSource& ids
) {
    if (hint == account.away_told) return;
    account.away_told = hint;
    for (const auto& draft : drafts) {
        if (draft.kind != DraftKind::away_hint) continue;
        standup::end_draft(decision, draft);
        decision.deliveries.push_back(settled(draft, now, ids));
    }
    if (!hint.is_away || !roster || !is_zone(person.zone)) return;
    const auto& absences = roster->member(person.id)->absences;
    const auto pattern = work_pattern(person, absences, *roster->calendars);
    if (const auto days = days_of(hint, person, pattern, now))
        ask(decision, person, *days, when_to_ask(person, pattern, now), ids);
}

Composed question(
    const std::optional<Draft>& draft,
    const AwayHint& hint,
    const std::string& platform,
    const Reader& reader,
    Instant now
) {
    const auto days = draft ? absence::days_away_from(draft->text) : std::nullopt;
    if (!days || draft->expires_at <= now) return Pointless{"settled"};
    const auto spoken = absence::words_for(*days);
    auto message = muster::note(reader, text("away.question", {{"days", several(spoken)}}));
    message.blocks.push_back(Paragraph{
        text("away.why", {{"platform", several(text("platform." + platform))}})});
    if (!hint.until) message.blocks.push_back(Paragraph{text("away.longer")});
    auto yes = button_of(Verb::confirm_absence, "button.leave_me_out", *draft, spoken);
    yes.primary = true;
    auto no = button_of(Verb::forget_draft, "button.ask_me", *draft, spoken);
    message.blocks.push_back(Buttons{{std::move(yes), std::move(no)}});
    message.blocks.push_back(Quiet{text("away.who_sees")});
    return message;
}

Decision declined(const Person& person, const Draft& draft, Instant now, IdSource& ids) {
    auto decision = standup::forget_draft(person, draft);
    decision.deliveries.push_back(settled(draft, now, ids));
    decision.reply = standup::say(person, text("away.declined"));
    return decision;
}

Tell settled(const Draft& draft, Instant now, IdSource& ids) {
    return standup::tell(key_of(draft), now, ids);
}

}  // namespace muster::away_hint
