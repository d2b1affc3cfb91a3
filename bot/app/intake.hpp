#pragma once

#include <memory>
#include <set>

#include "bot/domain/inbound.hpp"
#include "bot/domain/result.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/entropy.hpp"
#include "bot/ports/log.hpp"
#include "bot/ports/task_group.hpp"

namespace muster {

class Store;
class Transaction;

// What an input is answered with.
struct Taken {
    Reply reply;
    // Another request for the same input was given the reply to carry out. An adapter that posts
    // its replies posts this one not; one that answers the request itself gives it again.
    bool carried_before = false;
};

// The way in: every adapter hands what it was told to take(), whatever the platform.
class Intake {
public:
    // Everything must outlive the intake; `writes` runs what take() no longer waits for.
    Intake(Store& store, Clock& clock, Log& log, TaskGroup& writes);

    // Decides and stores in one transaction. A reply means durable: the adapter may answer 200 and
    // carry it out. A duplicate gets the reply that was kept; it is the one to carry it out if
    // nobody was given it before. Errors mean not stored, or not within 2.5 s of `arrived`, when
    // the platform's request began to come in: the adapter answers 503, or tells the person "not
    // saved, try again"; a commit that comes later is harmless because of its key, and its reply
    // is left to the request that comes again. A decision that throws is quarantined: kept whole,
    // tried again later, and answered now; only a form is answered with store_failed, so that the
    // person sees that it is not saved, and may send it again.
    Task<Result<Taken>> take(Inbound inbound, SteadyInstant arrived);

    // What was typed while the bot did not listen, and was read back where it was typed. Taken in
    // as of when it was sent, unless it was told before; what it would have been replied is told by
    // a delivery. False: not stored, so that it has to be read once more.
    Task<bool> take_read_back(Inbound inbound, std::int64_t downtime);

    // Tries quarantined inputs again, up to five times each. Called every half minute.
    Task<> retry_quarantined();

private:
    struct Stored;
    struct Waiting;
    class Waiter;
    using Request = std::pair<ConnectionId, std::string>;

    Task<> record(std::shared_ptr<Waiting> waiting);
    Task<Result<Stored>> write(Inbound inbound);
    Task<Result<Stored>> quarantine(Inbound inbound, std::string error, Instant now);
    Task<> leave_to_the_next(Request request);
    static Result<Stored> decide_and_keep(Transaction&, const Inbound&, Instant now);

    Store& store_;
    Clock& clock_;
    Log& log_;
    TaskGroup& writes_;
    std::set<Request> left_;  // whose reply nobody was given, while the store is told so
};

}  // namespace muster
