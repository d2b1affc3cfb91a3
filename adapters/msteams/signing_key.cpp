#include "adapters/msteams/signing_key.hpp"

#include <algorithm>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "adapters/json/strict.hpp"
#include "adapters/msteams/base64url.hpp"

namespace muster::msteams {
namespace {

constexpr int fewest_bits = 2'048;
constexpr int most_bits = 8'192;  // larger ones cost seconds to check with
constexpr std::size_t most_keys = 100;

template <auto free>
struct Free {
    template <class T>
    void operator()(T* object) const {
        free(object);
    }
};

using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;

Number number_of(const std::string& bytes) {
    const auto* begin = reinterpret_cast<const unsigned char*>(bytes.data());
    return Number{BN_bin2bn(begin, static_cast<int>(bytes.size()), nullptr)};
}

std::shared_ptr<EVP_PKEY> rsa_of(const std::string& modulus, const std::string& exponent) {
    auto n = number_of(modulus);
    auto e = number_of(exponent);
    Builder builder{OSSL_PARAM_BLD_new()};
    if (!n || !e || !builder) return nullptr;
    if (!OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) ||
        !OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()))
        return nullptr;
    Parameters parameters{OSSL_PARAM_BLD_to_param(builder.get())};
    Context context{EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr)};
    EVP_PKEY* key = nullptr;
    auto is_made =
        parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) == 1;
    if (!is_made) return nullptr;
    return {key, EVP_PKEY_free};
}

std::optional<std::vector<std::string>> endorsements_in(const json::Value& key) {
    const auto* member = key.find("endorsements");
    const auto* list = member ? member->array() : nullptr;
    if (!list) return std::nullopt;
    std::vector<std::string> channels;
    for (const auto& channel : *list)
        if (channel.text()) channels.push_back(*channel.text());
    return channels;
}

std::optional<SigningKey> signing_key_in(const json::Value& key) {
    auto modulus = from_base64url(key.text_of("n"));
    auto exponent = from_base64url(key.text_of("e"));
    auto use = key.text_of("use");
    auto algorithm = key.text_of("alg");
    auto is_for_us = key.text_of("kty") == "RSA" && (use.empty() || use == "sig") &&
                     (algorithm.empty() || algorithm == "RS256") && !key.text_of("kid").empty();
    if (!is_for_us || !modulus || !exponent || modulus->size() * 8 > most_bits) return std::nullopt;
    SigningKey read{key.text_of("kid"), rsa_of(*modulus, *exponent), endorsements_in(key)};
    if (!read.key || EVP_PKEY_get_bits(read.key.get()) < fewest_bits) return std::nullopt;
    return read;
}

}  // namespace

std::optional<std::vector<SigningKey>> signing_keys_in(std::string_view key_set) {
    auto parsed = json::parse(key_set);
    const auto* member = parsed ? parsed->find("keys") : nullptr;
    const auto* list = member ? member->array() : nullptr;
    if (!list) return std::nullopt;
    std::vector<SigningKey> keys;
    for (const auto& one : *list) {
        if (keys.size() == most_keys) break;
        if (auto key = signing_key_in(one)) keys.push_back(std::move(*key));
    }
    return keys;
}

bool is_same_key(const SigningKey& one, const SigningKey& other) {
    return EVP_PKEY_eq(one.key.get(), other.key.get()) == 1;
}

// An empty list binds as little as none (protocols/teams.md 3.2 (5)).
bool is_endorsed_for(const SigningKey& key, std::string_view channel) {
    return !key.endorsements || key.endorsements->empty() ||
           std::ranges::find(*key.endorsements, channel) != key.endorsements->end();
}

}  // namespace muster::msteams
