#pragma once

#include "config/configuration.hpp"
#include "storage/store.hpp"

namespace muster::cli {

// Something that will not work, before anybody waits for it in vain.
struct Ailment {
    std::string what;
    std::string fix;

    bool operator==(const Ailment&) const = default;
};

struct Examination {
    std::vector<Ailment> ailments;
    std::size_t people = 0, teams = 0, ceremonies = 0;  // that were looked at
};

// Can everybody be reached, will everybody be asked in the next 14 days, does everybody who is
// needed exist? `connections` are those that the configuration opens.
Examination examine(View&, const std::vector<config::NamedConnection>& connections, Instant now);

}  // namespace muster::cli
