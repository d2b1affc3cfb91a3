#include "adapters/msteams/base64url.hpp"

#include <array>
#include <cstdint>

namespace muster::msteams {
namespace {

constexpr int none = -1;

constexpr std::array<int, 256> values() {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::array<int, 256> table{};
    table.fill(none);
    for (std::size_t at = 0; at < alphabet.size(); ++at)
        table[static_cast<unsigned char>(alphabet[at])] = static_cast<int>(at);
    return table;
}

constexpr auto value_of = values();

}  // namespace

// OpenSSL's decoder knows the other alphabet only, and lets white space in.
std::optional<std::string> from_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t held = 0;
    int bits = 0;
    for (auto character : text) {
        auto value = value_of[static_cast<unsigned char>(character)];
        if (value == none) return std::nullopt;
        held = held << 6 | static_cast<std::uint32_t>(value);
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(held >> bits & 255);
    }
    return bytes;
}

}  // namespace muster::msteams
