#include "bot/domain/run.hpp"

namespace muster {
namespace {

constexpr auto last_phase = Phase::silent;

}  // namespace

const char* name(Phase phase) {
    switch (phase) {
        case Phase::waiting: return "waiting";
        case Phase::asked: return "asked";
        case Phase::answered: return "answered";
        case Phase::late: return "late";
        case Phase::skipped: return "skipped";
        case Phase::away: return "away";
        case Phase::not_expected: return "not_expected";
        case Phase::not_asked: return "not_asked";
        case Phase::unreachable: return "unreachable";
        case Phase::silent: return "silent";
    }
    return "";
}

std::optional<Phase> phase_from(std::string_view text) {
    for (int phase = 0; phase <= static_cast<int>(last_phase); ++phase)
        if (text == name(static_cast<Phase>(phase))) return static_cast<Phase>(phase);
    return std::nullopt;
}

const char* name(NotAsked reason) {
    switch (reason) {
        case NotAsked::none: return "none";
        case NotAsked::downtime: return "downtime";
        case NotAsked::outside_hours: return "outside_hours";
        case NotAsked::left: return "left";
        case NotAsked::too_late: return "too_late";
        case NotAsked::called_off: return "called_off";
    }
    return "";
}

}  // namespace muster
