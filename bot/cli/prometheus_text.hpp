#pragma once

#include "bot/ports/metrics.hpp"

namespace muster::cli {

inline constexpr auto prometheus_type = "text/plain; version=0.0.4; charset=utf-8";

// What was measured, in the text format of Prometheus, sorted by name. A measure stands in one of
// them only. All names begin with muster_, but for those of the process, which tools expect as they
// are.
std::string prometheus_text(std::initializer_list<const Metrics*> all);

}  // namespace muster::cli
