#include "adapters/slack/finder.hpp"

#include <algorithm>

#include "adapters/slack/introduction.hpp"

namespace muster::slack {
namespace {

Findings not_looked_through(const ApiAnswer& answer) {
    return {reading_of(answer), {}, answer, ""};
}

void add(std::vector<Named>& messages, const Named& begun) {
    auto is_same = [&](const Named& message) {
        return message.parts.front() == begun.parts.front();
    };
    auto seen = std::ranges::find_if(messages, is_same);
    if (seen == messages.end()) {
        messages.push_back(begun);
    } else {
        seen->parts = merged(std::move(seen->parts), begun.parts);
    }
}

}  // namespace

Finder::Finder(WebApi& api, Clock& clock, Log& log, const UnfinishedMessages& begun)
    : api_(api), clock_(clock), log_(log), begun_(begun) {}

Task<Look> Finder::look_for(DeliveryId delivery, Destination to, Instant since) {
    auto findings = co_await search_for(delivery, to, since);
    note(delivery, findings);
    Look look{findings.reading, {}, std::move(findings.last)};
    for (auto& copy : copies_in(findings.posts))
        look.messages.push_back({findings.channel, std::move(copy.parts)});
    if (const auto* begun = begun_.find(delivery)) add(look.messages, begun->standing);
    co_return look;
}

Task<WhatStands> Finder::all_parts_of(DeliveryId delivery, Named message, std::string thread) {
    WhatStands standing{message};
    auto& parts = standing.message.parts;
    if (const auto* begun = begun_.find(delivery, message))
        parts = merged(std::move(parts), begun->standing.parts);
    auto findings = co_await search_below(delivery, message, thread);
    note(delivery, findings);
    for (const auto& post : findings.posts)
        if (post.mark.first == message.parts.front()) parts = merged(std::move(parts), {post.ts});
    standing.reading = findings.reading;
    standing.reason = findings.last.error;
    co_return standing;
}

Task<Findings> Finder::search_for(DeliveryId delivery, Destination to, Instant since) {
    auto known_us = co_await us();
    if (const auto* failed = std::get_if<ApiAnswer>(&known_us))
        co_return not_looked_through(*failed);
    auto known_channel = co_await conversation_with(to);
    if (const auto* failed = std::get_if<ApiAnswer>(&known_channel))
        co_return not_looked_through(*failed);
    auto channel = std::get<std::string>(known_channel);
    Search search{api_, clock_, std::get<Identity>(known_us), delivery, channel};
    if (auto parent = parent_in(to))
        co_return co_await search.through_thread(*parent, ts_at(since));
    co_return co_await search.through_channel(since);
}

Task<Findings> Finder::search_below(DeliveryId delivery, Named message, std::string thread) {
    auto known_us = co_await us();
    if (const auto* failed = std::get_if<ApiAnswer>(&known_us))
        co_return not_looked_through(*failed);
    Search search{api_, clock_, std::get<Identity>(known_us), delivery, message.place};
    co_return co_await search.through_thread(thread, message.parts.front());
}

Task<std::variant<Identity, ApiAnswer>> Finder::us() {
    if (us_) co_return *us_;
    auto told = co_await who_am_i(api_);
    if (const auto* refusal = std::get_if<ApiAnswer>(&told)) co_return *refusal;
    us_ = std::get<Introduction>(told).identity;
    co_return *us_;
}

// Asked for only here: to post, a person's id is enough.
Task<std::variant<std::string, ApiAnswer>> Finder::conversation_with(Destination to) {
    auto channel = channel_of(to);
    if (!to.direct || channel != to.address) co_return channel;
    if (auto known = api_.direct_message_with(to.address)) co_return *known;
    json::Object arguments{{"users", to.address}};
    auto answer = co_await api_.call("conversations.open", std::move(arguments), true);
    if (auto opened = api_.direct_message_with(to.address)) co_return *opened;
    if (answer.ok) answer.error = "unreadable";
    answer.ok = false;
    co_return answer;
}

void Finder::note(DeliveryId delivery, const Findings& findings) {
    Log::Fields of{{"delivery", std::to_string(delivery.value)}};
    log_failure(log_, "find", findings.last, std::move(of));
}

std::string channel_of(const Destination& to) {
    auto parent = to.direct && to.thread ? named(*to.thread) : std::nullopt;
    return parent ? parent->place : to.address;
}

std::optional<std::string> parent_in(const Destination& to) {
    auto parent = to.thread ? named(*to.thread) : std::nullopt;
    if (!parent) return std::nullopt;
    return parent->parts.front();
}

}  // namespace muster::slack
