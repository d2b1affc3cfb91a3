#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace muster::msteams {

// One of the keys that Microsoft signs tokens with (protocols/teams.md 3.2).
struct SigningKey {
    std::string id;                                        // "kid"
    std::shared_ptr<evp_pkey_st> key;                      // RSA, of 2,048 bits at least
    std::optional<std::vector<std::string>> endorsements;  // channels it may sign for; none: any
};

// Those of a JSON Web Key Set (RFC 7517) that sign as we accept it; others are left out. Nothing
// when the text is no such set.
std::optional<std::vector<SigningKey>> signing_keys_in(std::string_view key_set);

// By the numbers that make it, whatever it is called.
bool is_same_key(const SigningKey& one, const SigningKey& other);

bool is_endorsed_for(const SigningKey& key, std::string_view channel);

}  // namespace muster::msteams
