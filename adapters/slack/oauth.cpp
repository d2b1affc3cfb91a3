#include "adapters/slack/oauth.hpp"

#include <algorithm>

#include <openssl/evp.h>

#include "adapters/http/form_body.hpp"
#include "adapters/json/strict.hpp"
#include "adapters/slack/scopes.hpp"

namespace muster::slack {
namespace {

constexpr std::size_t most_bytes = 64 * 1024;
constexpr std::size_t longest_id = 30;
constexpr std::size_t longest_token = 1024;
constexpr std::size_t longest_name = 300;

std::string base64_of(const std::string& text) {
    std::string encoded((text.size() + 2) / 3 * 4 + 1, '\0');
    auto* out = reinterpret_cast<unsigned char*>(encoded.data());
    const auto* in = reinterpret_cast<const unsigned char*>(text.data());
    auto size = EVP_EncodeBlock(out, in, static_cast<int>(text.size()));
    encoded.resize(static_cast<std::size_t>(size));
    return encoded;
}

bool is_one_of(std::string_view text, std::string_view others, std::size_t longest) {
    auto fits = [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               others.find(c) != std::string_view::npos;
    };
    return !text.empty() && text.size() <= longest && std::ranges::all_of(text, fits);
}

bool is_id(const std::string& text) {
    return is_one_of(text, "", longest_id);
}

bool is_id_or_none(const std::string& text) {
    return text.empty() || is_id(text);
}

std::string text_in(const json::Value& body, std::string_view object, std::string_view key) {
    const auto* inside = body.find(object);
    return inside ? inside->text_of(key) : "";
}

Granted grant_in(const json::Value& body) {
    Grant grant{
        .token = body.text_of("access_token"),
        .team = text_in(body, "team", "id"),
        .enterprise = text_in(body, "enterprise", "id"),
        .name = text_in(body, "team", "name"),
        .app = body.text_of("app_id"),
        .bot_user = body.text_of("bot_user_id"),
        .expires = body.find("expires_in") || body.find("refresh_token")};
    if (grant.team.empty()) grant.name = text_in(body, "enterprise", "name");
    if (grant.name.empty() || grant.name.size() > longest_name) grant.name = grant.workspace();
    auto is_token =
        is_one_of(grant.token, "-._", longest_token) && body.text_of("token_type") == "bot";
    auto is_whole = is_id(grant.workspace()) && is_id_or_none(grant.team) &&
                    is_id_or_none(grant.enterprise) && is_id(grant.app) && is_id(grant.bot_user);
    if (!is_token || !is_whole) return GrantRefused{"unreadable"};
    return grant;
}

Granted granted_in(const HttpResult& result) {
    const auto* answer = std::get_if<HttpAnswer>(&result);
    if (!answer) return GrantRefused{"no_answer"};
    if (answer->status != 200 || answer->body.size() > most_bytes)
        return GrantRefused{"unreadable"};
    auto body = json::parse(answer->body);
    const auto* ok = body ? body->find("ok") : nullptr;
    if (!ok || !ok->flag()) return GrantRefused{"unreadable"};
    if (*ok->flag()) return grant_in(*body);
    auto error = body->text_of("error");
    return GrantRefused{is_one_of(error, "_", 100) ? error : "unreadable"};
}

}  // namespace

std::string authorize_url_of(
    const OauthApp& app, const std::string& state, const std::string& team
) {
    std::string wanted;
    for (const auto& scope : scopes())
        wanted += (wanted.empty() ? "" : ",") + std::string{scope.name};
    std::vector<http::FormEntry> query{
        {"client_id", app.client_id},
        {"scope", wanted},
        {"redirect_uri", app.redirect_url},
        {"state", state}};
    if (!team.empty()) query.push_back({"team", team});
    return app.authorize_url + "?" + http::form_of(query);
}

Task<Granted> exchange(HttpClient& http, OauthApp app, std::string code) {
    HttpCall call;
    call.url = app.api_base_url + "oauth.v2.access";
    call.headers = {
        {"Authorization", "Basic " + base64_of(app.client_id + ":" + app.client_secret)},
        {"Content-Type", "application/x-www-form-urlencoded"}};
    std::vector<http::FormEntry> form{{"code", code}, {"redirect_uri", app.redirect_url}};
    call.body = http::form_of(form);
    auto result = co_await http.call(std::move(call));
    co_return granted_in(result);
}

}  // namespace muster::slack
