#include "storage/sqlite/event_log.hpp"

#include <openssl/sha.h>

namespace muster::sqlite {
namespace {

std::string bytes_of(const Digest& digest) {
    return {digest.begin(), digest.end()};
}

// With its length before it, so that no two rows run together into the same bytes.
std::string framed(const std::string& part) {
    return std::to_string(part.size()) + ":" + part;
}

std::string framed(std::int64_t number) {
    return framed(std::to_string(number));
}

}  // namespace

Digest digest_of(const Digest& salt, const std::string& payload) {
    return sha256(bytes_of(salt) + payload);
}

Digest seal_of(const LogRow& row) {
    return sha256(
        framed(bytes_of(row.previous)) + framed(row.number) + framed(row.organisation) +
        framed(row.at.time_since_epoch().count()) + framed(row.kind) + framed(row.subject) +
        framed(row.actor ? std::to_string(row.actor->value) : "") + framed(bytes_of(row.digest))
    );
}

Digest sha256(const std::string& bytes) {
    auto digest = Digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    return digest;
}

}  // namespace muster::sqlite
