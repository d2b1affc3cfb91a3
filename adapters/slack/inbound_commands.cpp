#include "adapters/http/form_body.hpp"
#include "adapters/slack/inbound_parts.hpp"
#include "adapters/slack/render.hpp"

namespace muster::slack {
namespace {

std::optional<json::Value> fields_in(std::string_view form_body);

}  // namespace

Heard read_command(std::string_view form_body, const std::vector<Identity>&) {
    auto fields = fields_in(form_body);
    if (!fields) return Malformed{};
    return heard_in_command(*fields);
}

Heard heard_in_command(const json::Value& fields) {
    if (fields.text_of("ssl_check") == "1") return Nothing{why::ssl_check};

    Told told;
    told.origin = Origin::command;
    told.account = fields.text_of("user_id");
    if (told.account.empty()) return Malformed{};
    add_workspace(told.workspaces, fields.text_of("team_id"), fields.text_of("enterprise_id"));
    told.event = Commanded{unescaped(fields.text_of("text"))};
    told.way.trigger = fields.text_of("trigger_id");
    told.way.response_url = fields.text_of("response_url");
    told.way.channel = fields.text_of("channel_id");
    if (!told.way.trigger.empty()) told.keys = {"t:" + told.way.trigger};
    return told;
}

namespace {

// What is no text in JSON is none here: adapters/json alone judges what is UTF-8.
std::optional<json::Value> fields_in(std::string_view form_body) {
    auto form = http::form_in(form_body);
    if (!form || form->empty()) return std::nullopt;
    json::Object fields;
    for (auto& [name, value] : *form)
        fields.push_back({std::move(name), std::move(value)});
    json::Value typed{std::move(fields)};
    auto judged = json::parse(json::dump(typed));
    if (!judged || *judged != typed) return std::nullopt;
    return typed;
}

}  // namespace
}  // namespace muster::slack
