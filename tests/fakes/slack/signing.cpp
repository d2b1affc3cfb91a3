#include "tests/fakes/slack/signing.hpp"

#include <array>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace muster::fake_slack {

std::string signature_of(
    std::string_view secret, std::string_view timestamp, std::string_view body
) {
    auto signed_text = fmt::format("v0:{}:{}", timestamp, body);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    HMAC(
        EVP_sha256(),
        secret.data(),
        static_cast<int>(secret.size()),
        reinterpret_cast<const unsigned char*>(signed_text.data()),
        signed_text.size(),
        digest.data(),
        &length
    );
    std::string signature = "v0=";
    for (unsigned at = 0; at < length; ++at)
        signature += fmt::format("{:02x}", digest[at]);
    return signature;
}

}  // namespace muster::fake_slack
