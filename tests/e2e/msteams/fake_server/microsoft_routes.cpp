#include "tests/e2e/msteams/fake_server/microsoft_routes.hpp"

namespace muster::fake_teams {
namespace {

constexpr std::size_t largest_body = 1024 * 1024;
constexpr auto on_the_wire = 5ms;

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

// {"method","url","headers":{...},"body"}
HttpCall call_in(const json::Value& handed_over) {
    HttpCall call;
    call.method = handed_over.text_of("method");
    call.url = handed_over.text_of("url");
    call.body = handed_over.text_of("body");
    const auto* headers = handed_over.find("headers");
    if (headers && headers->object())
        for (const auto& [name, value] : *headers->object())
            if (value.text()) call.headers.emplace_back(name, *value.text());
    return call;
}

}  // namespace

void MicrosoftRoutes::add_to(http::Routes& routes) {
    routes.add(
        {.method = "POST",
         .path = "/_microsoft",
         .body_limit = largest_body,
         .handler = [this](http::Request request) { return serve(std::move(request)); },
         .deadline = 30s}
    );
}

Task<http::Response> MicrosoftRoutes::serve(http::Request request) {
    auto handed_over = json::parse(request.body);
    auto call = handed_over ? call_in(*handed_over) : HttpCall{};
    auto is_alone = teams_.begin(call, clock_.now());
    co_await clock_.pause(on_the_wire);
    auto answer = is_alone ? teams_.handle(call, clock_.now()) : HttpAnswer{412, {}, ""};
    teams_.end(call);
    auto changes = call.method != "GET" && teams_.connector().is_asked_by(call);
    if (changes && !failures_.empty()) {
        answer = HttpAnswer{failures_.front(), {}, "<html>failed</html>"};
        failures_.pop_front();
    }
    co_return response_of(answer);
}

}  // namespace muster::fake_teams
