#include "bot/ports/metrics.hpp"

#include <algorithm>
#include <cassert>

namespace muster {
namespace {

[[maybe_unused]] std::size_t labels_of(const Measure& measure) {
    auto is_named = [](std::string_view label) { return !label.empty(); };
    return static_cast<std::size_t>(std::ranges::count_if(measure.labels, is_named));
}

}  // namespace

void Metrics::count(const Counter& counter, Values values, double by) {
    assert(by >= 0);
    series_of(counter, Kind::counter, values).value += by;
}

void Metrics::set(const Gauge& gauge, Values values, double value) {
    series_of(gauge, Kind::gauge, values).value = value;
}

void Metrics::observe(
    const Histogram& histogram, Values values, std::chrono::duration<double> length
) {
    auto& series = series_of(histogram, Kind::histogram, values, histogram.bounds);
    series.value += length.count();
    series.within.resize(histogram.bounds.size() + 1);
    for (std::size_t at = 0; at < histogram.bounds.size(); ++at)
        if (length.count() <= histogram.bounds[at]) ++series.within[at];
    ++series.within.back();
}

Metrics::Series& Metrics::series_of(
    const Measure& measure, Kind kind, Values values, std::span<const double> bounds
) {
    assert(values.size() == labels_of(measure));
    auto& family =
        families_.try_emplace(measure.name, Family{kind, measure, bounds, {}}).first->second;
    assert(family.kind == kind);
    std::vector<std::string> key(values.begin(), values.end());
    auto is_new = !family.series.contains(key);
    if (is_new && family.series.size() >= most_series) key.assign(key.size(), "other");
    return family.series[std::move(key)];
}

}  // namespace muster
