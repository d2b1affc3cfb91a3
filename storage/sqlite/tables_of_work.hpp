#pragma once

#include "bot/domain/decision.hpp"
#include "storage/sqlite/table.hpp"

namespace muster::sqlite {

template <>
struct Table<PlannedRun> {
    static constexpr auto name = "planned_run";
    static constexpr auto key = "ceremony";

    static void columns(auto& planned, auto&& column) {
        column("ceremony", planned.ceremony);
        column("date", planned.date);
        column("held_on", planned.held_on);
        column("slot", planned.slot);
        column("opens_at", planned.opens_at);
    }
};

template <>
struct Table<Run> {
    static constexpr auto name = "run";
    static constexpr auto key = "id";

    static void columns(auto& run, auto&& column) {
        column("id", run.id);
        column("ceremony", run.ceremony);
        column("team", run.team);
        column("date", run.date);
        column("slot", run.slot);
        column("held_on", run.held_on);
        column("state", run.state);
        column("opens_at", run.opens_at);
        column("completes_at", run.completes_at);
        column("closes_at", run.closes_at);
        column("questions", run.questions);
        column("ceremony_name", run.ceremony_name);
        column("names_hidden", run.names_hidden);
        column("show_silent", run.show_silent);
        column("unscheduled", run.unscheduled);
    }
};

template <>
struct Table<Round> {
    static constexpr auto name = "round";
    static constexpr auto key = "id";

    static void columns(auto& round, auto&& column) {
        column("id", round.id);
        column("run", round.run);
        column("person", round.person);
        column("phase", round.phase);
        column("not_asked", round.not_asked);
        column("reason", round.reason);
        column("opens_at", round.opens_at);
        column("closes_at", round.closes_at);
        column("asked_at", round.asked_at);
        column("answered_at", round.answered_at);
        column("edited_at", round.edited_at);
        column("snoozed_until", round.snoozed_until);
        column("prompts", round.prompts);
        column("receipts", round.receipts);
        column("reminded", round.reminded);
        column("step", round.step);
        column("phase_before", round.phase_before);
        column("not_asked_before", round.not_asked_before);
    }
};

template <>
struct Table<Answer> {
    static constexpr auto name = "answer";
    static constexpr auto key = "round, question";

    static void columns(auto& answer, auto&& column) {
        column("round", answer.round);
        column("question", answer.question);
        column("text", answer.text);
        column("at", answer.at);
        column("source", answer.source);
        column("message", answer.message);
        column("said_at", answer.said_at);
        column("withdrawn", answer.withdrawn);
    }
};

template <>
struct Table<Draft> {
    static constexpr auto name = "draft";
    static constexpr auto key = "id";

    static void columns(auto& draft, auto&& column) {
        column("id", draft.id);
        column("person", draft.person);
        column("kind", draft.kind);
        column("round", draft.round);
        column("text", draft.text);
        column("message", draft.message);
        column("expires_at", draft.expires_at);
        column("said_at", draft.said_at);
    }
};

template <>
struct Table<Setup> {
    static constexpr auto name = "setup";
    static constexpr auto key = "id";

    static void columns(auto& setup, auto&& column) {
        column("id", setup.id);
        column("kind", setup.kind);
        column("connection", setup.connection);
        column("place", setup.place);
        column("starter", setup.starter);
        column("state", setup.state);
        column("proposals", setup.proposals);
        column("found", setup.found);
        column("people", setup.people);
        column("entered", setup.entered);
        column("team", setup.team);
    }
};

template <>
struct Table<Blocker> {
    static constexpr auto name = "blocker";
    static constexpr auto key = "id";

    static void columns(auto& blocker, auto&& column) {
        column("id", blocker.id);
        column("team", blocker.team);
        column("number", blocker.number);
        column("title", blocker.title);
        column("raiser", blocker.raiser);
        column("raised_at", blocker.raised_at);
        column("round", blocker.round);
        column("state", blocker.state);
        column("ended_at", blocker.ended_at);
        column("ended_by", blocker.ended_by);
        column("helper", blocker.helper);
        column("root", blocker.root);
        column("needed_from", blocker.needed_from);
        column("needed_by", blocker.needed_by);
        column("ask", blocker.ask);
        column("only_delivery_manager", blocker.only_delivery_manager);
        column("held_until", blocker.held_until);
        column("without_name", blocker.without_name);
        column("message", blocker.message);
        column("said_at", blocker.said_at);
    }
};

template <>
struct Table<BlockerNote> {
    static constexpr auto name = "blocker_note";
    static constexpr auto key = "id";

    static void columns(auto& note, auto&& column) {
        column("id", note.id);
        column("blocker", note.blocker);
        column("author", note.by);
        column("kind", note.kind);
        column("text", note.text);
        column("at", note.at);
    }
};

template <>
struct Table<Timer> {
    static constexpr auto name = "timer";
    static constexpr auto key = "kind, ref";

    static void columns(auto& timer, auto&& column) {
        column("kind", timer.kind);
        column("ref", timer.ref);
        column("due", timer.due);
    }
};

template <>
struct Table<Delivery> {
    static constexpr auto name = "delivery";
    static constexpr auto key = "id";

    static void columns(auto& delivery, auto&& column) {
        column("id", delivery.id);
        column("purpose", delivery.key.purpose);
        column("subject", delivery.key.subject);
        column("recipient", delivery.key.recipient);
        column("seq", delivery.key.seq);
        column("thread_of", delivery.thread_of);
        column("priority", Derived{static_cast<int>(priority_of(delivery.key.purpose))});
        column("told_at", delivery.told_at);
        column("due", delivery.due);
        column("expires_at", delivery.expires_at);
        column("state", delivery.state);
        column("revision_wanted", delivery.revision_wanted);
        column("revision_sent", delivery.revision_sent);
        column("attempt", delivery.attempt);
        column("failures", delivery.failures);
        column("sending_since", delivery.sending_since);
        column("tried_since", delivery.tried_since);
        column("unheard", delivery.unheard);
        column("sent_at", delivery.sent_at);
        column("changed_at", delivery.changed_at);
        column("connection", delivery.connection);
        column("address", delivery.address);
        column("provider_id", delivery.provider_id);
        column("reason", delivery.reason);
        column("shown", delivery.shown);
        column("stands", delivery.stands);
    }
};

template <>
struct Table<Downtime> {
    static constexpr auto name = "downtime";
    static constexpr auto key = "id";

    static void columns(auto& downtime, auto&& column) {
        column("id", downtime.id);
        column("began_at", downtime.from);
        column("ended_at", downtime.to);
        column("read_back", downtime.read_back);
    }
};

template <>
struct Table<Recovered> {
    static constexpr auto name = "recovered";
    static constexpr auto key = "downtime, round";

    static void columns(auto& recovered, auto&& column) {
        column("downtime", recovered.downtime);
        column("round", recovered.round);
    }
};

}  // namespace muster::sqlite
