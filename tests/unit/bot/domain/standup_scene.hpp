#pragma once

#include "bot/domain/standup.hpp"

// A small team to decide about: London, a stand-up at 9:30am on weekdays, Monday 23 November 2026.
namespace muster::scene {

using namespace std::chrono_literals;

inline Instant at(const char* text) {
    return *instant_from(std::string{text} + ":00.000Z");
}

inline LocalDate date(const char* text) {
    return *date_from(text);
}

inline const auto monday = date("2026-11-23");
inline const auto nine_thirty = at("2026-11-23T09:30");
inline const auto half_past_eleven = at("2026-11-23T11:30");

inline Person person(int number, std::string name, ZoneName zone = "Europe/London") {
    Person person;
    person.id = PersonId{number};
    person.name = std::move(name);
    person.zone = std::move(zone);
    return person;
}

inline const auto amira = person(1, "Amira Khan");
inline const auto dev = person(2, "Dev Patel");

inline Team payments() {
    Team team;
    team.id = TeamId{100};
    team.name = "Payments";
    return team;
}

inline Ceremony stand_up() {
    Ceremony ceremony;
    ceremony.id = CeremonyId{200};
    ceremony.team = payments().id;
    ceremony.key = "standup";
    ceremony.name = "stand-up";
    ceremony.recurrence = *parse_recurrence("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", std::nullopt);
    ceremony.slots = {{"main", 9h + 30min}};
    ceremony.questions = usual_questions();
    return ceremony;
}

inline std::shared_ptr<const CalendarBook> calendars(std::vector<Calendar> list = {}) {
    CalendarBook book;
    for (auto& calendar : list)
        book[calendar.key] = calendar;
    return std::make_shared<const CalendarBook>(std::move(book));
}

inline Roster roster(const std::vector<Person>& people = {amira, dev}) {
    Roster roster;
    roster.team = payments();
    for (const auto& member : people)
        roster.members.push_back({member, Standing::participant, {}});
    roster.roles = {{payments().id, Role::delivery_manager, dev.id, {}}};
    roster.channels = {{ChannelId{300}, payments().id, ConnectionId{400}, "payments"}};
    roster.ceremonies = {stand_up()};
    roster.calendars = calendars();
    return roster;
}

// A round of Amira's that was asked at half past nine and is open until half past eleven.
inline Turn open_turn() {
    Turn turn;
    turn.person = amira;
    turn.team = payments();
    turn.ceremony = stand_up();
    turn.run.id = RunId{500};
    turn.run.ceremony = turn.ceremony.id;
    turn.run.team = turn.team.id;
    turn.run.date = monday;
    turn.run.held_on = monday;
    turn.run.slot = "main";
    turn.run.opens_at = nine_thirty;
    turn.run.completes_at = half_past_eleven;
    turn.run.closes_at = half_past_eleven;
    turn.run.questions = turn.ceremony.questions;
    turn.run.ceremony_name = "stand-up";
    turn.round.id = RoundId{600};
    turn.round.run = turn.run.id;
    turn.round.person = amira.id;
    turn.round.phase = Phase::asked;
    turn.round.opens_at = nine_thirty;
    turn.round.closes_at = half_past_eleven;
    turn.round.asked_at = nine_thirty;
    turn.round.prompts = 1;
    turn.channels = roster().channels;
    turn.delivery_managers = {dev.id};
    turn.calendars = calendars();
    return turn;
}

inline Turn waiting_turn() {
    auto turn = open_turn();
    turn.round.phase = Phase::waiting;
    turn.round.asked_at.reset();
    turn.round.prompts = 0;
    return turn;
}

inline Answer answer(
    const Turn& turn, std::string question, std::string words, std::string message = ""
) {
    return {
        turn.round.id,
        std::move(question),
        std::move(words),
        nine_thirty,
        AnswerSource::line,
        std::move(message)};
}

inline IdSource ids() {
    return IdSource{{1, 2}};
}

// ---- looking at a decision

template <class Row>
std::vector<Row> rows(const Decision& decision) {
    std::vector<Row> found;
    for (const auto& change : decision.changes)
        if (const auto* row = std::get_if<Row>(&change)) found.push_back(*row);
    return found;
}

template <class Row>
Row row(const Decision& decision) {
    auto found = rows<Row>(decision);
    return found.empty() ? Row{} : found.back();
}

inline bool tells(const Decision& decision, Purpose purpose) {
    for (const auto& tell : decision.deliveries)
        if (tell.key.purpose == purpose) return true;
    return false;
}

inline std::optional<Instant> timer(const Decision& decision, TimerKind kind) {
    for (const auto& change : decision.timers)
        if (const auto* set = std::get_if<SetTimer>(&change); set && set->kind == kind)
            return set->due;
    return std::nullopt;
}

inline bool cancels(const Decision& decision, TimerKind kind) {
    for (const auto& change : decision.timers)
        if (const auto* cancel = std::get_if<CancelTimer>(&change); cancel && cancel->kind == kind)
            return true;
    return false;
}

// The key of the sentence that the person is answered with; "" when there is none.
inline std::string said(const Decision& decision) {
    const auto* say = std::get_if<Say>(&decision.reply);
    return say ? say->message.notification.key : std::string{};
}

inline Said line(std::string words) {
    return {std::move(words), "line-1", std::nullopt};
}

}  // namespace muster::scene
