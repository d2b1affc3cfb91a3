#pragma once

#include "storage/sqlite/open_problem.hpp"

namespace muster {

// What a walk over the whole event log found.
struct Verification {
    std::int64_t rows = 0;
    std::int64_t erased = 0;  // rows whose payload was erased, which is allowed
    std::int64_t broken_at =
        0;               // number of the first row that does not fit; 0 = the chain is whole
    std::string reason;  // "row 12 was changed"

    bool whole() const { return broken_at == 0; }
};

// Of a database that no process uses, or of a backup. Opens it read-only.
Opened<Verification> verify_event_log(const std::string& path);

}  // namespace muster
