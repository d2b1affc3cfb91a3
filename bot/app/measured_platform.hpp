#pragma once

#include "bot/ports/chat_platform.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/metrics.hpp"

namespace muster {

// Passes every call on to a platform, and measures it.
class MeasuredPlatform final : public ChatPlatform {
public:
    // Everything must outlive it. `provider` is the key of the platform: "local".
    MeasuredPlatform(
        ChatPlatform& platform, std::string provider, const Clock& clock, Metrics& metrics
    );

    Task<Outcome> deliver(DeliveryId, Destination, Message) override;
    Task<Outcome> update(DeliveryId, Destination, std::string provider_id, Message) override;
    Task<Outcome> remove(DeliveryId, Destination, std::string provider_id) override;
    Task<Found> find(DeliveryId, Destination, Instant since) override;

    Pace pace(Call call) const override { return platform_.pace(call); }

    const std::string& provider() const { return provider_; }

    // How much longer the longest pause is that the platform asked for.
    milliseconds blocked() const;

private:
    template <class Answer>
    Task<Answer> measured(Call call, Task<Answer> answer);
    void note_pause(milliseconds length);

    ChatPlatform& platform_;
    std::string provider_;
    const Clock& clock_;
    Metrics& metrics_;
    SteadyInstant blocked_until_{};
};

}  // namespace muster
