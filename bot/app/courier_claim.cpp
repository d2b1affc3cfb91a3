#include "bot/app/courier_claim.hpp"

#include <algorithm>

#include "bot/app/compose.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/suspension.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;

constexpr auto first_look = 10s;
// A platform may show a message late: not there by then = not posted.
constexpr auto second_look = 60s;
constexpr auto shortest_wait = 1s;
constexpr int most_unheard = 2;  // posted blindly once more, where nobody can tell
constexpr int most_set_backs = 8;
constexpr auto patience_with_channels = 16h;

void end(Transaction& transaction, Delivery delivery, DeliveryState state, std::string reason) {
    transaction.update(ended(std::move(delivery), state, std::move(reason)));
}

// What the end of a prompt means for its round.
template <class Decide>
void tell_round(Transaction& transaction, const Delivery& delivery, Instant now, Decide decide) {
    if (delivery.key.purpose != Purpose::prompt) return;
    if (auto turn = transaction.turn(RoundId{delivery.key.subject}, now))
        transaction.apply(decide(*turn), now);
}

void tell_arrived(Transaction& transaction, const Delivery& delivery, Instant now, IdSource& ids) {
    tell_round(transaction, delivery, now, [&](const Turn& turn) {
        return standup::prompt_sent(turn, now, ids);
    });
}

void expire(Transaction& transaction, const Delivery& delivery, Instant now, IdSource& ids) {
    end(transaction, delivery, DeliveryState::expired, "too late");
    tell_round(transaction, delivery, now, [&](const Turn& turn) {
        return standup::prompt_expired(turn, now, ids);
    });
}

// Its thread was not posted. A blocker then stands on its own; anything else goes with its thread.
bool has_lost_its_thread(const Delivery& delivery, const Destination& destination) {
    return delivery.thread_of && !destination.thread &&
           delivery.key.purpose != Purpose::new_blocker;
}

void succeed(
    Transaction& transaction,
    const Delivery& delivery,
    const Claim& claim,
    const Outcome& outcome,
    Instant now,
    IdSource& ids
) {
    auto revision = claim.delivery.revision_wanted;
    switch (claim.action) {
        case Claim::Action::post:
            transaction.update(posted(delivery, outcome.provider_id, revision, claim.shown, now));
            return tell_arrived(transaction, delivery, now, ids);
        case Claim::Action::edit:
            return transaction.update(edited(delivery, revision, claim.shown, now));
        case Claim::Action::remove: return transaction.update(removed(delivery, revision, now));
        case Claim::Action::nothing: return;
    }
}

// A channel may take posts again once somebody has mended it; until then its delivery managers
// know.
void wait_for_channel(
    Transaction& transaction,
    const Delivery& delivery,
    const std::string& reason,
    Instant now,
    IdSource& ids
) {
    auto pause = std::min<milliseconds>(6h, 10min * (1 << std::min(delivery.attempt - 1, 6)));
    transaction.update(put_off(delivery, now + pause, reason));
    auto channel = transaction.channel(std::get<ChannelId>(delivery.key.recipient));
    auto roster = channel ? transaction.roster(channel->team, now) : std::nullopt;
    if (roster) transaction.apply(standup::channel_refused(*roster, *channel, now, ids), now);
}

void refuse(
    Transaction& transaction,
    const Delivery& delivery,
    const Claim& claim,
    const std::string& reason,
    Instant now,
    IdSource& ids
) {
    // What was posted cannot be edited or removed any more: it stands as it is.
    if (claim.action != Claim::Action::post)
        return transaction.update(left_standing(delivery, claim.shown, reason));
    auto is_channel = std::holds_alternative<ChannelId>(delivery.key.recipient);
    if (is_channel && now - delivery.tried_since.value_or(now) < patience_with_channels)
        return wait_for_channel(transaction, delivery, reason, now, ids);
    give_up(transaction, delivery, reason, now, ids);
}

