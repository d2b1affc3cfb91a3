#pragma once

#include "bot/domain/ids.hpp"

namespace muster {

// The only source of chance: seeds for ids, jitter for retries.
class Entropy {
public:
    virtual ~Entropy() = default;

    virtual Seed seed() = 0;
    virtual double fraction() = 0;  // uniform in [0, 1)
};

}  // namespace muster
