#include "bot/domain/ids.hpp"

namespace muster {
namespace {

// The finaliser of SplitMix64: every bit of the input moves every bit of the output.
std::uint64_t mix(std::uint64_t bits) {
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
    return bits ^ (bits >> 31);
}

}  // namespace

std::uint64_t IdSource::next_number() {
    ++counter_;
    return mix(seed_.high ^ mix(seed_.low + counter_ * 0x9e3779b97f4a7c15ULL));
}

std::int64_t IdSource::next_value() {
    auto value = static_cast<std::int64_t>(next_number() >> 1);
    return value == 0 ? next_value() : value;
}

}  // namespace muster
