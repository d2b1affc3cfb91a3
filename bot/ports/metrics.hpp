#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace muster {

// One thing that is measured; all of them stand in bot/ports/measures.hpp. Labels tell its series
// apart. Their values are words of the program and of protocols ("slack", "sent", "503"): never
// people, teams or what anybody typed.
struct Measure {
    std::string_view name;  // without the prefix that all have
    std::string_view help;
    std::array<std::string_view, 3> labels{};  // "" = none
};

struct Counter : Measure {};  // only grows

struct Gauge : Measure {};  // as it is now

struct Histogram : Measure {  // of seconds
    std::span<const double> bounds;
};

// What was measured, for operators. Holds a bounded number of series of each measure, whatever it
// is told. Used from the loop only.
class Metrics {
public:
    using Values = std::initializer_list<std::string_view>;  // of the labels, in their order

    void count(const Counter&, Values values = {}, double by = 1);
    void set(const Gauge&, Values values, double value);
    void observe(const Histogram&, Values values, std::chrono::duration<double> length);

    struct Series {
        double value = 0;                   // of a histogram: the sum
        std::vector<std::uint64_t> within;  // by bound, each with all below it; then all
    };

    enum class Kind { counter, gauge, histogram };

    struct Family {
        Kind kind;
        Measure measure;
        std::span<const double> bounds;
        std::map<std::vector<std::string>, Series> series;  // by the values of its labels
    };

    using Families = std::map<std::string_view, Family>;

    const Families& families() const { return families_; }

    // More go to one series, whose labels all say "other".
    static constexpr std::size_t most_series = 256;

private:
    Series& series_of(const Measure&, Kind, Values, std::span<const double> bounds = {});

    Families families_;
};

}  // namespace muster
