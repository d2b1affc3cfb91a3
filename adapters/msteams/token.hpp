#pragma once

#include "adapters/msteams/signing_key.hpp"
#include "bot/domain/instant.hpp"

// Is a request really Microsoft's? (protocols/teams.md 3.3.) Pure.
namespace muster::msteams {

// What stands in the Authorization header, read but not believed: verify() says whether it is true.
struct Token {
    std::string key_id;
    std::string issuer;
    std::vector<std::string> audience;
    Instant expires{};
    std::optional<Instant> begins;
    std::string service_url;
    std::string signed_part;  // as it came
    std::string signature;    // its bytes
};

// Nothing: not "Bearer" and a token of three parts that is signed with RS256, names its key, says
// when it ends and where answers go.
std::optional<Token> token_in(std::string_view authorization);

// Whose tokens are accepted, and for whom they have to be.
struct Trust {
    std::string issuer;
    std::string app_id;
};

// From the furthest to the nearest: only `good` is let in, the others are told apart for operators.
enum class Verdict {
    missing,      // the header is not there once
    malformed,    // no token as we accept it
    unknown_key,  // signed with none of the keys that we know
    wrong,        // not signed by that key, by somebody else, or for somebody else
    stale,        // ended, or not begun; or a clock is wrong
    elsewhere,    // good, but for another body: see is_about()
    good,
};

// Clocks may differ by 300 seconds. Never missing, malformed, unknown_key or elsewhere.
Verdict verify(const Token& token, const SigningKey& key, const Trust& trust, Instant now);

// Good or stale, for a token that was verified before.
Verdict timeliness(const Token& token, Instant now);

// What the body says of itself.
struct Origin {
    std::string service_url;
    std::string channel;
    std::string tenant;  // "" = not told
};

// Whether a good token lets that body in: a token for one address is none for another.
bool is_about(const Token& token, const SigningKey& key, const Origin& origin);

}  // namespace muster::msteams
