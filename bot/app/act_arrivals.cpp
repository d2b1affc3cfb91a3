#include "bot/app/news.hpp"
#include "bot/domain/standup.hpp"

namespace muster {
namespace {

// What was given up stays so: its round has ended, and its delivery manager knows.
bool is_fate_unknown(const Delivery& delivery) {
    return !is_posted(delivery) && delivery.tried_since && delivery.state != DeliveryState::failed;
}

// A call that is still under way settles it by its answer. Should none come, the message is known
// all the same, and is edited instead of posted again.
Delivery arrived(Delivery delivery, const std::string& message, Instant now) {
    if (delivery.state != DeliveryState::sending) return found(std::move(delivery), message, now);
    delivery.provider_id = message;
    delivery.sent_at = now;
    return delivery;
}

}  // namespace

Decision act_on_news(News& news, const Seen& seen) {
    Decision decision;
    note_arrival(decision, news, seen.delivery, seen.message);
    return decision;
}

void note_arrival(Decision& decision, News& news, DeliveryId id, const std::string& message) {
    auto delivery = news.view.delivery(id);
    if (!delivery || delivery->connection != news.connection || message.empty()) return;
    if (!is_fate_unknown(*delivery)) return;
    decision.changes.emplace_back(arrived(*delivery, message, news.now));
    if (delivery->key.purpose != Purpose::prompt) return;
    auto turn = news.view.turn(RoundId{delivery->key.subject}, news.now);
    if (!turn) return;
    append(decision, standup::prompt_sent(after(*turn, decision), news.now, news.ids));
}

}  // namespace muster
