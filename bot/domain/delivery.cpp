#include "bot/domain/delivery.hpp"

#include <algorithm>
#include <array>

namespace muster {
namespace {

using enum Purpose;
using namespace std::chrono_literals;

constexpr std::array purposes{
    std::pair{prompt, "prompt"},
    std::pair{receipt, "receipt"},
    std::pair{reminder, "reminder"},
    std::pair{summary, "summary"},
    std::pair{mirror_note, "mirror_note"},
    std::pair{plan, "plan"},
    std::pair{hidden_plans, "hidden_plans"},
    std::pair{new_blocker, "new_blocker"},
    std::pair{open_blockers, "open_blockers"},
    std::pair{not_working, "not_working"},
    std::pair{helper_found, "helper_found"},
    std::pair{blocker_cleared, "blocker_cleared"},
    std::pair{welcome_back, "welcome_back"},
    std::pair{left_stand_up, "left_stand_up"},
    std::pair{wrong_hours, "wrong_hours"},
    std::pair{private_blocker, "private_blocker"},
    std::pair{downtime, "downtime"},
    std::pair{channel_refused, "channel_refused"},
    std::pair{sums_differ, "sums_differ"},
    std::pair{undelivered, "undelivered"},
    std::pair{account_closed, "account_closed"},
    std::pair{taken_late, "taken_late"},
    std::pair{home, "home"},
    std::pair{setup, "setup"},
    std::pair{announcement, "announcement"},
    std::pair{welcome, "welcome"},
    std::pair{newcomer, "newcomer"},
    std::pair{zone_question, "zone_question"},
    std::pair{away_question, "away_question"},
};

// In a channel, where many read, a message is edited at most this often.
constexpr auto live_edit_gap = 15s;
constexpr auto first_look = 10s;
// A platform may show a message late: not there by then = not posted.
constexpr auto second_look = 60s;
constexpr auto shortest_wait = 1s;
constexpr int most_unheard = 2;  // posted blindly once more, where nobody can tell
constexpr int most_stumbles = 8;
constexpr auto patience_with_channels = 16h;

bool is_in_channel(const Delivery& delivery) {
    return std::holds_alternative<ChannelId>(delivery.key.recipient);
}

// Of these a second copy is worse than none, where nobody can tell whether the first arrived.
bool at_most_once(Purpose purpose) {
    return purpose == reminder || purpose == downtime || purpose == welcome_back;
}

// Perhaps posted: the platform is asked at `due`.
Delivery uncertain(Delivery delivery, Instant due, std::string reason) {
    delivery.state = DeliveryState::uncertain;
    delivery.unheard += 1;
    delivery.due = due;
    delivery.reason = std::move(reason);
    return delivery;
}

Delivery pending_again(Delivery delivery, Instant due) {
    delivery.due = due;
    delivery.attempt = delivery.failures = 0;
    return ended(std::move(delivery), DeliveryState::pending, "");
}

Delivery left_standing(Delivery delivery, std::string reason) {
    delivery.stands = true;
    auto standing = up_to_date(std::move(delivery));
    standing.reason = std::move(reason);
    return standing;
}

// Edits that were asked for while the call was under way come next.
Delivery settled(Delivery delivery, int revision, DeliveryState state, Instant now) {
    delivery.revision_sent = revision;
    delivery.tried_since.reset();
    delivery.unheard = 0;
    delivery.attempt = delivery.failures = 0;
    if (delivery.revision_wanted == revision) return ended(std::move(delivery), state, "");
    auto due = edit_due(delivery, now);
    return pending_again(std::move(delivery), due);
}

}  // namespace

const char* name(Purpose purpose) {
    for (const auto& [known, name] : purposes)
        if (known == purpose) return name;
    return "";
}

std::optional<Purpose> purpose_from(std::string_view text) {
    for (const auto& [purpose, name] : purposes)
        if (text == name) return purpose;
    return std::nullopt;
}

Priority priority_of(Purpose purpose) {
    switch (purpose) {
        case private_blocker: return Priority::urgent;
        case receipt:
        case helper_found:
        case blocker_cleared:
        case taken_late:
        case home:
        case setup:
        case welcome_back: return Priority::answer;
        case prompt:
        case reminder: return Priority::prompt;
        case welcome:
        case newcomer:
        case zone_question:
        case away_question:
        case announcement:
        case summary:
        case mirror_note:
        case plan:
        case hidden_plans:
        case new_blocker:
        case open_blockers:
        case not_working:
        case left_stand_up:
        case account_closed:
        case wrong_hours:
        case downtime:
        case channel_refused:
        case sums_differ:
        case undelivered: return Priority::report;
    }
    return Priority::report;
}

const char* name(DeliveryState state) {
    switch (state) {
        case DeliveryState::pending: return "pending";
        case DeliveryState::sending: return "sending";
        case DeliveryState::uncertain: return "uncertain";
        case DeliveryState::sent: return "sent";
        case DeliveryState::failed: return "failed";
        case DeliveryState::cancelled: return "cancelled";
        case DeliveryState::expired: return "expired";
    }
    return "";
}

const char* name(Sighting sighting) {
    switch (sighting) {
        case Sighting::present: return "present";
        case Sighting::absent: return "absent";
        case Sighting::cannot_tell: return "cannot_tell";
        case Sighting::try_later: return "try_later";
        case Sighting::suspended: return "suspended";
    }
    return "";
}

bool is_posted(const Delivery& delivery) {
    return !delivery.provider_id.empty();
}

Instant edit_due(const Delivery& delivery, Instant wanted) {
    if (!is_in_channel(delivery) || !delivery.changed_at) return wanted;
    return std::max<Instant>(wanted, *delivery.changed_at + live_edit_gap);
}

Delivery first_told(const Tell& tell) {
    Delivery delivery;
    delivery.id = tell.id;
    delivery.key = tell.key;
    delivery.told_at = delivery.due = tell.due;
    delivery.expires_at = tell.expires_at;
    return delivery;
}

Delivery told_again(Delivery delivery, const Tell& tell) {
    if (delivery.stands) return delivery;
    ++delivery.revision_wanted;
    // A refresh does not say how long the first post is worth while.
    if (tell.expires_at || is_posted(delivery)) delivery.expires_at = tell.expires_at;
    switch (delivery.state) {
        case DeliveryState::pending:
            delivery.told_at = std::min(delivery.told_at, tell.due);
            if (delivery.attempt == 0 && delivery.failures == 0)
                delivery.due = std::min(delivery.due, edit_due(delivery, tell.due));
            return delivery;  // a call failed: its pause stands
        case DeliveryState::sent:
        case DeliveryState::cancelled:
        case DeliveryState::expired: {
            delivery.told_at = tell.due;
            auto due = edit_due(delivery, tell.due);
            return pending_again(std::move(delivery), due);
        }
        case DeliveryState::sending:
        case DeliveryState::uncertain: return delivery;  // looked at when the call has settled
        case DeliveryState::failed: return delivery;  // nothing changed that would let it through
    }
    return delivery;
}

Delivery sending_to(
    Delivery delivery, ConnectionId connection, const std::string& address, Instant now
) {
    delivery.state = DeliveryState::sending;
    delivery.attempt += 1;
    delivery.sending_since = now;
    if (!is_posted(delivery) && !delivery.tried_since) delivery.tried_since = now;
    delivery.connection = connection;
    delivery.address = address;
    return delivery;
}

Delivery posted(
    Delivery delivery, std::string provider_id, int revision, std::int64_t shown, Instant now
) {
    delivery.sent_at = now;
    return edited(std::move(delivery), std::move(provider_id), revision, shown, now);
}

Delivery edited(
    Delivery delivery, std::string provider_id, int revision, std::int64_t shown, Instant now
) {
    delivery.provider_id = std::move(provider_id);
    delivery.changed_at = now;
    delivery.shown = shown;
    return settled(std::move(delivery), revision, DeliveryState::sent, now);
}

Delivery removed(Delivery delivery, int revision, Instant now) {
    delivery.provider_id.clear();
    delivery.shown = 0;
    return settled(std::move(delivery), revision, DeliveryState::cancelled, now);
}

Delivery up_to_date(Delivery delivery) {
    delivery.revision_sent = delivery.revision_wanted;
    return ended(std::move(delivery), DeliveryState::sent, "");
}

Delivery put_off(Delivery delivery, Instant due, std::string reason) {
    delivery.due = due;
    return ended(std::move(delivery), DeliveryState::pending, std::move(reason));
}

Delivery not_called(Delivery delivery, Instant due) {
    delivery.attempt = std::max(0, delivery.attempt - 1);
    return too_soon(std::move(delivery), due, "paused");
}

Delivery too_soon(Delivery delivery, Instant due, std::string reason) {
    auto was_first_try = delivery.tried_since == delivery.sending_since;
    if (was_first_try) delivery.tried_since.reset();
    return put_off(std::move(delivery), due, std::move(reason));
}

Delivery not_served(Delivery delivery, Instant due, std::string reason) {
    delivery.attempt = std::max(0, delivery.attempt - 1);
    if (delivery.unheard == 0) delivery.tried_since.reset();
    return put_off(std::move(delivery), due, std::move(reason));
}

Delivery refused(Delivery delivery, std::string reason, Instant now) {
    if (is_posted(delivery)) return left_standing(std::move(delivery), std::move(reason));
    auto tried_for = now - delivery.tried_since.value_or(now);
    if (!is_in_channel(delivery) || tried_for >= patience_with_channels)
        return ended(std::move(delivery), DeliveryState::failed, std::move(reason));
    auto doublings = std::min(delivery.failures, 6);
    auto pause = std::min<milliseconds>(6h, 10min * (1 << doublings));
    delivery.failures += 1;
    return put_off(std::move(delivery), now + pause, std::move(reason));
}

Delivery tried_anew(Delivery delivery, Instant now) {
    delivery.failures = 0;
    if (delivery.unheard == 0) delivery.tried_since.reset();
    return put_off(std::move(delivery), now, {});
}

bool is_too_late(const Delivery& delivery, Instant now) {
    return !is_posted(delivery) && delivery.expires_at && *delivery.expires_at <= now;
}

Delivery stumbled(Delivery delivery, std::string error, Instant now) {
    delivery.failures += 1;
    if (delivery.failures > most_stumbles) {
        auto end = is_posted(delivery) ? DeliveryState::sent : DeliveryState::failed;
        return ended(std::move(delivery), end, std::move(error));
    }
    delivery.due = now + 10s * (1 << delivery.failures);
    delivery.reason = std::move(error);
    return delivery;
}

Delivery unheard_of(Delivery delivery, std::string reason, Instant retry_at, Instant now) {
    if (is_posted(delivery)) return put_off(std::move(delivery), retry_at, std::move(reason));
    return uncertain(std::move(delivery), now + first_look, std::move(reason));
}

Delivery left_half_done(Delivery delivery, Instant now) {
    if (is_posted(delivery)) return put_off(std::move(delivery), now, "");
    return uncertain(std::move(delivery), now, "");
}

Delivery looked_for(Delivery delivery, Sighting sighting, milliseconds retry_after, Instant now) {
    auto can_tell_later = sighting == Sighting::try_later || sighting == Sighting::suspended;
    auto settled_at = delivery.sending_since.value_or(Instant{}) + second_look;
    if (can_tell_later || now < settled_at) {
        auto wait = std::max<milliseconds>(retry_after, shortest_wait);
        delivery.due = can_tell_later ? now + wait : settled_at;
        return delivery;
    }
    auto may_repeat = sighting == Sighting::absent ||
                      (!at_most_once(delivery.key.purpose) && delivery.unheard < most_unheard);
    if (may_repeat) return put_off(std::move(delivery), now, "");
    auto reason = "nobody can tell whether it arrived";
    return ended(std::move(delivery), DeliveryState::failed, reason);
}

Delivery found(Delivery delivery, std::string provider_id, Instant now) {
    delivery.provider_id = std::move(provider_id);
    delivery.sent_at = delivery.changed_at = now;
    return pending_again(std::move(delivery), now);
}

bool is_fate_unknown(const Delivery& delivery) {
    return !is_posted(delivery) && delivery.tried_since && delivery.state != DeliveryState::failed;
}

Delivery seen_there(Delivery delivery, const std::string& provider_id, Instant now) {
    if (delivery.state != DeliveryState::sending)
        return found(std::move(delivery), provider_id, now);
    delivery.provider_id = provider_id;
    delivery.sent_at = now;
    return delivery;
}

Delivery ended(Delivery delivery, DeliveryState state, std::string reason) {
    delivery.state = state;
    delivery.reason = std::move(reason);
    delivery.sending_since.reset();
    return delivery;
}

}  // namespace muster
