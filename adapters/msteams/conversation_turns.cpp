#include "adapters/msteams/conversation_turns.hpp"

#include <algorithm>

namespace muster::msteams {
namespace {

// Whoever stops waiting leaves the line, however they stop; or passes the turn on.
template <class Leave>
class Place {
public:
    explicit Place(Leave leave) : leave_(std::move(leave)) {}

    ~Place() { leave_(); }

    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    Leave leave_;
};

}  // namespace

Task<std::optional<ConversationTurns::Turn>> ConversationTurns::take(
    std::string conversation, milliseconds patience
) {
    auto [line, is_free] = lines_.try_emplace(conversation);
    if (is_free) co_return std::optional<Turn>{std::in_place, *this, std::move(conversation)};
    auto waiter = line->second.emplace_back(std::make_shared<Waiter>());
    auto has_turn = false;
    auto leave_the_line = [&] {
        if (has_turn) return;
        if (waiter->is_next) return leave(conversation);
        std::erase(lines_[conversation], waiter);
    };
    Place place{leave_the_line};
    auto until = clock_.steady_now() + patience;
    while (!waiter->is_next && clock_.steady_now() < until)
        co_await clock_.pause(until - clock_.steady_now(), waiter->bell);
    if (!waiter->is_next) co_return std::nullopt;
    has_turn = true;
    co_return std::optional<Turn>{std::in_place, *this, conversation};
}

void ConversationTurns::leave(const std::string& conversation) {
    auto line = lines_.find(conversation);
    if (line->second.empty()) {
        lines_.erase(line);
        return;
    }
    auto next = line->second.front();
    line->second.pop_front();
    next->is_next = true;
    next->bell.ring();
}

}  // namespace muster::msteams
