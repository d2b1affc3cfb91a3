#pragma once

#include <cstdint>
#include <string>

namespace muster {

// Tells two values apart, each part with its end; no secret and no signature rests on it.
class Fnv1a {
public:
    void add(std::int64_t number) {
        for (int byte = 0; byte < 8; ++byte)
            mix(static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> (8 * byte)));
    }

    void add(const std::string& words) {
        for (char letter : words)
            mix(static_cast<unsigned char>(letter));
        add(static_cast<std::int64_t>(words.size()));
    }

    std::uint64_t value() const { return hash_; }

private:
    void mix(unsigned char byte) {
        hash_ ^= byte;
        hash_ *= 1099511628211U;
    }

    std::uint64_t hash_ = 14695981039346656037U;
};

}  // namespace muster
