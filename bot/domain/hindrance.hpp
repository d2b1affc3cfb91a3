#pragma once

#include <string_view>

// Why a platform refuses to write to a person, in words that all adapters share, so that the
// delivery manager can be told what to do. Every other reason is the platform's own code.
namespace muster::hindrance {

inline constexpr std::string_view deactivated = "deactivated";  // the account is
inline constexpr std::string_view unknown = "unknown";          // nobody has this address
inline constexpr std::string_view forbidden = "forbidden";      // a setting there forbids it
inline constexpr std::string_view not_added = "not_added";      // they have not added Muster there

}  // namespace muster::hindrance
