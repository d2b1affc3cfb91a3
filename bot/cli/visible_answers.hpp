#pragma once

#include "bot/domain/turn.hpp"

namespace muster::cli {

// One answer as it leaves Muster.
struct VisibleAnswer {
    std::string team;      // key
    std::string ceremony;  // key
    LocalDate date{};
    std::string slot;
    std::string person;    // "" = names are hidden
    std::string question;  // key
    std::string asked;     // its words
    std::string answer;
    std::optional<Instant> at;  // none = names are hidden: a time would tell who
    bool is_late = false;

    bool operator==(const VisibleAnswer&) const = default;
};

// The answers of a run that the team can see, and no others: never who was silent; where names are
// hidden, question by question in the order of the words, only after the close and only from four
// on, as the team's channel shows them; blockers that were told to the delivery manager alone stay
// out.
std::vector<VisibleAnswer> visible_answers(
    const RunBoard&, const std::string& ceremony_key, Instant now
);

}  // namespace muster::cli
