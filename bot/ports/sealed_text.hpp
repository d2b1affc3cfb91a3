#pragma once

#include <string>

namespace muster {

// A secret as it is kept: nobody reads it without the key. All three in hex.
struct SealedText {
    std::string key;      // which one sealed it: its id, which tells nothing of the key itself
    std::string nonce;    // never twice under one key
    std::string content;  // encrypted, and its tag

    bool operator==(const SealedText&) const = default;
};

}  // namespace muster
