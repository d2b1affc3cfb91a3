#include "bot/domain/refusals.hpp"

namespace muster {

Text words_for(Errc error) {
    switch (error) {
        case Errc::store_full:
        case Errc::store_failed:
        case Errc::too_late:
        case Errc::locked:
        case Errc::newer_schema:
        case Errc::unreachable: return text("refusal.not_saved");
        case Errc::not_found:
        case Errc::bad_input:
        case Errc::not_allowed:
        case Errc::conflict: break;
    }
    return text("refusal.nothing_changed");
}

Message taken_late(Instant sent_at, const Reader& reader) {
    return note(reader, text("refusal.taken_late", {{"sent", sent_at}}));
}

}  // namespace muster
