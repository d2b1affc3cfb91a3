#pragma once

#include "adapters/http/routes.hpp"
#include "adapters/system/demo_clock.hpp"
#include "bot/app/service.hpp"

namespace muster::cli {

// When something happens next: a timer or a delivery.
std::optional<Instant> next_event(View&);

// What operators ask the running bot: GET /livez, GET /readyz, and POST /clock where time may be
// moved.
class Admin {
public:
    // Everything must outlive the server of these routes.
    struct Parts {
        Store& store;
        Clock& clock;
        DemoClock* demo_clock;  // nullptr: time cannot be moved
        Service& service;
    };

    explicit Admin(Parts parts) : parts_(parts) {}

    void add_to(http::Routes& routes);

    // The service has started: from now on the bot may be ready and time may be moved.
    void open() { is_open_ = true; }

    // Moves the demo clock through every event up to `target`; resumes when all of it has happened.
    Task<> jump_to(Instant target);

private:
    Task<http::Response> ready(http::Request request);
    Task<http::Response> move_clock(http::Request request);

    Parts parts_;
    bool is_open_ = false;
    bool is_jumping_ = false;
};

}  // namespace muster::cli
