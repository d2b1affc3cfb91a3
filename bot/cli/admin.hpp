#pragma once

#include "adapters/http/routes.hpp"
#include "adapters/system/demo_clock.hpp"
#include "bot/app/service.hpp"
#include "bot/cli/condition.hpp"

namespace muster::cli {

// When something happens next: a timer or a delivery.
std::optional<Instant> next_event(View&);

// What operators ask the running bot: GET /livez, /readyz and /metrics, and POST /clock where time
// may be moved.
class Admin {
public:
    // Everything must outlive stop().
    struct Parts {
        SqliteStore& store;
        Clock& clock;
        DemoClock* demo_clock;  // nullptr: time cannot be moved
        Service& service;
        Metrics& metrics;                       // counted since the start
        std::function<void(Metrics&)> measure;  // adds what else is to be seen at this moment
    };

    Admin(TaskGroup::Executor loop, Parts parts);

    void add_to(http::Routes& routes);

    // The service has started: from now on the bot may be ready and time may be moved.
    void open() { is_open_ = true; }

    // What /readyz says.
    Task<bool> is_ready();

    // Moves the demo clock through every event up to `target`; resumes when all of it has happened.
    Task<> jump_to(Instant target);

    // The server of the routes has stopped: waits for what the store was asked.
    Task<> stop();

private:
    struct Question;

    Task<http::Response> ready(http::Request request);
    Task<http::Response> metrics(http::Request request);
    Task<http::Response> move_clock(http::Request request);
    Task<std::optional<StoreCondition>> ask_the_store();
    Task<> answer(std::shared_ptr<Question> question);

    Parts parts_;
    TaskGroup questions_;  // that nobody may wait for any more
    bool is_open_ = false;
    bool is_jumping_ = false;
};

}  // namespace muster::cli
