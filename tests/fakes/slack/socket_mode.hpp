#pragma once

#include <map>
#include <set>

#include "bot/ports/http_client.hpp"
#include "tests/fakes/slack/app_answers.hpp"

// Socket Mode as Slack runs it (protocols/slack.md 6): what becomes of tickets, connections and
// envelopes. Pure: whoever carries the frames says what happens when.
namespace muster::fake_slack {

class SocketMode {
public:
    using LineId = int;

    // Everything must outlive it.
    SocketMode(Workspace& workspace, AppAnswers& answers, Complaints& complaints)
        : workspace_(workspace), answers_(answers), complaints_(complaints) {}

    // apps.connections.open: a ticket that is good once, for half a minute.
    json::Object open_connection(const HttpCall&, Instant now);

    // nullopt: the ticket is no good, or there are ten connections.
    std::optional<LineId> connect(const std::string& url, Instant now);
    std::string hello() const;

    // Slack is going to close this line: the app should have another by then.
    std::string disconnect(LineId, const std::string& reason);

    enum class Closer { app, slack, nobody };  // nobody: the line was cut
    void gone(LineId, Closer, Instant now);

    struct Sent {
        LineId line = 0;
        std::string envelope;
        std::string frame;
    };

    // To one of the lines in turn; nullopt: there is none. What is answered to a copy reaches
    // nobody.
    std::optional<Sent> send(const AppRequest&, Instant now, bool is_copy = false);

    // An acknowledgement.
    void hear(LineId, std::string_view frame, Instant now);

    // 3 s have passed since it was sent: what Slack does now if nothing has come.
    std::optional<Again> give_up(const std::string& envelope, Instant now);

    bool is_acknowledged(const std::string& envelope) const {
        return envelopes_.at(envelope).is_acknowledged;
    }

    // nullopt: none yet.
    std::optional<AppAnswer> answer_to(const std::string& envelope) const;

    std::set<LineId> lines() const;

    int acknowledged() const { return acknowledged_; }

    int times_asked() const { return times_asked_; }

    int tickets_given() const { return tickets_given_; }

    std::string refusal;  // of every new connection: "invalid_auth"; "" = none

private:
    struct Line {
        bool was_told = false;  // that Slack is going to close it
    };

    struct Envelope {
        AppRequest request;
        LineId line = 0;
        Instant sent_at{};
        bool is_acknowledged = false;
        bool takes_payload = false;
        bool is_copy = false;
        AppAnswer answer{};
    };

    void blame(Instant now, const std::string& what) {
        complaints_.violation(now, "socket mode", what);
    }

    Workspace& workspace_;
    AppAnswers& answers_;
    Complaints& complaints_;
    std::map<std::string, Instant> tickets_;
    std::map<LineId, Line> lines_;
    std::map<std::string, Envelope> envelopes_;
    LineId last_line_ = 0;
    LineId last_used_ = 0;
    int acknowledged_ = 0;
    int times_asked_ = 0;
    int tickets_given_ = 0;
};

}  // namespace muster::fake_slack
