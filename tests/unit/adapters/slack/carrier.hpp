#pragma once

#include <gtest/gtest.h>

#include "bot/ports/chat_platform.hpp"

namespace muster::slack {

// Carries one message as the courier does: each outcome and each look makes of its row what the
// domain says, until it is posted as it is wanted, or given up. Here without pace, and with the
// steps in sight.
class Carrier {
protected:
    explicit Carrier(Instant due) {
        Tell tell;
        tell.id = DeliveryId{12};
        tell.key = {Purpose::prompt, 1, PersonId{1}};
        tell.due = due;
        row = first_told(tell);
    }

    virtual ~Carrier() = default;

    void carry(Destination to, Message wanted) {
        for (int step = 0; step < most_steps && !is_settled(); ++step) {
            if (row.due > now()) wait_until(row.due);
            if (row.state == DeliveryState::uncertain) {
                look(to);
            } else {
                call(to, wanted);
            }
        }
        EXPECT_TRUE(is_settled()) << name(row.state) << ": " << row.reason;
    }

    bool is_settled() const {
        return row.state == DeliveryState::sent || row.state == DeliveryState::failed;
    }

    Delivery row;

private:
    virtual Outcome deliver_it(Destination to, Message message) = 0;
    virtual Outcome update_it(Destination to, std::string id, Message message) = 0;
    virtual Outcome remove_it(Destination to, std::string id) = 0;
    virtual Found find_it(Destination to, Instant since) = 0;
    virtual bool has_died() = 0;  // during the call that was just made; a new process is there now
    virtual void wait_until(Instant when) = 0;
    virtual Instant now() = 0;

    void call(const Destination& to, const Message& wanted) {
        row = sending_to(row, to.connection, to.address, now());
        auto is_edit = is_posted(row);
        auto outcome = is_edit ? update_it(to, row.provider_id, wanted) : deliver_it(to, wanted);
        row = has_died() ? left_half_done(row, now()) : settled(outcome, is_edit);
    }

    Delivery settled(const Outcome& outcome, bool is_edit) {
        auto pause = std::max<milliseconds>(outcome.retry_after, 1s * std::min(row.attempt, 300));
        auto retry_at = now() + pause;
        switch (outcome.kind) {
            case Outcome::Kind::sent:
                return is_edit ? edited(row, outcome.provider_id, row.revision_wanted, 1, now())
                               : posted(row, outcome.provider_id, row.revision_wanted, 1, now());
            case Outcome::Kind::try_later: return too_soon(row, retry_at, outcome.reason);
            case Outcome::Kind::refused: return refused(row, outcome.reason, now());
            case Outcome::Kind::suspended: return not_served(row, now() + 10min, outcome.reason);
            case Outcome::Kind::ambiguous: break;
        }
        return unheard_of(row, outcome.reason, retry_at, now());
    }

    void look(const Destination& to) {
        auto seen = find_it(to, row.tried_since.value_or(now()) - 60s);
        for (std::size_t copy = 1; copy < seen.provider_ids.size(); ++copy) {
            auto removed = remove_it(to, seen.provider_ids[copy]).kind;
            if (removed == Outcome::Kind::sent) continue;
            auto wait = removed == Outcome::Kind::suspended ? 10min : milliseconds{5s};
            seen = Found{Found::Kind::try_later, {}, wait};
        }
        if (seen.kind == Found::Kind::suspended) seen.retry_after = 10min;
        if (has_died()) return;
        row = seen.kind == Found::Kind::present
                  ? found(row, seen.provider_ids.front(), now())
                  : looked_for(row, seen.kind, seen.retry_after, now());
    }

    static constexpr int most_steps = 200;
};

}  // namespace muster::slack
