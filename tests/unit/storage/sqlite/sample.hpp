#pragma once

#include "bot/domain/decision.hpp"

namespace muster::sample {

// One small organisation, as rows: a team of three with a stand-up, one channel, a delivery manager
// outside the team.
inline constexpr OrganisationId agency{1};
inline constexpr ConnectionId local{2};
inline constexpr PersonId amira{10}, bo{11}, cai{12}, dev{13};
inline constexpr TeamId payments{20};
inline constexpr ChannelId channel{21};
inline constexpr CeremonyId standup{22};
inline constexpr RunId monday{30}, tuesday{31};
inline constexpr RoundId amira_monday{40}, amira_tuesday{41}, bo_tuesday{42};

inline constexpr LocalDate monday_date = std::chrono::year{2026} / 11 / 23;
inline constexpr LocalDate tuesday_date = std::chrono::year{2026} / 11 / 24;
inline constexpr Instant monday_nine = std::chrono::sys_days{monday_date} + 9h;
inline constexpr Instant tuesday_nine = std::chrono::sys_days{tuesday_date} + 9h;

inline Person person(PersonId id, std::string name) {
    auto person = Person{};
    person.id = id;
    person.organisation = agency;
    person.key = name;
    person.name = std::move(name);
    person.home = AccountId{id.value + 100};
    return person;
}

inline Account account(PersonId person) {
    auto account = Account{};
    account.id = AccountId{person.value + 100};
    account.connection = local;
    account.person = person;
    account.external_id = "U" + std::to_string(person.value);
    return account;
}

inline Question question(std::string key) {
    auto question = Question{};
    question.key = std::move(key);
    question.text = "What about " + question.key + "?";
    return question;
}

inline Ceremony ceremony() {
    auto ceremony = Ceremony{};
    ceremony.id = standup;
    ceremony.team = payments;
    ceremony.key = "standup";
    ceremony.name = "stand-up";
    ceremony.slots = {Slot{}};
    ceremony.questions = {question("today"), question("since")};
    return ceremony;
}

inline Run run(RunId id, LocalDate date, Instant opens_at) {
    auto run = Run{};
    run.id = id;
    run.ceremony = standup;
    run.team = payments;
    run.date = date;
    run.held_on = date;
    run.slot = "main";
    run.opens_at = opens_at;
    run.completes_at = opens_at + 2h;
    run.closes_at = opens_at + 3h;
    run.questions = ceremony().questions;
    run.ceremony_name = "stand-up";
    return run;
}

inline Round round(RoundId id, const Run& run, PersonId person, Phase phase = Phase::asked) {
    auto round = Round{};
    round.id = id;
    round.run = run.id;
    round.person = person;
    round.phase = phase;
    round.opens_at = run.opens_at;
    round.closes_at = run.closes_at;
    return round;
}

inline Answer answer(RoundId round, std::string question, std::string text) {
    auto answer = Answer{};
    answer.round = round;
    answer.question = std::move(question);
    answer.text = std::move(text);
    answer.at = tuesday_nine + 5min;
    return answer;
}

inline Blocker blocker(std::int64_t id, int number, PersonId raiser) {
    auto blocker = Blocker{};
    blocker.id = BlockerId{id};
    blocker.team = payments;
    blocker.number = number;
    blocker.title = "No test data";
    blocker.raiser = raiser;
    blocker.raised_at = monday_nine;
    return blocker;
}

inline Decision settings() {
    auto team = Team{};
    team.id = payments;
    team.organisation = agency;
    team.key = team.name = "payments";
    auto decision = Decision{};
    decision.changes = {
        Organisation{agency, "Example Agency"},
        Connection{local, agency, "local", "local"},
        person(amira, "Amira"),
        person(bo, "Bo"),
        person(cai, "Cai"),
        person(dev, "Dev"),
        account(amira),
        account(bo),
        account(cai),
        account(dev),
        team,
        Channel{channel, payments, local, "C1"},
        Membership{payments, amira, Standing::participant},
        Membership{payments, bo, Standing::participant},
        Membership{payments, cai, Standing::observer},
        RoleHolder{payments, Role::delivery_manager, dev, {}},
        ceremony(),
    };
    return decision;
}

inline Decision two_runs() {
    auto first = run(monday, monday_date, monday_nine);
    auto second = run(tuesday, tuesday_date, tuesday_nine);
    auto decision = Decision{};
    decision.changes = {
        first,
        second,
        round(amira_monday, first, amira, Phase::answered),
        round(amira_tuesday, second, amira),
        round(bo_tuesday, second, bo),
    };
    return decision;
}

inline Decision changes(std::vector<Change> rows) {
    auto decision = Decision{};
    decision.changes = std::move(rows);
    return decision;
}

}  // namespace muster::sample
