#pragma once

#include "tests/sim/world.hpp"

namespace muster::sim {

// The people of a world: they read what they are sent and do something about it, or not. Which
// habits they have is the seed's choice for a whole run.
class People {
public:
    // The world must outlive its last event.
    People(World& world, std::uint64_t seed);

    // From now on they act; once in a while also of their own accord, until `until`.
    void begin(Instant until);

    // No more acts of their own.
    void rest() { resting_ = true; }

    int answers() const { return answers_; }

private:
    struct Habits {
        bool lines, letters, forms, same_plan, snooze, skip, late, edits, deletions, blockers,
            commands, absences, leaving, stale_buttons, unfit_forms, threads, plain;
    };

    struct Line {
        std::string account;
        std::string id;
    };

    void read(const Posted&);
    void set_up_teams();
    void invite_to(const std::string& place, int more);
    void read_reply(const std::string& account, const Reply&);
    void answer_prompt(const std::string& account, const Posted&, const Button& answer);
    void press(const std::string& account, const Button&, const std::string& message);
    void set_up(const std::string& account, const Form&);
    void fill_in(const std::string& account, const Form&, bool once_more);
    void say(const std::string& account, std::string text, std::optional<std::string> thread = {});
    void command(const std::string& account, std::string text);
    void act_of_their_own(Instant until);
    std::string new_words(const std::string& what);
    std::string value_for(const Field&);
    milliseconds soon();

    World& world_;
    Random random_;
    Habits habits_;
    std::vector<std::string> accounts_;
    std::vector<Line> lines_;
    std::vector<std::pair<Button, std::string>> buttons_;  // ever seen, with their messages
    int next_word_ = 1;
    int answers_ = 0;
    bool resting_ = false;
};

}  // namespace muster::sim
