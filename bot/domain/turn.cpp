#include "bot/domain/turn.hpp"

namespace muster {

WorkPattern work_pattern(const Turn& turn) {
    static const CalendarBook no_calendars;
    const auto& calendars = turn.calendars ? *turn.calendars : no_calendars;
    return work_pattern(turn.person, turn.absences, calendars);
}

}  // namespace muster
