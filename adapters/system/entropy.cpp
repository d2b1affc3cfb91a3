#include "adapters/system/entropy.hpp"

namespace muster {
namespace {

// The 53 bits that a double holds exactly; std::uniform_real_distribution differs between
// libraries.
double fraction_of(std::uint64_t bits) {
    return static_cast<double>(bits >> 11) * 0x1.0p-53;
}

}  // namespace

Seed SystemEntropy::seed() {
    auto high = bits();
    return Seed{high, bits()};
}

double SystemEntropy::fraction() {
    return fraction_of(bits());
}

std::uint64_t SystemEntropy::bits() {
    auto high = static_cast<std::uint64_t>(device_());
    return high << 32 | device_();
}

Seed SeededEntropy::seed() {
    auto high = generator_();
    return Seed{high, generator_()};
}

double SeededEntropy::fraction() {
    return fraction_of(generator_());
}

}  // namespace muster
