#include "adapters/slack/install_states.hpp"

#include <charconv>

#include <fmt/format.h>

#include "adapters/slack/signature.hpp"

namespace muster::slack {
namespace {

constexpr std::size_t longest_state = 200;
constexpr std::size_t cookie_size = 64;
constexpr auto dot = '.';

std::string text_of(Seed one, Seed other) {
    return fmt::format("{:016x}{:016x}{:016x}{:016x}", one.high, one.low, other.high, other.low);
}

std::optional<Instant> instant_in(std::string_view digits) {
    std::int64_t number = 0;
    const auto* end = digits.data() + digits.size();
    auto [last, error] = std::from_chars(digits.data(), end, number);
    if (error != std::errc{} || last != end || number < 0) return std::nullopt;
    return Instant{milliseconds{number}};
}

}  // namespace

InstallStates::InstallStates(Seed one, Seed other) : secret_(text_of(one, other)) {}

InstallStates::Ticket InstallStates::issue(Instant now, Seed one, Seed other) const {
    auto cookie = text_of(one, other);
    auto expiry = std::to_string((now + life).time_since_epoch().count());
    return {expiry + dot + seal_of(expiry, cookie), cookie};
}

// The seal comes first: whether a ticket is old is told only to whom it was given.
InstallStates::Verdict InstallStates::redeem(
    std::optional<std::string_view> state, std::optional<std::string_view> cookie, Instant now
) {
    if (!state || state->size() > longest_state) return Verdict::foreign;
    if (!cookie || cookie->size() != cookie_size) return Verdict::foreign;
    auto expiry = state->substr(0, state->find(dot));
    if (expiry.size() == state->size()) return Verdict::foreign;
    auto seal = state->substr(expiry.size() + 1);
    if (!is_same_secret(seal_of(expiry, *cookie), seal)) return Verdict::foreign;

    auto until = instant_in(expiry);
    if (!until) return Verdict::foreign;
    std::erase_if(used_, [now](const auto& used) { return used.second < now - life; });
    if (used_.contains(*state)) return Verdict::used;
    if (now >= *until || now < *until - life - std::chrono::minutes{1}) return Verdict::expired;
    if (used_.size() >= most_used) return Verdict::full;
    used_.emplace(*state, *until);
    return Verdict::good;
}

std::string InstallStates::seal_of(std::string_view expiry, std::string_view cookie) const {
    return sign({secret_, std::nullopt}, expiry, cookie);
}

}  // namespace muster::slack
