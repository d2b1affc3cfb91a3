#pragma once

#include <deque>
#include <functional>
#include <map>
#include <set>

#include "bot/ports/chat_platform.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/task_group.hpp"
#include "tests/fakes/random.hpp"

namespace muster::sim {

// A message as everybody at the platform sees it.
struct Posted {
    std::string id;
    std::string place;  // external id of a channel, or of the account whose direct message it is
    bool direct = false;
    std::optional<std::string> thread;
    DeliveryId delivery;
    Message message;
    SteadyInstant at{};
    Instant shown_as_of{};  // the platform's own time, which readers see
    int edits = 0;
    bool removed = false;
};

// What may go wrong at the platform. Each is switched on for a whole run or not at all: some bugs
// show only while another fault is absent.
struct PlatformFaults {
    bool slow = false;              // answers take up to 30 s; the caller gives up after 10
    bool try_later = false;         // 429, also when nobody was too fast
    bool ambiguous_before = false;  // no answer, nothing posted
    bool ambiguous_after = false;   // no answer, but posted
    bool refused = false;
    bool find_lags = false;  // a message is found only some time after it was posted
    bool find_cannot_tell = false;

    double rate = 0.08;  // of each that is switched on, per call
};

// A chat platform as a pure model, with its rules: threads need their parent, only a message that
// is there can be edited, and who posts too fast is told to wait. Lives on while the bot dies.
//
// Callers are held to the contract: calls of one kind too close together, posts too close at one
// place, or a call before the time it was told to wait for, are kept as violations (I8), and so is
// more than a probe now and then while everything is refused (F26).
class SimulatedPlatform final : public ChatPlatform {
public:
    using Call = muster::Call;

    // Everything must outlive the last task of `afterwards`, which runs what the platform does when
    // nobody waits for its answer any more.
    SimulatedPlatform(Clock& clock, TaskGroup& afterwards, Random random);

    Task<Outcome> deliver(DeliveryId, Destination, Message) override;
    Task<Outcome> update(DeliveryId, Destination, std::string provider_id, Message) override;
    Task<Outcome> remove(DeliveryId, Destination, std::string provider_id) override;
    Task<Found> find(DeliveryId, Destination, Instant since) override;
    Pace pace(Call) const override;

    void be_faulty(PlatformFaults faults) { faults_ = faults; }

    // Nothing can be posted to this place any more.
    void close(const std::string& place) { closed_.insert(place); }

    void open(const std::string& place) { closed_.erase(place); }

    // Somebody deletes a message of the caller.
    void lose(const std::string& message) { messages_.at(message).removed = true; }

    // The whole connection is refused, as with a dead token.
    void suspend() { is_suspended_ = true; }

    void resume();

    // What `scope` means at such a call is refused from now on for so long.
    void hold_back(Call, const std::string& place, Scope, milliseconds length);

    // A new process calls: it may not know what the last one was told.
    void new_caller();

    // Called at the beginning of each call that was let in; may throw, as if the caller had ended.
    void on_call(std::function<void(Call, DeliveryId, const Destination&, const Message*)> listener
    ) {
        on_call_ = std::move(listener);
    }

    // Called when everybody can see the message; `edited` = it was there before.
    void on_seen(std::function<void(const Posted&, bool edited)> listener) {
        on_seen_ = std::move(listener);
    }

    // Called when a message was posted: for a platform where bots hear what they say themselves.
    void on_posted(std::function<void(const Posted&)> listener) {
        on_posted_ = std::move(listener);
    }

    const std::map<std::string, Posted>& messages() const { return messages_; }

    std::vector<Posted> in_place(const std::string& place) const;  // oldest first, removed ones too

    const std::set<DeliveryId>& untellable() const { return untellable_; }

    const std::vector<std::string>& violations() const { return violations_; }

    int calls() const { return calls_; }

private:
    Task<Outcome>
    write(Call call, DeliveryId, Destination, std::string provider_id, std::optional<Message>);
    Outcome
    carry_out(Call call, DeliveryId, const Destination&, const std::string& provider_id, const std::optional<Message>&);
    std::optional<Outcome> gate(Call, const Destination&);
    std::optional<Outcome> bad_luck(Call, const Destination&);
    void count_call(Call, const Destination&);

    bool happens(bool fault) { return fault && random_.chance(faults_.rate); }

    // What one scope is called: "call 1", "place U-amira", "all".
    static std::string name_of(Scope, Call, const std::string& place);

    struct Pause {
        SteadyInstant until{};
        std::optional<SteadyInstant> told_at;  // when the caller got to know
    };

    Clock& clock_;
    TaskGroup& afterwards_;
    Random random_;
    PlatformFaults faults_;
    std::function<void(Call, DeliveryId, const Destination&, const Message*)> on_call_;
    std::function<void(const Posted&, bool)> on_seen_;
    std::function<void(const Posted&)> on_posted_;

    std::map<std::string, Posted> messages_;  // by id, which grows
    std::map<DeliveryId, milliseconds> found_after_;
    std::set<DeliveryId> untellable_;
    std::set<std::string> closed_;
    bool is_suspended_ = false;
    std::optional<SteadyInstant> refused_all_at_;  // when the caller got to know last
    int next_id_ = 1;
    int calls_ = 0;

    std::map<std::string, SteadyInstant> last_post_;  // by place
    std::map<Call, std::deque<SteadyInstant>> recent_;
    std::map<std::string, Pause> pauses_;  // by name_of()
    std::vector<std::string> violations_;
};

}  // namespace muster::sim
