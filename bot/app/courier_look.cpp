#include "bot/app/courier_look.hpp"

#include "bot/app/courier_claim.hpp"

namespace muster {
namespace {

constexpr int most_late = 128;   // they need no room
constexpr int most_due = 1'000;  // looked at, where places must wait

// What is posted is edited; only the claim knows whether it has to go instead.
Call call_for(const Delivery& delivery) {
    if (delivery.state == DeliveryState::uncertain || delivery.state == DeliveryState::sending)
        return Call::find;
    if (delivery.key.purpose == Purpose::home) return Call::show;
    return is_posted(delivery) ? Call::update : Call::deliver;
}

class Search {
public:
    Search(View& view, CourierRoom room, Instant now, SteadyInstant steady)
        : view_(view), room_(std::move(room)), now_(now), steady_(steady) {}

    CourierWork run() {
        for (const auto& connection : view_.connections())
            if (connection.suspended_since) work_.suspended.push_back(connection.id);
        // What is too late needs no call, and waits for no connection to open again.
        for (const auto& delivery : view_.late_deliveries(now_, most_late))
            begin({delivery.id, std::nullopt, Call::deliver});
        // Then what may have been sent already: it has waited longest.
        for (const auto& delivery : view_.unsettled_deliveries())
            settle(delivery);
        begin_what_is_due();
        if (auto following = view_.next_delivery_after(now_)) look_again(*following);
        if (auto expiry = view_.next_expiry_after(now_)) look_again(*expiry);
        return std::move(work_);
    }

private:
    void settle(const Delivery& delivery) {
        auto due = delivery.state == DeliveryState::uncertain
                       ? delivery.due
                       : delivery.sending_since.value_or(now_) +
                             lease_of_a_call;  // then its process is gone
        if (due > now_)
            look_again(due);
        else
            begin_for(delivery);
    }

    // Each time around less is open: what goes nowhere else is not read again. What must wait for
    // its place is, and may not use up the look of all others.
    void begin_what_is_due() {
        auto open = room_.open(steady_);
        while (is_worth_a_look(open) && !room_.is_full()) {
            auto looked_at = 0;
            auto go_on = [&](const Delivery& delivery) {
                if (++looked_at > most_due) return false;
                auto has_begun = begin_for(delivery);
                return !has_begun || (!room_.is_full() && room_.open(steady_) == open);
            };
            view_.visit_due_deliveries(now_, open, go_on);
            auto still_open = room_.open(steady_);
            if (still_open == open || looked_at > most_due) return;
            open = std::move(still_open);
        }
    }

    // What goes nowhere at all comes up, whatever is open: but it can wait for a turn.
    bool is_worth_a_look(const View::Open& open) const {
        return !open.to_post.empty() || !open.to_change.empty() ||
               !room_.turns().next_after(steady_);
    }

    bool begin_for(const Delivery& delivery) {
        if (room_.is_under_way(delivery.id)) return false;
        return begin({delivery.id, destination_of(view_, delivery), call_for(delivery)});
    }

    bool begin(const CourierJob& job) {
        if (room_.is_under_way(job.delivery) || room_.is_full()) return false;
        auto free = room_.free_at(job);
        if (free > steady_) {
            if (free < SteadyInstant::max()) look_again(now_ + (free - steady_));
            return false;
        }
        work_.jobs.push_back(job);
        auto begun = job;
        room_.occupy(begun, steady_);
        return true;
    }

    void look_again(Instant when) { work_.next = std::min(work_.next.value_or(when), when); }

    View& view_;
    CourierRoom room_;
    Instant now_;
    SteadyInstant steady_;
    CourierWork work_;
};

}  // namespace

CourierWork look_for_work(View& view, CourierRoom room, Instant now, SteadyInstant steady) {
    return Search{view, std::move(room), now, steady}.run();
}

}  // namespace muster
