#pragma once

#include <span>
#include <string>
#include <string_view>

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
};

// True when one of the secrets that are accepted at `now` has signed it, at most 300 s before or
// after. Compares in constant time.
bool verify(std::span<const SigningSecret> secrets, const SignedRequest& request, Instant now);

// What Slack would put in X-Slack-Signature: for tests and fakes.
std::string sign(const SigningSecret& secret, std::string_view timestamp, std::string_view body);

}  // namespace muster::slack
