#include "bot/app/courier_claim.hpp"

#include <algorithm>
#include <utility>

#include "bot/app/compose.hpp"
#include "bot/app/homes.hpp"
#include "bot/domain/delivery_step.hpp"
#include "bot/domain/standup.hpp"
#include "bot/domain/suspension.hpp"

namespace muster {
namespace {

void end(Transaction& transaction, Delivery delivery, DeliveryState state, std::string reason) {
    transaction.update(ended(std::move(delivery), state, std::move(reason)));
}

// What the end of a prompt means for its round.
template <class Decide>
void tell_round(Transaction& transaction, const Delivery& delivery, Instant now, Decide decide) {
    if (delivery.key.purpose != Purpose::prompt) return;
    if (auto turn = transaction.turn(RoundId{delivery.key.subject}, now))
        apply_with_homes(transaction, decide(*turn), now);
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

// Somebody has mended it, and perhaps no platform said so.
void note_that_it_takes_posts(Transaction& transaction, const Delivery& delivery, Instant now) {
    const auto* id = std::get_if<ChannelId>(&delivery.key.recipient);
    auto channel = id ? transaction.channel(*id) : std::nullopt;
    if (!channel || !std::exchange(channel->refused_since, std::nullopt)) return;
    transaction.apply({.changes = {*std::move(channel)}}, now);
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
    switch (claim.call) {
        case Call::deliver:
            transaction.update(posted(delivery, outcome.provider_id, revision, claim.shown, now));
            note_that_it_takes_posts(transaction, delivery, now);
            return tell_arrived(transaction, delivery, now, ids);
        case Call::update:
            return transaction.update(
                edited(delivery, outcome.provider_id, revision, claim.shown, now)
            );
        case Call::remove: return transaction.update(removed(delivery, revision, now));
        case Call::show:
            if (is_posted(delivery))
                return transaction.update(
                    edited(delivery, outcome.provider_id, revision, claim.shown, now)
                );
            return transaction.update(
                posted(delivery, outcome.provider_id, revision, claim.shown, now)
            );
        case Call::find: return;  // is never claimed
    }
}

// What has failed for good means something for its round.
void put(Transaction& transaction, const Delivery& delivery, Instant now, IdSource& ids) {
    transaction.update(delivery);
    if (delivery.state != DeliveryState::failed) return;
    tell_round(transaction, delivery, now, [&](const Turn& turn) {
        return standup::prompt_failed(turn, delivery.reason, now, ids);
    });
}

// A channel that takes no posts is waited for: until somebody has mended it its delivery managers
// know.
void tell_of_channel(
    Transaction& transaction, const Delivery& delivery, Instant now, IdSource& ids
) {
    auto channel = transaction.channel(std::get<ChannelId>(delivery.key.recipient));
    auto roster = channel ? transaction.roster(channel->team, now) : std::nullopt;
    if (roster) transaction.apply(standup::channel_refused(*roster, *channel, now, ids), now);
}

void refuse(
    Transaction& transaction,
    const Delivery& delivery,
    const std::string& reason,
    Instant now,
    IdSource& ids
) {
    auto after = refused(delivery, reason, now);
    put(transaction, after, now, ids);
    if (after.state == DeliveryState::pending) tell_of_channel(transaction, after, now, ids);
}

bool is_under_way(const Delivery& delivery) {
    return delivery.state == DeliveryState::sending || delivery.state == DeliveryState::uncertain;
}

std::optional<Destination> page_of(View& view, const Delivery& delivery) {
    auto account = view.account(AccountId{delivery.key.subject});
    if (!account) return std::nullopt;
    Destination page{account->connection, account->external_id, true, std::nullopt};
    page.home = true;
    return page;
}

std::optional<Destination> place_of(View& view, const Delivery& delivery) {
    if (delivery.key.purpose == Purpose::home) return page_of(view, delivery);
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

std::optional<Claim> claim(
    Transaction& transaction,
    DeliveryId id,
    const std::optional<Destination>& expected,
    Instant now,
    IdSource& ids
) {
    auto delivery = transaction.delivery(id);
    if (!delivery || delivery->state != DeliveryState::pending || delivery->due > now)
        return std::nullopt;

    if (is_too_late(*delivery, now)) {
        expire(transaction, *delivery, now, ids);
        return std::nullopt;
    }
    auto destination = destination_of(transaction, *delivery);
    if (!destination) {
        give_up(transaction, *delivery, "no account", now, ids);
        return std::nullopt;
    }
    if (!is_same_place(*destination, expected)) return std::nullopt;
    if (has_lost_its_thread(*delivery, *destination) && !is_posted(*delivery)) {
        end(transaction, *delivery, DeliveryState::cancelled, "its thread was not posted");
        return std::nullopt;
    }

    auto step = next_step(*delivery, compose(transaction, *delivery, now));
    if (const auto* none = std::get_if<NoCall>(&step)) {
        transaction.update(none->delivery);
        return std::nullopt;
    }
    Claim claim{Call::remove, *delivery, *destination, {}, 0};
    if (auto* show = std::get_if<ToShow>(&step)) {
        claim.call = destination->home      ? Call::show
                     : is_posted(*delivery) ? Call::update
                                            : Call::deliver;
        claim.message = std::move(show->message);
        claim.shown = show->shown;
    }
    claim.delivery = sending_to(*delivery, destination->connection, destination->address, now);
    transaction.update(claim.delivery);
    return claim;
}

void lease_not_used(Transaction& transaction, const Claim& claim, Instant due) {
    if (auto delivery = transaction.delivery(claim.delivery.id))
        transaction.update(not_called(*delivery, due));
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
            return transaction.update(too_soon(*delivery, retry_at, outcome.reason));
        case Outcome::Kind::suspended:
            return transaction.update(not_served(*delivery, retry_at, outcome.reason));
        case Outcome::Kind::refused:
            return refuse(transaction, *delivery, outcome.reason, now, ids);
        case Outcome::Kind::ambiguous:
            return transaction.update(unheard_of(*delivery, outcome.reason, retry_at, now));
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
    put(transaction, looked_for(*delivery, look.kind, look.retry_after, now), now, ids);
}

void set_back(
    Transaction& transaction, DeliveryId id, const std::string& error, Instant now, IdSource& ids
) {
    auto delivery = transaction.delivery(id);
    if (!delivery || delivery->state == DeliveryState::sending) return;
    put(transaction, stumbled(*delivery, error, now), now, ids);
}

void give_up(
    Transaction& transaction,
    const Delivery& delivery,
    const std::string& reason,
    Instant now,
    IdSource& ids
) {
    put(transaction, ended(delivery, DeliveryState::failed, reason), now, ids);
}

Reception told_by(const Outcome& outcome) {
    switch (outcome.kind) {
        case Outcome::Kind::suspended: return Reception::refused;
        case Outcome::Kind::sent:
        case Outcome::Kind::refused: return Reception::served;
        case Outcome::Kind::try_later:
        case Outcome::Kind::ambiguous: break;
    }
    return Reception::unknown;
}

Reception told_by(const Found& found) {
    switch (found.kind) {
        case Found::Kind::suspended: return Reception::refused;
        case Found::Kind::present:
        case Found::Kind::absent: return Reception::served;
        case Found::Kind::cannot_tell:
        case Found::Kind::try_later: break;
    }
    return Reception::unknown;
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

int mark_uncertain(Transaction& transaction, Instant sending_before, Instant now) {
    auto marked = 0;
    for (auto delivery : transaction.unsettled_deliveries()) {
        if (delivery.state != DeliveryState::sending) continue;
        if (delivery.sending_since && *delivery.sending_since > sending_before) continue;
        auto left = left_half_done(delivery, now);
        if (left.state == DeliveryState::uncertain) ++marked;
        transaction.update(left);
    }
    return marked;
}

}  // namespace muster
