#include "tests/fakes/slack/oauth.hpp"

#include <set>
#include <sstream>

#include "tests/fakes/slack/api_call.hpp"
#include "tests/fakes/slack/form.hpp"

namespace muster::fake_slack {
namespace {

constexpr auto life_of_code = std::chrono::minutes{10};

std::string base64_of(const std::string& text) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string encoded;
    for (std::size_t at = 0; at < text.size(); at += 3) {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i)
            bits =
                bits << 8 | (at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            encoded += at + i > text.size() ? '=' : letters[bits >> (18 - 6 * i) & 63];
    }
    return encoded;
}

std::set<std::string> listed_in(const std::string& scopes) {
    std::set<std::string> all;
    std::stringstream list{scopes};
    for (std::string scope; std::getline(list, scope, ',');)
        all.insert(scope);
    return all;
}

std::string field(const FormFields& form, const std::string& name) {
    for (const auto& [known, value] : form)
        if (known == name) return value;
    return "";
}

}  // namespace

std::string Oauth::agree(const Asked& asked, const std::string& token, Instant now) {
    const auto& installation = workspace_.installation;
    if (asked.client_id != installation.client_id)
        complaints_.violation(now, "authorize", "an unknown client_id");
    if (listed_in(asked.scope) != installation.scopes)
        complaints_.violation(now, "authorize", "other scopes than the least: " + asked.scope);
    if (asked.state.size() < 32) complaints_.violation(now, "authorize", "a state to be guessed");
    auto code = workspace_.new_id("code.");
    codes_[code] = {asked.redirect_uri, token, now};
    return code;
}

json::Object Oauth::access(const HttpCall& call, Instant now) {
    auto& installation = workspace_.installation;
    auto wanted = "Basic " + base64_of(installation.client_id + ":" + installation.client_secret);
    if (call.method != "POST") return blame(now, "invalid_arguments", "is not a POST");
    if (header_of(call, "authorization") != wanted)
        return blame(now, "bad_client_secret", "not the client's secret");
    auto form = decoded(call.body);
    if (!form) return blame(now, "invalid_form_data", "the form cannot be decoded");
    auto found = codes_.find(field(*form, "code"));
    if (found == codes_.end()) return {{"ok", false}, {"error", "invalid_code"}};
    auto& code = found->second;
    if (code.is_used) return blame(now, "invalid_code", "a code was used twice");
    if (code.redirect_uri != field(*form, "redirect_uri"))
        return blame(now, "bad_redirect_uri", "another redirect_uri than in the browser");
    if (now > code.given_at + life_of_code) return {{"ok", false}, {"error", "invalid_code"}};
    code.is_used = true;
    installation.token = code.token;
    workspace_.token_is_revoked = false;
    std::string scopes;
    for (const auto& scope : installation.scopes)
        scopes += (scopes.empty() ? "" : ",") + scope;
    return {
        {"ok", true},
        {"app_id", installation.app},
        {"authed_user", json::Object{{"id", "U0INSTALLER"}}},
        {"scope", scopes},
        {"token_type", "bot"},
        {"access_token", code.token},
        {"bot_user_id", installation.bot_user},
        {"team", json::Object{{"id", installation.team}, {"name", installation.domain}}},
        {"enterprise", nullptr},
        {"is_enterprise_install", false}};
}

json::Object Oauth::blame(Instant now, const std::string& error, const std::string& why) {
    complaints_.violation(now, "oauth.v2.access", why);
    return {{"ok", false}, {"error", error}};
}

}  // namespace muster::fake_slack
