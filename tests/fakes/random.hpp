#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace muster::sim {

// Chances for a simulation: the same number gives the same ones on every machine, which the
// distributions of the standard library do not promise.
class Random {
public:
    explicit Random(std::uint64_t number) : bits_(number * 0x9E3779B97F4A7C15U + 1) {}

    std::uint64_t number() { return bits_(); }

    bool chance(double probability) {
        return static_cast<double>(bits_() >> 11) * 0x1.0p-53 < probability;
    }

    // Both ends included.
    std::int64_t between(std::int64_t least, std::int64_t most) {
        auto width = static_cast<std::uint64_t>(most - least) + 1;
        return least + static_cast<std::int64_t>(bits_() % width);
    }

    template <class Rep, class Period>
    auto between(
        std::chrono::duration<Rep, Period> least, std::chrono::duration<Rep, Period> most
    ) {
        return std::chrono::duration<Rep, Period>{
            static_cast<Rep>(between(std::int64_t{least.count()}, std::int64_t{most.count()}))};
    }

    template <class Value>
    const Value& one_of(const std::vector<Value>& values) {
        return values[static_cast<std::size_t>(bits_() % values.size())];
    }

    template <class Value>
    void shuffle(std::vector<Value>& values) {
        for (auto left = values.size(); left > 1; --left)
            std::swap(values[left - 1], values[static_cast<std::size_t>(bits_() % left)]);
    }

private:
    std::mt19937_64 bits_;
};

}  // namespace muster::sim
