#include "tests/fakes/slack/socket_client.hpp"

#include <deque>

namespace muster::fake_slack {

using Closer = SocketMode::Closer;

// One connection, shared by both ends and by what is on its way.
class FakeSlackSockets::Line : public std::enable_shared_from_this<Line> {
public:
    Line(FakeSlackSockets& of, SocketMode::LineId called, milliseconds travels)
        : all(of), id(called), one_way(travels) {}

    void end(Closer closer, std::string why) {
        if (is_over) return;
        is_over = true;
        reason = std::move(why);
        all.slack_.sockets().gone(id, closer, all.clock_.now());
        all.lines_.erase(id);
        came.ring();
    }

    FakeSlackSockets& all;
    SocketMode::LineId id;
    milliseconds one_way;
    std::deque<std::string> unread;
    Bell came;
    bool is_over = false;
    std::string reason;

    class End;
};

// The app's.
class FakeSlackSockets::Line::End final : public Socket {
public:
    explicit End(std::shared_ptr<Line> line) : line_(std::move(line)) {}

    ~End() override { line_->end(Closer::app, "closed by us"); }

    Task<std::variant<std::string, SocketEnd>> read() override {
        auto line = line_;
        while (line->unread.empty() && !line->is_over)
            co_await line->all.clock_.pause(24h, line->came);
        if (line->unread.empty()) co_return SocketEnd{line->reason};
        auto text = std::move(line->unread.front());
        line->unread.pop_front();
        co_return text;
    }

    bool write(std::string text) override {
        if (line_->is_over) return false;
        auto& all = line_->all;
        all.afterwards_.spawn(all.carry_to_slack(line_, std::move(text)));
        return true;
    }

    Task<> close() override {
        auto line = line_;
        // That the other is cut meanwhile is nobody's fault.
        auto has_other = line->all.lines_.size() > 1;
        co_await line->all.clock_.pause(2 * line->one_way);
        line->end(has_other ? Closer::nobody : Closer::app, "closed by us");
    }

private:
    std::shared_ptr<Line> line_;
};

Task<std::variant<std::unique_ptr<Socket>, SocketEnd>> FakeSlackSockets::open(std::string url) {
    auto one_way = random_.between(2ms, 120ms);
    co_await clock_.pause(4 * one_way);
    auto id = slack_.sockets().connect(url, clock_.now());
    if (!id) co_return SocketEnd{"refuses with 403"};
    auto line = std::make_shared<Line>(*this, *id, one_way);
    lines_[*id] = line;
    afterwards_.spawn(greet(line));
    std::unique_ptr<Socket> socket = std::make_unique<Line::End>(line);
    co_return socket;
}

void FakeSlackSockets::tell(AppRequest request) {
    afterwards_.spawn(deliver(std::move(request)));
}

void FakeSlackSockets::let_go() {
    while (!lines_.empty()) {
        auto line = lines_.begin()->second;
        line->end(Closer::nobody, "the process ended");
    }
}

void FakeSlackSockets::cut_one() {
    if (lines_.empty()) return;
    auto chosen =
        std::next(lines_.begin(), random_.between(0, static_cast<std::int64_t>(lines_.size()) - 1));
    ++cuts_;
    auto line = chosen->second;
    line->end(Closer::nobody, "cut");
}

void FakeSlackSockets::say_goodbye(const std::string& reason, milliseconds closes_after) {
    for (const auto& [id, line] : lines_) {
        afterwards_.spawn(carry_to_app(line, slack_.sockets().disconnect(id, reason)));
        afterwards_.spawn(close_after(line, closes_after));
    }
}

Task<> FakeSlackSockets::deliver(AppRequest request) {
    for (;;) {
        auto told = co_await tell_once(request);
        if (told.answer) co_return;
        if (!told.again && request.kind == AppRequest::Kind::event) ++untold_;
        if (!told.again) co_return;
        co_await clock_.pause(told.again->at - clock_.now());
        request = signed_at(
            std::move(told.again->request), slack_.workspace().installation, clock_.now()
        );
    }
}

Task<FakeSlackSockets::Told> FakeSlackSockets::tell_once(AppRequest request, bool is_copy) {
    constexpr milliseconds between_looks = 20ms;
    Told told;
    auto sent = slack_.sockets().send(request, clock_.now(), is_copy);
    if (!sent) {
        if (!is_copy) told.again = slack_.hear(request, {}, clock_.now());
        co_return told;
    }
    auto line = lines_.find(sent->line);
    if (line != lines_.end()) afterwards_.spawn(carry_to_app(line->second, std::move(sent->frame)));
    auto void_at = clock_.steady_now() + 3s;
    while (!told.answer && clock_.steady_now() < void_at) {
        co_await clock_.pause(between_looks);
        told.answer = slack_.sockets().answer_to(sent->envelope);
    }
    if (!told.answer) told.again = slack_.sockets().give_up(sent->envelope, clock_.now());
    co_return told;
}

Task<> FakeSlackSockets::greet(std::shared_ptr<Line> line) {
    if (longest_to_hello_ > 0ms) co_await clock_.pause(random_.between(0ms, longest_to_hello_));
    co_await carry_to_app(line, slack_.sockets().hello());
}

Task<> FakeSlackSockets::carry_to_app(std::shared_ptr<Line> line, std::string frame) {
    co_await clock_.pause(line->one_way);
    if (line->is_over) co_return;
    line->unread.push_back(std::move(frame));
    line->came.ring();
}

Task<> FakeSlackSockets::carry_to_slack(std::shared_ptr<Line> line, std::string frame) {
    co_await clock_.pause(line->one_way);
    if (!line->is_over) slack_.sockets().hear(line->id, frame, clock_.now());
}

Task<> FakeSlackSockets::close_after(std::shared_ptr<Line> line, milliseconds length) {
    co_await clock_.pause(length);
    line->end(Closer::slack, "closed by the peer");
}

}  // namespace muster::fake_slack
