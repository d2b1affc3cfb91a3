#include "adapters/slack/socket_mode.hpp"

#include <algorithm>

#include "adapters/slack/outcome.hpp"
#include "bot/ports/measures.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 2'900ms;   // of an envelope; Slack's is 3 s
constexpr auto until_hello = 10s;    // from when the socket is open
constexpr auto until_answered = 4s;  // what is under way on a line that closes
constexpr auto short_life = 10s;     // a line that ends sooner was none
constexpr milliseconds first_pause = 1s;
constexpr milliseconds longest_pause = 1min;
constexpr milliseconds until_somebody_acts = 10min;
constexpr auto unheard_of = 2min;           // without a line: somebody must look
constexpr std::size_t most_under_way = 64;  // on one line; more wait to be read

const std::string slack = "slack";

bool is_refused_for_good(const ApiAnswer& answer) {
    auto reading = reading_of(answer);
    return reading == Reading::suspended || reading == Reading::never;
}

// To tell it again would not help.
bool says_never_again(const http::Response& response) {
    auto says_so = [](const http::Field& field) { return field.name == "X-Slack-No-Retry"; };
    return std::ranges::any_of(response.headers, says_so);
}

}  // namespace

// One connection.
struct SocketMode::Line {
    bool serves() const { return is_greeted && !is_leaving && !is_over; }

    std::unique_ptr<Socket> socket;
    SteadyInstant opened_at{};
    bool is_greeted = false;
    bool is_leaving = false;  // Slack is going to close it
    bool is_over = false;
    bool is_retiring = false;
    std::size_t under_way = 0;
    Bell greeted;   // or over
    Bell has_room;  // for one more under way
    Bell is_idle;   // nothing under way, or over
};

// "xapp-1-A0123-456-abc".
std::string app_of(const std::string& app_token) {
    constexpr std::string_view before = "xapp-1-";
    if (!app_token.starts_with(before)) return app_token;
    auto app = app_token.substr(before.size());
    app.resize(std::min(app.find('-'), app.size()));
    return app.starts_with('A') ? app : app_token;
}

SocketMode::SocketMode(SocketModeSettings settings, Parts parts)
    : settings_(std::move(settings)),
      parts_(parts),
      app_(app_of(settings_.app_token)),
      api_(parts.http, parts.clock, settings_.api_base_url, settings_.app_token) {}

SocketMode::~SocketMode() = default;

Task<> SocketMode::run() {
    while (!is_stopping_) {
        if (current_ && current_->serves()) {
            co_await parts_.clock.pause(1h, needs_line_);
            continue;
        }
        auto now = parts_.clock.steady_now();
        if (now < next_try_) {
            co_await parts_.clock.pause(next_try_ - now, needs_line_);
            continue;
        }
        auto next = co_await open();
        if (!next) continue;
        auto old = std::exchange(current_, next);
        if (old && !old->is_over) parts_.tasks.spawn(retire(old));
    }
}

Task<> SocketMode::stop() {
    is_stopping_ = true;
    needs_line_.ring();
    auto last = std::exchange(current_, nullptr);
    if (last && !last->is_over) co_await retire(last);
}

std::string SocketMode::renew(std::string app_token) {
    auto app = app_of(app_token);
    auto both_tell = app_.starts_with('A') && app.starts_with('A');
    if (both_tell && app != app_) return "a token of the app " + app_ + ", and not of " + app;
    app_ = std::move(app);
    api_.use(std::move(app_token));
    told_.clear();
    next_try_ = parts_.clock.steady_now();
    needs_line_.ring();
    return {};
}

