#include "adapters/slack/unfinished.hpp"

namespace muster::slack {
namespace {

// More are forgotten: at worst a part is posted twice where nobody may look.
constexpr std::size_t most_messages = 1'000;

bool is_same(const Named& one, const Named& other) {
    return one.parts.front() == other.parts.front();
}

}  // namespace

const UnfinishedMessages::Message* UnfinishedMessages::find(DeliveryId delivery) const {
    auto known = messages_.find(delivery);
    return known == messages_.end() ? nullptr : &known->second;
}

const UnfinishedMessages::Message* UnfinishedMessages::find(
    DeliveryId delivery, const Named& message
) const {
    const auto* known = find(delivery);
    return known && is_same(known->standing, message) ? known : nullptr;
}

const UnfinishedMessages::Message& UnfinishedMessages::keep(
    DeliveryId delivery, const Named& standing
) {
    const auto* before = find(delivery, standing);
    if (!before || before->standing.parts.size() < standing.parts.size()) {
        if (!before && messages_.size() >= most_messages) messages_.erase(messages_.begin());
        messages_[delivery] = {standing};
    }
    auto& message = messages_[delivery];
    message.standing = standing;
    return message;
}

void UnfinishedMessages::heard_nothing(
    DeliveryId delivery, const Named& standing, SteadyInstant now
) {
    keep(delivery, standing);
    auto& message = messages_[delivery];
    ++message.unheard;
    message.unheard_at = now;
}

void UnfinishedMessages::forget(DeliveryId delivery) {
    messages_.erase(delivery);
}

}  // namespace muster::slack
