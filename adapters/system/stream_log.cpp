#include "adapters/system/stream_log.hpp"

#include "adapters/system/redaction.hpp"

namespace muster {
namespace {

const char* name(Log::Severity severity) {
    switch (severity) {
        case Log::Severity::info: return "info";
        case Log::Severity::warning: return "warning";
        case Log::Severity::error: return "error";
        case Log::Severity::alarm: return "alarm";
    }
    return "";
}

// Everything beyond printable ASCII is written as \u00XX of its bytes: a log is for grep, not for
// reading names.
void append_quoted(std::string& line, std::string_view words) {
    constexpr std::string_view hex = "0123456789abcdef";
    line += '"';
    for (auto character : words) {
        auto byte = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            line += '\\';
            line += character;
        } else if (byte < 0x20 || byte >= 0x7f) {
            line += "\\u00";
            line += hex[byte >> 4U];
            line += hex[byte & 0xfU];
        } else {
            line += character;
        }
    }
    line += '"';
}

}  // namespace

void StreamLog::write(Severity severity, std::string_view event, const Fields& fields) {
    if (severity < least_) return;
    std::string line =
        "{\"at\":\"" + to_text(clock_.now()) + "\",\"level\":\"" + name(severity) + "\",\"event\":";
    append_quoted(line, event);
    for (const auto& [field, value] : fields) {
        line += ',';
        append_quoted(line, field);
        line += ':';
        append_quoted(line, redacted(value));
    }
    line += "}\n";
    std::fwrite(line.data(), 1, line.size(), stream_);
    std::fflush(stream_);
}

}  // namespace muster
