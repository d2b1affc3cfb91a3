#pragma once

#include <list>

#include "adapters/slack/dispatcher.hpp"
#include "adapters/slack/envelope.hpp"
#include "bot/ports/socket_client.hpp"

namespace muster::slack {

struct SocketModeSettings {
    std::string connection;  // as the operator calls it
    std::string api_base_url;
    std::string app_token;

    // What the operator is told to do.
    struct Remedies {
        std::string disabled;  // Socket Mode was turned off
        std::string refused;   // Slack refuses the token
    } remedies = {};
};

// The app that an app-level token is of, "A0123", as far as the token tells; else the token itself.
std::string app_of(const std::string& app_token);

// Slack's other way in (protocols/slack.md 6): Muster opens a web socket to Slack, and what the
// webhooks would bring comes through it, of all workspaces that the app is installed in.
//
// Slack is answered when what it told is committed, on the connection that brought it; what is not
// answered it tells again. A connection that Slack is going to close stays until the next one is
// open and greeted.
class SocketMode {
public:
    // Everything must outlive the last task of `tasks`.
    struct Parts {
        HttpClient& http;
        SocketClient& sockets;
        Dispatcher& dispatcher;
        Clock& clock;
        Entropy& entropy;
        Log& log;
        Metrics& metrics;
        TaskGroup& tasks;
    };

    SocketMode(SocketModeSettings settings, Parts parts);
    ~SocketMode();

    // A workspace that the app is installed in, at any time. Lives as long as `tasks`.
    void add(Installation& installation) { installations_.push_back(&installation); }

    const std::string& app() const { return app_; }

    // Keeps a connection open until it is stopped or cancelled.
    Task<> run();

    // Another token of the same app, from the next connection on, with which it begins at once
    // where there is none. Or nothing changes, and this is what it should have been; "" = it
    // counts.
    std::string renew(std::string app_token);

    // Takes nothing more, answers what is under way, and closes. Resumes within 6 s.
    Task<> stop();

private:
    struct Line;
    using LinePtr = std::shared_ptr<Line>;

    Task<LinePtr> open();
    Task<> serve(LinePtr line);
    Task<> retire(LinePtr line);
    Task<> answer(LinePtr line, Envelope envelope, SteadyInstant arrived);
    void acknowledge(Line& line, const Envelope& envelope, const http::Response& response);

    void hear(const LinePtr& line, std::string_view text);
    void leave(const LinePtr& line, Disconnect::Reason reason);
    void ended(Line& line, std::string reason);

    void refused(const ApiAnswer& answer);
    void failed(const std::string& reason, milliseconds at_least = milliseconds{0});
    void wait_for_somebody(const std::string& reason, const std::string& remedy);
    void opened();
    bool note_life(const Line& line);

    SocketModeSettings settings_;
    Parts parts_;
    std::string app_;
    WebApi api_;
    std::vector<Installation*> installations_;
    LinePtr current_;
    Bell needs_line_;
    SteadyInstant next_try_{};
    int failures_ = 0;  // one after the other
    std::string told_;  // the operator knows
    SteadyInstant down_since_{};
    bool is_down_ = false;
    bool is_stopping_ = false;
};

}  // namespace muster::slack
