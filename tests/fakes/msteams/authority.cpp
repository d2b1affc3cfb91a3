#include "tests/fakes/msteams/authority.hpp"

#include <array>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace muster::msteams {
namespace {

void must(bool is_so) {
    if (!is_so) throw std::runtime_error("OpenSSL refuses");
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

EVP_PKEY* made(Authority::Kind kind) {
    switch (kind) {
        case Authority::Kind::rsa_2048: return EVP_RSA_gen(2'048);
        case Authority::Kind::rsa_1024: return EVP_RSA_gen(1'024);
        case Authority::Kind::p256: return EVP_EC_gen("P-256");
    }
    return nullptr;
}

std::string number_of(EVP_PKEY* key, const char* name) {
    BIGNUM* number = nullptr;
    must(EVP_PKEY_get_bn_param(key, name, &number) == 1);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
    BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(number);
    return to_base64url(bytes);
}

std::string unsigned_part(const std::string& header, const std::string& payload) {
    return to_base64url(header) + "." + to_base64url(payload);
}

}  // namespace

Authority::Authority(std::string key_id, Kind kind)
    : key_id_(std::move(key_id)), kind_(kind), key_(made(kind), EVP_PKEY_free) {
    must(key_ != nullptr);
}

std::string Authority::published(const std::string& endorsements) const {
    auto numbers = kind_ == Kind::p256
                       ? R"("kty":"EC","crv":"P-256","x":")" +
                             number_of(key_.get(), OSSL_PKEY_PARAM_EC_PUB_X) + R"(","y":")" +
                             number_of(key_.get(), OSSL_PKEY_PARAM_EC_PUB_Y) + '"'
                       : R"("kty":"RSA","n":")" + number_of(key_.get(), OSSL_PKEY_PARAM_RSA_N) +
                             R"(","e":")" + number_of(key_.get(), OSSL_PKEY_PARAM_RSA_E) + '"';
    auto rest = endorsements.empty() ? std::string{} : R"(,"endorsements":)" + endorsements;
    return R"({"use":"sig","kid":")" + key_id_ + R"(",)" + numbers + rest + "}";
}

std::string Authority::sign(
    const std::string& header, const std::string& payload, const char* digest, bool is_pss
) const {
    auto text = unsigned_part(header, payload);
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{
        EVP_MD_CTX_new(), EVP_MD_CTX_free};
    EVP_PKEY_CTX* how = nullptr;
    const auto* hash = EVP_get_digestbyname(digest);
    must(EVP_DigestSignInit(context.get(), &how, hash, nullptr, key_.get()) == 1);
    if (is_pss) must(EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) == 1);
    std::size_t size = 0;
    must(EVP_DigestSign(context.get(), nullptr, &size, bytes_of(text), text.size()) == 1);
    std::string signature(size, '\0');
    auto* to = reinterpret_cast<unsigned char*>(signature.data());
    must(EVP_DigestSign(context.get(), to, &size, bytes_of(text), text.size()) == 1);
    signature.resize(size);
    return text + "." + to_base64url(signature);
}

std::string Authority::pem() const {
    std::unique_ptr<BIO, decltype(&BIO_free)> out{BIO_new(BIO_s_mem()), BIO_free};
    must(PEM_write_bio_PUBKEY(out.get(), key_.get()) == 1);
    char* text = nullptr;
    auto size = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string key_set(const std::vector<std::string>& published) {
    std::string keys;
    for (const auto& key : published)
        keys += (keys.empty() ? "" : ",") + key;
    return R"({"keys":[)" + keys + "]}";
}

std::string to_base64url(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    auto* to = reinterpret_cast<unsigned char*>(text.data());
    auto size = EVP_EncodeBlock(to, bytes_of(bytes), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    for (auto& character : text) {
        if (character == '+') character = '-';
        if (character == '/') character = '_';
    }
    while (text.ends_with('='))
        text.pop_back();
    return text;
}

std::string signed_with_secret(
    const std::string& header, const std::string& payload, const std::string& secret
) {
    auto text = unsigned_part(header, payload);
    std::array<unsigned char, 32> digest{};
    unsigned int size = 0;
    HMAC(
        EVP_sha256(),
        secret.data(),
        static_cast<int>(secret.size()),
        bytes_of(text),
        text.size(),
        digest.data(),
        &size
    );
    return text + "." + to_base64url({reinterpret_cast<const char*>(digest.data()), size});
}

}  // namespace muster::msteams
