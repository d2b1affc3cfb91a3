#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bot/domain/instant.hpp"

// How fast the app may call, and whether it keeps to that (protocols/slack.md 5.3; I8 and F26 of
// spec/reliability.md). On steady time: the platform's clock is nobody's to set.
namespace muster::fake_slack {

struct CallMade {
    std::string method;    // "chat.postMessage", "response_url"
    int per_minute = 0;    // its tier; 0 = without limit
    std::string posts_to;  // the channel where everybody will see something new; "" = nowhere
    std::string token{};   // that it is made with; "" = none
};

class Conduct {
public:
    explicit Conduct(int posts_per_minute) : posts_per_minute_(posts_per_minute) {}

    // Returns what the call breaks at the moment when it is made, in sentences. A call that comes
    // too fast is then held back.
    std::vector<std::string> made(const CallMade&, SteadyInstant at);

    // From now on calls of this method get 429, until the length has passed.
    void hold_back(const std::string& method, std::chrono::seconds length, SteadyInstant at);

    // Retry-After for a call that arrives at this moment; nullopt: it is let in.
    std::optional<std::chrono::seconds> held_back(const CallMade&, SteadyInstant at) const;

    // The caller got to know that it is held back, or that the whole workspace refuses it. What it
    // does from then on is its fault.
    void told_to_wait(const CallMade&, SteadyInstant at);

    void told_that_all_is_refused(const CallMade& call, SteadyInstant at) {
        refused_at_[call.token] = at;
    }

    void told_that_all_is_well(const CallMade& call) { refused_at_.erase(call.token); }

    // A new process calls: it may not know what the last one was told, or how fast it was.
    void new_caller();

private:
    struct Pause {
        SteadyInstant until{};
        std::optional<SteadyInstant> told_at{};
    };

    bool is_too_fast(const CallMade&, SteadyInstant at);
    bool crowds(const std::string& key, int most_in_a_minute, SteadyInstant at);

    int posts_per_minute_;
    std::map<std::string, Pause> pauses_;                      // by method, or method and channel
    std::map<std::string, std::deque<SteadyInstant>> recent_;  // by method; of the last minute
    std::map<std::string, SteadyInstant> room_again_;          // by channel: a bucket of three
    std::map<std::string, SteadyInstant> refused_at_;          // by token
};

}  // namespace muster::fake_slack
