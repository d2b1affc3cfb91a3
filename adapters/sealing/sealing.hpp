#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "bot/domain/ids.hpp"
#include "bot/ports/sealed_text.hpp"

namespace muster {

// What secrets are kept with: 32 bytes that nobody can guess. Overwritten when it ends.
class SealingKey {
public:
    // 64 hex digits or base64; nothing for any other text.
    static std::optional<SealingKey> from(std::string_view text);

    SealingKey(const SealingKey&) = default;
    SealingKey& operator=(const SealingKey&) = default;
    ~SealingKey();

    // Names it without telling it: 16 hex digits.
    const std::string& id() const { return id_; }

    using Bytes = std::array<unsigned char, 32>;

    const Bytes& bytes() const { return bytes_; }

private:
    explicit SealingKey(const Bytes& bytes);

    Bytes bytes_;
    std::string id_;
};

// The text of a new key, in hex; the seeds must come from an Entropy that nobody can foresee.
std::string new_key_text(Seed one, Seed other);

// `about` is what the secret belongs to: it is not kept, and whoever unseals it must say the same.
// Throws std::runtime_error when OpenSSL refuses.
SealedText seal(const SealingKey&, std::string_view secret, std::string_view about, Seed nonce);

// Nothing when another key sealed it, when it was changed, or when it belongs to something else.
std::optional<std::string> unseal(
    const SealingKey&, const SealedText& sealed, std::string_view about
);

}  // namespace muster