// Of these a second copy is worse than none, where nobody can tell whether the first arrived.
bool at_most_once(Purpose purpose) {
    return purpose == Purpose::reminder || purpose == Purpose::downtime ||
           purpose == Purpose::welcome_back;
}

bool is_under_way(const Delivery& delivery) {
    return delivery.state == DeliveryState::sending || delivery.state == DeliveryState::uncertain;
}

std::optional<Destination> place_of(View& view, const Delivery& delivery) {
    const auto* id = std::get_if<ChannelId>(&delivery.key.recipient);
    if (delivery.connection && (is_posted(delivery) || is_under_way(delivery)))
        return Destination{*delivery.connection, delivery.address, !id, std::nullopt};
    if (id) {
        auto channel = view.channel(*id);
        if (!channel) return std::nullopt;
        return Destination{channel->connection, channel->external_id, false, std::nullopt};
    }
    auto person = view.person(std::get<PersonId>(delivery.key.recipient));
    auto home = person && !person->archived ? view.account(person->home) : std::nullopt;
    if (!home) return std::nullopt;
    return Destination{home->connection, home->external_id, true, std::nullopt};
}

bool is_same_place(const Destination& one, const std::optional<Destination>& other) {
    return other && one.connection == other->connection && one.address == other->address;
}

}  // namespace

std::optional<Destination> destination_of(View& view, const Delivery& delivery) {
    auto place = place_of(view, delivery);
    if (!place || !delivery.thread_of) return place;
    auto parent = view.delivery(*delivery.thread_of);
    if (parent && is_posted(*parent)) place->thread = parent->provider_id;
    return place;
}

Claim claim(
    Transaction& transaction,
    DeliveryId id,
    const std::optional<Destination>& expected,
    Instant now,
    IdSource& ids
) {
    auto delivery = transaction.delivery(id);
    if (!delivery || delivery->state != DeliveryState::pending || delivery->due > now) return {};

    if (!is_posted(*delivery) && delivery->expires_at && *delivery->expires_at <= now) {
        expire(transaction, *delivery, now, ids);
        return {};
    }
    auto destination = destination_of(transaction, *delivery);
    if (!destination) {
        give_up(transaction, *delivery, "no account", now, ids);
        return {};
    }
    if (!is_same_place(*destination, expected)) return {};
    if (has_lost_its_thread(*delivery, *destination) && !is_posted(*delivery)) {
        end(transaction, *delivery, DeliveryState::cancelled, "its thread was not posted");
        return {};
    }

    Claim claim{Claim::Action::post, *delivery, *destination, {}, 0};
    auto composed = compose(transaction, *delivery, now);
    if (const auto* message = std::get_if<Message>(&composed)) {
        claim.shown = digest(*message);
        if (is_posted(*delivery) && claim.shown == delivery->shown) {
            transaction.update(up_to_date(*delivery));
            return {};
        }
        claim.message = *message;
        if (is_posted(*delivery)) claim.action = Claim::Action::edit;
    } else if (const auto* pointless = std::get_if<Pointless>(&composed)) {
        if (!is_posted(*delivery)) {
            end(transaction, *delivery, DeliveryState::cancelled, pointless->reason);
            return {};
        }
        claim.action = Claim::Action::remove;
    } else if (const auto* later = std::get_if<NotBefore>(&composed)) {
        transaction.update(put_off(*delivery, later->at, "not in a break"));
        return {};
    } else {
        if (is_posted(*delivery)) {
            transaction.update(up_to_date(*delivery));
        } else {
            end(transaction, *delivery, DeliveryState::cancelled, "nothing to post");
        }
        return {};
    }
    claim.delivery = sending_to(*delivery, destination->connection, destination->address, now);
    transaction.update(claim.delivery);
    return claim;
}

