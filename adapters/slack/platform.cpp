#include "adapters/slack/platform.hpp"

#include "adapters/slack/outcome.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;
using json::Object;

// Posts: one a second to one place; several hundred a minute to a workspace, of which this is 300:
// 10 at once and 288 more within the minute are never more, whenever that minute begins.
constexpr Pace pace_of_posts{1'000ms, 208ms, 10};
// Tier 3, "50 or more a minute": 10 at once and 40 more within the minute are never more. With one
// every 1.2 s there would be no room for a burst, which the close of a stand-up is.
constexpr Pace pace_of_the_rest{0ms, 1'500ms, 10};

// Tier 4, "100 or more a minute".
constexpr Pace pace_of_pages{0ms, 750ms, 20};

constexpr milliseconds pause_after_no_answer = 5s;

Readers readers_of(const Destination& to) {
    return to.direct ? Readers::one : Readers::many;
}

// What a look that was needed, and told nothing, makes of the call. None: it may go on.
std::optional<Outcome> stopped_by(const WhatStands& standing) {
    switch (standing.reading) {
        case Reading::not_now: return not_done(Outcome::Kind::try_later, standing.reason);
        case Reading::suspended: return not_done(Outcome::Kind::suspended, standing.reason);
        case Reading::answered:
        case Reading::never: break;
    }
    return std::nullopt;
}

Found::Kind kind_of(const Look& look) {
    switch (look.reading) {
        case Reading::suspended: return Found::Kind::suspended;
        case Reading::not_now: return Found::Kind::try_later;
        case Reading::answered:
        case Reading::never: break;
    }
    if (!look.messages.empty()) return Found::Kind::present;
    return look.reading == Reading::never ? Found::Kind::cannot_tell : Found::Kind::absent;
}

}  // namespace

Platform::Platform(WebApi& api, Clock& clock, Log& log, const Catalogue& catalogue)
    : api_(api),
      log_(log),
      catalogue_(catalogue),
      finder_(api, clock, log, begun_),
      poster_(api, clock, log, begun_) {}

Task<Outcome> Platform::deliver(DeliveryId delivery, Destination to, Message message) {
    if (to.home) co_return co_await publish(std::move(to), std::move(message));
    auto posts = render(message, delivery, readers_of(to), catalogue_);
    Rendered rendered{delivery, channel_of(to), parent_in(to), std::move(posts)};
    if (to.thread && !rendered.thread)
        co_return not_done(Outcome::Kind::refused, "thread_not_found");
    co_return co_await poster_.post(std::move(rendered));
}

Task<Outcome> Platform::update(
    DeliveryId delivery, Destination to, std::string provider_id, Message message
) {
    if (to.home) co_return co_await publish(std::move(to), std::move(message));
    auto known = named(provider_id);
    if (!known) co_return not_done(Outcome::Kind::refused, "message_not_found");
    auto thread = parent_in(to).value_or(known->parts.front());
    auto posts = render(message, delivery, readers_of(to), catalogue_);
    Rendered rendered{delivery, known->place, thread, std::move(posts)};
    WhatStands standing{*known};
    auto may_be_more = rendered.posts.size() > 1 || begun_.find(delivery, *known);
    if (may_be_more) standing = co_await finder_.all_parts_of(delivery, *known, thread);
    if (auto stopped = stopped_by(standing)) co_return *stopped;
    co_return co_await poster_.edit(std::move(rendered), std::move(standing));
}

Task<Outcome> Platform::remove(DeliveryId delivery, Destination to, std::string provider_id) {
    if (to.home) co_return Outcome{};
    auto known = named(provider_id);
    if (!known) co_return not_done(Outcome::Kind::refused, "message_not_found");
    WhatStands standing{*known};
    auto may_be_more = begun_.find(delivery, *known) != nullptr;
    auto thread = parent_in(to).value_or(known->parts.front());
    if (may_be_more) standing = co_await finder_.all_parts_of(delivery, *known, thread);
    if (auto stopped = stopped_by(standing)) co_return *stopped;
    auto removed = co_await poster_.erase(delivery, standing.message);
    if (may_be_more && removed.kind == Outcome::Kind::sent) begun_.forget(delivery);
    co_return removed;
}

Task<Found> Platform::find(DeliveryId delivery, Destination to, Instant since) {
    if (to.home) co_return Found{Found::Kind::absent, {}};
    auto look = co_await finder_.look_for(delivery, to, since);
    Found found;
    found.kind = kind_of(look);
    found.reason = look.last.error;
    if (found.kind == Found::Kind::try_later) {
        found.retry_after = pause_of_reading(look.last);
        found.scope = scope_of_pause(look.last);
    }
    if (found.kind == Found::Kind::present)
        for (const auto& message : look.messages)
            found.provider_ids.push_back(provider_id_of(message));
    co_return found;
}

// To show a page once more does no harm, so that nothing about it is ever in doubt.
Task<Outcome> Platform::publish(Destination to, Message message) {
    Object arguments{
        {"user_id", std::move(to.address)}, {"view", render_as_home(message, catalogue_)}};
    auto answer = co_await api_.call("views.publish", std::move(arguments), true);
    auto outcome = outcome_of(muster::Call::update, answer);
    if (outcome.kind == Outcome::Kind::sent) outcome.provider_id = "home";
    if (outcome.kind == Outcome::Kind::ambiguous) {
        outcome.kind = Outcome::Kind::try_later;
        outcome.scope = Scope::place;
        outcome.retry_after = pause_after_no_answer;
    }
    if (outcome.kind != Outcome::Kind::sent) log_failure(log_, "views.publish", answer);
    co_return outcome;
}

Pace Platform::pace(Call call) const {
    switch (call) {
        case Call::deliver: return pace_of_posts;
        case Call::show: return pace_of_pages;
        case Call::update:
        case Call::remove:
        case Call::find: break;
    }
    return pace_of_the_rest;
}

}  // namespace muster::slack
