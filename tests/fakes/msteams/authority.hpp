#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

struct evp_pkey_st;

namespace muster::msteams {

// A key that signs tokens as Microsoft's do, or as a forger's would.
class Authority {
public:
    enum class Kind { rsa_2048, rsa_1024, p256 };

    explicit Authority(std::string key_id, Kind kind = Kind::rsa_2048);

    const std::string& key_id() const { return key_id_; }

    // As it stands in a key set. `endorsements`: JSON, such as R"(["msteams"])"; "" = none.
    std::string published(const std::string& endorsements = R"(["msteams"])") const;

    // header and payload are JSON. `digest`: "SHA256", ...; `is_pss`: PS256 and the like.
    std::string sign(
        const std::string& header,
        const std::string& payload,
        const char* digest = "SHA256",
        bool is_pss = false
    ) const;

    // Its public key as PEM text.
    std::string pem() const;

private:
    std::string key_id_;
    Kind kind_;
    std::shared_ptr<evp_pkey_st> key_;
};

// {"keys":[...]}
std::string key_set(const std::vector<std::string>& published);

std::string to_base64url(std::string_view bytes);

// HMAC-SHA256 of header and payload: what an authority never does, and forgers try.
std::string signed_with_secret(
    const std::string& header, const std::string& payload, const std::string& secret
);

}  // namespace muster::msteams
