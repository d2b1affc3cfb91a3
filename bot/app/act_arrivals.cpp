#include "bot/app/news.hpp"
#include "bot/domain/standup.hpp"

namespace muster {

Decision act_on_news(News& news, const Seen& seen) {
    Decision decision;
    note_arrival(decision, news, seen.delivery, seen.message);
    return decision;
}

void note_arrival(Decision& decision, News& news, DeliveryId id, const std::string& message) {
    auto delivery = news.view.delivery(id);
    if (!delivery || delivery->connection != news.connection || message.empty()) return;
    if (!is_fate_unknown(*delivery)) return;
    decision.changes.emplace_back(seen_there(*delivery, message, news.now));
    if (delivery->key.purpose != Purpose::prompt) return;
    auto turn = news.view.turn(RoundId{delivery->key.subject}, news.now);
    if (!turn) return;
    append(decision, standup::prompt_sent(after(*turn, decision), news.now, news.ids));
}

}  // namespace muster
