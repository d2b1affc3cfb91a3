#include "tests/e2e/slack/fake_server/api_routes.hpp"

#include "tests/fakes/slack/form.hpp"

namespace muster::fake_slack {
namespace {

constexpr std::size_t largest_body = 1024 * 1024;
constexpr auto longest_answer = 60s;
constexpr auto on_the_wire = 250ms;  // calls that left meanwhile know nothing of the answer
constexpr auto longer_than_any_caller_waits = 11s;

http::Response response_of(const HttpAnswer& answer) {
    http::Response response;
    response.status = answer.status;
    response.body = answer.body;
    for (const auto& [name, value] : answer.headers) {
        if (name == "content-type")
            response.content_type = value;
        else
            response.headers.push_back({name, value});
    }
    return response;
}

}  // namespace

void ApiRoutes::add_to(http::Routes& routes) {
    auto handler = [this](http::Request request) { return serve(std::move(request)); };
    for (const auto* method : {"GET", "POST"})
        for (const auto* path : {"/api/*", "/response/*"})
            routes.add(
                {.method = method,
                 .path = path,
                 .body_limit = largest_body,
                 .handler = handler,
                 .deadline = longest_answer}
            );
}

Task<http::Response> ApiRoutes::serve(http::Request request) {
    auto call = call_in(request);
    auto trouble = troubles_.of(slack_.name_of(call));
    slack_.made(call, moment());
    co_await clock_.pause(one_way_);
    auto answer = slack_.arrived(call, moment(), trouble);
    app_.tell_soon();
    co_await clock_.pause(one_way_);
    if (trouble.kind == Trouble::Kind::slow) co_await clock_.pause(trouble.length);
    if (trouble.kind == Trouble::Kind::answer_lost)
        co_await clock_.pause(longer_than_any_caller_waits);
    auto gets_it = moment();
    gets_it.steady += on_the_wire;
    slack_.heard(call, answer, gets_it);
    co_return response_of(answer);
}

HttpCall ApiRoutes::call_in(const http::Request& request) const {
    FormFields query;
    for (const auto& field : request.query)
        query.emplace_back(field.name, field.value);
    HttpCall call;
    call.method = request.method;
    call.url = address_ + request.path + (query.empty() ? "" : "?" + encoded(query));
    for (const auto& field : request.headers)
        call.headers.emplace_back(field.name, field.value);
    call.body = request.body;
    return call;
}

}  // namespace muster::fake_slack
