#pragma once

#include <functional>
#include <set>

#include "bot/domain/inbound.hpp"
#include "storage/store.hpp"
#include "tests/fakes/simulated_platform.hpp"
#include "tests/sim/trace.hpp"

namespace muster::sim {

class OtherSide;

// Something a person did, and what became of it.
struct Input {
    Inbound inbound;
    bool acknowledged = false;
    bool refused = false;     // a form that did not fit
    bool given_up = false;    // the platform tells it no more
    int carried = 0;          // requests that were given its reply to carry out
    std::uint64_t order = 0;  // among what this person did
    Instant acknowledged_at{};
    std::function<void(const Reply&)> on_reply;
};

// Holds the bot to spec/reliability.md: while it runs, at each message and each acknowledged input,
// and at the end of the run. Whatever people type holds a word of its own, "tok12x", by which it is
// found again.
class Invariants {
public:
    explicit Invariants(Trace& trace) : trace_(trace) {}

    // ---- while it runs

    void note_input(Input&);
    // The platform tells it no more; the bot may read it where it stands.
    void note_given_up(const Input&);
    void after_input(View&, const Input&, const Reply&);
    void after_reply(Input&, const Reply&, bool carried_before);
    void check_call(View&, Call, DeliveryId, const Destination&, const Message&, Instant now);

    // ---- at the end, after everything healed

    void check_end(View&, OtherSide&, Instant start, Instant now, Instant latest);
    // I2, to which the bot is held sooner than to the rest: no two copies of anything stand.
    void check_nothing_is_doubled(View&, OtherSide&);

    void violate(const std::string& what);

    const std::vector<std::string>& violations() const { return violations_; }

    int prompts() const { return prompts_; }

    int read_back() const { return read_back_; }  // lines

    static std::uint64_t hash_of(View&);
    static std::uint64_t hash_of(const std::vector<Posted>&);

private:
    using Question = std::pair<std::int64_t, std::string>;  // of a round
    using Answers = std::map<Question, std::string>;

    struct Known {  // of one account
        Answers answers;
        int may_remove = 0;  // told, not known to be done, and might take an answer away
        std::uint64_t inputs = 0;
    };

    static Answers answers_of(View&, PersonId);
    void expect_kept(View&, const Input&, const Reply&, const Answers&, PersonId);
    void check_prompt(View&, const Delivery&, Instant now);
    void check_channel(View&, const Delivery&, const Channel&, const Message&, Instant now);

    void check_answers(View&);
    void check_copies(View&, OtherSide&);
    void check_rounds(View&, Instant now);
    void check_mended(View&);
    void check_read_back(View&, OtherSide&, Instant now);
    void check_nothing_waits(View&, Instant now);

    Trace& trace_;
    std::map<std::string, Known> known_;
    std::map<std::string, PersonId> people_;
    std::set<std::string> saved_words_;  // that were an answer at some time
    std::vector<std::string> violations_;
    std::set<std::string> given_up_words_;
    int prompts_ = 0;
    int read_back_ = 0;
};

// The words of their own in a text.
std::vector<std::string> own_words(const std::string& text);

// Everything that a message says, as far as people typed it, and whom it names.
std::string typed_in(const Message&);
std::set<PersonId> named_in(const Message&);
std::vector<Button> buttons_of(const Message&);

}  // namespace muster::sim
