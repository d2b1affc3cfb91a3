#include "adapters/slack/signature.hpp"

#include <array>
#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "adapters/slack/hex.hpp"
#include "adapters/slack/timestamps.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

bool is_accepted(const SigningSecret& secret, Instant now);
bool is_formed(std::string_view signature);

constexpr milliseconds widest = 300s;
constexpr milliseconds on_their_way = 5min;
constexpr std::size_t digest_size = 32;  // SHA-256

}  // namespace

std::vector<SigningSecret> renewed(
    std::vector<SigningSecret> before, std::string value, Instant now
) {
    auto has_ended = [&](const SigningSecret& secret) {
        return secret.value == value || !is_accepted(secret, now);
    };
    std::erase_if(before, has_ended);
    for (auto& secret : before)
        secret.until = secret.until.value_or(now + on_their_way);
    before.insert(before.begin(), SigningSecret{std::move(value), std::nullopt});
    return before;
}

Verdict verify(std::span<const SigningSecret> secrets, const SignedRequest& request, Instant now) {
    if (!request.timestamp || request.timestamp->empty()) return Verdict::missing;
    if (!request.signature || request.signature->empty()) return Verdict::missing;

    // Whoever makes one up is not worth a digest of what they sent.
    auto stamp = instant_of_seconds(*request.timestamp);
    if (!stamp || !is_formed(*request.signature)) return Verdict::wrong;

    bool is_signed = false;
    for (const auto& secret : secrets) {
        if (!is_accepted(secret, now)) continue;
        is_signed |=
            is_same_secret(sign(secret, *request.timestamp, request.body), *request.signature);
    }
    if (!is_signed) return Verdict::wrong;
    bool is_recent = *stamp >= now - widest && *stamp <= now + widest;
    return is_recent ? Verdict::good : Verdict::stale;
}

bool is_same_secret(std::string_view one, std::string_view other) {
    return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string sign(const SigningSecret& secret, std::string_view timestamp, std::string_view body) {
    std::string base = "v0:";
    base.reserve(base.size() + timestamp.size() + 1 + body.size());
    base.append(timestamp).append(":").append(body);

    std::array<unsigned char, digest_size> digest{};
    unsigned int size = 0;
    const auto* done = HMAC(
        EVP_sha256(),
        secret.value.data(),
        static_cast<int>(secret.value.size()),
        reinterpret_cast<const unsigned char*>(base.data()),
        base.size(),
        digest.data(),
        &size
    );
    if (!done || size != digest_size) throw std::runtime_error("OpenSSL computes no HMAC");

    return "v0=" + hex_of(digest);
}

namespace {

// "v0=" and 64 digits; that they are the right ones is said by a comparison in constant time.
bool is_formed(std::string_view signature) {
    return signature.size() == 3 + 2 * digest_size && signature.starts_with("v0=");
}

// Anybody can sign with a secret that is empty.
bool is_accepted(const SigningSecret& secret, Instant now) {
    return !secret.value.empty() && (!secret.until || now < *secret.until);
}

}  // namespace
}  // namespace muster::slack
