#pragma once

#include <random>

#include "bot/ports/entropy.hpp"

namespace muster {

// The kernel's chance.
class SystemEntropy : public Entropy {
public:
    Seed seed() override;
    double fraction() override;

private:
    std::uint64_t bits();

    std::random_device device_;
};

// The same number always gives the same chances: for the simulator. Never for a served database,
// whose ids must not be guessable.
class SeededEntropy : public Entropy {
public:
    explicit SeededEntropy(std::uint64_t number) : generator_(number) {}

    Seed seed() override;
    double fraction() override;

private:
    std::mt19937_64 generator_;
};

}  // namespace muster
