#pragma once

#include "bot/ports/directory.hpp"
#include "bot/ports/history.hpp"
#include "tests/fakes/random.hpp"
#include "tests/sim/invariants.hpp"
#include "tests/sim/process.hpp"

namespace muster::sim {

// What the other side needs of the world. Everything must outlive it.
struct Surroundings {
    Clock& clock;
    TaskGroup& tasks;  // all that goes on there while no process of the bot runs
    Entropy& entropy;
    Random& random;
    Trace& trace;
    Invariants& invariants;

    // The bot calls: it may die of that, now or while it waits. Throws as if it had been cancelled.
    std::function<void()> endanger;
    // Holds the bot to what such a message may be.
    std::function<void(Call, DeliveryId, const Destination&, const Message&)> check;
};

// What a process is given of the platform; null: the platform has nothing of the kind.
struct Reach {
    ChatPlatform& platform;
    PeopleDirectory* directory = nullptr;
    History* history = nullptr;
};

// A line that stands there, and which the bot was never told of.
struct Unheard {
    std::string account;
    std::string key;  // by which the bot would know it
    Instant at{};     // by the clock of the bot's machine
};

// How Muster loses a place that it reports to.
enum class Loss {
    archived,  // F28
    deleted,   // F28, and for good: somebody has to name another place
    removed,   // F29: Muster was removed from it
};

// What may go wrong on the way from the platform to the bot.
struct InputFaults {
    bool lose = false;     // some do not arrive: the platform tells them again later
    bool repeat = false;   // some arrive up to eleven times, with only one key in common
    bool reorder = false;  // some arrive late, after later ones
};

// The chat platform, the people at it, and the way from it to the bot and back. Lives on while
// processes of the bot come and go.
class OtherSide {
public:
    virtual ~OtherSide() = default;

    // ---- the bot

    // A process begins. What it is given is valid until it has left.
    virtual Reach meet(Process&) = 0;

    // Its tasks are about to end.
    virtual void let_go() {}

    // The process has ended, and none of its tasks runs any more.
    virtual void leave() = 0;

    // ---- people

    // Somebody does it there. False: it cannot be done there, or not any more. Afterwards the input
    // says what was really done.
    virtual bool is_done(Input&) = 0;
    // The bot is told of what was done last, until it has acknowledged it or nobody tells it again.
    virtual void bring(std::shared_ptr<Input>) = 0;
    // The bot is told of an acknowledged input once more.
    virtual void repeat(std::shared_ptr<Input>) = 0;

    // Called when there is a message that was not there before.
    virtual void on_seen(std::function<void(const Posted&)> listener) = 0;
    // Called now and then: people look at what there is.
    virtual void let_people_look() = 0;

    // ---- trouble

    // F26: the whole connection is refused, as with a dead token; not always is that told.
    virtual void suspend() = 0;
    virtual void resume() = 0;  // with the same token, or with another one
    // F27: nobody can be reached there, or does anything.
    virtual void close_account(const std::string& account) = 0;
    virtual void open_account(const std::string& account) = 0;
    // Nothing can be posted there.
    virtual void lose(const std::string& place, Loss) = 0;
    virtual void give_back(const std::string& place) = 0;
    virtual void rename(const std::string& place) = 0;
    virtual void found(const std::string& place) = 0;  // a new one, with everybody and Muster
    // Somebody in that place invites Muster there, once more if need be.
    virtual void invite(const std::string& place) = 0;
    // Muster has said something there.
    virtual bool is_reported_to(const std::string& place) = 0;
    // F30: this person takes no messages, though they do whatever they like.
    virtual void put_out_of_reach(const std::string& account) = 0;
    virtual void put_within_reach(const std::string& account) = 0;
    virtual void heal() = 0;  // no more trouble of any kind

    // ---- what there is

    // All copies of deliveries that were ever posted, oldest first.
    virtual std::vector<Posted> copies() = 0;
    // Whether the contract grants a second copy of it: nobody may look where it stands.
    virtual bool may_be_doubled(const Posted&) = 0;
    // How often people were shown something that is no delivery: replies and forms.
    virtual int replies_shown() = 0;

    // Where lines can be read back, or were perhaps said when nobody listened.
    virtual std::vector<Unheard> unheard() { return {}; }

    // What the bot did against the platform's rules.
    virtual std::vector<std::string> violations() = 0;
};

}  // namespace muster::sim
