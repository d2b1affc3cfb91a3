#include "adapters/slack/typed_history.hpp"

#include <algorithm>

#include "adapters/slack/inbound_parts.hpp"
#include "adapters/slack/introduction.hpp"
#include "adapters/slack/outcome.hpp"
#include "adapters/slack/search.hpp"
#include "adapters/slack/timestamps.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

// Tier 3 is 50 a minute, of both methods; so 20 and more stay for others.
constexpr auto between_calls = 2s;
constexpr int most_pages = 20;
constexpr int messages_on_a_page = 200;
// Long messages may make a page longer than we take (adapters/json/strict.hpp).
constexpr int messages_on_a_small_page = 20;

// What Slack refuses of one conversation says nothing of the others.
Typed::Kind kind_of(const ApiAnswer& answer) {
    if (reading_of(answer) == Reading::suspended) return Typed::Kind::suspended;
    if (reading_of(answer) != Reading::never) return Typed::Kind::try_later;
    auto is_of_this_one = outcome_of(Call::find, answer).kind == Outcome::Kind::refused;
    return is_of_this_one ? Typed::Kind::in_part : Typed::Kind::never;
}

Typed not_read(const ApiAnswer& answer) {
    Typed typed;
    typed.kind = kind_of(answer);
    auto may_change = typed.kind == Typed::Kind::try_later || typed.kind == Typed::Kind::suspended;
    if (may_change) typed.retry_after = pause_of_reading(answer);
    typed.reason = answer.error;
    return typed;
}

bool is_before(const Inbound& one, const Inbound& other) {
    return one.sent_at < other.sent_at;
}

}  // namespace

// A conversation while it is read.
struct TypedHistory::Reading {
    Identity us;
    std::string channel;
    std::string person;
    std::string since;  // ts: what was typed before is known
    std::string asked;  // ts of the oldest prompt
    int pages_left = most_pages;
    std::vector<std::string> threads{};  // ts of messages with replies of that time
    Typed typed{};
};

TypedHistory::TypedHistory(ConnectionId connection, WebApi& api, Clock& clock, Log& log)
    : connection_(connection), api_(api), clock_(clock), log_(log) {}

Task<Typed> TypedHistory::typed_in(Conversation conversation, Instant since) {
    auto prompt = named(conversation.asked_by);
    if (!prompt) co_return Typed{};
    if (!us_) {
        auto told = co_await who_am_i(api_);
        if (const auto* refusal = std::get_if<ApiAnswer>(&told)) co_return not_read(*refusal);
        us_ = std::get<Introduction>(told).identity;
    }
    Reading reading{
        *us_, prompt->place, conversation.account, ts_at(since), prompt->parts.front()};
    auto is_read = co_await read_top(reading);
    for (std::size_t at = 0; is_read && at < reading.threads.size(); ++at)
        is_read = co_await read_thread(reading, reading.threads[at]);
    std::ranges::stable_sort(reading.typed.lines, is_before);
    co_return std::move(reading.typed);
}

// From the prompt on, however old it is: what is typed in a thread shows only at its parent.
Task<bool> TypedHistory::read_top(Reading& reading) {
    json::Object arguments{
        {"channel", reading.channel},
        {"oldest", std::min(reading.asked, reading.since)},
        {"inclusive", true}};
    co_return co_await read_pages(reading, "conversations.history", std::move(arguments));
}

Task<bool> TypedHistory::read_thread(Reading& reading, std::string parent) {
    json::Object arguments{
        {"channel", reading.channel},
        {"ts", std::move(parent)},
        {"oldest", reading.since},
        {"inclusive", true}};
    co_return co_await read_pages(reading, "conversations.replies", std::move(arguments));
}

// False: what is to be said instead is said, and nothing more can be read.
Task<bool> TypedHistory::read_pages(Reading& reading, std::string method, json::Object arguments) {
    std::string cursor;
    auto limit = messages_on_a_page;
    for (;;) {
        if (reading.pages_left == 0) {
            reading.typed.kind = Typed::Kind::in_part;
            co_return false;
        }
        --reading.pages_left;
        auto page = arguments;
        page.push_back({"limit", limit});
        if (!cursor.empty()) page.push_back({"cursor", cursor});
        co_await wait_for_a_turn();
        auto answer = co_await api_.call(method, std::move(page), true);
        if (answer.error == "thread_not_found") co_return true;  // nor is anything in it
        const auto* messages = answer.body.find("messages");
        if (answer.error == "unreadable" || (answer.ok && !(messages && messages->array()))) {
            limit = messages_on_a_small_page;
            continue;
        }
        if (!answer.ok) {
            log_failure(log_, method, answer);
            reading.typed = not_read(answer);
            co_return false;
        }
        for (const auto& message : *messages->array()) {
            auto latest = message.text_of("latest_reply");
            if (method == "conversations.history" && latest >= reading.since)
                reading.threads.push_back(message.text_of("ts"));
            for (auto& told : told_by_history(message, reading.channel, reading.us)) {
                auto is_known = told.sent_at < instant_of(reading.since).value_or(Instant{});
                if (told.account != reading.person || is_known) continue;
                told.sent_at = std::min(told.sent_at, clock_.now());
                reading.typed.lines.push_back(
                    {connection_,
                     std::move(told.account),
                     std::move(told.keys),
                     told.sent_at,
                     {},
                     std::move(told.event)}
                );
            }
        }
        const auto& metadata = in(answer.body, "response_metadata");
        cursor = metadata.text_of("next_cursor");
        if (cursor.empty()) co_return true;
    }
}

Task<> TypedHistory::wait_for_a_turn() {
    auto now = clock_.steady_now();
    auto turn = std::max(now, next_turn_);
    next_turn_ = turn + between_calls;
    if (turn > now) co_await clock_.pause(std::chrono::ceil<milliseconds>(turn - now));
}

}  // namespace muster::slack
