#include "bot/domain/delivery.hpp"

#include <array>

namespace muster {
namespace {

using enum Purpose;

constexpr std::array purposes{
    std::pair{prompt, "prompt"},
    std::pair{receipt, "receipt"},
    std::pair{reminder, "reminder"},
    std::pair{summary, "summary"},
    std::pair{mirror_note, "mirror_note"},
    std::pair{plan, "plan"},
    std::pair{hidden_plans, "hidden_plans"},
    std::pair{new_blocker, "new_blocker"},
    std::pair{open_blockers, "open_blockers"},
    std::pair{not_working, "not_working"},
    std::pair{helper_found, "helper_found"},
    std::pair{blocker_cleared, "blocker_cleared"},
    std::pair{welcome_back, "welcome_back"},
    std::pair{left_stand_up, "left_stand_up"},
    std::pair{wrong_hours, "wrong_hours"},
    std::pair{private_blocker, "private_blocker"},
    std::pair{downtime, "downtime"},
    std::pair{undelivered, "undelivered"},
};

}  // namespace

const char* name(Purpose purpose) {
    for (const auto& [known, name] : purposes)
        if (known == purpose) return name;
    return "";
}

std::optional<Purpose> purpose_from(std::string_view text) {
    for (const auto& [purpose, name] : purposes)
        if (text == name) return purpose;
    return std::nullopt;
}

Priority priority_of(Purpose purpose) {
    switch (purpose) {
        case private_blocker: return Priority::urgent;
        case receipt:
        case helper_found:
        case blocker_cleared:
        case welcome_back: return Priority::answer;
        case prompt:
        case reminder: return Priority::prompt;
        case summary:
        case mirror_note:
        case plan:
        case hidden_plans:
        case new_blocker:
        case open_blockers:
        case not_working:
        case left_stand_up:
        case wrong_hours:
        case downtime:
        case undelivered: return Priority::report;
    }
    return Priority::report;
}

const char* name(DeliveryState state) {
    switch (state) {
        case DeliveryState::pending: return "pending";
        case DeliveryState::sending: return "sending";
        case DeliveryState::uncertain: return "uncertain";
        case DeliveryState::sent: return "sent";
        case DeliveryState::failed: return "failed";
        case DeliveryState::cancelled: return "cancelled";
        case DeliveryState::expired: return "expired";
    }
    return "";
}

}  // namespace muster