// nullptr: it did not work; next_try_ says when to try again.
Task<SocketMode::LinePtr> SocketMode::open() {
    auto answer = co_await api_.call("apps.connections.open", {}, true);
    auto url = answer.body.text_of("url");
    if (!answer.ok || url.empty()) {
        refused(answer);
        co_return nullptr;
    }
    auto result = co_await parts_.sockets.open(std::move(url));
    if (const auto* end = std::get_if<SocketEnd>(&result)) {
        failed(end->reason);
        co_return nullptr;
    }
    auto line = std::make_shared<Line>();
    line->socket = std::move(std::get<std::unique_ptr<Socket>>(result));
    line->opened_at = parts_.clock.steady_now();
    parts_.tasks.spawn(serve(line));
    auto until = line->opened_at + until_hello;
    while (!line->is_greeted && !line->is_over && !line->is_leaving) {
        auto left = until - parts_.clock.steady_now();
        if (left <= 0ms) break;
        co_await parts_.clock.pause(left, line->greeted);
    }
    if (line->serves()) {
        opened();
        co_return line;
    }
    auto was_told = line->is_over || line->is_leaving;
    if (!was_told) failed("no hello");
    if (!line->is_over) parts_.tasks.spawn(retire(line));
    co_return nullptr;
}

Task<> SocketMode::serve(LinePtr line) {
    for (;;) {
        auto read = co_await line->socket->read();
        if (const auto* end = std::get_if<SocketEnd>(&read)) {
            ended(*line, end->reason);
            co_return;
        }
        hear(line, std::get<std::string>(read));
        while (line->under_way >= most_under_way)
            co_await parts_.clock.pause(patience, line->has_room);
    }
}

// Answers go out on the line that brought the question, so it stays until they have.
Task<> SocketMode::retire(LinePtr line) {
    if (std::exchange(line->is_retiring, true)) co_return;
    auto until = parts_.clock.steady_now() + until_answered;
    while (line->under_way > 0 && !line->is_over) {
        auto left = until - parts_.clock.steady_now();
        if (left <= 0ms) break;
        co_await parts_.clock.pause(left, line->is_idle);
    }
    co_await line->socket->close();
}

void SocketMode::hear(const LinePtr& line, std::string_view text) {
    auto frame = frame_in(text);
    if (std::holds_alternative<Hello>(frame)) {
        line->is_greeted = true;
        line->greeted.ring();
    } else if (const auto* disconnect = std::get_if<Disconnect>(&frame)) {
        leave(line, disconnect->reason);
    } else if (auto* envelope = std::get_if<Envelope>(&frame)) {
        if (is_stopping_) return;  // not answered: Slack tells the next process
        ++line->under_way;
        parts_.tasks.spawn(answer(line, std::move(*envelope), parts_.clock.steady_now()));
    } else {
        parts_.metrics.count(measures::webhook_ignored, {"unknown_frame"});
    }
}

void SocketMode::leave(const LinePtr& line, Disconnect::Reason reason) {
    auto is_disabled = reason == Disconnect::Reason::disabled;
    if (line->is_leaving && !is_disabled) return;
    line->is_leaving = true;
    if (!is_disabled && !note_life(*line)) failed("closed at once");
    if (is_disabled) {
        parts_.tasks.spawn(retire(line));
        wait_for_somebody("link_disabled", settings_.remedies.disabled);
    }
    parts_.metrics.count(measures::socket_leaves, {slack, is_disabled ? "disabled" : "renewal"});
    line->greeted.ring();
    needs_line_.ring();
}

Task<> SocketMode::answer(LinePtr line, Envelope envelope, SteadyInstant arrived) {
    struct UnderWay {
        explicit UnderWay(Line& on) : line(on) {}

        UnderWay(const UnderWay&) = delete;
        UnderWay& operator=(const UnderWay&) = delete;

        ~UnderWay() {
            --line.under_way;
            line.has_room.ring();
            if (line.under_way == 0) line.is_idle.ring();
        }

        Line& line;
    } under_way{*line};

    auto addressed = installations_;
    auto heard = heard_in(envelope, identities_of(addressed));
    auto response =
        co_await parts_.dispatcher.answer(std::move(heard), std::move(addressed), arrived);
    auto took = parts_.clock.steady_now() - arrived;
    auto code = std::to_string(response.status);
    parts_.metrics.count(measures::webhook_requests, {slack, name_of(envelope.kind), code});
    parts_.metrics.observe(measures::webhook_ack, {slack}, took);
    // Slack has given up, and tells it again. It is known then.
    if (took > patience) {
        parts_.metrics.count(measures::socket_unanswered, {slack, "late"});
        co_return;
    }
    acknowledge(*line, envelope, response);
}

