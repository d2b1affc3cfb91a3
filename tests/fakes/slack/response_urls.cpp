#include "tests/fakes/slack/response_urls.hpp"

#include <algorithm>
#include <array>

#include "tests/fakes/slack/api_call.hpp"
#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {
namespace {

constexpr int most_uses = 5;
constexpr auto life = 30min;
constexpr std::array known_fields{
    "text",
    "blocks",
    "response_type",
    "replace_original",
    "delete_original",
    "thread_ts",
    "unfurl_links",
    "unfurl_media",
    "mrkdwn"};

HttpAnswer done() {
    return {200, {{"content-type", "text/plain"}}, "ok"};
}

bool is_set(const json::Object& body, std::string_view key) {
    auto* value = find(body, key);
    return value && *value == json::Value{true};
}

bool is_for_all(const json::Object& body) {
    return text_of(body, "response_type") == "in_channel";
}

bool changes_original(const json::Object& body) {
    return is_set(body, "replace_original") || is_set(body, "delete_original");
}

}  // namespace

HttpAnswer ResponseUrls::post(const HttpCall& call, Instant now) {
    now_ = now;
    if (header_of(call, "authorization"))
        complaints_.violation(now_, "response_url", "the token went where it does not belong");
    if (call.method != "POST") return refuse(405, "method_not_allowed", "is not POSTed to");
    auto known = workspace_.response_urls.find(call.url);
    if (known == workspace_.response_urls.end())
        return refuse(404, "no_team", "a response_url that Slack never gave");
    if (auto refusal = use_refused(call, known->second)) return *refusal;
    auto parsed = json::parse(call.body);
    if (!parsed || !parsed->object()) return refuse(400, "invalid_payload", "no JSON object");
    ++known->second.uses;
    return carry_out(*parsed->object(), known->second);
}

void ResponseUrls::answer_command(const AppRequest& about, const json::Object& body, Instant now) {
    now_ = now;
    auto content = read_content(find(body, "text"), find(body, "blocks"));
    for (const auto& what : content.violations)
        complaints_.violation(now_, "answer to a command", what);
    if (!content.error.empty()) return;
    ResponseUrl typed_at;
    typed_at.user = about.user;
    typed_at.channel = about.channel;
    show(body, typed_at, content, "command");
}

std::string ResponseUrls::posts_to(const HttpCall& call) const {
    auto known = workspace_.response_urls.find(call.url);
    auto parsed = json::parse(call.body);
    if (known == workspace_.response_urls.end() || !parsed || !parsed->object()) return "";
    auto is_post = is_for_all(*parsed->object()) && !changes_original(*parsed->object());
    return is_post ? known->second.channel : "";
}

std::optional<HttpAnswer> ResponseUrls::use_refused(const HttpCall& call, ResponseUrl& url) {
    if (url.uses >= most_uses) return refuse(404, "used_url", "used more than five times");
    if (now_ > url.issued_at + life) return refuse(404, "expired_url", "used after 30 minutes");
    auto type = header_of(call, "content-type").value_or("");
    if (!type.starts_with("application/json"))
        return refuse(400, "invalid_payload", "the body is of type \"" + type + "\"");
    return std::nullopt;
}

HttpAnswer ResponseUrls::carry_out(const json::Object& body, const ResponseUrl& url) {
    for (const auto& [key, value] : body)
        if (std::ranges::find(known_fields, key) == known_fields.end())
            complaints_.violation(now_, "response_url", "has no field " + key);
    if (is_set(body, "delete_original")) return remove(url);
    auto content = read_content(find(body, "text"), find(body, "blocks"));
    for (const auto& what : content.violations)
        complaints_.violation(now_, "response_url", what);
    if (!content.error.empty()) return {400, {{"content-type", "text/plain"}}, content.error};
    if (is_set(body, "replace_original")) return replace(url, content);
    show(body, url, content, "response_url");
    return done();
}

HttpAnswer ResponseUrls::replace(const ResponseUrl& url, const Content& content) {
    if (url.message.empty())
        return refuse(404, "message_not_found", "there is nothing to replace after a command");
    auto blocks = content.blocks;
    workspace_.fill_in(blocks);
    if (url.of_ephemeral) {
        auto* shown = workspace_.ephemeral(url.channel, url.message);
        shown->text = content.text;
        shown->blocks = std::move(blocks);
        return done();
    }
    auto* message = workspace_.message(url.channel, url.message);
    if (message->is_deleted) {
        complaints_.refusal(now_, "response_url", "the message was deleted");
        return {404, {{"content-type", "text/plain"}}, "message_not_found"};
    }
    auto before = *message;
    message->text = content.text;
    message->blocks = std::move(blocks);
    message->edited_by = workspace_.installation.bot_user;
    message->edited_ts = workspace_.new_ts(now_);
    ++message->edits;
    outbox_.edited(before, *message, now_);
    return done();
}

HttpAnswer ResponseUrls::remove(const ResponseUrl& url) {
    if (url.message.empty())
        return refuse(404, "message_not_found", "there is nothing to delete after a command");
    if (url.of_ephemeral) {
        workspace_.ephemeral(url.channel, url.message)->is_deleted = true;
        return done();
    }
    auto* message = workspace_.message(url.channel, url.message);
    auto before = *message;
    message->is_deleted = true;
    if (!before.is_deleted) outbox_.deleted(before, now_);
    return done();
}

void ResponseUrls::show(
    const json::Object& body,
    const ResponseUrl& url,
    const Content& content,
    const std::string& through
) {
    auto thread = text_of(body, "thread_ts");
    if (!is_for_all(body)) {
        Ephemeral ephemeral{
            .channel = url.channel,
            .thread = thread,
            .user = url.user,
            .text = content.text,
            .blocks = content.blocks,
            .through = through};
        workspace_.show(std::move(ephemeral), now_);
        return;
    }
    Message message{
        .channel = url.channel,
        .thread = thread,
        .user = "",
        .bot = workspace_.installation.bot,
        .text = content.text,
        .blocks = content.blocks,
        .subtype = "bot_message"};
    outbox_.posted(workspace_.post(std::move(message), now_), now_);
}

HttpAnswer ResponseUrls::refuse(int status, const std::string& error, const std::string& why) {
    complaints_.violation(now_, "response_url", why);
    return {
        status,
        {{"content-type", "application/json"}},
        written(json::Object{{"ok", false}, {"error", error}})};
}

}  // namespace muster::fake_slack
