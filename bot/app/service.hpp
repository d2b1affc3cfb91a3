#pragma once

#include "bot/app/back_fill.hpp"
#include "bot/app/courier.hpp"
#include "bot/app/intake.hpp"
#include "bot/app/look_ups.hpp"
#include "bot/app/timekeeper.hpp"
#include "bot/domain/settings.hpp"

namespace muster {

// The running bot: the intake, the timekeeper and the courier over one store, and what keeps them
// honest.
class Service {
public:
    // Everything must outlive stop(). Call from the loop's thread.
    Service(
        TaskGroup::Executor executor,
        Store& store,
        Clock& clock,
        Entropy& entropy,
        Log& log,
        Metrics& metrics
    );
    ~Service();

    Intake& intake() { return intake_; }

    // Notes how long the program was away, takes over what an earlier process left, and begins.
    // What was typed meanwhile is looked for in the histories.
    Task<> start(Platforms platforms, Directories directories = {}, Histories histories = {});

    // After start(): serves a connection that is new, or has just been mended. Both must outlive
    // stop().
    void serve(ConnectionId connection, ChatPlatform& platform, PeopleDirectory& directory);

    // Asks everything to end and waits until it has; calls to platforms that are under way get
    // `grace` to end by themselves, so that what was posted is recorded. The store stays open.
    Task<> stop(milliseconds grace = milliseconds{0});

    // Resumes when nothing is due and nothing is under way.
    Task<> settled();

    // The settings of a file, or from chat, become true; next occurrences are planned anew.
    Task<Result<settings::ChangeResult>> change(settings::Wanted wanted, bool prune);

private:
    Task<> keep_alive();
    Task<> clean_up();
    Task<> retry_quarantined();
    Task<bool> note_downtime(Instant now);
    Task<> beat();
    void report(std::exception_ptr problem);
    bool is_idle() const;

    Store& store_;
    Clock& clock_;
    Entropy& entropy_;
    Log& log_;
    Metrics& metrics_;
    TaskGroup tasks_;
    TaskGroup sends_;
    TaskGroup fires_;
    Intake intake_;
    Timekeeper timekeeper_;
    BackFill back_fill_;
    std::unique_ptr<Courier> courier_;
    std::unique_ptr<LookUps> look_ups_;
    Bell alive_;
    Bell cleaning_;
    Bell retrying_;
    std::optional<Instant> downtime_to_note_;
    bool stopping_ = false;
};

}  // namespace muster