// An event that nobody can read is acknowledged, or it would come for ever. A form or a command of
// the kind is not: its person sees that it failed, and the form stays open.
void SocketMode::acknowledge(Line& line, const Envelope& envelope, const http::Response& response) {
    auto is_event = envelope.kind == Envelope::Kind::event;
    auto is_done = response.status == 200 || (is_event && says_never_again(response));
    if (!is_done) {
        parts_.metrics.count(measures::socket_unanswered, {slack, "not_saved"});
        return;
    }
    if (!line.socket->write(acknowledgement_of(envelope, response.body)))
        parts_.metrics.count(measures::socket_unanswered, {slack, "line_lost"});
}

void SocketMode::ended(Line& line, std::string reason) {
    line.is_over = true;
    line.greeted.ring();
    line.is_idle.ring();
    auto was_replaced = current_ && current_.get() != &line;
    if (line.is_leaving || is_stopping_ || (was_replaced && line.is_greeted))
        return needs_line_.ring();
    parts_.log.warning(
        "slack.socket_lost", {{"connection", settings_.connection}, {"reason", reason}}
    );
    parts_.metrics.count(measures::socket_leaves, {slack, "lost"});
    if (note_life(line))
        next_try_ = parts_.clock.steady_now();
    else
        failed(reason);
    needs_line_.ring();
}

// ---- how it goes

// Whether it was a line at all. A greeting alone proves nothing: what lies between us and Slack may
// let that through, and nothing after it.
bool SocketMode::note_life(const Line& line) {
    if (!line.is_greeted || parts_.clock.steady_now() - line.opened_at < short_life) return false;
    failures_ = 0;
    told_.clear();
    is_down_ = false;
    return true;
}

void SocketMode::opened() {
    parts_.metrics.count(measures::socket_opened, {slack});
    parts_.log.info("slack.socket_open", {{"connection", settings_.connection}});
}

void SocketMode::refused(const ApiAnswer& answer) {
    auto reason = answer.error.empty() ? std::string{"unreadable"} : answer.error;
    if (!answer.ok && is_refused_for_good(answer))
        return wait_for_somebody(reason, settings_.remedies.refused);
    failed(answer.detail.empty() ? reason : reason + ": " + answer.detail, answer.retry_after);
}

// Nothing changes by trying, until somebody has done something.
void SocketMode::wait_for_somebody(const std::string& reason, const std::string& remedy) {
    if (told_ != reason)
        parts_.log.alarm(
            "slack.socket_refused",
            {{"connection", settings_.connection}, {"reason", reason}, {"remedy", remedy}}
        );
    told_ = reason;
    parts_.metrics.count(measures::socket_failures, {slack, "refused"});
    next_try_ = parts_.clock.steady_now() + until_somebody_acts;
}

void SocketMode::failed(const std::string& reason, milliseconds at_least) {
    auto now = parts_.clock.steady_now();
    if (failures_ == 0) down_since_ = now;
    auto doublings = std::min(failures_, 6);
    ++failures_;
    auto pause = std::min(first_pause * (1 << doublings), longest_pause);
    auto chance = 0.5 + parts_.entropy.fraction() / 2;
    pause = milliseconds{static_cast<std::int64_t>(static_cast<double>(pause.count()) * chance)};
    next_try_ = now + std::max(pause, at_least);
    parts_.metrics.count(measures::socket_failures, {slack, "failed"});

    Log::Fields fields{{"connection", settings_.connection}, {"reason", reason}};
    auto serves = current_ && current_->serves();
    auto is_alarming = !serves && !is_down_ && now - down_since_ >= unheard_of;
    if (is_alarming) {
        is_down_ = true;
        return parts_.log.alarm("slack.socket_down", fields);
    }
    parts_.log.warning("slack.socket_failed", fields);
}

}  // namespace muster::slack
