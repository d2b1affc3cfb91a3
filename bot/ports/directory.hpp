#pragma once

#include <variant>

#include "bot/domain/profile.hpp"
#include "bot/ports/task.hpp"

namespace muster {

// Why a platform did not tell.
struct NotTold {
    std::string reason;           // its own code, or one of hindrance's; never content
    milliseconds retry_after{0};  // 0: it never will; else it may, after that

    bool operator==(const NotTold&) const = default;
};

template <class Facts>
using DirectoryAnswer = std::variant<Facts, NotTold>;

// Who people are and who is where, over one connection.
//
// Asked for when somebody waits for it (a team is set up, its people are changed), never for each
// prompt. Calls keep to the platform's limits by themselves, wait where a platform asks for it and
// end within some minutes, with an answer whatever happens: they throw only operation_aborted, and
// only when the task was cancelled.
class PeopleDirectory {
public:
    virtual ~PeopleDirectory() = default;

    virtual Task<DirectoryAnswer<Profile>> person(std::string account) = 0;
    virtual Task<DirectoryAnswer<PlaceFacts>> place(std::string place) = 0;
    // By its name as people type it; NotTold for good where there is none.
    virtual Task<DirectoryAnswer<GroupFacts>> group(std::string name) = 0;
};

}  // namespace muster
