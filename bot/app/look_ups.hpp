#pragma once

#include <map>

#include "bot/app/intake.hpp"
#include "bot/ports/directory.hpp"

namespace muster {

using Directories = std::map<ConnectionId, PeopleDirectory*>;

// Asks the directories for what set-ups wait for, and hands what they tell to the intake.
//
// What waits is a row: after a restart it is asked for again. A directory that cannot tell now is
// asked again, less and less often; whom it does not tell of is left out after `most_tries`. Who
// has invited Muster is asked for until it tells: nobody else could be told that it came to
// nothing.
class LookUps {
public:
    // Everything must outlive run(); `asks` runs one task for each set-up, so that none waits for
    // another's directory.
    LookUps(
        Store& store,
        Clock& clock,
        Entropy& entropy,
        Log& log,
        Intake& intake,
        TaskGroup& asks,
        Directories directories
    );

    // Runs until cancelled.
    Task<> run();

    // A connection that was not there at the start; `directory` must outlive run().
    void serve(ConnectionId connection, PeopleDirectory& directory) {
        directories_[connection] = &directory;
        look_again();
    }

    // A write may have asked for something: look again. From the loop only.
    void look_again() { bell_.ring(); }

    // Asleep, with nothing to look up.
    bool is_idle() const { return idle_ && busy_.empty(); }

    static constexpr int most_tries = 8;  // in some ten minutes

private:
    struct Pending {
        int tries = 0;
        Instant again_at{};
    };

    using Key = std::pair<SetupId, SetupState>;

    Task<Instant> ask_for_all();
    Task<> ask_for(Setup setup);
    void forget_all_but(const std::vector<Setup>& waiting);
    Task<std::optional<milliseconds>> look_up(Setup setup, int tries);
    Task<std::optional<milliseconds>> hand_in(ConnectionId connection, LookedUp found);

    Store& store_;
    Clock& clock_;
    Entropy& entropy_;
    Log& log_;
    Intake& intake_;
    TaskGroup& asks_;
    Directories directories_;
    Bell bell_;
    bool idle_ = false;
    std::set<SetupId> busy_;
    std::map<Key, Pending> pending_;
};

}  // namespace muster
