#include "adapters/slack/search.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

constexpr int most_pages = 10;
constexpr auto longest_look = 10s;
constexpr int messages_on_a_page = 200;
// Long messages of other bots may make a page longer than we take (adapters/json/strict.hpp).
constexpr int messages_on_a_small_page = 20;

Findings ended(Findings findings, Reading reading, std::string why) {
    findings.reading = reading;
    findings.last.error = std::move(why);
    return findings;
}

std::string next_cursor_in(const json::Value& body) {
    const auto* metadata = body.find("response_metadata");
    return metadata ? metadata->text_of("next_cursor") : "";
}

}  // namespace

Search::Search(WebApi& api, Clock& clock, Identity us, DeliveryId delivery, std::string channel)
    : api_(api),
      clock_(clock),
      us_(std::move(us)),
      delivery_(delivery),
      channel_(std::move(channel)),
      pages_left_(most_pages),
      stop_at_(clock.steady_now() + longest_look) {}

Task<Findings> Search::through_channel(Instant since) {
    json::Object arguments{{"channel", channel_}, {"oldest", ts_at(since)}, {"inclusive", true}};
    auto findings = co_await through("conversations.history", std::move(arguments));
    auto tops = findings.posts;
    for (const auto& top : tops) {
        if (top.mark.parts == 1 || findings.reading != Reading::answered) continue;
        auto below = co_await through_thread(top.ts, top.ts);
        std::ranges::move(below.posts, std::back_inserter(findings.posts));
        findings.reading = below.reading;
        findings.last = std::move(below.last);
    }
    co_return findings;
}

Task<Findings> Search::through_thread(std::string parent, std::string oldest) {
    json::Object arguments{
        {"channel", channel_}, {"ts", parent}, {"oldest", oldest}, {"inclusive", true}};
    co_return co_await through("conversations.replies", std::move(arguments));
}

// A page may be shorter than it might be, or even empty; the last has no cursor. One that cannot be
// read may have been cut off on the way, or be too long.
Task<Findings> Search::through(std::string method, json::Object arguments) {
    Findings findings;
    findings.channel = channel_;
    std::string cursor;
    auto limit = messages_on_a_page;
    for (;;) {
        if (pages_left_ == 0) co_return ended(findings, Reading::never, "too_many_messages");
        if (clock_.steady_now() >= stop_at_)
            co_return ended(findings, Reading::not_now, "too_slow");
        --pages_left_;
        auto page = arguments;
        page.push_back({"limit", limit});
        if (!cursor.empty()) page.push_back({"cursor", cursor});
        findings.last = co_await api_.call(method, std::move(page), true);
        const auto& answer = findings.last;
        if (answer.error == "thread_not_found") co_return findings;  // nor is anything in it
        const auto* messages = answer.body.find("messages");
        if (answer.error == "unreadable" || (answer.ok && !(messages && messages->array()))) {
            limit = messages_on_a_small_page;
            continue;
        }
        findings.reading = reading_of(answer);
        if (findings.reading != Reading::answered) co_return findings;
        std::ranges::move(
            posts_of(delivery_, us_, *messages->array()), std::back_inserter(findings.posts)
        );
        cursor = next_cursor_in(answer.body);
        if (cursor.empty()) co_return findings;
    }
}

std::string ts_at(Instant moment) {
    auto since_1970 = moment.time_since_epoch();
    auto seconds = std::chrono::floor<std::chrono::seconds>(since_1970);
    return fmt::format("{}.{:03}000", seconds.count(), (since_1970 - seconds).count());
}

}  // namespace muster::slack
