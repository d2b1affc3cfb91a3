#pragma once

#include <list>

#include "bot/ports/clock.hpp"
#include "bot/ports/http_client.hpp"
#include "bot/ports/task_group.hpp"
#include "tests/fakes/slack/fake_slack.hpp"

namespace muster::fake_slack {

struct Answered {
    std::string path;
    int status = 0;    // 0: nothing came
    std::string body;  // or why nothing came
};

// Carries what Slack has to tell to the app, and what the app answers back into the model.
class AppLine {
public:
    // Everything must outlive the last task of `tasks`. `app` is where Muster listens:
    // "http://127.0.0.1:8080".
    AppLine(FakeSlack& slack, HttpClient& http, Clock& clock, TaskGroup& tasks, std::string app)
        : slack_(slack), http_(http), clock_(clock), tasks_(tasks), app_(std::move(app)) {}

    // Everything that waits in the outbox, in its order. What was not acknowledged comes again by
    // itself.
    Task<std::vector<Answered>> tell_now();

    // The same, while nobody waits for it.
    void tell_soon();

    // Slack tells what it told last once more, as it does when it is not sure.
    Task<std::vector<Answered>> tell_again();

    // How many events wait to come again.
    std::size_t coming_again() const { return waiting_.size(); }

    // They come now: a test need not wait for Slack's minutes.
    void hurry();

private:
    Task<Answered> tell(AppRequest request);
    Task<> tell_later(Again again);

    FakeSlack& slack_;
    HttpClient& http_;
    Clock& clock_;
    TaskGroup& tasks_;
    std::string app_;
    std::optional<AppRequest> last_event_;
    std::list<Bell> waiting_;  // one for each event that is to come again
};

}  // namespace muster::fake_slack
