#include <algorithm>
#include <array>

#include "bot/domain/standup.hpp"
#include "bot/domain/standup_words.hpp"

namespace muster::standup {
namespace {

using namespace words;

const Timer* timer_of(const std::vector<Timer>& timers, TimerKind kind, std::int64_t ref) {
    const auto found = std::ranges::find_if(timers, [&](const Timer& timer) {
        return timer.kind == kind && timer.ref == ref;
    });
    return found == timers.end() ? nullptr : &*found;
}

bool has_answered(const Round& round) {
    return round.phase == Phase::answered || round.phase == Phase::late;
}

Text schedule(const Turn& turn) {
    TextList times;
    for (const auto& slot : turn.ceremony.slots)
        times.push_back(text("date.clock", {{"time", clock(slot.at)}}));
    const bool own_zone = turn.ceremony.zone == ZoneRule::member;
    const auto& zone = own_zone ? turn.person.zone : turn.team.zone;
    const Arguments arguments{
        {"ceremony", UserText{turn.run.ceremony_name}},
        {"days", several(days_of(turn.ceremony.recurrence))},
        {"times", times},
        {"zone", UserText{city_of(zone)}},
    };
    return own_zone ? text("why.schedule", arguments) : text("why.schedule_team", arguments);
}

// When it was asked last, as far as anybody knows.
std::optional<Instant> asked_at(const Turn& turn, const std::vector<Delivery>& prompts) {
    auto asked = turn.round.asked_at;
    for (const auto& prompt : prompts)
        if (prompt.sent_at && (!asked || *prompt.sent_at > *asked)) asked = prompt.sent_at;
    return asked;
}

Text not_asked(NotAsked reason) {
    switch (reason) {
        case NotAsked::none: return text("why.not_asked");
        case NotAsked::downtime: return text("why.not_asked_downtime");
        case NotAsked::outside_hours: return text("why.not_asked_outside_hours");
        case NotAsked::left: return text("why.not_asked_left");
        case NotAsked::too_late: return text("why.not_asked_too_late");
        case NotAsked::called_off: return text("why.not_asked_called_off");
    }
    return text("why.not_asked");
}

Text not_expected(const Turn& turn) {
    const auto kind = day_kind(work_pattern(turn), turn.run.held_on);
    return kind == DayKind::holiday ? text("why.holiday", {{"date", turn.run.held_on}})
                                    : text("why.not_expected", {{"date", turn.run.held_on}});
}

// One sentence for what became of this round.
class State {
public:
    State(const Turn& turn, const std::vector<Delivery>& prompts, Instant now)
        : turn_(turn),
          asked_(asked_at(turn, prompts)),
          reader_(reader_of(turn.person)),
          today_(local_date(turn.person.zone, now)) {}

    Text sentence(Instant now) const {
        const auto& round = turn_.round;
        switch (round.phase) {
            case Phase::waiting: return at("why.waiting", round.opens_at);
            case Phase::asked:
                if (round.snoozed_until && *round.snoozed_until > now)
                    return at("why.snoozed", round.snoozed_until);
                return asked_ ? at("why.asked", asked_) : text("why.being_asked");
            case Phase::answered: return at("why.answered", round.answered_at);
            case Phase::late: return at("why.late", round.answered_at);
            case Phase::skipped: return text("why.skipped");
            case Phase::away: return text("why.away", {{"date", turn_.run.held_on}});
            case Phase::not_expected: return not_expected(turn_);
            case Phase::not_asked: return not_asked(round.not_asked);
            case Phase::unreachable: return text("why.unreachable");
            case Phase::silent:
                return sentences({at("why.silent", asked_), at("why.closed", round.closes_at)});
        }
        return {};
    }

