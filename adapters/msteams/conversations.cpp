#include "adapters/msteams/conversations.hpp"

namespace muster::msteams {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds patience = 5s;

ConnectorAnswer busy() {
    ConnectorAnswer answer;
    answer.error = "conversation_busy";
    answer.was_sent = false;
    return answer;
}

}  // namespace

Task<ConnectorAnswer> Conversations::post(Reach to, json::Object activity) {
    auto call = to_send(to.conversation, std::move(activity));
    co_return co_await in_turn(std::move(to), std::move(call));
}

Task<ConnectorAnswer> Conversations::begin_thread(
    Reach channel, std::string tenant, json::Object activity
) {
    auto call = to_open_thread(channel.conversation, tenant, std::move(activity));
    co_return co_await in_turn(std::move(channel), std::move(call));
}

Task<ConnectorAnswer> Conversations::edit(
    Reach in, std::string activity_id, json::Object activity
) {
    auto call = to_update(in.conversation, activity_id, std::move(activity));
    co_return co_await in_turn(std::move(in), std::move(call));
}

Task<ConnectorAnswer> Conversations::remove(Reach in, std::string activity_id) {
    auto call = to_remove(in.conversation, activity_id);
    co_return co_await in_turn(std::move(in), std::move(call));
}

Task<ConnectorAnswer> Conversations::in_turn(Reach in, ConnectorCall call) {
    auto turn = co_await turns_.take(in.conversation, patience);
    if (!turn) co_return busy();
    co_return co_await connector_.call(std::move(in.service_url), std::move(call));
}

}  // namespace muster::msteams
