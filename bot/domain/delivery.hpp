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
    undelivered,      // subject: round; to the delivery manager: this person could not be reached
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
    Instant due{};
    std::optional<Instant> expires_at;  // not worth sending after that
    DeliveryState state = DeliveryState::pending;
    int revision_wanted = 1;
    int revision_sent = 0;
    int attempt = 0;
    std::optional<Instant> sending_since;  // the lease
    std::optional<Instant> sent_at;        // first posted
    std::optional<Instant> changed_at;     // last posted or edited
    std::string provider_id;               // opaque; "" until posted
    std::string reason;                    // why it failed, expired or was cancelled
    std::int64_t shown =
        0;  // digest() of the message as posted or edited last; equal = no edit needed

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

// Live messages are edited at most this often.
constexpr std::chrono::seconds live_edit_gap{15};

}  // namespace muster
