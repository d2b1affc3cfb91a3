#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "bot/ports/task.hpp"

namespace muster {

// One call to a server of somebody else.
struct HttpCall {
    std::string method = "POST";
    std::string url;  // absolute, without a fragment
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    bool may_repeat = false;  // to make it twice does no harm: an idle connection may be used again
};

struct HttpAnswer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;

    // The first of that name, in lower case.
    std::optional<std::string> header(std::string_view name) const;
};

// No answer came.
struct HttpFailure {
    enum class Kind {
        not_sent,   // nothing of the request was written: it may be made again
        ambiguous,  // the server may have read it, and acted upon it
    };

    Kind kind = Kind::not_sent;
    std::string reason;  // for the log: "could not connect", "wrong certificate"; never content
};

using HttpResult = std::variant<HttpAnswer, HttpFailure>;

// Bytes to other people's servers and back, with deadlines (spec/security.md E).
//
// Ends within 10 seconds, whatever the server does. Follows no redirect. Throws only
// operation_aborted, and only when the task was cancelled.
class HttpClient {
public:
    virtual ~HttpClient() = default;

    virtual Task<HttpResult> call(HttpCall) = 0;
};

}  // namespace muster
