#include "adapters/slack/views.hpp"

#include <algorithm>
#include <array>

#include "adapters/slack/outcome.hpp"

namespace muster::slack {
namespace {

constexpr std::array<std::string_view, 5> codes_of_triggers{
    "expired_trigger_id",
    "exchanged_trigger_id",
    "invalid_trigger_id",
    "trigger_expired",
    "trigger_exchanged"};

ViewResult::Kind kind_of(const ApiAnswer& answer) {
    if (answer.ok) return ViewResult::Kind::opened;
    if (std::ranges::count(codes_of_triggers, answer.error) > 0)
        return ViewResult::Kind::no_trigger;
    switch (reading_of(answer)) {
        case Reading::answered:
        case Reading::not_now: return ViewResult::Kind::not_now;
        case Reading::never:
        case Reading::suspended: break;
    }
    return ViewResult::Kind::refused;
}

}  // namespace

Task<ViewResult> open_view(WebApi& api, std::string trigger, json::Value view) {
    json::Object arguments{{"trigger_id", std::move(trigger)}, {"view", std::move(view)}};
    auto answer = co_await api.call("views.open", std::move(arguments));
    co_return ViewResult{kind_of(answer), answer.error};
}

}  // namespace muster::slack
