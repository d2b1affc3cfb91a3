#include "bot/domain/decision.hpp"

#include <iterator>

namespace muster {
namespace {

template <class Value>
void move_behind(std::vector<Value>& list, std::vector<Value>& more) {
    list.insert(
        list.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end())
    );
}

constexpr auto last_timer_kind = TimerKind::welcome_back;

}  // namespace

const char* name(TimerKind kind) {
    switch (kind) {
        case TimerKind::open_run: return "open_run";
        case TimerKind::ask: return "ask";
        case TimerKind::remind: return "remind";
        case TimerKind::complete_run: return "complete_run";
        case TimerKind::close_round: return "close_round";
        case TimerKind::close_run: return "close_run";
        case TimerKind::show_blocker: return "show_blocker";
        case TimerKind::drop_draft: return "drop_draft";
        case TimerKind::welcome_back: return "welcome_back";
    }
    return "";
}

std::optional<TimerKind> timer_kind_from(std::string_view text) {
    for (int kind = 0; kind <= static_cast<int>(last_timer_kind); ++kind)
        if (text == name(static_cast<TimerKind>(kind))) return static_cast<TimerKind>(kind);
    return std::nullopt;
}

void append(Decision& decision, Decision next) {
    move_behind(decision.changes, next.changes);
    move_behind(decision.timers, next.timers);
    move_behind(decision.deliveries, next.deliveries);
    move_behind(decision.events, next.events);
    if (!std::holds_alternative<NoReply>(next.reply)) decision.reply = std::move(next.reply);
}

}  // namespace muster
