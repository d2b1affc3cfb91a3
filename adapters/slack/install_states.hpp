#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "bot/domain/ids.hpp"
#include "bot/domain/instant.hpp"

namespace muster::slack {

// Who began to install Muster in a browser is who ends it there (protocols/slack.md 7).
//
// A ticket has two halves: Slack carries the one back, the browser keeps the other. They fit each
// other once and within ten minutes. Nothing is kept of a ticket before it comes back, so that
// nobody can fill anything by asking for many.
class InstallStates {
public:
    // The seeds must be nobody's to foresee; with the process its open tickets end.
    InstallStates(Seed one, Seed other);

    struct Ticket {
        std::string state;
        std::string cookie;
    };

    Ticket issue(Instant now, Seed one, Seed other) const;

    enum class Verdict {
        good,     // and from now on used
        foreign,  // one half is missing, or they do not belong together
        expired,
        used,
        full,  // so many came back within ten minutes that it is none of ours to believe
    };

    Verdict redeem(
        std::optional<std::string_view> state, std::optional<std::string_view> cookie, Instant now
    );

    static constexpr auto life = std::chrono::minutes{10};
    static constexpr std::size_t most_used = 10'000;

private:
    std::string seal_of(std::string_view expiry, std::string_view cookie) const;

    std::string secret_;
    std::map<std::string, Instant, std::less<>> used_;  // until they would expire anyway
};

}  // namespace muster::slack
