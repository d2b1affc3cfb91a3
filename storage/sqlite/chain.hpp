#pragma once

#include "storage/sqlite/event_log.hpp"
#include "storage/sqlite/verification.hpp"

namespace muster::sqlite {

// Walks the log from its first row to its last.
Verification verify_chain(Database& database);

}  // namespace muster::sqlite
