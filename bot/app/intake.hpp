#pragma once

#include "bot/domain/inbound.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/entropy.hpp"
#include "storage/store.hpp"

namespace muster {

// The way in: every adapter hands what it was told to take(), whatever the platform.
class Intake {
public:
    // All three must outlive every take().
    Intake(Store& store, Clock& clock, Entropy& entropy);

    // Decides and stores in one transaction. A Reply means durable: the adapter may answer 200 and carry it out.
    // A duplicate gets the reply that was kept. Errors mean not stored: the adapter answers 503, or tells the person
    // "not saved, try again". A decision that throws is quarantined and still answered.
    Task<Result<Reply>> take(Inbound inbound);

    // Tries quarantined inputs again, up to five times each. Called by the timekeeper now and then.
    Task<> retry_quarantined();

private:
    Store& store_;
    Clock& clock_;
    Entropy& entropy_;
};

}  // namespace muster
