#pragma once

#include <string>
#include <vector>

#include "bot/domain/instant.hpp"

namespace muster::fake_teams {

// What a correct app never does, whatever happens around it, in sentences.
class Complaints {
public:
    void add(Instant now, const std::string& where, const std::string& what) {
        lines_.push_back(to_text(now) + " " + where + ": " + what);
    }

    const std::vector<std::string>& lines() const { return lines_; }

private:
    std::vector<std::string> lines_;
};

}  // namespace muster::fake_teams
