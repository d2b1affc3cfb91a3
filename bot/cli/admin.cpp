#include "bot/cli/admin.hpp"

#include <algorithm>

#include "adapters/json/strict.hpp"
#include "adapters/system/process.hpp"
#include "bot/cli/prometheus_text.hpp"
#include "bot/ports/measures.hpp"

namespace muster::cli {
namespace {

// Healthchecks wait 5 s, and a store that does not answer must not keep the rest from being told.
constexpr auto patience_with_the_store = 2s;
constexpr std::size_t most_questions = 8;
constexpr auto longest_jump = 24h * 400;

http::Response json_response(int status, json::Object object) {
    http::Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = json::dump(std::move(object)) + "\n";
    return response;
}

void measure_the_process(Metrics& metrics) {
    auto figures = look_at_this_process();
    auto set = [&](const Gauge& gauge, const std::optional<double>& value) {
        if (value) metrics.set(gauge, {}, *value);
    };
    set(measures::resident_memory, figures.resident_bytes);
    set(measures::open_fds, figures.open_files);
    set(measures::most_fds, figures.most_open_files);
    set(measures::start_time, figures.started_at);
    if (figures.processor_seconds)
        metrics.count(measures::cpu_time, {}, *figures.processor_seconds);
}

http::Route route_to(const char* path, http::Handler handler) {
    http::Route route;
    route.method = "GET";
    route.path = path;
    route.handler = std::move(handler);
    return route;
}

Task<http::Response> alive(http::Request) {
    http::Response response;
    response.body = "ok\n";
    co_return response;
}

}  // namespace

std::optional<Instant> next_event(View& view) {
    auto timer = view.earliest_timer();
    auto delivery = view.next_delivery_after(Instant::min());
    if (!timer) return delivery;
    if (!delivery) return timer;
    return std::min(*timer, *delivery);
}

struct Admin::Question {
    std::optional<StoreCondition> answer;
    Bell done;
};

Admin::Admin(TaskGroup::Executor loop, Parts parts)
    : parts_(std::move(parts)), questions_(std::move(loop), [](const std::exception_ptr& problem) {
          std::rethrow_exception(problem);
      }) {}

Task<> Admin::stop() {
    co_await questions_.join();
}

void Admin::add_to(http::Routes& routes) {
    routes.add(route_to("/livez", alive));  // whoever reads the answer knows that the loop turns
    routes.add(route_to("/readyz", [this](http::Request request) {
        return ready(std::move(request));
    }));
    routes.add(route_to("/metrics", [this](http::Request request) {
        return metrics(std::move(request));
    }));

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

Task<http::Response> Admin::ready(http::Request) {
    auto store = co_await ask_the_store();
    auto now = parts_.clock.now();
    auto missing = missing_for_readiness(is_open_, store, now);
    json::Object state{
        {"ready", missing.empty()},
        {"missing", json::Array(missing.begin(), missing.end())},
        {"started", is_open_},
        {"store_readable", store.has_value()},
        {"store_written", store && is_written(*store, now)}};
    co_return json_response(missing.empty() ? 200 : 503, std::move(state));
}

Task<bool> Admin::is_ready() {
    auto store = co_await ask_the_store();
    co_return missing_for_readiness(is_open_, store, parts_.clock.now()).empty();
}

// What is counted since the start, and what is to be seen now. A figure that cannot be had is
// absent rather than old.
Task<http::Response> Admin::metrics(http::Request) {
    auto store = co_await ask_the_store();
    auto now = parts_.clock.now();
    Metrics seen;
    if (store) measure(seen, *store, now);
    auto is_ready = missing_for_readiness(is_open_, store, now).empty();
    seen.set(measures::ready, {}, is_ready ? 1 : 0);
    measure_the_process(seen);
    parts_.measure(seen);
    http::Response response;
    response.content_type = prometheus_type;
    response.body = prometheus_text({&parts_.metrics, &seen});
    co_return response;
}

Task<std::optional<StoreCondition>> Admin::ask_the_store() {
    if (questions_.size() >= most_questions) co_return std::nullopt;
    auto question = std::make_shared<Question>();
    questions_.spawn(answer(question));
    co_await parts_.clock.pause(patience_with_the_store, question->done);
    co_return question->answer;
}

Task<> Admin::answer(std::shared_ptr<Question> question) {
    try {
        question->answer = co_await condition_of(parts_.store, parts_.clock.now());
    } catch (const std::exception&) {
        question->answer.reset();  // no answer is an answer: it cannot be read
    }
    question->done.ring();
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
