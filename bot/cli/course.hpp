#pragma once

#include "bot/cli/time_machine.hpp"

namespace muster::cli {

// What a journey showed, for a delivery manager: day by day who is asked, reminded and told, at
// what time for them and in UTC, where clocks change, and why nobody is asked. At most 100 columns.
std::string course_text(View&, const std::vector<Post>&, const Journey&);

}  // namespace muster::cli
