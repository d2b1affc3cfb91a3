#pragma once

#include "bot/app/courier_claim.hpp"
#include "tests/unit/bot/app/app_story.hpp"

namespace muster {

// Everybody is to be asked, and nobody carries the prompts: each step is taken by hand.
class ClaimStory : public AppStory {
protected:
    ClaimStory() {
        start({});
        until("2026-11-23T09:31");
    }

    std::optional<Claim> take_lease(DeliveryId id, Instant now) {
        IdSource ids{entropy.seed()};
        auto take = [=](Transaction& transaction) mutable -> Result<std::optional<Claim>> {
            auto delivery = transaction.delivery(id);
            return claim(transaction, id, destination_of(transaction, *delivery), now, ids);
        };
        return write(take).value();
    }

    std::optional<Claim> take_lease() { return take_lease(prompt("amira").id, clock.now()); }

    void settle_with(
        const std::optional<Claim>& claim, Outcome::Kind kind, std::string provider_id = ""
    ) {
        IdSource ids{entropy.seed()};
        Outcome outcome{kind, std::move(provider_id), "a reason", {}};
        auto record = [=, now = clock.now()](Transaction& transaction) mutable -> Result<int> {
            settle(transaction, claim.value(), outcome, now + 30s, now, ids);
            return 0;
        };
        write(record).value();
    }

    void settle_found_with(const Found& found) {
        IdSource ids{entropy.seed()};
        auto record = [=, id = prompt("amira").id, now = clock.now()](Transaction& transaction
                      ) mutable -> Result<int> {
            settle_found(transaction, id, found, now, ids);
            return 0;
        };
        write(record).value();
    }

    void set_back_once() {
        IdSource ids{entropy.seed()};
        auto stumble = [=, id = prompt("amira").id, now = clock.now()](Transaction& transaction
                       ) mutable -> Result<int> {
            set_back(transaction, id, "a corrupt row", now, ids);
            return 0;
        };
        write(stumble).value();
    }

    void mark_all_uncertain() {
        auto mark = [now = clock.now()](Transaction& transaction) -> Result<int> {
            mark_uncertain(transaction, Instant::max(), now);
            return 0;
        };
        write(mark).value();
    }
};

}  // namespace muster
