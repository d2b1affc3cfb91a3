#include "bot/domain/suspension.hpp"

namespace muster {
namespace {

Decision now_stands(Connection connection, std::optional<Instant> since, Event event) {
    connection.suspended_since = since;
    Decision decision;
    decision.changes.push_back(std::move(connection));
    decision.events.push_back(std::move(event));
    return decision;
}

}  // namespace

Decision suspended(Connection connection, const std::string& reason, Instant now) {
    if (connection.suspended_since) return {};
    auto event = Event{suspended_event, connection.id.value, {}, {{"reason", reason}}};
    return now_stands(std::move(connection), now, std::move(event));
}

Decision resumed(Connection connection, Instant now) {
    if (!connection.suspended_since) return {};
    auto length = std::chrono::floor<std::chrono::minutes>(now - *connection.suspended_since);
    auto whole = std::to_string(length.count());
    auto event = Event{"connection.resumed", connection.id.value, {}, {{"minutes", whole}}};
    return now_stands(std::move(connection), std::nullopt, std::move(event));
}

}  // namespace muster
