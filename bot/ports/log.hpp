#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace muster {

// Where the program says what it does: one line per event, for operators. Never content, never
// secrets.
class Log {
public:
    enum class Severity { info, warning, error, alarm };  // alarm: a person must look
    using Fields = std::vector<std::pair<std::string_view, std::string>>;

    virtual ~Log() = default;

    virtual void write(Severity, std::string_view event, const Fields& fields) = 0;

    void info(std::string_view event, const Fields& fields = {}) {
        write(Severity::info, event, fields);
    }

    void warning(std::string_view event, const Fields& fields = {}) {
        write(Severity::warning, event, fields);
    }

    void error(std::string_view event, const Fields& fields = {}) {
        write(Severity::error, event, fields);
    }

    void alarm(std::string_view event, const Fields& fields = {}) {
        write(Severity::alarm, event, fields);
    }
};

}  // namespace muster
