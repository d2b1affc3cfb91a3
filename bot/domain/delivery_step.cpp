#include "bot/domain/delivery_step.hpp"

namespace muster {
namespace {

NoCall cancelled(const Delivery& delivery, std::string reason) {
    return {ended(delivery, DeliveryState::cancelled, std::move(reason))};
}

struct StepFor {
    const Delivery& delivery;

    DeliveryStep operator()(Message message) const {
        auto shown = digest(message);
        if (is_posted(delivery) && shown == delivery.shown) return NoCall{up_to_date(delivery)};
        return ToShow{std::move(message), shown};
    }

    DeliveryStep operator()(const KeepAsSent&) const {
        if (is_posted(delivery)) return NoCall{up_to_date(delivery)};
        return cancelled(delivery, "nothing to post");
    }

    DeliveryStep operator()(const Pointless& pointless) const {
        if (is_posted(delivery)) return ToTakeAway{};
        return cancelled(delivery, pointless.reason);
    }

    DeliveryStep operator()(const NotBefore& later) const {
        return NoCall{put_off(delivery, later.at, "not in a break")};
    }
};

}  // namespace

DeliveryStep next_step(const Delivery& delivery, Composed composed) {
    return std::visit(StepFor{delivery}, std::move(composed));
}

}  // namespace muster
