#include <array>

#include <openssl/evp.h>

#include "adapters/slack/signature.hpp"
#include "tests/fuzz/fuzz.hpp"

// A request is Slack's exactly when its signature is that of its stamp and its raw body, and no
// byte of it can change. Input: a line that chooses what is changed, the stamp, the signature, the
// body.
namespace muster::slack {
namespace {

using fuzz::promise;

constexpr std::string_view current = "8f742231b10e8888abcd99yyyzzz85a5";
constexpr std::string_view older = "0123456789abcdef0123456789abcdef";
const Instant now{1'531'420'618s};
const std::vector<SigningSecret> secrets{
    {std::string{current}}, {std::string{older}, now + 1min}, {"over", now}, {""}};

// Written here once more, so that an error of the adapter's own cannot hide.
std::string signature_by(std::string_view secret, std::string_view stamp, std::string_view body) {
    auto base = "v0:" + std::string{stamp} + ":" + std::string{body};
    std::array<unsigned char, 32> digest{};
    std::size_t size = 0;
    EVP_Q_mac(
        nullptr,
        "HMAC",
        nullptr,
        "SHA256",
        nullptr,
        secret.data(),
        secret.size(),
        reinterpret_cast<const unsigned char*>(base.data()),
        base.size(),
        digest.data(),
        digest.size(),
        &size
    );
    std::string text = "v0=";
    for (auto byte : digest) {
        text += "0123456789abcdef"[byte / 16];
        text += "0123456789abcdef"[byte % 16];
    }
    return text;
}

// Seconds since 1970, of today or at least of this age of the world.
std::optional<Instant> time_in(std::string_view stamp) {
    bool is_number = !stamp.empty() && stamp.size() <= 12 && stamp.front() != '0' &&
                     stamp.find_first_not_of("0123456789") == stamp.npos;
    if (!is_number) return std::nullopt;
    return Instant{std::chrono::seconds{std::stoll(std::string{stamp})}};
}

Verdict expected_of(std::string_view stamp, std::string_view signature, std::string_view body) {
    if (stamp.empty() || signature.empty()) return Verdict::missing;
    bool is_signed = signature == signature_by(current, stamp, body) ||
                     signature == signature_by(older, stamp, body);
    auto at = time_in(stamp);
    if (!is_signed || !at) return Verdict::wrong;
    return now - *at <= 300s && *at - now <= 300s ? Verdict::good : Verdict::stale;
}

bool is_accepted(std::string_view stamp, std::string_view signature, std::string_view body) {
    return verify(secrets, {stamp, signature, body}, now) == Verdict::good;
}

void expect_the_exact_signature_alone(
    std::string_view stamp, std::string_view signature, std::string_view body
) {
    promise(
        verify(secrets, {stamp, signature, body}, now) == expected_of(stamp, signature, body),
        "accepted if and only if it is signed, and of now"
    );
    promise(
        verify(secrets, {std::nullopt, signature, body}, now) == Verdict::missing &&
            verify(secrets, {stamp, std::nullopt, body}, now) == Verdict::missing,
        "without a stamp and a signature there is no entry"
    );
}

void expect_no_byte_can_change(std::string_view choice, std::string_view body) {
    constexpr std::string_view stamp = "1531420618";
    auto signature = sign(secrets.front(), stamp, body);
    promise(is_accepted(stamp, signature, body), "what Slack signs is accepted");

    std::string all = std::string{stamp} + signature + std::string{body};
    auto number = std::hash<std::string_view>{}(choice);
    auto& byte = all[number % all.size()];
    auto bits = static_cast<unsigned char>(number >> 32U);
    byte = static_cast<char>(byte ^ (bits == 0 ? 1 : bits));
    std::string_view changed{all};
    promise(
        !is_accepted(
            changed.substr(0, stamp.size()),
            changed.substr(stamp.size(), signature.size()),
            changed.substr(stamp.size() + signature.size())
        ),
        "no byte can change"
    );
    promise(!is_accepted(stamp, signature, std::string{body} + "x"), "nothing can be added");
}

}  // namespace
}  // namespace muster::slack

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto input = muster::fuzz::text_of(bytes, size);
    auto choice = muster::fuzz::take_until('\n', input);
    auto stamp = muster::fuzz::take_until('\n', input);
    auto signature = muster::fuzz::take_until('\n', input);
    muster::slack::expect_the_exact_signature_alone(stamp, signature, input);
    muster::slack::expect_no_byte_can_change(choice, input);
    return 0;
}
