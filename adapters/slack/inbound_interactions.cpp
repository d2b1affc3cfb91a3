#include <algorithm>
#include <array>

#include <openssl/sha.h>

#include "adapters/slack/emoji.hpp"
#include "adapters/http/form_body.hpp"
#include "adapters/slack/hex.hpp"
#include "adapters/slack/inbound_parts.hpp"
#include "adapters/slack/render.hpp"
#include "adapters/slack/shortcuts.hpp"
#include "adapters/slack/timestamps.hpp"

namespace muster::slack {
namespace {

using json::Value;

// A button of ours: what it asks for, and when it was pressed.
struct Press {
    Pressed pressed;
    std::string at;
};

std::variant<Value, Malformed> payload_in(std::string_view form_body);

Heard heard_of_press(const Value& payload);
Heard heard_of_submission(const Value& payload);
Heard heard_of_closing(const Value& payload);
Heard heard_of_shortcut(const Value& payload);

std::optional<Press> press_in(const Value& payload);
std::optional<FormContext> context_in(const Value& view);
std::optional<FormValues> values_in(const Value& view);
bool asks_anything(const Value& view);
std::string values_of(const json::Array& options);
std::optional<std::string> entered_in(const Value& element);
std::string digest_of(const FormContext& form, const FormValues& values);

Told told(const Value& payload, Origin origin);
std::vector<Workspace> workspaces_of(const Value& payload);
std::string first_of(std::string one, std::string other);

}  // namespace

Heard read_interaction(std::string_view form_body, const std::vector<Identity>&) {
    auto read = payload_in(form_body);
    if (const auto* malformed = std::get_if<Malformed>(&read)) return *malformed;
    return heard_in_interaction(std::get<Value>(read));
}

Heard heard_in_interaction(const json::Value& payload) {
    if (!payload.object()) return Malformed{};
    auto type = payload.text_of("type");
    if (type == "block_actions") return heard_of_press(payload);
    if (type == "view_submission") return heard_of_submission(payload);
    if (type == "view_closed") return heard_of_closing(payload);
    if (type == "shortcut" || type == "message_action") return heard_of_shortcut(payload);
    if (type == "block_suggestion") return Nothing{why::suggestion};
    return Nothing{why::unknown_event};
}

namespace {

std::variant<Value, Malformed> payload_in(std::string_view form_body) {
    auto form = http::form_in(form_body);
    if (!form) return Malformed{};
    auto entry = std::ranges::find(*form, "payload", &http::FormEntry::name);
    if (entry == form->end()) return Malformed{};
    auto parsed = json::parse(entry->value);
    if (!parsed) return Malformed{parsed.error().is_too_large};
    return std::move(*parsed);
}

Heard heard_of_press(const Value& payload) {
    auto press = press_in(payload);
    if (!press) return Nothing{why::unknown_button};
    auto heard = told(payload, Origin::button);
    if (heard.account.empty()) return Malformed{};

    const auto& container = in(payload, "container");
    const auto& message = in(payload, "message");
    auto& way = heard.way;
    way.response_url = payload.text_of("response_url");
    way.channel = first_of(container.text_of("channel_id"), in(payload, "channel").text_of("id"));
    way.message = first_of(container.text_of("message_ts"), message.text_of("ts"));
    way.thread = first_of(container.text_of("thread_ts"), message.text_of("thread_ts"));
    way.view = first_of(way.view, container.text_of("view_id"));
    way.home = in(payload, "view").text_of("type") == "home";

    heard.sent_at = instant_of(press->at).value_or(Instant{});
    auto where = first_of(way.message, way.view);
    if (!press->at.empty()) heard.keys = {"b:" + heard.account + ":" + where + ":" + press->at};

    auto& pressed = press->pressed;
    auto mark = mark_of(message);
    bool is_later_part = mark && mark->part > 1;
    auto id = message_id(way.channel, is_later_part ? mark->first : way.message);
    pressed.message = id.value_or("");
    if (mark && mark->parts == 1) pressed.delivery = mark->delivery;
    heard.event = std::move(pressed);
    return heard;
}

Heard heard_of_submission(const Value& payload) {
    const auto& view = in(payload, "view");
    auto form = context_in(view);
    if (!form) return Nothing{why::unknown_form};
    auto heard = told(payload, Origin::form);
    auto values = values_in(view);
    if (heard.account.empty() || heard.way.view.empty() || !values) return Malformed{};

    heard.keys = {"f:" + heard.way.view + ":" + digest_of(*form, *values)};
    heard.event = Submitted{*form, std::move(*values)};
    return heard;
}

Heard heard_of_closing(const Value& payload) {
    auto form = context_in(in(payload, "view"));
    if (!form) return Nothing{why::unknown_form};
    auto heard = told(payload, Origin::form);
    if (heard.account.empty() || heard.way.view.empty()) return Malformed{};

    heard.keys = {"v:" + heard.way.view};
    heard.event = Dismissed{*form};
    return heard;
}

// Of a message, or of the whole app: that is chosen anywhere, and brings no place to answer in.
Heard heard_of_shortcut(const Value& payload) {
    auto name = payload.text_of("callback_id");
    auto heard = told(payload, Origin::button);
    if (name == shortcuts::my_stand_up) {
        heard.event = Commanded{};
    } else if (name == shortcuts::raise_blocker) {
        heard.event = BlockerWanted{};
    } else if (name == shortcuts::raise_from_message) {
        const auto& message = in(payload, "message");
        heard.event = BlockerWanted{unescaped(with_emoji(message.text_of("text"), message))};
    } else {
        return Nothing{why::shortcut};
    }
    if (heard.account.empty()) return Malformed{};
    auto at = payload.text_of("action_ts");
    if (instant_of(at)) heard.keys = {"s:" + heard.account + ":" + name + ":" + at};
    heard.sent_at = instant_of(at).value_or(Instant{});
    heard.way.response_url = payload.text_of("response_url");
    heard.way.channel = in(payload, "channel").text_of("id");
    return heard;
}

std::optional<Press> press_in(const Value& payload) {
    const auto* actions = in(payload, "actions").array();
    if (!actions) return std::nullopt;
    for (const auto& action : *actions) {
        if (action.text_of("type") != "button") continue;
        if (auto pressed = pressed_in(action.text_of("value")))
            return Press{std::move(*pressed), action.text_of("action_ts")};
    }
    return std::nullopt;
}

std::optional<FormContext> context_in(const Value& view) {
    return form_context_from(view.text_of("private_metadata"));
}

// A block that is not there was not asked. One that cannot be read may be an answer, so nobody is
// told that it was taken.
std::optional<FormValues> values_in(const Value& view) {
    const auto& state = in(in(view, "state"), "values");
    if (state.is_null() && !asks_anything(view)) return FormValues{};
    if (!state.object()) return std::nullopt;
    FormValues values;
    for (const auto& [key, elements] : *state.object()) {
        if (!elements.object() || elements.object()->size() != 1) return std::nullopt;
        auto entered = entered_in(elements.object()->front().value);
        if (!entered) return std::nullopt;
        values.emplace_back(key, std::move(*entered));
    }
    return values;
}

bool asks_anything(const Value& view) {
    const auto* blocks = in(view, "blocks").array();
    auto is_input = [](const Value& block) { return block.text_of("type") == "input"; };
    return !blocks || std::ranges::any_of(*blocks, is_input);
}

// Of the options that were chosen, with a space between them.
std::string values_of(const json::Array& options) {
    std::string values;
    for (const auto& option : options)
        values += (values.empty() ? "" : " ") +
                  (option.text() ? *option.text() : option.text_of("value"));
    return values;
}

std::optional<std::string> entered_in(const Value& element) {
    struct Kind {
        std::string_view type;
        std::string_view key;
    };

    constexpr std::array<Kind, 8> kinds{{
        {"plain_text_input", "value"},
        {"datepicker", "selected_date"},
        {"timepicker", "selected_time"},
        {"multi_static_select", "selected_options"},
        {"multi_users_select", "selected_users"},
        {"static_select", "selected_option"},
        {"radio_buttons", "selected_option"},
        {"checkboxes", "selected_options"},
    }};
    auto kind = std::ranges::find(kinds, element.text_of("type"), &Kind::type);
    if (kind == kinds.end()) return std::nullopt;

    const auto& entry = in(element, kind->key);
    if (entry.is_null()) return "";
    if (entry.text()) return *entry.text();
    if (entry.array()) return values_of(*entry.array());
    const auto* chosen = in(entry, "value").text();
    return chosen ? std::optional{*chosen} : std::nullopt;
}

// Of the form too: the next page may have the same id, the same fields and the same values.
std::string digest_of(const FormContext& form, const FormValues& values) {
    json::Array pairs{to_text(form)};
    for (const auto& [key, value] : values)
        pairs.push_back(json::Array{key, value});
    auto bytes = json::dump(pairs);
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    return hex_of(digest);
}

Told told(const Value& payload, Origin origin) {
    Told told;
    told.origin = origin;
    told.workspaces = workspaces_of(payload);
    told.account = in(payload, "user").text_of("id");
    told.way.trigger = payload.text_of("trigger_id");
    told.way.view = in(payload, "view").text_of("id");
    return told;
}

// A form that was opened in a channel shared with another company names that company's workspace;
// only its view tells where the app is installed.
std::vector<Workspace> workspaces_of(const Value& payload) {
    std::vector<Workspace> workspaces;
    const auto& team = in(payload, "team");
    auto enterprise =
        first_of(in(payload, "enterprise").text_of("id"), team.text_of("enterprise_id"));
    add_workspace(workspaces, in(payload, "view").text_of("app_installed_team_id"), "");
    add_workspace(workspaces, team.text_of("id"), enterprise);
    return workspaces;
}

std::string first_of(std::string one, std::string other) {
    return one.empty() ? other : one;
}

}  // namespace
}  // namespace muster::slack
