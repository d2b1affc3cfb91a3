#include "adapters/msteams/token.hpp"

#include <algorithm>

#include <openssl/evp.h>

#include "adapters/http/message.hpp"
#include "adapters/json/strict.hpp"
#include "adapters/msteams/base64url.hpp"

namespace muster::msteams {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t longest_header = 8 * 1024;
constexpr auto clocks_differ = 300s;
constexpr std::string_view scheme = "bearer ";
constexpr std::string_view our_channel = "msteams";

bool begins_with_scheme(std::string_view header) {
    return header.size() > scheme.size() &&
           http::same_word(header.substr(0, scheme.size()), scheme);
}

struct Parts {
    std::string_view header, payload, signature;
};

std::optional<Parts> parts_of(std::string_view token) {
    auto first = token.find('.');
    if (first == std::string_view::npos) return std::nullopt;
    auto second = token.find('.', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    Parts parts{
        token.substr(0, first),
        token.substr(first + 1, second - first - 1),
        token.substr(second + 1)};
    if (parts.signature.empty() || parts.signature.find('.') != std::string_view::npos)
        return std::nullopt;
    return parts;
}

std::optional<json::Value> object_in(std::string_view part) {
    auto text = from_base64url(part);
    auto value = text ? json::parse(*text) : json::Parsed{json::Problem{}};
    if (!value || !value->object()) return std::nullopt;
    return std::move(*value);
}

// Seconds since 1970, and nothing but a whole number.
std::optional<Instant> second_in(const json::Value& payload, std::string_view claim) {
    const auto* value = payload.find(claim);
    const auto* seconds = value ? value->number() : nullptr;
    constexpr std::int64_t year_9999 = 253'402'300'799;
    if (!seconds || *seconds < 0 || *seconds > year_9999) return std::nullopt;
    return Instant{std::chrono::seconds{*seconds}};
}

std::vector<std::string> audience_in(const json::Value& payload) {
    const auto* value = payload.find("aud");
    if (value && value->text()) return {*value->text()};
    std::vector<std::string> audience;
    if (value && value->array())
        for (const auto& one : *value->array())
            if (one.text()) audience.push_back(*one.text());
    return audience;
}

bool is_signed_by(const Token& token, EVP_PKEY* key) {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{
        EVP_MD_CTX_new(), EVP_MD_CTX_free};
    auto bytes = [](const std::string& text) {
        return reinterpret_cast<const unsigned char*>(text.data());
    };
    // PKCS #1 v1.5 is what OpenSSL uses for RSA unless told otherwise.
    return context &&
           EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
           EVP_DigestVerify(
               context.get(),
               bytes(token.signature),
               token.signature.size(),
               bytes(token.signed_part),
               token.signed_part.size()
           ) == 1;
}

// The same address: one slash at the end, and how the name of the host is written, do not matter.
std::string comparable(std::string_view url) {
    if (url.ends_with('/')) url.remove_suffix(1);
    auto host = url.find("://");
    auto end = host == std::string_view::npos ? 0 : std::min(url.find('/', host + 3), url.size());
    return http::lower_case(url.substr(0, end)).append(url.substr(end));
}

}  // namespace

std::optional<Token> token_in(std::string_view authorization) {
    if (authorization.size() > longest_header || !begins_with_scheme(authorization))
        return std::nullopt;
    auto words = authorization.substr(scheme.size());
    auto parts = parts_of(words);
    if (!parts) return std::nullopt;
    auto header = object_in(parts->header);
    auto payload = object_in(parts->payload);
    auto signature = from_base64url(parts->signature);
    if (!header || !payload || !signature || header->text_of("alg") != "RS256") return std::nullopt;
    auto expires = second_in(*payload, "exp");
    auto begins = second_in(*payload, "nbf");
    if (!expires || (payload->find("nbf") && !begins)) return std::nullopt;

    Token token;
    token.key_id = header->text_of("kid");
    token.issuer = payload->text_of("iss");
    token.audience = audience_in(*payload);
    token.expires = *expires;
    token.begins = begins;
    token.service_url = payload->text_of("serviceurl");
    token.signed_part = words.substr(0, words.size() - parts->signature.size() - 1);
    token.signature = std::move(*signature);
    if (token.key_id.empty() || token.service_url.empty()) return std::nullopt;
    return token;
}

Verdict verify(const Token& token, const SigningKey& key, const Trust& trust, Instant now) {
    auto is_ours = std::ranges::find(token.audience, trust.app_id) != token.audience.end();
    auto is_theirs = !trust.issuer.empty() && token.issuer == trust.issuer;
    if (token.key_id != key.id || !is_theirs || !is_ours || !is_signed_by(token, key.key.get()))
        return Verdict::wrong;
    return timeliness(token, now);
}

Verdict timeliness(const Token& token, Instant now) {
    auto has_ended = token.expires + clocks_differ <= now;
    auto has_not_begun = token.begins && *token.begins - clocks_differ >= now;
    return has_ended || has_not_begun ? Verdict::stale : Verdict::good;
}

bool is_about(const Token& token, const SigningKey& key, const Origin& origin) {
    return origin.channel == our_channel && is_endorsed_for(key, our_channel) &&
           !origin.service_url.empty() &&
           comparable(token.service_url) == comparable(origin.service_url);
}

}  // namespace muster::msteams
