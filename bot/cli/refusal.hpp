#pragma once

#include <stdexcept>
#include <string>

#include "bot/cli/exit_code.hpp"

namespace muster::cli {

// A command ends here, with this on stderr and this exit code. Thrown by what commands share,
// caught in main.
class Refusal : public std::runtime_error {
public:
    Refusal(int code, const std::string& words) : std::runtime_error(words), code_(code) {}

    int code() const { return code_; }

private:
    int code_;
};

}  // namespace muster::cli
