#pragma once

#include "bot/app/intake.hpp"
#include "bot/domain/decision.hpp"
#include "bot/ports/history.hpp"

namespace muster {

// After a time in which nobody listened: reads what people typed meanwhile in the direct messages
// in which they were being asked, and gives it to the intake. What the platform tells once more is
// known there by its keys.
//
// A conversation at a time for each connection, beside everything else and for two hours at most.
// Until all is read the downtime says so in the store: a process that dies in the middle leaves the
// whole of it to the next one.
class BackFill {
public:
    // Everything must outlive run(), which ends when `reads` was cancelled.
    BackFill(
        Store& store, Clock& clock, Entropy& entropy, Log& log, Intake& intake, TaskGroup& reads
    );

    Task<> run(Histories histories);

    // The program was away, it says.
    void look_again() { bell_.ring(); }

private:
    struct Work;

    Task<> read_back(std::vector<Downtime> downtimes, Histories histories);
    Task<> read_all(ConnectionId connection, std::shared_ptr<Work> work, History& history);
    Task<Typed> read_one(
        ConnectionId connection,
        Conversation conversation,
        std::shared_ptr<Work> work,
        History& history
    );
    Task<bool> take(std::vector<Inbound> lines, std::vector<Downtime> downtimes);
    Task<> finish(std::vector<Downtime> downtimes, ReadBack how);

    Store& store_;
    Clock& clock_;
    Entropy& entropy_;
    Log& log_;
    Intake& intake_;
    TaskGroup& reads_;
    Bell bell_;
};

}  // namespace muster
