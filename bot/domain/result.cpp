#include "bot/domain/result.hpp"

namespace muster {

const char* name(Errc error) {
    switch (error) {
        case Errc::not_found: return "not_found";
        case Errc::bad_input: return "bad_input";
        case Errc::not_allowed: return "not_allowed";
        case Errc::conflict: return "conflict";
        case Errc::store_full: return "store_full";
        case Errc::store_failed: return "store_failed";
        case Errc::too_late: return "too_late";
        case Errc::locked: return "locked";
        case Errc::newer_schema: return "newer_schema";
        case Errc::unreachable: return "unreachable";
    }
    return "unknown";
}

}  // namespace muster
