#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "bot/domain/instant.hpp"
#include "tests/fakes/random.hpp"

// What may go wrong with one call.
namespace muster::fake_slack {

struct Trouble {
    enum class Kind {
        none,

        // At Slack.
        rate_limited,           // 429; `length` = Retry-After
        server_error_before,    // 503 with a page of HTML, and nothing done
        server_error_after,     // the same, but done
        internal_error_before,  // ok:false, and nothing done
        internal_error_after,   // ok:false, but done
        token_revoked,          // says so, once
        missing_scope,          // says so, once
        schema_drift,           // unknown fields, and some missing
        cut_answer,             // done; half of the answer, as if that were all
        hidden,                 // what this call posts is in no history until `length` has passed

        // On the way.
        not_connected,  // nothing was sent
        reset_before,   // nothing was done, which the caller cannot know
        reset_after,    // done, which the caller cannot know
        answer_lost,    // done, and the caller waits in vain
        slow,           // answered after `length`, if somebody still waits
    };

    Kind kind = Kind::none;
    milliseconds length{0};
};

const char* name(Trouble::Kind);
std::optional<Trouble::Kind> trouble_from(std::string_view name);

// Which calls get into trouble: by chance, and when a test says so.
class Troubles {
public:
    explicit Troubles(sim::Random random) : random_(random) {}

    // So many of all calls, from 0 to 1.
    void happen(Trouble::Kind kind, double rate) { rates_[kind] = rate; }

    // The next call, or the next of that method ("response_url" for those). Several wait in turn.
    // Without a length one is chosen that fits.
    void strike_next(Trouble trouble, std::string method = "");

    void end();  // no more chance, and nothing that waits

    Trouble of(std::string_view method);

private:
    struct Planned {
        Trouble trouble;
        std::string method;
    };

    Trouble with_length(Trouble);

    sim::Random random_;
    std::map<Trouble::Kind, double> rates_;
    std::deque<Planned> planned_;
};

}  // namespace muster::fake_slack
