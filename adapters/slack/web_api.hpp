#pragma once

#include <map>

#include "adapters/json/strict.hpp"
#include "adapters/slack/post_turns.hpp"
#include "bot/ports/clock.hpp"
#include "bot/ports/http_client.hpp"
#include "bot/ports/log.hpp"

namespace muster::slack {

// What became of one call of the Web API, in Slack's words.
struct ApiAnswer {
    int status = 0;    // 0: no answer came
    json::Value body;  // what Slack said; null where it said nothing that we can read
    bool ok = false;
    // Slack's code, or ours: "no_answer"; "http_403", an answer that Slack's method did not write;
    // "unreadable", one that it wrote and that we cannot take.
    std::string error;
    milliseconds retry_after{0};         // of a call that came too soon
    bool was_sent = true;                // false: nothing of the request was written
    std::optional<std::string> granted;  // scopes of the token, "chat:write,commands"
    // For the log, and never content: Slack's name for the request, and what failed on the way or
    // where in the blocks the fault lies.
    std::string request_id;
    std::string detail;
};

// Calls methods of one workspace with its token, which goes to no other host.
//
// Keeps to what Slack asks for, whoever calls: after a refusal of a method none of its calls before
// the time that was told, and a post a second to one place. A call that would have to wait longer
// than a moment is answered as Slack would answer it, "ratelimited" or "rate_limited", unsent.
// Where Slack refuses the token, whatever is called until the courier's next probe gets that same
// answer, and until a minute later the question who we are: a good answer to it ends that.
//
// Calls throw only operation_aborted, and only when the task was cancelled.
class WebApi {
public:
    // Everything must outlive it. `base_url` ends with a slash.
    WebApi(HttpClient& http, Clock& clock, std::string base_url, std::string token);

    // `arguments` are sent as JSON for methods that take it, else as a form. `may_repeat`: reading,
    // or what Slack does once however often it is told.
    Task<ApiAnswer> call(std::string method, json::Object arguments, bool may_repeat = false);

    // From now on with this token. Calls that are under way end with the old one; what Slack
    // refuses for the old one's sake is called again with the new one.
    void use(std::string token);

    // The direct message with a person, when an answer has told it.
    std::optional<std::string> direct_message_with(const std::string& user) const;

private:
    Task<ApiAnswer> call_once(std::string method, json::Value asked, bool may_repeat);
    HttpCall request_of(const std::string& method, const json::Object& arguments, bool may_repeat)
        const;
    void learn(const std::string& method, const json::Value& arguments, const ApiAnswer& answer);
    bool is_quiet(const std::string& method, SteadyInstant now) const;
    void keep_direct_message(const std::string& user, const std::string& channel);

    HttpClient& http_;
    Clock& clock_;
    std::string base_url_;
    std::string token_;
    int tokens_used_ = 1;
    std::map<std::string, SteadyInstant> held_back_;  // by method; as many as there are methods
    ApiAnswer last_refusal_;                          // of the token
    std::optional<SteadyInstant> refused_at_;
    PostTurns posts_;
    std::map<std::string, std::string> direct_messages_;  // by user
};

// What Slack's support asks for, of a call that Slack did not carry out. A wait of our own is none.
void log_failure(Log& log, std::string_view method, const ApiAnswer& answer, Log::Fields of = {});

}  // namespace muster::slack
