#pragma once

#include "bot/ports/metrics.hpp"

namespace muster {

inline Metrics::Series series_of(
    const Metrics& metrics, const Measure& measure, const std::vector<std::string>& labels = {}
) {
    auto family = metrics.families().find(measure.name);
    if (family == metrics.families().end()) return {};
    auto series = family->second.series.find(labels);
    return series == family->second.series.end() ? Metrics::Series{} : series->second;
}

// 0 also when it was never measured.
inline double value_of(
    const Metrics& metrics, const Measure& measure, const std::vector<std::string>& labels = {}
) {
    return series_of(metrics, measure, labels).value;
}

// How many were observed.
inline std::uint64_t count_of(
    const Metrics& metrics, const Histogram& measure, const std::vector<std::string>& labels = {}
) {
    auto series = series_of(metrics, measure, labels);
    return series.within.empty() ? 0 : series.within.back();
}

}  // namespace muster
