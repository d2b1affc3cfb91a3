#pragma once

#include <variant>

#include "bot/cli/recording_platform.hpp"
#include "bot/domain/settings.hpp"
#include "storage/store.hpp"

namespace muster::cli {

struct Journey {
    LocalDate from{};
    int days = 14;
    bool everybody_answers =
        false;  // 20 minutes after being asked, by the form; else nobody ever does
};

// Lives the days of a journey in a moment: the real service on virtual time, with a database in
// memory and platforms that only record. Then `tell` looks at what came of it. Returns its words,
// or why the settings do not fit.
using Telling = std::function<std::string(View&, const std::vector<Post>&)>;
std::variant<std::string, std::vector<settings::Problem>> travel(
    const settings::Wanted&, const Journey&, Telling tell
);

}  // namespace muster::cli
