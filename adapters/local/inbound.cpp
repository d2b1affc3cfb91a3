#include "adapters/local/inbound.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/json/strict.hpp"

namespace muster::local {
namespace {

using json::Value;

Result<InboundEvent> event_of(Act act, const Value& body, std::string_view request);
Result<InboundEvent> pressed(const Value& body);
Result<InboundEvent> submitted(const Value& body);
std::optional<std::string> text_of(const Value& body, std::string_view key, std::size_t longest);
std::optional<std::int64_t> id_of(const Value& body, std::string_view key);
bool is_request(std::string_view text);

constexpr std::size_t longest_id = 200;

}  // namespace

Result<Sent> read(Act act, std::string_view body) {
    auto parsed = json::parse(body);
    if (!parsed) return Errc::bad_input;
    auto request = text_of(*parsed, "request", longest_id);
    auto account = text_of(*parsed, "as", longest_id);
    if (!request || !is_request(*request) || !account || account->empty()) return Errc::bad_input;

    auto event = event_of(act, *parsed, *request);
    if (!event) return event.error();
    Sent sent{.request = *request, .account = *account, .place = "", .event = std::move(*event)};
    if (act != Act::say && act != Act::command) return sent;
    auto place = text_of(*parsed, "place", longest_id);
    if (!place || place->empty()) return Errc::bad_input;
    sent.place = *place;
    return sent;
}

Result<Jumping> read_jump(std::string_view body) {
    auto parsed = json::parse(body);
    if (!parsed) return Errc::bad_input;
    auto to = parsed->text_of("to");
    auto account = parsed->text_of("as");
    if (to == "next") return Jumping{Jump::next_event, account};
    if (to == "hour") return Jumping{Jump::one_hour, account};
    if (to == "tomorrow") return Jumping{Jump::tomorrow, account};
    return Errc::bad_input;
}

Inbound inbound_of(const Sent& sent, ConnectionId connection, Instant at, Seed seed) {
    return Inbound{
        .connection = connection,
        .account = sent.account,
        .keys = {sent.account + "/" + sent.request},
        .sent_at = at,
        .seed = seed,
        .event = sent.event,
    };
}

std::string line_id(std::string_view request) {
    return "l" + std::string(request);
}

std::string whisper_id(std::string_view request) {
    return "r" + std::string(request);
}

namespace {

Result<InboundEvent> event_of(Act act, const Value& body, std::string_view request) {
    auto text = text_of(body, "text", longest_line);
    auto message = text_of(body, "message", longest_id);
    switch (act) {
        case Act::say: {
            auto thread = text_of(body, "thread", longest_id);
            if (!text || text->empty() || (body.find("thread") && !thread)) return Errc::bad_input;
            return Said{.text = *text, .message = line_id(request), .thread = thread};
        }
        case Act::press: return pressed(body);
        case Act::submit: return submitted(body);
        case Act::dismiss: {
            auto form = form_context_from(body.text_of("context"));
            if (!form) return Errc::bad_input;
            return Dismissed{*form};
        }
        case Act::command:
            if (!text) return Errc::bad_input;
            return Commanded{*text};
        case Act::edit:
            if (!message || !text || text->empty()) return Errc::bad_input;
            return Edited{.message = *message, .text = *text};
        case Act::remove:
            if (!message) return Errc::bad_input;
            return Deleted{.message = *message};
    }
    return Errc::bad_input;
}

Result<InboundEvent> pressed(const Value& body) {
    auto verb = verb_from(body.text_of("verb"));
    auto subject = id_of(body, "subject");
    auto extra = id_of(body, "extra");
    auto message = text_of(body, "message", longest_id);
    if (!verb || !subject || !extra || !message) return Errc::bad_input;
    return Pressed{
        .verb = *verb,
        .subject = *subject,
        .extra = *extra,
        .message = *message,
    };
}

Result<InboundEvent> submitted(const Value& body) {
    auto form = form_context_from(body.text_of("context"));
    const auto* values = body.find("values");
    const auto* pairs = values ? values->array() : nullptr;
    if (!form || !pairs || pairs->size() > most_values) return Errc::bad_input;
    Submitted submitted{.form = *form, .values = {}};
    for (const auto& each : *pairs) {
        const auto* pair = each.array();
        if (!pair || pair->size() != 2) return Errc::bad_input;
        const auto* key = pair->front().text();
        const auto* value = pair->back().text();
        bool fits = key && value && key->size() <= longest_id && value->size() <= longest_line;
        if (!fits) return Errc::bad_input;
        submitted.values.emplace_back(*key, *value);
    }
    return submitted;
}

std::optional<std::string> text_of(const Value& body, std::string_view key, std::size_t longest) {
    const auto* value = body.find(key);
    const auto* text = value ? value->text() : nullptr;
    if (!text || text->size() > longest) return std::nullopt;
    return *text;
}

std::optional<std::int64_t> id_of(const Value& body, std::string_view key) {
    auto digits = body.text_of(key);
    std::int64_t id = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), id);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size() || id < 0)
        return std::nullopt;
    return id;
}

bool is_request(std::string_view text) {
    auto fits = [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z');
    };
    return text.size() >= 16 && text.size() <= 64 && std::ranges::all_of(text, fits);
}

}  // namespace
}  // namespace muster::local
