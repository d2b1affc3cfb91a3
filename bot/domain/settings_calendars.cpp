#include "bot/domain/settings_parts.hpp"

namespace muster::settings {

std::vector<Calendar> calendars_to_be(const Document& now_set, const Wanted& asked) {
    std::vector<Calendar> next;
    for (const auto& wanted : asked.calendars) {
        const auto* base = calendar_by_key(asked.calendars, wanted.builds_on);
        if (!base) base = calendar_by_key(now_set.calendars, wanted.builds_on);
        next.push_back(base ? with_days_of(wanted, *base) : wanted);
    }
    for (const auto& known : now_set.calendars) {
        const auto* base = calendar_by_key(asked.calendars, known.builds_on);
        if (!base || calendar_by_key(asked.calendars, known.key)) continue;
        const auto* before = calendar_by_key(now_set.calendars, known.builds_on);
        next.push_back(with_days_of(before ? own_days_of(known, *before) : known, *base));
    }
    return next;
}

}  // namespace muster::settings
