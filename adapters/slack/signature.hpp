#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/instant.hpp"

// Is a request really Slack's? (protocols/slack.md 1; spec/security.md A.) Pure.
namespace muster::slack {

// What the signature covers, as it came. A header that was not there exactly once is nothing.
struct SignedRequest {
    std::optional<std::string_view> timestamp;  // X-Slack-Request-Timestamp
    std::optional<std::string_view> signature;  // X-Slack-Signature
    std::string_view body;                      // raw, before any decoding
};

// The signing secret as the text that the app's settings show.
struct SigningSecret {
    std::string value;
    std::optional<Instant> until{};  // during a rotation: not accepted any more from then on

    bool operator==(const SigningSecret&) const = default;
};

// Those that count when another has taken their place: it, and those of before until their minute
// or, where they have none, for five minutes, since what they have signed is on its way.
std::vector<SigningSecret> renewed(
    std::vector<SigningSecret> before, std::string value, Instant now
);

// From the furthest to the nearest: only `good` is let in, the others are told apart for operators.
enum class Verdict {
    missing,  // a header is not there once, or is empty
    wrong,    // signed by nobody whose secret is accepted now, or at no time that Slack would write
    stale,    // signed, but more than 300 s ago or ahead: repeated, or a clock is wrong
    good,
};

// Compares in constant time.
Verdict verify(std::span<const SigningSecret> secrets, const SignedRequest& request, Instant now);

// In a time that does not tell where two secrets of one length differ.
bool is_same_secret(std::string_view one, std::string_view other);

// What Slack would put in X-Slack-Signature: for tests and fakes.
std::string sign(const SigningSecret& secret, std::string_view timestamp, std::string_view body);

}  // namespace muster::slack
