#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "bot/ports/clock.hpp"

namespace muster::msteams {

// Microsoft refuses two calls that change one conversation at a time (protocols/teams.md 5.6, 412):
// they are made one after the other, in the order in which they were asked for.
class ConversationTurns {
public:
    // Ends when it is destroyed. The turns must outlive it.
    class Turn {
    public:
        Turn(ConversationTurns& turns, std::string conversation)
            : turns_(&turns), conversation_(std::move(conversation)) {}

        ~Turn() {
            if (turns_) turns_->leave(conversation_);
        }

        Turn(Turn&& other) noexcept
            : turns_(std::exchange(other.turns_, nullptr)),
              conversation_(std::move(other.conversation_)) {}

        Turn& operator=(Turn&&) = delete;

    private:
        ConversationTurns* turns_;
        std::string conversation_;
    };

    // The clock must outlive it.
    explicit ConversationTurns(Clock& clock) : clock_(clock) {}

    // nullopt: others were not done by then.
    Task<std::optional<Turn>> take(std::string conversation, milliseconds patience);

private:
    struct Waiter {
        Bell bell;
        bool is_next = false;
    };

    using Line = std::deque<std::shared_ptr<Waiter>>;

    void leave(const std::string& conversation);

    Clock& clock_;
    std::map<std::string, Line> lines_;  // of conversations where somebody is at work
};

}  // namespace muster::msteams
