#pragma once

#include "bot/domain/message.hpp"

namespace muster {

// Why a message exists. Its text is composed from the state when it is claimed (bot/app/compose).
enum class Purpose {
    prompt,           // subject: round; to a person. seq 1 = asked again after a snooze
    receipt,          // subject: round; "Saved as your plan for today"
    reminder,         // subject: round; removed when answered
    summary,          // subject: run; to a channel
    mirror_note,      // subject: run; first line of a mirrored thread
    plan,             // subject: round; in the summary's thread
    hidden_plans,     // subject: run; names hidden: all answers, shuffled, at close
    new_blocker,      // subject: blocker; in the summary's thread, or on its own
    open_blockers,    // subject: run; in the thread: cleared and open ones
    not_working,      // subject: run; in the thread
    helper_found,     // subject: blocker; to the raiser
    blocker_cleared,  // subject: blocker; to the raiser when somebody else cleared it
    welcome_back,     // subject: absence; to the person
    left_stand_up,    // subject: person; seq: the day; to the delivery manager: somebody stopped
    wrong_hours,      // subject: person; seq: the day; to the delivery manager
    private_blocker,  // subject: blocker; to the delivery manager only
    downtime,         // subject: downtime; to each delivery manager: "I was away"
    channel_refused,  // subject: channel; seq: the day; to the delivery manager: nothing can be
                      // posted
    sums_differ,      // subject: run; to the administrators: a fault of Muster
    undelivered,      // subject: round; to the delivery manager: this person could not be reached
    account_closed,   // subject: person; seq: the day; to the delivery manager, with what to do
    taken_late,       // subject: when it was sent; to the person: it counts, at a second try
    home,             // subject: account; the person's own page there (bot/domain/home)
    setup,            // subject: setup; seq 0: the offer, then the proposals; to who invited Muster
    announcement,     // subject: team; to its channel: there is a stand-up now
    welcome,          // subject: team; to each of its people
    newcomer,         // subject: setup; to each delivery manager: "Add them to the stand-up?"
    zone_question,    // subject: account; seq: which; to the person: "Use Lisbon time?"
    away_question,    // subject: draft; to the person: "Are you away ...?"; removed when settled
};

const char* name(Purpose);
std::optional<Purpose> purpose_from(std::string_view);

// Who gets it: a person at home, or a channel.
using Recipient = std::variant<PersonId, ChannelId>;

enum class Priority { urgent, answer, prompt, report };  // answers to people before prompts
Priority priority_of(Purpose);

enum class DeliveryState { pending, sending, uncertain, sent, failed, cancelled, expired };

const char* name(DeliveryState);

// What makes a delivery one and the same for ever.
struct DeliveryKey {
    Purpose purpose;
    std::int64_t subject = 0;
    Recipient recipient;
    int seq = 0;  // counts separate messages, not edits

    bool operator==(const DeliveryKey&) const = default;
};

// One message and its later edits.
struct Delivery {
    DeliveryId id;
    DeliveryKey key;
    std::optional<DeliveryId> thread_of;  // posted in the thread of that one, after it
    Instant told_at{};                    // first told of what the world does not show yet
    Instant due{};                        // the next call; moved by pauses
    std::optional<Instant> expires_at;    // not worth sending after that
    DeliveryState state = DeliveryState::pending;
    int revision_wanted = 1;
    int revision_sent = 0;
    int attempt = 0;                       // calls made since one went through last
    int failures = 0;                      // refusals by its channel and exceptions since then
    std::optional<Instant> sending_since;  // the lease
    std::optional<Instant> tried_since;    // the first call to post it; none once that has settled
    int unheard = 0;                       // calls to post it since then that nobody heard back of
    std::optional<Instant> sent_at;        // first posted
    std::optional<Instant> changed_at;     // last posted or edited
    std::optional<ConnectionId> connection;  // where it went or is on its way to, since the claim:
    std::string address;                     // a home that changes later does not move it
    std::string provider_id;                 // opaque; "" until posted, and after a removal
    std::string reason;                      // why it failed, expired or was cancelled
    std::int64_t shown =
        0;  // digest() of the message as posted or edited last; equal = no edit needed
    bool stands = false;  // posted, and the platform will never change it again: not asked to