void settle(
    Transaction& transaction,
    const Claim& claim,
    const Outcome& outcome,
    Instant retry_at,
    Instant now,
    IdSource& ids
) {
    auto delivery = transaction.delivery(claim.delivery.id);
    if (!delivery) return;
    switch (outcome.kind) {
        case Outcome::Kind::sent: return succeed(transaction, *delivery, claim, outcome, now, ids);
        case Outcome::Kind::try_later:
        case Outcome::Kind::suspended:
            return transaction.update(put_off(*delivery, retry_at, outcome.reason));
        case Outcome::Kind::refused:
        case Outcome::Kind::unreachable:
            return refuse(transaction, *delivery, claim, outcome.reason, now, ids);
        case Outcome::Kind::ambiguous:
            // To edit twice does no harm.
            if (claim.action != Claim::Action::post)
                return transaction.update(put_off(*delivery, retry_at, outcome.reason));
            return transaction.update(uncertain(*delivery, now + first_look, outcome.reason));
    }
}

void settle_found(
    Transaction& transaction, DeliveryId id, const Found& look, Instant now, IdSource& ids
) {
    auto delivery = transaction.delivery(id);
    if (!delivery || delivery->state != DeliveryState::uncertain)
        return;  // proved otherwise meanwhile
    if (look.kind == Found::Kind::present) {
        transaction.update(found(*delivery, look.provider_ids.front(), now));
        return tell_arrived(transaction, *delivery, now, ids);
    }
    auto must_wait = look.kind == Found::Kind::try_later || look.kind == Found::Kind::suspended;
    if (must_wait) {  // to wait tells more than to post blindly
        auto again = now + std::max<milliseconds>(look.retry_after, shortest_wait);
        return transaction.update(asked_again(*delivery, again));
    }
    auto settled_at = delivery->sending_since.value_or(Instant{}) + second_look;
    if (now < settled_at) return transaction.update(asked_again(*delivery, settled_at));
    if (look.kind == Found::Kind::absent) return transaction.update(put_off(*delivery, now, ""));
    if (at_most_once(delivery->key.purpose) || delivery->unheard >= most_unheard)
        return give_up(transaction, *delivery, "nobody can tell whether it arrived", now, ids);
    transaction.update(put_off(*delivery, now, ""));
}

void set_back(
    Transaction& transaction, DeliveryId id, const std::string& error, Instant now, IdSource& ids
) {
    auto delivery = transaction.delivery(id);
    if (!delivery || delivery->state == DeliveryState::sending) return;
    delivery->attempt += 1;
    if (delivery->attempt > most_set_backs) {
        if (is_posted(*delivery)) return end(transaction, *delivery, DeliveryState::sent, error);
        return give_up(transaction, *delivery, error, now, ids);
    }
    delivery->due = now + 10s * (1 << delivery->attempt);
    delivery->reason = error;
    transaction.update(*delivery);
}

void give_up(
    Transaction& transaction,
    const Delivery& delivery,
    const std::string& reason,
    Instant now,
    IdSource& ids
) {
    end(transaction, delivery, DeliveryState::failed, reason);
    tell_round(transaction, delivery, now, [&](const Turn& turn) {
        return standup::prompt_failed(turn, reason, now, ids);
    });
}

void keep_reception(
    Transaction& transaction,
    ConnectionId id,
    Reception reception,
    const std::string& reason,
    Instant now
) {
    if (reception == Reception::unknown) return;
    for (const auto& connection : transaction.connections()) {
        if (connection.id != id) continue;
        auto is_refused = reception == Reception::refused;
        auto decision = is_refused ? suspended(connection, reason, now) : resumed(connection, now);
        transaction.apply(decision, now);
    }
}

void mark_uncertain(Transaction& transaction, Instant sending_before, Instant now) {
    for (auto delivery : transaction.unsettled_deliveries()) {
        if (delivery.state != DeliveryState::sending) continue;
        if (delivery.sending_since && *delivery.sending_since > sending_before) continue;
        // An edit or a removal may simply be made again.
        transaction.update(
            is_posted(delivery) ? put_off(delivery, now, "") : uncertain(delivery, now, "")
        );
    }
}

}  // namespace muster
