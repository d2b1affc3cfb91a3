#include "adapters/msteams/platform.hpp"

#include "adapters/msteams/activities.hpp"
#include "adapters/msteams/outcome.hpp"

namespace muster::msteams {
namespace {

using namespace std::chrono_literals;

// Posts: 60 in 30 s to one conversation; 50 a second to the tenant, of which replies and look-ups
// need some.
constexpr Pace pace_of_posts{500ms, 25ms, 20};
constexpr Pace pace_of_the_rest{500ms, 25ms, 10};

constexpr std::size_t most_begun = 1'000;

Outcome refused(std::string reason) {
    Outcome outcome;
    outcome.kind = Outcome::Kind::refused;
    outcome.reason = std::move(reason);
    return outcome;
}

bool is_gone(const ConnectorAnswer& answer) {
    return answer.error == "ConversationNotFound" || answer.status == 404;
}

}  // namespace

Task<Outcome> Platform::deliver(DeliveryId delivery, Destination to, Message message) {
    auto parent = to.thread ? named(*to.thread) : std::nullopt;
    if (to.thread && !parent) co_return refused("thread_not_found");
    auto reached = co_await reach(to);
    if (const auto* failed = std::get_if<ConnectorAnswer>(&reached))
        co_return judged(Call::deliver, delivery, *failed);
    Posting posting{
        .delivery = delivery,
        .to = std::get<Reach>(std::move(reached)),
        .is_new_thread = !to.direct && !parent,
        .posts = render(message, delivery, parts_.catalogue),
        .standing = {},
    };
    if (parent) posting.to.conversation = parent->place;
    if (auto begun = begun_.find(delivery); begun != begun_.end()) posting.standing = begun->second;
    auto outcome = co_await post(posting);
    // Somebody took the app away and added it again: the chat of before is no more.
    if (outcome.kind != Outcome::Kind::refused || outcome.reason != "ConversationNotFound" ||
        !to.direct)
        co_return outcome;
    auto anew = co_await parts_.chats.anew_with(to.address);
    if (const auto* failed = std::get_if<ConnectorAnswer>(&anew))
        co_return judged(Call::deliver, delivery, *failed);
    posting.to = std::get<Reach>(std::move(anew));
    co_return co_await post(std::move(posting));
}

Task<Reached> Platform::reach(Destination to) {
    if (to.direct) co_return co_await parts_.chats.with(to.address);
    const auto* channel = parts_.contacts.find(to.address);
    Reach place{service_url_for(to), to.address};
    if (channel && !channel->is_removed) co_return place;
    // A channel that nobody told of may all the same be one that the app is in.
    if (!channel && !place.service_url.empty()) co_return place;
    ConnectorAnswer unknown;
    unknown.error = "not_installed";
    unknown.was_sent = false;
    co_return unknown;
}

std::string Platform::service_url_for(const Destination& to) const {
    const auto* contact = parts_.contacts.find(to.address);
    return contact ? contact->service_url : parts_.contacts.any_service_url();
}

// What is posted stays known until the message is whole, so that a next try goes on behind it.
Task<Outcome> Platform::post(Posting posting) {
    while (posting.standing.parts.size() < posting.posts.size()) {
        auto answer = co_await post_next(posting);
        auto outcome = judged(Call::deliver, posting.delivery, answer);
        if (outcome.kind != Outcome::Kind::sent) co_return outcome;
        auto& standing = posting.standing;
        auto id = answer.body.text_of("activityId");
        if (id.empty()) id = answer.body.text_of("id");
        if (standing.parts.empty())
            standing.place =
                posting.is_new_thread ? answer.body.text_of("id") : posting.to.conversation;
        if (id.empty() || standing.place.empty()) {
            outcome.kind = Outcome::Kind::ambiguous;
            outcome.reason = "unreadable";
            co_return outcome;
        }
        standing.parts.push_back(std::move(id));
        keep_begun(posting);
    }
    begun_.erase(posting.delivery);
    Outcome outcome;
    outcome.provider_id = provider_id_of(posting.standing);
    co_return outcome;
}

// The later parts of a message in a channel stand in its thread.
Task<ConnectorAnswer> Platform::post_next(const Posting& posting) {
    auto part = posting.standing.parts.size();
    auto activity = activity_of(posting.posts[part]);
    auto to = posting.to;
    if (part == 0 && posting.is_new_thread)
        co_return co_await parts_.conversations.begin_thread(
            std::move(to), tenant_, std::move(activity)
        );
    if (part > 0) to.conversation = posting.standing.place;
    co_return co_await parts_.conversations.post(std::move(to), std::move(activity));
}

void Platform::keep_begun(const Posting& posting) {
    if (posting.posts.size() == 1) return;
    if (begun_.size() >= most_begun) begun_.erase(begun_.begin());
    begun_[posting.delivery] = posting.standing;
}

Task<Outcome> Platform::update(
    DeliveryId delivery, Destination to, std::string provider_id, Message message
) {
    auto known = named(provider_id);
    if (!known) co_return refused("message_not_found");
    Posting posting{
        .delivery = delivery,
        .to = {service_url_for(to), known->place},
        .is_new_thread = false,
        .posts = render(message, delivery, parts_.catalogue),
        .standing = {known->place, {}},
    };
    for (std::size_t part = 0; part < known->parts.size(); ++part) {
        auto is_needed = part < posting.posts.size();
        ConnectorAnswer answer;
        if (is_needed) {
            auto activity = activity_of(posting.posts[part]);
            answer = co_await parts_.conversations.edit(
                posting.to, known->parts[part], std::move(activity)
            );
        } else {
            answer = co_await parts_.conversations.remove(posting.to, known->parts[part]);
        }
        if (is_needed && part > 0 && is_gone(answer)) continue;  // posted again at the end
        auto outcome = judged(is_needed ? Call::update : Call::remove, delivery, answer);
        if (outcome.kind != Outcome::Kind::sent) co_return outcome;
        if (is_needed) posting.standing.parts.push_back(known->parts[part]);
    }
    co_return co_await post(std::move(posting));
}

// The last part first: what is left after a failure still has the part that it is named by.
Task<Outcome> Platform::remove(DeliveryId delivery, Destination to, std::string provider_id) {
    auto known = named(provider_id);
    if (!known) co_return refused("message_not_found");
    Reach in{service_url_for(to), known->place};
    for (auto part = known->parts.size(); part-- > 0;) {
        auto answer = co_await parts_.conversations.remove(in, known->parts[part]);
        auto outcome = judged(Call::remove, delivery, answer);
        if (outcome.kind != Outcome::Kind::sent) co_return outcome;
    }
    begun_.erase(delivery);
    co_return Outcome{};
}

Task<Found> Platform::find(DeliveryId, Destination, Instant) {
    co_return Found{};
}

Outcome Platform::judged(Call call, DeliveryId delivery, const ConnectorAnswer& answer) {
    auto outcome = outcome_of(call, answer);
    if (!answer.ok())
        parts_.log.warning(
            "msteams.call_failed",
            {{"delivery", std::to_string(delivery.value)},
             {"status", std::to_string(answer.status)},
             {"reason", answer.error},
             {"correlation", answer.correlation}}
        );
    return outcome;
}

Pace Platform::pace(Call call) const {
    return call == Call::deliver ? pace_of_posts : pace_of_the_rest;
}

}  // namespace muster::msteams