    bool operator==(const Delivery&) const = default;
};

// "See that the world has the present state of this message": adds the row, or raises the revision
// wanted.
struct Tell {
    DeliveryId id;  // used when the row is new
    DeliveryKey key;
    std::optional<DeliveryKey> in_thread_of;
    Instant due{};
    std::optional<Instant> expires_at;

    bool operator==(const Tell&) const = default;
};

// ---- its life: what the row becomes. Who carries it out stores what these return.

// The world shows it, as far as anybody knows.
bool is_posted(const Delivery&);

// In a channel, where many read, a message is edited at most every 15 s.
Instant edit_due(const Delivery&, Instant wanted);

Delivery first_told(const Tell&);

// The world has, or will have, an older state of the message.
Delivery told_again(Delivery, const Tell&);

// The lease is taken: the call to that place may have been made from now on.
Delivery sending_to(Delivery, ConnectionId, const std::string& address, Instant now);

// The call went through. Revisions that were asked for meanwhile make it pending again.
Delivery posted(Delivery, std::string provider_id, int revision, std::int64_t shown, Instant now);
Delivery edited(Delivery, std::string provider_id, int revision, std::int64_t shown, Instant now);
Delivery removed(Delivery, int revision, Instant now);

// It stands as it is, and that is right.
Delivery up_to_date(Delivery);

// Nothing is called for now; again at `due`.
Delivery put_off(Delivery, Instant due, std::string reason);

// The call was not made after all: as if the lease had not been taken.
Delivery not_called(Delivery, Instant due);

// The platform asked for a pause, and nothing was posted. Pauses that follow each other grow, but
// it is no failure.
Delivery too_soon(Delivery, Instant due, std::string reason);

// The platform refuses Muster as a whole, and nothing was posted. That counts as no try, and nobody
// could have mended a channel meanwhile: the patience with it begins anew.
Delivery not_served(Delivery, Instant due, std::string reason);

// The platform will never carry the call out. What is posted stands as it is from now on, whatever
// is told later; a channel may take posts again once somebody has mended it; everything else has
// failed.
Delivery refused(Delivery, std::string reason, Instant now);

// Its channel is said to take posts again: what waits for it goes now, and the patience with it
// begins anew.
Delivery tried_anew(Delivery, Instant now);

// Not worth posting any more.
bool is_too_late(const Delivery&, Instant now);

// Something threw on the way: again later, longer each time, and failed in the end.
Delivery stumbled(Delivery, std::string error, Instant now);

// Nobody heard what became of the call. What was perhaps posted is looked for; all else is repeated
// at `retry_at`, since to edit twice does no harm.
Delivery unheard_of(Delivery, std::string reason, Instant retry_at, Instant now);

// Its process ended during the call.
Delivery left_half_done(Delivery, Instant now);

// What a look at the platform shows of a message that was perhaps posted.
enum class Sighting {
    present,
    absent,
    cannot_tell,
    try_later,  // could tell, but not yet
    suspended,  // the platform refuses Muster as a whole
};

const char* name(Sighting);

// No copy was found: looked for again, to be posted again, or failed, where a second copy would be
// worse than none. Where the platform can tell later, it is waited for.
Delivery looked_for(Delivery, Sighting, milliseconds retry_after, Instant now);

// A copy was found. What it shows is not known: it is edited.
Delivery found(Delivery, std::string provider_id, Instant now);

// A call was made to post it, and it is neither known to be there nor given up. What was given up
// stays so: its round has ended, and its delivery manager knows.
bool is_fate_unknown(const Delivery&);

// Somebody saw it there. A call that is still under way settles it by its answer; should none come,
// the message is known all the same, and is edited instead of posted again.
Delivery seen_there(Delivery, const std::string& provider_id, Instant now);

// Failed, cancelled or expired; or `sent`, when what was posted can be changed no more.
Delivery ended(Delivery, DeliveryState, std::string reason);

}  // namespace muster
