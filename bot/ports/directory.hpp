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
using Told = std::variant<Facts, NotTold>;

// Who people are and who is where, over one connection.
//
// Asked for when somebody waits for it (a team is set up, its people are changed), never for each
// prompt. Calls keep to the platform's limits by themselves and end within 30 seconds, with an
// answer whatever happens: they throw only operation_aborted, and only when the task was cancelled.
class Directory {
public:
    virtual ~Directory() = default;

    virtual Task<Told<Profile>> person(std::string account) = 0;
    virtual Task<Told<PlaceFacts>> place(std::string place) = 0;
};

}  // namespace muster
