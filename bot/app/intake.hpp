#pragma once

#include "bot/domain/inbound.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/entropy.hpp"
#include "bot/ports/log.hpp"
#include "bot/ports/task_group.hpp"
#include "storage/store.hpp"

namespace muster {

// The way in: every adapter hands what it was told to take(), whatever the platform.
class Intake {
public:
    // Everything must outlive the intake; `writes` runs what take() no longer waits for.
    Intake(Store& store, Clock& clock, Log& log, TaskGroup& writes);

    // Decides and stores in one transaction. A Reply means durable: the adapter may answer 200 and
    // carry it out. A duplicate gets the reply that was kept. Errors mean not stored, or not in
    // time (2.5 s): the adapter answers 503, or tells the person "not saved, try again"; a commit
    // that comes later is harmless because of its key. A decision that throws is quarantined: kept
    // whole, tried again later, and answered now; only a form is answered with store_failed, so
    // that the person sees that it is not saved, and may send it again.
    Task<Result<Reply>> take(Inbound inbound);

    // Tries quarantined inputs again, up to five times each. Called every half minute.
    Task<> retry_quarantined();

private:
    struct Waiting;

    Task<> record(std::shared_ptr<Waiting> waiting);
    Task<Result<Reply>> write(Inbound inbound);

    Store& store_;
    Clock& clock_;
    Log& log_;
    TaskGroup& writes_;
};

}  // namespace muster
