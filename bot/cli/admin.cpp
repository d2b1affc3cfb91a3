#include "bot/cli/admin.hpp"

#include <algorithm>

#include "adapters/json/strict.hpp"

namespace muster::cli {
namespace {

constexpr auto freshest_heartbeat = 3min;
constexpr auto longest_jump = 24h * 400;

http::Response json_response(int status, json::Object object) {
    http::Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = json::dump(std::move(object)) + "\n";
    return response;
}

}  // namespace

std::optional<Instant> next_event(View& view) {
    auto timer = view.earliest_timer();
    auto delivery = view.next_delivery_after(Instant::min());
    if (!timer) return delivery;
    if (!delivery) return timer;
    return std::min(*timer, *delivery);
}

void Admin::add_to(http::Routes& routes) {
    http::Route live;
    live.method = "GET";
    live.path = "/livez";
    live.handler = [](http::Request) -> Task<http::Response> {
        http::Response response;
        response.body = "ok\n";
        co_return response;
    };
    routes.add(std::move(live));

    http::Route is_ready;
    is_ready.method = "GET";
    is_ready.path = "/readyz";
    is_ready.handler = [this](http::Request request) { return ready(std::move(request)); };
    routes.add(std::move(is_ready));

    if (!parts_.demo_clock) return;
    http::Route clock;
    clock.method = "POST";
    clock.path = "/clock";
    clock.body_limit = 1024;
    clock.content_types = {"application/json"};
    clock.handler = [this](http::Request request) { return move_clock(std::move(request)); };
    clock.deadline = 120s;
    routes.add(std::move(clock));
}

// Ready = started, the store can be read, and it was written to lately: the heartbeat is a write.
Task<http::Response> Admin::ready(http::Request) {
    auto look = [](View& view) { return view.last_alive(); };
    auto last = co_await parts_.store.read(look);
    auto is_written = last && parts_.clock.now() - *last < freshest_heartbeat;
    auto is_ready = is_open_ && is_written;
    json::Object state{
        {"started", is_open_}, {"store_readable", true}, {"store_written", is_written}};
    co_return json_response(is_ready ? 200 : 503, std::move(state));
}

Task<> Admin::jump_to(Instant target) {
    if (!is_open_) throw std::runtime_error("the bot is still starting");
    DemoClock::NextTimer next = [this]() -> Task<std::optional<Instant>> {
        auto look = [](View& view) { return next_event(view); };
        return parts_.store.read(look);
    };
    DemoClock::Settled settled = [this] { return parts_.service.settled(); };
    co_await parts_.demo_clock->jump_to(target, next, settled);
}

// {"to": "2026-11-24T09:30:00.000Z"}: never backwards.
Task<http::Response> Admin::move_clock(http::Request request) {
    auto parsed = json::parse(request.body);
    auto target = parsed ? instant_from(parsed->text_of("to")) : std::nullopt;
    auto now = parts_.clock.now();
    if (!target || *target < now || *target > now + longest_jump) {
        json::Object problem{{"error", "to: an instant from now on, at most 400 days away"}};
        co_return json_response(400, std::move(problem));
    }
    if (is_jumping_ || !is_open_) {
        json::Object problem{
            {"error", "the clock is moving already, or the bot is still starting"}};
        co_return json_response(409, std::move(problem));
    }
    is_jumping_ = true;
    std::exception_ptr failure;
    try {
        co_await jump_to(*target);
    } catch (...) {
        failure = std::current_exception();
    }
    is_jumping_ = false;
    if (failure) std::rethrow_exception(failure);
    json::Object state{{"now", to_text(parts_.clock.now())}};
    co_return json_response(200, std::move(state));
}

}  // namespace muster::cli
