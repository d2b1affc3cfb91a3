#pragma once

#include <optional>

namespace muster {

// What the system knows of this process; what it does not tell is absent.
struct ProcessFigures {
    std::optional<double> resident_bytes;
    std::optional<double> processor_seconds;
    std::optional<double> started_at;  // seconds since 1970
    std::optional<double> open_files;
    std::optional<double> most_open_files;
};

ProcessFigures look_at_this_process();

// A crash from now on writes no image of the memory: tokens and what people typed are in it.
void leave_no_core();

}  // namespace muster
