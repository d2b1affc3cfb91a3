#pragma once

#include <cstdio>

#include "bot/ports/clock.hpp"
#include "bot/ports/log.hpp"

namespace muster {

// One JSON object a line on a stream (stderr in production), UTC. Control characters are escaped,
// so that nothing a peer sent can forge a line or move a terminal's cursor; what looks like a
// secret is left out.
class StreamLog : public Log {
public:
    // Both must outlive the log. What is less severe than `least` is left out.
    StreamLog(const Clock& clock, std::FILE* stream, Severity least = Severity::info)
        : clock_(clock), stream_(stream), least_(least) {}

    void write(Severity, std::string_view event, const Fields& fields) override;

private:
    const Clock& clock_;
    std::FILE* stream_;
    Severity least_;
};

}  // namespace muster
