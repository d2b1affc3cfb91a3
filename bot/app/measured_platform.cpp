#include "bot/app/measured_platform.hpp"

#include <algorithm>

#include "bot/ports/measures.hpp"

namespace muster {
namespace {

const char* name(Call call) {
    switch (call) {
        case Call::deliver: return "deliver";
        case Call::update: return "update";
        case Call::remove: return "remove";
        case Call::find: return "find";
        case Call::show: return "show";
    }
    return "";
}

const char* name(Outcome::Kind kind) {
    switch (kind) {
        case Outcome::Kind::sent: return "sent";
        case Outcome::Kind::try_later: return "try_later";
        case Outcome::Kind::refused: return "refused";
        case Outcome::Kind::suspended: return "suspended";
        case Outcome::Kind::ambiguous: return "ambiguous";
    }
    return "";
}

// Only a platform that answered says how long to wait.
bool asks_for_a_pause(const Outcome& outcome) {
    return outcome.kind == Outcome::Kind::try_later && outcome.retry_after > 0ms;
}

bool asks_for_a_pause(const Found& found) {
    return found.kind == Found::Kind::try_later && found.retry_after > 0ms;
}

}  // namespace

MeasuredPlatform::MeasuredPlatform(
    ChatPlatform& platform, std::string provider, const Clock& clock, Metrics& metrics
)
    : platform_(platform), provider_(std::move(provider)), clock_(clock), metrics_(metrics) {}

Task<Outcome> MeasuredPlatform::deliver(DeliveryId id, Destination to, Message message) {
    return measured(Call::deliver, platform_.deliver(id, std::move(to), std::move(message)));
}

Task<Outcome> MeasuredPlatform::update(
    DeliveryId id, Destination to, std::string provider_id, Message message
) {
    return measured(
        Call::update,
        platform_.update(id, std::move(to), std::move(provider_id), std::move(message))
    );
}

Task<Outcome> MeasuredPlatform::remove(DeliveryId id, Destination to, std::string provider_id) {
    return measured(Call::remove, platform_.remove(id, std::move(to), std::move(provider_id)));
}

Task<Found> MeasuredPlatform::find(DeliveryId id, Destination to, Instant since) {
    return measured(Call::find, platform_.find(id, std::move(to), since));
}

milliseconds MeasuredPlatform::blocked() const {
    return std::max<milliseconds>(0ms, blocked_until_ - clock_.steady_now());
}

template <class Answer>
Task<Answer> MeasuredPlatform::measured(Call call, Task<Answer> pending) {
    auto began = clock_.steady_now();
    auto answer = co_await std::move(pending);
    metrics_.observe(
        measures::provider_request, {provider_, name(call)}, clock_.steady_now() - began
    );
    metrics_.count(measures::provider_outcomes, {provider_, name(call), name(answer.kind)});
    if (asks_for_a_pause(answer)) note_pause(answer.retry_after);
    co_return answer;
}

void MeasuredPlatform::note_pause(milliseconds length) {
    metrics_.count(measures::provider_429, {provider_});
    blocked_until_ = std::max(blocked_until_, clock_.steady_now() + length);
}

}  // namespace muster
