#pragma once

#include "adapters/msteams/key_ring.hpp"
#include "adapters/msteams/token.hpp"

namespace muster::msteams {

// Whom it lets in: the token of a request, believed for this body or for none.
struct Admission {
    Verdict verdict = Verdict::missing;
    Token token{};                            // set when good
    std::shared_ptr<const SigningKey> key{};  // set when good
};

// Lets in what Microsoft has signed for our app. A token comes with many requests: it is remembered
// until it ends or its key is published no more.
class Gate {
public:
    // Everything must outlive it.
    Gate(Trust trust, KeyRing& keys, Clock& clock);

    // `authorization`: the header, if it was there once. Before anything of the body is read.
    Task<Admission> admit(std::optional<std::string_view> authorization);

private:
    struct Remembered {
        Token token;
        std::shared_ptr<const SigningKey> key;
    };

    void remember(std::string digest, const Admission& admission, Instant now);

    Trust trust_;
    KeyRing& keys_;
    Clock& clock_;
    std::map<std::string, Remembered> remembered_;  // by SHA-256 of the header
};

// What the body says is believed only where the token was given for it.
Verdict verdict_on(const Admission& admission, const Origin& origin);

}  // namespace muster::msteams