    // The sentence with its time, which may be unknown.
    Text at(const char* key, std::optional<Instant> instant) const {
        const auto known = instant.value_or(turn_.run.opens_at);
        return text(key, {{"at", when(known, today_, reader_)}});
    }

private:
    const Turn& turn_;
    std::optional<Instant> asked_;
    Reader reader_;
    LocalDate today_;
};

Text next_stand_up(const Turn& turn, const std::vector<Timer>& timers) {
    const auto* next = timer_of(timers, TimerKind::open_run, turn.ceremony.id.value);
    if (next == nullptr) return text("why.next_none");
    return text("why.next_stand_up", {{"at", next->due}});
}

Text what_is_next(
    const Turn& turn, const std::vector<Timer>& timers, const State& state, Instant now
) {
    const auto& round = turn.round;
    const bool can_answer = takes(turn, Takes::lines, now);
    if (has_answered(round) && can_answer)
        return sentences({text("why.next_change"), next_stand_up(turn, timers)});
    const bool asks = round.phase == Phase::asked && round.closes_at && now < *round.closes_at;
    if (asks) {
        const auto closes = state.at("why.next_close", round.closes_at);
        if (const auto* reminder = timer_of(timers, TimerKind::remind, round.id.value))
            return sentences({state.at("why.next_reminder", reminder->due), closes});
        return closes;
    }
    if (round.phase == Phase::waiting) return state.at("why.next_close", round.closes_at);
    const bool unanswered = round.phase == Phase::silent || round.phase == Phase::asked ||
                            round.phase == Phase::not_asked || round.phase == Phase::unreachable;
    if (unanswered && can_answer) {
        const bool closed = round.closes_at && now >= *round.closes_at;
        return sentences(
            {text(closed ? "why.next_late" : "why.next_answer"), next_stand_up(turn, timers)}
        );
    }
    return next_stand_up(turn, timers);
}

Button join_again(const Turn& turn) {
    auto join = button(turn, Verb::undo_stop, 1, true);
    join.label = text("button.join_again");
    join.spoken = text("button.join_again_spoken", names_of(turn.team, turn.run));
    return join;
}

}  // namespace

Message why(
    const Turn& turn,
    const std::vector<Timer>& timers,
    const std::vector<Delivery>& prompts,
    Instant now
) {
    const Arguments team{{"team", UserText{turn.team.name}}};
    if (!takes_part(turn)) {
        auto message = note(
            reader_of(turn.person), turn.left ? text("why.left", team) : text("why.observer", team)
        );
        if (!turn.left) message.blocks.push_back(Buttons{{join_again(turn)}});
        return message;
    }
    const State state(turn, prompts, now);
    auto message = note(
        reader_of(turn.person),
        sentences(
            {text("why.team", team),
             schedule(turn),
             state.sentence(now),
             what_is_next(turn, timers, state, now)}
        )
    );
    message.blocks.push_back(Buttons{
        {button(turn, Verb::wrong_hours, 1), button(turn, Verb::stop, 1)}});
    return message;
}

Message why_about(const Turn& other, Asker asker, const Reader& reader, Instant now) {
    const NamedPerson who{other.person.id, other.person.name};
    const Arguments person{{"person", who}};
    if (asker == Asker::stranger) return note(reader, text("why_about.nothing"));
    const auto phase = other.round.phase;
    const bool today = other.run.held_on == local_date(other.person.zone, now);
    if (!today && asker == Asker::delivery_manager)
        return note(reader, text("why_about.not_asked_today", person));
    if (today && (phase == Phase::away || phase == Phase::not_expected))
        return note(
            reader, sentences({text("why_about.not_working", person), text("why_about.next")})
        );
    if (asker == Asker::teammate) return note(reader, text("why_about.private", person));
    if (has_answered(other.round)) return note(reader, text("why_about.answered", person));
    if (phase == Phase::not_asked || phase == Phase::unreachable || phase == Phase::waiting)
        return note(reader, text("why_about.not_asked", person));
    const auto asked = other.round.asked_at.value_or(other.round.opens_at.value_or(now));
    return note(
        reader,
        text(
            "why_about.asked",
            with(person, {{"at", when(asked, local_date(reader.zone, now), reader)}})
        )
    );
}

Message why_blocker(
    const Blocker& blocker,
    const std::map<PersonId, std::string>& names,
    const Reader& reader,
    Instant now
) {
    auto raised = about(
        blocker.without_name ? "why_blocker.raised_without_name" : "why_blocker.raised", blocker
    );
    if (!blocker.without_name)
        raised.arguments.emplace_back("raiser", person(blocker.raiser, names));
    raised.arguments.emplace_back(
        "at", when(blocker.raised_at, local_date(reader.zone, now), reader)
    );
    TextList said{raised};
    switch (blocker.state) {
        case BlockerState::open: break;
        case BlockerState::cleared: said.push_back(text("why_blocker.cleared")); break;
        case BlockerState::withdrawn: said.push_back(text("why_blocker.withdrawn")); break;
        case BlockerState::merged: said.push_back(text("why_blocker.merged")); break;
    }
    if (blocker.state == BlockerState::open) {
        if (blocker.only_delivery_manager) said.push_back(text("why_blocker.private"));
        said.push_back(
            blocker.helper
                ? text("why_blocker.helper", {{"helper", person(*blocker.helper, names)}})
                : text("why_blocker.no_helper")
        );
        said.push_back(text("why_blocker.next"));
    }
    return note(reader, sentences(said));
}

Message my_hours(const Person& person, const std::vector<Team>& teams) {
    auto message = note(reader_of(person), text("hours.heading"));
    message.blocks = {Heading{text("hours.heading")}, working_hours(person)};
    message.blocks.push_back(Paragraph{text("hours.what_for")});
    if (person.longer) message.blocks.push_back(Paragraph{text("hours.longer")});
    if (!teams.empty()) {
        Turn of_team;
        of_team.team = teams.front();
        message.blocks.push_back(Buttons{{button(of_team, Verb::wrong_hours, 1)}});
    }
    return message;
}

namespace words {
namespace {

constexpr LocalDate some_monday{
    std::chrono::year{2026}, std::chrono::November, std::chrono::day{23}};

Text weekday_text(std::chrono::weekday day) {
    const auto date = add_days(some_monday, static_cast<int>(day.iso_encoding()) - 1);
    return text("date.weekday", {{"date", date}});
}

Argument weekday_argument(std::chrono::weekday day) {
    return several(weekday_text(day));
}

bool follow_each_other(const std::vector<std::chrono::weekday>& days) {
    for (std::size_t i = 1; i < days.size(); ++i)
        if (days[i].iso_encoding() != days[i - 1].iso_encoding() + 1) return false;
    return days.size() > 2;
}

Text span_of(const std::vector<std::chrono::weekday>& days) {
    if (days.size() == 7) return text("days.every_day");
    if (follow_each_other(days)) {
        return text(
            "days.from_to",
            {{"first", weekday_argument(days.front())}, {"last", weekday_argument(days.back())}}
        );
    }
    TextList list;
    for (auto day : days)
        list.push_back(weekday_text(day));
    return joined(list);
}

Text of_the_month(const Recurrence& rule) {
    constexpr std::array nth{
        "days.first", "days.second", "days.third", "days.fourth", "days.fifth"};
    if (rule.nth_weekday) {
        const auto [ordinal, day] = *rule.nth_weekday;
        const bool from_start = ordinal >= 1 && ordinal <= 5;
        const auto* key = from_start ? nth[static_cast<std::size_t>(ordinal - 1)] : "days.last";
        return text(key, {{"weekday", weekday_argument(day)}});
    }
    if (!rule.month_day || *rule.month_day == -1) return text("days.last_day");
    return text("days.month_day", {{"number", std::int64_t{*rule.month_day}}});
}

Text clock_range(const Hours& hours) {
    return text("hours.range", {{"from", clock(hours.from)}, {"to", clock(hours.to)}});
}

Text hours_text(const std::vector<Hours>& hours) {
    if (hours.empty()) return text("hours.day_off");
    TextList ranges;
    for (const auto& range : hours)
        ranges.push_back(clock_range(range));
    return joined(ranges);
}

// Days with the same hours, one after the other, in one row.
void add_week(Facts& facts, const WorkingWeek& week, const char* label) {
    for (std::size_t from = 0; from < week.days.size();) {
        std::vector<std::chrono::weekday> days;
        auto to = from;
        while (to < week.days.size() && week.days[to] == week.days[from])
            days.push_back(weekday_of(add_days(some_monday, static_cast<int>(to++))));
        facts.rows.emplace_back(
            text(
                label,
                {{"days", several(days.size() == 7 ? text("days.every_day") : span_of(days))}}
            ),
            hours_text(week.days[from])
        );
        from = to;
    }
}

}  // namespace

std::string city_of(const ZoneName& zone) {
    auto city = zone.substr(zone.rfind('/') + 1);
    std::ranges::replace(city, '_', ' ');
    return city;
}

Text days_of(const Recurrence& rule) {
    const std::int64_t interval = rule.interval;
    switch (rule.frequency) {
        case Recurrence::Frequency::daily:
            if (interval == 1) return text("days.every_day");
            return text("days.every_days", {{"count", interval}});
        case Recurrence::Frequency::weekly: {
            auto days = span_of(rule.weekdays);
            if (interval == 1) return days;
            return text(
                "days.every_weeks", {{"count", interval}, {"days", several(std::move(days))}}
            );
        }
        case Recurrence::Frequency::monthly: {
            auto days = of_the_month(rule);
            if (interval == 1) return days;
            return text(
                "days.every_months", {{"count", interval}, {"days", several(std::move(days))}}
            );
        }
    }
    return {};
}

Facts working_hours(const Person& person) {
    Facts facts;
    facts.rows.emplace_back(text("hours.zone"), verbatim(person.zone));
    if (person.hours.week_b) {
        add_week(facts, person.hours.week, "hours.week_a");
        add_week(facts, *person.hours.week_b, "hours.week_b");
    } else {
        add_week(facts, person.hours.week, "hours.week");
    }
    return facts;
}

}  // namespace words

}  // namespace muster::standup
