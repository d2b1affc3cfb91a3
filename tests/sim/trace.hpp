#pragma once

#include <deque>
#include <map>

#include "bot/ports/clock.hpp"
#include "bot/ports/log.hpp"

namespace muster::sim {

// The events of a run, for whoever looks for the reason of a failure.
class Trace final : public Log {
public:
    explicit Trace(const Clock& clock) : clock_(clock) {}

    void note(std::string event) {
        constexpr std::size_t most = 50'000;
        if (is_frozen_) return;
        lines_.push_back(to_text(clock_.now()) + " " + std::move(event));
        if (lines_.size() > most) lines_.pop_front();
    }

    void write(Severity, std::string_view event, const Fields& fields) override {
        auto line = "  bot: " + std::string(event);
        for (const auto& [field, value] : fields)
            line += " " + std::string(field) + "=" + value;
        note(line);
        ++counts_[std::string(event)];
    }

    // What led to the first failure must not be pushed out by what follows.
    void freeze() { is_frozen_ = true; }

    const std::deque<std::string>& lines() const { return lines_; }

    int count(const std::string& event) const {
        auto found = counts_.find(event);
        return found == counts_.end() ? 0 : found->second;
    }

private:
    const Clock& clock_;
    std::deque<std::string> lines_;
    bool is_frozen_ = false;
    std::map<std::string, int> counts_;
};

}  // namespace muster::sim
