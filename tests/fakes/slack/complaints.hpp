#pragma once

#include <string>
#include <vector>

#include "bot/domain/instant.hpp"

namespace muster::fake_slack {

// What was wrong with the app's calls, in sentences: "2026-11-24T09:30:00.000Z chat.update: ...".
class Complaints {
public:
    // What a correct app never does, whatever happens around it.
    void violation(Instant now, const std::string& where, const std::string& what) {
        violations_.push_back(line(now, where, what));
    }

    // Slack said no for a reason that the app could not know.
    void refusal(Instant now, const std::string& where, const std::string& what) {
        refusals_.push_back(line(now, where, what));
    }

    const std::vector<std::string>& violations() const { return violations_; }

    const std::vector<std::string>& refusals() const { return refusals_; }

private:
    static std::string line(Instant now, const std::string& where, const std::string& what) {
        return to_text(now) + " " + where + ": " + what;
    }

    std::vector<std::string> violations_;
    std::vector<std::string> refusals_;
};

}  // namespace muster::fake_slack
