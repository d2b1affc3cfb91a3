#pragma once

#include "bot/domain/settings.hpp"

namespace muster::cli {

// What apply prints: one line for each difference ("+ added", "~ changed", "- removed"), then a
// sentence that counts.
std::string differences_text(const std::vector<settings::Difference>&, bool is_dry_run);

}  // namespace muster::cli
