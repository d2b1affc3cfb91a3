#include "adapters/slack/poster.hpp"

#include <algorithm>

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

constexpr auto longest_call = 10s;
// What nobody heard of and what is not there by then was not posted.
constexpr auto settling_time = 60s;
constexpr int most_unheard = 2;  // where nobody may look, as for whole messages

Outcome sent(const Named& message) {
    Outcome outcome;
    outcome.provider_id = provider_id_of(message);
    return outcome;
}

// The pause that a post or a removal was told is none of edits: the WebApi keeps to it.
Outcome of_an_edit(Outcome outcome) {
    outcome.retry_after = 0ms;
    return outcome;
}

// The later parts name the first, whose ts is known now.
void mark_part(Rendered& rendered, std::size_t part, const Named& message) {
    if (part == 0) return;
    auto number = static_cast<int>(part) + 1;
    auto all = static_cast<int>(rendered.posts.size());
    mark(rendered.posts[part], {rendered.delivery, number, all, message.parts.front()});
}

}  // namespace

Poster::Poster(WebApi& api, Clock& clock, Log& log, UnfinishedMessages& begun)
    : api_(api), clock_(clock), log_(log), begun_(begun), started_at_(clock.steady_now()) {}

Task<Outcome> Poster::post(Rendered rendered) {
    auto first =
        co_await post_one(rendered.delivery, rendered.channel, rendered.thread, rendered.posts[0]);
    if (first.kind != Outcome::Kind::sent || rendered.posts.size() == 1) co_return first;

    WhatStands standing{named(first.provider_id).value()};
    begun_.keep(rendered.delivery, standing.message);
    rendered.channel = standing.message.place;
    if (!rendered.thread) rendered.thread = standing.message.parts.front();
    auto rest = co_await post_the_rest(rendered, standing);
    if (rest.kind == Outcome::Kind::refused)
        co_return co_await take_back(rendered.delivery, standing.message, rest);
    if (rest.kind != Outcome::Kind::sent) rest.kind = Outcome::Kind::ambiguous;
    co_return rest;
}

Task<Outcome> Poster::edit(Rendered rendered, WhatStands standing) {
    auto& parts = standing.message.parts;
    for (std::size_t part = 0; part < std::min(parts.size(), rendered.posts.size());) {
        mark_part(rendered, part, standing.message);
        auto answer = co_await edit_one(
            rendered.delivery, standing.message.place, parts[part], rendered.posts[part]
        );
        if (is_gone(answer) && part > 0) {  // a later part that somebody removed is posted again
            parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(part));
            continue;
        }
        auto outcome = outcome_of(Call::update, answer);
        if (outcome.kind != Outcome::Kind::sent) co_return outcome;
        ++part;
    }
    if (parts.size() > rendered.posts.size()) {
        auto erased = co_await erase(rendered.delivery, standing.message, rendered.posts.size());
        if (erased.kind != Outcome::Kind::sent) co_return of_an_edit(erased);
        parts.resize(rendered.posts.size());
    }
    auto rest = co_await post_the_rest(std::move(rendered), std::move(standing));
    co_return of_an_edit(rest);
}

Task<Outcome> Poster::erase(DeliveryId delivery, Named message, std::size_t from) {
    // The last part first: what is left after a failure still has the part that it is named by.
    for (auto part = message.parts.size(); part-- > from;) {
        json::Object arguments{{"channel", message.place}, {"ts", message.parts[part]}};
        auto answer = co_await call(delivery, "chat.delete", std::move(arguments), true);
        auto outcome = outcome_of(Call::remove, answer);
        if (outcome.kind != Outcome::Kind::sent) co_return outcome;
    }
    co_return sent(message);
}

// Posts the parts that are missing behind those that stand.
Task<Outcome> Poster::post_the_rest(Rendered rendered, WhatStands standing) {
    auto& message = standing.message;
    auto stop_at = clock_.steady_now() + longest_call;
    auto is_whole = message.parts.size() == rendered.posts.size();
    auto stopped = is_whole ? std::nullopt : held_up(rendered.delivery, standing);
    if (stopped) co_return *stopped;
    while (message.parts.size() < rendered.posts.size()) {
        if (clock_.steady_now() >= stop_at)
            co_return not_done(Outcome::Kind::ambiguous, "parts_to_come");
        mark_part(rendered, message.parts.size(), message);
        auto& post = rendered.posts[message.parts.size()];
        auto outcome =
            co_await post_one(rendered.delivery, rendered.channel, rendered.thread, post);
        if (outcome.kind == Outcome::Kind::ambiguous)
            begun_.heard_nothing(rendered.delivery, message, clock_.steady_now());
        if (outcome.kind != Outcome::Kind::sent) co_return outcome;
        message.parts.push_back(named(outcome.provider_id).value().parts.front());
        begun_.keep(rendered.delivery, message);
    }
    begun_.forget(rendered.delivery);
    co_return sent(message);
}

// A part that was perhaps posted may not be posted again yet or, where nobody may look, not for
// ever. What an earlier process has sent on its way nobody knows until it must have arrived.
std::optional<Outcome> Poster::held_up(DeliveryId delivery, const WhatStands& standing) const {
    auto now = clock_.steady_now();
    auto not_yet = not_done(Outcome::Kind::ambiguous, "part_unheard_of");
    const auto* begun = begun_.find(delivery, standing.message);
    if (!begun && now < started_at_ + settling_time) return not_yet;
    auto is_seen = begun && begun->standing.parts.size() < standing.message.parts.size();
    if (!begun || begun->unheard == 0 || is_seen) return std::nullopt;
    if (now < begun->unheard_at + settling_time) return not_yet;
    if (standing.reading != Reading::never || begun->unheard < most_unheard) return std::nullopt;
    return not_done(Outcome::Kind::refused, "part_unheard_of");
}

Task<Outcome> Poster::post_one(
    DeliveryId delivery, std::string channel, std::optional<std::string> thread, Post post
) {
    auto arguments = arguments_of(std::move(post), std::move(channel), thread.value_or(""));
    auto answer = co_await call(delivery, "chat.postMessage", std::move(arguments), false);
    co_return outcome_of(Call::deliver, answer);
}

// Half a message stays nowhere where the other half is refused.
Task<Outcome> Poster::take_back(DeliveryId delivery, Named message, Outcome refusal) {
    if (const auto* begun = begun_.find(delivery, message)) message = begun->standing;
    auto erased = co_await erase(delivery, message);
    if (erased.kind == Outcome::Kind::sent) {
        begun_.forget(delivery);
    } else {
        refusal.kind = Outcome::Kind::ambiguous;
    }
    co_return refusal;
}

Task<ApiAnswer> Poster::edit_one(
    DeliveryId delivery, std::string channel, std::string ts, Post post
) {
    json::Object arguments{
        {"channel", std::move(channel)},
        {"ts", std::move(ts)},
        {"text", std::move(post.text)},
        {"blocks", std::move(post.blocks)},
        {"parse", "none"},  // an edit would otherwise make links of names that people typed
    };
    co_return co_await call(delivery, "chat.update", std::move(arguments), true);
}

Task<ApiAnswer> Poster::call(
    DeliveryId delivery, std::string method, json::Object arguments, bool may_repeat
) {
    auto answer = co_await api_.call(method, std::move(arguments), may_repeat);
    Log::Fields of{{"delivery", std::to_string(delivery.value)}};
    log_failure(log_, method, answer, std::move(of));
    co_return answer;
}

}  // namespace muster::slack
