#include "adapters/sealing/sealing.hpp"

#include <algorithm>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace muster {
namespace {

constexpr std::size_t nonce_size = 12;  // what GCM is made for
constexpr std::size_t tag_size = 16;
constexpr std::size_t id_size = 8;
constexpr std::size_t longest_secret = 16 * 1024;

using Buffer = std::vector<unsigned char>;
using Seen = std::span<const unsigned char>;

Seen bytes_of(std::string_view text) {
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

int size_of(Seen bytes) {
    return static_cast<int>(bytes.size());
}

// ---- text

std::string hex_of(Seen bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    for (auto byte : bytes) {
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<Buffer> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    Buffer bytes;
    for (std::size_t at = 0; at < text.size(); at += 2) {
        auto high = digit_of(text[at]);
        auto low = digit_of(text[at + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<unsigned char>(high * 16 + low));
    }
    return bytes;
}

// 32 bytes are 43 characters and one "=".
std::optional<Buffer> key_from_base64(std::string_view text) {
    constexpr std::size_t length = 44;
    if (text.size() != length || text[length - 1] != '=' || text[length - 2] == '=')
        return std::nullopt;
    Buffer bytes(length / 4 * 3);
    if (EVP_DecodeBlock(bytes.data(), bytes_of(text).data(), length) != size_of(bytes))
        return std::nullopt;
    bytes.pop_back();
    return bytes;
}

// ---- OpenSSL

struct Free {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Free>;

void expect(bool is_done) {
    if (!is_done) throw std::runtime_error("OpenSSL cannot encrypt with AES-256-GCM");
}

enum class Way { in, out };

Cipher cipher_of(const SealingKey& key, Seen nonce, std::string_view about, Way way) {
    Cipher cipher{EVP_CIPHER_CTX_new()};
    int taken = 0;
    expect(
        cipher && EVP_CipherInit_ex2(
                      cipher.get(),
                      EVP_aes_256_gcm(),
                      key.bytes().data(),
                      nonce.data(),
                      way == Way::in ? 1 : 0,
                      nullptr
                  ) == 1
    );
    auto seen = bytes_of(about);
    expect(EVP_CipherUpdate(cipher.get(), nullptr, &taken, seen.data(), size_of(seen)) == 1);
    return cipher;
}

Buffer nonce_from(Seed seed) {
    Buffer nonce;
    for (auto number : {seed.high, seed.low})
        for (int shift = 0; shift < 64 && nonce.size() < nonce_size; shift += 8)
            nonce.push_back(static_cast<unsigned char>(number >> shift));
    return nonce;
}

std::string id_of(const SealingKey::Bytes& key) {
    constexpr std::string_view word = "muster sealing key";
    Buffer named(word.begin(), word.end());
    named.insert(named.end(), key.begin(), key.end());
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    auto is_done =
        EVP_Digest(named.data(), named.size(), digest.data(), nullptr, EVP_sha256(), nullptr);
    OPENSSL_cleanse(named.data(), named.size());
    expect(is_done == 1);
    return hex_of(Seen{digest}.first(id_size));
}

}  // namespace

SealingKey::SealingKey(const Bytes& bytes) : bytes_(bytes), id_(id_of(bytes)) {}

SealingKey::~SealingKey() {
    OPENSSL_cleanse(bytes_.data(), bytes_.size());
}

std::optional<SealingKey> SealingKey::from(std::string_view text) {
    Bytes bytes{};
    auto read = text.size() == 2 * bytes.size() ? from_hex(text) : key_from_base64(text);
    if (!read || read->size() != bytes.size()) return std::nullopt;
    std::ranges::copy(*read, bytes.begin());
    OPENSSL_cleanse(read->data(), read->size());
    SealingKey key{bytes};
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return key;
}

std::string new_key_text(Seed one, Seed other) {
    Buffer bytes;
    for (auto number : {one.high, one.low, other.high, other.low})
        for (int shift = 0; shift < 64; shift += 8)
            bytes.push_back(static_cast<unsigned char>(number >> shift));
    auto text = hex_of(bytes);
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return text;
}

SealedText seal(const SealingKey& key, std::string_view secret, std::string_view about, Seed seed) {
    expect(secret.size() <= longest_secret);
    auto nonce = nonce_from(seed);
    auto cipher = cipher_of(key, nonce, about, Way::in);
    Buffer content(secret.size() + tag_size);
    auto plain = bytes_of(secret);
    int written = 0;
    int rest = 0;
    auto* out = content.data();
    expect(EVP_CipherUpdate(cipher.get(), out, &written, plain.data(), size_of(plain)) == 1);
    expect(EVP_CipherFinal_ex(cipher.get(), out + written, &rest) == 1);
    expect(
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, tag_size, out + secret.size()) == 1
    );
    return {key.id(), hex_of(nonce), hex_of(content)};
}

std::optional<std::string> unseal(
    const SealingKey& key, const SealedText& sealed, std::string_view about
) {
    auto nonce = from_hex(sealed.nonce);
    auto content = from_hex(sealed.content);
    if (sealed.key != key.id() || !nonce || nonce->size() != nonce_size) return std::nullopt;
    if (!content || content->size() < tag_size || content->size() > longest_secret + tag_size)
        return std::nullopt;
    auto cipher = cipher_of(key, *nonce, about, Way::out);
    auto size = content->size() - tag_size;
    std::string secret(size, '\0');
    auto* out = reinterpret_cast<unsigned char*>(secret.data());
    int written = 0;
    int rest = 0;
    expect(
        EVP_CipherUpdate(cipher.get(), out, &written, content->data(), static_cast<int>(size)) == 1
    );
    expect(
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, tag_size, content->data() + size) ==
        1
    );
    // The tag covers the content, the nonce and what it is about.
    if (EVP_CipherFinal_ex(cipher.get(), out + written, &rest) != 1) {
        OPENSSL_cleanse(secret.data(), secret.size());
        return std::nullopt;
    }
    return secret;
}

}  // namespace muster
