#pragma once

#include "bot/ports/chat_platform.hpp"
#include "storage/store.hpp"

namespace muster {

// Where a delivery goes: where it is already, else as accounts and channels are now. None: nobody
// has an account there.
std::optional<Destination> destination_of(View&, const Delivery&);

// One call that is to be made for a delivery, decided and stored before it is made.
struct Claim {
    Call call = Call::deliver;
    Delivery delivery;
    Destination destination;
    Message message;         // of what is delivered or updated
    std::int64_t shown = 0;  // its digest()
};

// Takes the lease: composes the text of this moment and marks the row as sending, or finds that
// there is nothing to do (expired, pointless, unchanged) and records that. None, too, when it no
// longer goes to `expected`: the next look finds its new place.
std::optional<Claim>
claim(Transaction&, DeliveryId, const std::optional<Destination>& expected, Instant now, IdSource&);

// The call could not begin: it counts as no try, and may be made at `due`.
void lease_not_used(Transaction&, const Claim&, Instant due);

// Records what became of the call, and what that means for the round that was asked. `retry_at` is
// used when the call is to be made again.
void settle(Transaction&, const Claim&, const Outcome&, Instant retry_at, Instant now, IdSource&);

// What a look at the platform means for a delivery that is still uncertain: sent, posted again, or
// given up.
void settle_found(Transaction&, DeliveryId, const Found&, Instant now, IdSource&);

// Something threw on the way: later again, longer each time, and failed in the end. What may have
// been posted keeps its lease: the platform is asked.
void set_back(Transaction&, DeliveryId, const std::string& error, Instant now, IdSource&);

// It will never be sent: recorded, and its round told.
void give_up(Transaction&, const Delivery&, const std::string& reason, Instant now, IdSource&);

// What calls tell of a connection as a whole: a definite word on one message shows that it is
// served.
enum class Reception { unknown, refused, served };

Reception told_by(const Outcome&);
Reception told_by(const Found&);

// Keeps, and logs, that the connection is suspended or served again.
void keep_reception(Transaction&, ConnectionId, Reception, const std::string& reason, Instant now);

// Rows that an ended process left in `sending` may or may not have been posted. Returns how many
// posts are uncertain by that.
int mark_uncertain(Transaction&, Instant sending_before, Instant now);

}  // namespace muster
