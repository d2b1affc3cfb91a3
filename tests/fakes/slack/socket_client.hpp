#pragma once

#include "bot/ports/clock.hpp"
#include "bot/ports/socket_client.hpp"
#include "bot/ports/task_group.hpp"
#include "tests/fakes/slack/fake_slack.hpp"

namespace muster::fake_slack {

// Web sockets to a FakeSlack in Socket Mode, on a clock: frames take their time, lines are cut, and
// what is not acknowledged comes again.
class FakeSlackSockets final : public SocketClient {
public:
    // Everything must outlive the last task of `afterwards`, which runs what happens at Slack.
    FakeSlackSockets(FakeSlack& slack, Clock& clock, TaskGroup& afterwards, sim::Random random)
        : slack_(slack), clock_(clock), afterwards_(afterwards), random_(random) {}

    Task<std::variant<std::unique_ptr<Socket>, SocketEnd>> open(std::string url) override;

    // Slack has this to tell, now and until it is acknowledged.
    void tell(AppRequest request);

    // The same once, for the 3 s that Slack waits.
    struct Told {
        std::optional<AppAnswer> answer;  // nullopt: not acknowledged
        std::optional<Again> again;       // what Slack does now
    };

    Task<Told> tell_once(AppRequest request, bool is_copy = false);

    // Lines are greeted so much later at most.
    void greet_late(milliseconds longest) { longest_to_hello_ = longest; }

    // The app's process ends: that its lines close is nobody's fault.
    void let_go();

    // One of the lines is cut, with what is on its way.
    void cut_one();

    // Slack says so on every line, and closes those that are still there after a while.
    void say_goodbye(const std::string& reason, milliseconds closes_after);

    int cuts() const { return cuts_; }

    // Events that were told as often as Slack tells them, and never acknowledged.
    int untold() const { return untold_; }

private:
    class Line;

    Task<> deliver(AppRequest request);
    Task<> greet(std::shared_ptr<Line> line);
    Task<> carry_to_app(std::shared_ptr<Line> line, std::string frame);
    Task<> carry_to_slack(std::shared_ptr<Line> line, std::string frame);
    Task<> close_after(std::shared_ptr<Line> line, milliseconds length);

    FakeSlack& slack_;
    Clock& clock_;
    TaskGroup& afterwards_;
    sim::Random random_;
    std::map<SocketMode::LineId, std::shared_ptr<Line>> lines_;
    milliseconds longest_to_hello_{0};
    int cuts_ = 0;
    int untold_ = 0;
};

}  // namespace muster::fake_slack
