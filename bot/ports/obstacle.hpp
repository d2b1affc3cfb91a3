#pragma once

#include <string>
#include <vector>

namespace muster {

// Whom and where Muster will write to over one connection, by their external ids.
struct Correspondents {
    std::vector<std::string> channels;
    std::vector<std::string> people;
};

// What a platform says will not work, before anybody waits for it in vain.
struct Obstacle {
    enum class Kind {
        not_reached,      // no answer that means anything, as `reason` says
        refused,          // the platform refuses Muster as a whole
        not_permitted,    // `reason` was not granted, and is needed
        cannot_tell,      // `reason` was not granted: this cannot be looked at, all else works
        channel_unknown,  // or nobody has invited Muster there
        channel_archived,
        channel_without_us,
        person_unknown,
        person_deactivated,
        person_is_bot,
    };

    Kind kind = Kind::not_reached;
    std::string address{};  // of the channel or person
    std::string reason{};   // in the platform's words; never content

    bool operator==(const Obstacle&) const = default;
};

}  // namespace muster
