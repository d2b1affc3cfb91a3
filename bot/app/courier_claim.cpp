#include "bot/app/courier_claim.hpp"

#include <algorithm>

#include "bot/app/compose.hpp"
#include "bot/domain/standup.hpp"

namespace muster {
namespace {

using namespace std::chrono_literals;

constexpr auto first_look = 10s;
constexpr auto second_look =
    60s;  // a platform may show a message late: not there by then = not posted
constexpr auto shortest_wait = 1s;
constexpr int most_blind_repeats = 3;
constexpr int most_set_backs = 8;

bool is_posted(const Delivery& delivery) {
    return !delivery.provider_id.empty();
}

void end(Transaction& transaction, Delivery delivery, DeliveryState state, std::string reason) {
    delivery.state = state;
    delivery.reason = std::move(reason);
    delivery.sending_since.reset();
    transaction.update(delivery);
}

void stands_as_sent(Transaction& transaction, Delivery delivery) {
    delivery.revision_sent = delivery.revision_wanted;
    end(transaction, delivery, DeliveryState::sent, "");
}

// What the end of a prompt means for its round.
template <class Decide>
void tell_round(Transaction& transaction, const Delivery& delivery, Instant now, Decide decide) {
    if (delivery.key.purpose != Purpose::prompt) return;
    if (auto turn = transaction.turn(RoundId{delivery.key.subject}, now))
        transaction.apply(decide(*turn), now);
}

void expire(Transaction& transaction, const Delivery& delivery, Instant now, IdSource& ids) {
    end(transaction, delivery, DeliveryState::expired, "too late");
    tell_round(transaction, delivery, now, [&](const Turn& turn) {
        return standup::prompt_expired(turn, now, ids);
    });
}

// The thread it joins. A blocker whose run has no summary stands on its own; anything else goes
// with its thread.
enum class Thread { none, joined, gone };

Thread thread_of(Transaction& transaction, const Delivery& delivery, Destination& destination) {
    if (!delivery.thread_of) return Thread::none;
    auto parent = transaction.delivery(*delivery.thread_of);
    if (parent && is_posted(*parent)) {
        destination.thread = parent->provider_id;
        return Thread::joined;
    }
    return delivery.key.purpose == Purpose::new_blocker ? Thread::none : Thread::gone;
}

void count_sent(Delivery& delivery, const Claim& claim, const Outcome& outcome, Instant now) {
    if (claim.action == Claim::Action::post) {
        delivery.provider_id = outcome.provider_id;
        delivery.sent_at = now;
    }
    delivery.changed_at = now;
    delivery.revision_sent = claim.delivery.revision_wanted;
    delivery.shown = digest(claim.message);
    delivery.attempt = 0;
}

void count_removed(Delivery& delivery, const Claim& claim) {
    delivery.provider_id.clear();
    delivery.shown = 0;
    delivery.attempt = 0;
    delivery.revision_sent = claim.delivery.revision_wanted;
}

// Edits asked for while the call was under way come next.
Instant next_edit(const Delivery& delivery, Instant now) {
    return std::holds_alternative<ChannelId>(delivery.key.recipient) ? now + live_edit_gap : now;
}

void succeed(
    Transaction& transaction,
    Delivery delivery,
    const Claim& claim,
    const Outcome& outcome,
    Instant now,
    IdSource& ids
) {
    auto is_removal = claim.action == Claim::Action::remove;
    if (is_removal) {
        count_removed(delivery, claim);
    } else {
        count_sent(delivery, claim, outcome, now);
    }
    if (delivery.revision_wanted > delivery.revision_sent) {
        delivery.due = next_edit(delivery, now);
        end(transaction, delivery, DeliveryState::pending, "");
    } else {
        end(transaction, delivery, is_removal ? DeliveryState::cancelled : DeliveryState::sent, "");
    }
    if (claim.action == Claim::Action::post)
        tell_round(transaction, delivery, now, [&](const Turn& turn) {
            return standup::prompt_sent(turn, now, ids);
        });
}

// Of these a second copy is worse than none, where nobody can tell whether the first arrived.
bool at_most_once(Purpose purpose) {
    return purpose == Purpose::reminder || purpose == Purpose::downtime ||
           purpose == Purpose::welcome_back;
}

void post_again(Transaction& transaction, Delivery delivery, Instant due) {
    delivery.due = due;
    end(transaction, delivery, DeliveryState::pending, "");
}

}  // namespace

std::optional<Destination> destination_of(View& view, const Delivery& delivery) {
    if (const auto* id = std::get_if<ChannelId>(&delivery.key.recipient)) {
        auto channel = view.channel(*id);
        if (!channel) return std::nullopt;
        return Destination{channel->connection, channel->external_id, false, std::nullopt};
    }
    auto person = view.person(std::get<PersonId>(delivery.key.recipient));
    auto home = person && !person->archived ? view.account(person->home) : std::nullopt;
    if (!home) return std::nullopt;
    return Destination{home->connection, home->external_id, true, std::nullopt};
}

Claim claim(Transaction& transaction, DeliveryId id, Instant now, IdSource& ids) {
    auto delivery = transaction.delivery(id);
    if (!delivery || delivery->state != DeliveryState::pending || delivery->due > now) return {};

    auto destination = destination_of(transaction, *delivery);
    if (!destination) {
        give_up(transaction, *delivery, "no account", now, ids);
        return {};
    }
    if (!is_posted(*delivery) && delivery->expires_at && *delivery->expires_at <= now) {
        expire(transaction, *delivery, now, ids);
        return {};
    }
    if (thread_of(transaction, *delivery, *destination) == Thread::gone && !is_posted(*delivery)) {
        end(transaction, *delivery, DeliveryState::cancelled, "its thread was not posted");
        return {};
    }

    Claim claim{Claim::Action::post, *delivery, *destination, {}};
    auto composed = compose(transaction, *delivery, now);
    if (const auto* message = std::get_if<Message>(&composed)) {
        if (is_posted(*delivery) && digest(*message) == delivery->shown) {
            stands_as_sent(transaction, *delivery);
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
    } else {
        if (is_posted(*delivery)) {
            stands_as_sent(transaction, *delivery);
        } else {
            end(transaction, *delivery, DeliveryState::cancelled, "nothing to post");
        }
        return {};
    }
    claim.delivery.state = DeliveryState::sending;
    claim.delivery.attempt += 1;
    claim.delivery.sending_since = now;
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
            delivery->due = retry_at;
            return end(transaction, *delivery, DeliveryState::pending, outcome.reason);
        case Outcome::Kind::refused:
        case Outcome::Kind::unreachable:
            if (claim.action == Claim::Action::post)
                return give_up(transaction, *delivery, outcome.reason, now, ids);
            // What was posted cannot be edited or removed any more: it stands as it is.
            delivery->revision_sent = delivery->revision_wanted;
            return end(transaction, *delivery, DeliveryState::sent, outcome.reason);
        case Outcome::Kind::ambiguous:
            if (claim.action != Claim::Action::post) {  // to edit twice does no harm
                delivery->due = retry_at;
                return end(transaction, *delivery, DeliveryState::pending, outcome.reason);
            }
            delivery->state = DeliveryState::uncertain;
            delivery->due = now + first_look;
            delivery->reason = outcome.reason;
            return transaction.update(*delivery);
    }
}

void settle_found(
    Transaction& transaction, DeliveryId id, const Found& found, Instant now, IdSource& ids
) {
    auto delivery = transaction.delivery(id);
    if (!delivery || delivery->state != DeliveryState::uncertain)
        return;  // proved otherwise meanwhile
    if (found.kind == Found::Kind::present) {
        delivery->provider_id = found.provider_ids.front();
        delivery->sent_at = delivery->changed_at = now;
        delivery->attempt = 0;
        post_again(
            transaction, *delivery, now
        );  // what the copy shows is not known: composed anew, it is edited
        tell_round(transaction, *delivery, now, [&](const Turn& turn) {
            return standup::prompt_sent(turn, now, ids);
        });
        return;
    }
    if (found.kind == Found::Kind::try_later) {  // to wait tells more than to post blindly
        delivery->due = now + std::max<milliseconds>(found.retry_after, shortest_wait);
        return transaction.update(*delivery);
    }
    auto settled_at = delivery->sending_since.value_or(Instant{}) + second_look;
    if (now < settled_at) {
        delivery->due = settled_at;
        return transaction.update(*delivery);
    }
    if (found.kind == Found::Kind::absent) return post_again(transaction, *delivery, now);
    if (at_most_once(delivery->key.purpose) || delivery->attempt >= most_blind_repeats)
        return give_up(transaction, *delivery, "nobody can tell whether it arrived", now, ids);
    post_again(transaction, *delivery, now);
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

void mark_uncertain(Transaction& transaction, Instant sending_before, Instant now) {
    for (auto delivery : transaction.unsettled_deliveries()) {
        if (delivery.state != DeliveryState::sending) continue;
        if (delivery.sending_since && *delivery.sending_since > sending_before) continue;
        // An edit or a removal may simply be made again.
        delivery.state = is_posted(delivery) ? DeliveryState::pending : DeliveryState::uncertain;
        delivery.due = now;
        transaction.update(delivery);
    }
}

}  // namespace muster
