#pragma once

#include "bot/domain/standup.hpp"
#include "tests/unit/bot/domain/spoken.hpp"

// What people read on Tuesday 24 November 2026 in the Payments team of London, whose stand-up opens
// at 9:30am and closes at 11:30am.
namespace muster::payments_scene {

using namespace std::chrono;

constexpr LocalDate tuesday{year{2026}, November, day{24}};

inline Instant at(int hour, int minute, LocalDate date = tuesday) {
    return sys_days{date} + hours{hour} + minutes{minute};
}

inline Instant nine_thirty() {
    return at(9, 30);
}

inline Person someone(std::int64_t id, const std::string& name) {
    Person person;
    person.id = PersonId{id};
    person.name = name;
    return person;
}

inline Person ana() {
    return someone(1, "Ana Silva");
}

inline const std::map<PersonId, std::string>& names() {
    static const std::map<PersonId, std::string> known{
        {PersonId{1}, "Ana Silva"},
        {PersonId{2}, "Dev Patel"},
        {PersonId{3}, "Bo Lund"},
    };
    return known;
}

inline Ceremony a_stand_up() {
    Ceremony ceremony;
    ceremony.id = CeremonyId{30};
    ceremony.team = TeamId{20};
    ceremony.name = "stand-up";
    ceremony.slots = {{"main", 9h + 30min}};
    ceremony.questions = usual_questions();
    for (unsigned day = 1; day <= 5; ++day)
        ceremony.recurrence.weekdays.emplace_back(day);
    return ceremony;
}

inline Team payments() {
    Team team;
    team.id = TeamId{20};
    team.name = "Payments";
    return team;
}

inline Run a_run() {
    Run run;
    run.id = RunId{40};
    run.ceremony = CeremonyId{30};
    run.team = TeamId{20};
    run.date = run.held_on = tuesday;
    run.slot = "main";
    run.opens_at = nine_thirty();
    run.completes_at = run.closes_at = at(11, 30);
    run.questions = usual_questions();
    run.ceremony_name = "stand-up";
    return run;
}

inline Round a_round(std::int64_t id, PersonId person, Phase phase) {
    Round round;
    round.id = RoundId{id};
    round.run = RunId{40};
    round.person = person;
    round.phase = phase;
    round.opens_at = nine_thirty();
    round.closes_at = at(11, 30);
    round.prompts = 1;
    if (phase == Phase::asked || phase == Phase::silent) round.asked_at = nine_thirty();
    return round;
}

// Ana was asked at 9:30am.
inline Turn asked() {
    Turn turn;
    turn.person = ana();
    turn.team = payments();
    turn.ceremony = a_stand_up();
    turn.run = a_run();
    turn.round = a_round(50, PersonId{1}, Phase::asked);
    turn.channel_platforms = {"slack", "msteams"};
    turn.delivery_managers = {PersonId{2}};
    turn.names = names();
    turn.calendars = std::make_shared<const CalendarBook>();
    return turn;
}

inline Turn in_phase(Phase phase) {
    auto turn = asked();
    turn.round.phase = phase;
    return turn;
}

inline LastPlan mondays_plan() {
    return {LocalDate{year{2026}, November, day{23}}, "Finish the refund form"};
}

inline Blocker a_blocker(int number, const std::string& title) {
    Blocker blocker;
    blocker.id = BlockerId{number * 100};
    blocker.team = TeamId{20};
    blocker.number = number;
    blocker.title = title;
    blocker.raiser = PersonId{1};
    blocker.raised_at = at(9, 40, LocalDate{year{2026}, November, day{19}});
    return blocker;
}

inline Answer an_answer(
    const std::string& question, const std::string& words, Instant when = at(9, 42)
) {
    Answer answer;
    answer.round = RoundId{50};
    answer.question = question;
    answer.text = words;
    answer.at = when;
    return answer;
}

// ... and answered at 9:42am.
inline Turn answered() {
    auto turn = in_phase(Phase::answered);
    turn.round.answered_at = at(9, 42);
    turn.round.receipts = 1;
    turn.answers = {an_answer("today", "Test refunds")};
    return turn;
}

inline Delivery unsent(Purpose purpose, int seq = 0) {
    Delivery delivery;
    delivery.key = {purpose, 50, PersonId{1}, seq};
    delivery.due = nine_thirty();
    return delivery;
}

inline Delivery sent(Purpose purpose, int seq = 0) {
    auto delivery = unsent(purpose, seq);
    delivery.revision_wanted = 2;
    delivery.revision_sent = 1;
    delivery.provider_id = "m1";
    delivery.sent_at = nine_thirty();
    return delivery;
}

inline Draft a_draft(DraftKind kind, const std::string& words) {
    Draft draft;
    draft.id = DraftId{70};
    draft.person = PersonId{1};
    draft.kind = kind;
    draft.text = words;
    draft.expires_at = at(8, 0, LocalDate{year{2026}, November, day{25}});
    return draft;
}

}  // namespace muster::payments_scene
