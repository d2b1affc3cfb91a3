#pragma once

#include "tests/sim/world.hpp"

namespace muster::sim {

// What of spec/reliability.md F26 to F33 befalls a run: each is switched on in half of the runs.
struct Mishaps {
    bool revoked_tokens = false;       // F26
    bool closed_accounts = false;      // F27
    bool lost_channels = false;        // F28
    bool removals = false;             // F29
    bool people_out_of_reach = false;  // F30
    bool changed_settings = false;     // F32
    bool stops_at_calls = false;       // F33
    bool sets_up_in_chat = false;
};

Mishaps some_mishaps(std::uint64_t seed);

// Where people set their teams up themselves, what a settings file would say of them is not known:
// it is not changed.
Mishaps beginning_from_nothing(Mishaps);

// Lets them happen. Whatever is taken away is given back after a while.
class Misfortune {
public:
    // The world must outlive its last event.
    Misfortune(World& world, std::uint64_t seed, Mishaps mishaps);

    // Now: some of them, perhaps.
    void strike();

    // All is given back.
    void end();

    int strikes() const { return strikes_; }

private:
    void revoke_token();
    void close_account();
    void lose_channel(Loss);
    void rename_channel();
    void put_out_of_reach();
    void change_settings();

    // Until `give_back` has run nothing else befalls `what`.
    void take(
        const std::string& what,
        milliseconds at_most,
        std::function<void()> act,
        std::function<void()> give_back
    );
    void return_loan(const std::string& what);
    void insist(const std::string& what, const std::string& team, const World::TeamChange& how);
    std::string some_account();
    std::string some_team();

    World& world_;
    Random random_;
    Mishaps mishaps_;
    std::map<std::string, std::function<void()>> loans_;  // what was taken -> how it is given back
    std::map<std::string, std::string> channels_;         // team -> where it reports to
    std::set<std::string> closed_accounts_;               // at some time
    std::map<std::string, int> wishes_;                   // how often settings were to be changed
    int next_channel_ = 2;
    int strikes_ = 0;
};

}  // namespace muster::sim
