#include "tests/e2e/msteams/fake_server/control_routes.hpp"

#include <stdexcept>

#include "tests/fakes/msteams/cards.hpp"
#include "tests/fakes/msteams/person.hpp"

namespace muster::fake_teams {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::size_t largest_body = 256 * 1024;

std::string needed(const Value& from, const char* key) {
    auto text = from.text_of(key);
    if (text.empty()) throw std::invalid_argument{std::string{"needs "} + key};
    return text;
}

bool is_set(const Value& from, const char* key) {
    const auto* member = from.find(key);
    return member && *member == Value{true};
}

http::Response json_response(int status, const Value& body) {
    http::Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = json::dump(body);
    return response;
}

Array texts(const std::vector<std::string>& words) {
    Array all;
    for (const auto& word : words)
        all.emplace_back(word);
    return all;
}

Object value_of(const Posted& message) {
    return {
        {"id", message.id},
        {"conversation", message.conversation},
        {"author", message.author},
        {"summary", message.summary},
        {"words", message.card.empty() ? message.words : words_of(message.card)},
        {"buttons", texts(buttons_of(message.card))},
        {"edits", message.edits},
        {"deleted", message.is_deleted},
    };
}

Object value_of(const Dialog& dialog) {
    return {
        {"title", dialog.title},
        {"words", words_of(dialog.card)},
        {"buttons", texts(buttons_of(dialog.card))},
    };
}

}  // namespace

void ControlRoutes::add_to(http::Routes& routes) {
    add(routes, "POST", "/_control/users", &ControlRoutes::add_user);
    add(routes, "POST", "/_control/channels", &ControlRoutes::add_channel);
    add(routes, "POST", "/_control/act", &ControlRoutes::act);
    add(routes, "POST", "/_control/again", &ControlRoutes::again);
    add(routes, "POST", "/_control/set", &ControlRoutes::change);
    add(routes, "POST", "/_control/fail", &ControlRoutes::fail);
    add(routes, "GET", "/_control/state", &ControlRoutes::state);
    add(routes, "GET", "/_control/complaints", &ControlRoutes::complaints);
}

void ControlRoutes::add(http::Routes& routes, const char* method, const char* path, Act wanted) {
    auto handler = [this, wanted](http::Request request) -> Task<http::Response> {
        auto parsed = json::parse(request.body.empty() ? "{}" : request.body);
        if (!parsed || !parsed->object()) co_return json_response(400, "no JSON object");
        std::string problem;
        try {
            auto body = co_await (this->*wanted)(*parsed);
            co_return json_response(200, body);
        } catch (const std::exception& impossible) {
            problem = impossible.what();
        }
        co_return json_response(400, Object{{"error", problem}});
    };
    routes.add(
        {.method = method,
         .path = path,
         .body_limit = largest_body,
         .handler = handler,
         .deadline = 60s}
    );
}

Task<Value> ControlRoutes::add_user(Value body) {
    User user;
    user.id = needed(body, "id");
    user.name = needed(body, "name");
    if (auto zone = body.text_of("zone"); !zone.empty()) user.zone = zone;
    user.is_guest = is_set(body, "guest");
    teams_.tenant().add(std::move(user));
    co_return Object{};
}

Task<Value> ControlRoutes::add_channel(Value body) {
    Channel channel;
    channel.id = needed(body, "id");
    channel.name = needed(body, "name");
    teams_.tenant().add(std::move(channel));
    co_return Object{};
}

Task<Value> ControlRoutes::act(Value body) {
    auto done = let_act(body);
    auto answers = co_await tell_now();
    done.push_back({"answers", std::move(answers)});
    co_return done;
}

Object ControlRoutes::let_act(const Value& body) {
    Person person{teams_, needed(body, "as")};
    auto what = needed(body, "do");
    auto now = clock_.now();
    auto& tenant = teams_.tenant();
    if (what == "add_app") {
        person.adds_app(now);
    } else if (what == "remove_app") {
        person.removes_app(now);
    } else if (what == "add_app_to") {
        person.adds_app_to(needed(body, "channel"), now);
    } else if (what == "remove_app_from") {
        person.removes_app_from(needed(body, "channel"), now);
    } else if (what == "say") {
        return {{"id", person.says(needed(body, "text"), now)}};
    } else if (what == "mention") {
        auto id = person.mentions_app_in(needed(body, "channel"), body.text_of("text"), now);
        return {{"id", id}};
    } else if (what == "edit") {
        person.edits(needed(body, "line"), needed(body, "text"), now);
    } else if (what == "delete") {
        person.deletes(needed(body, "line"), now);
    } else if (what == "press") {
        auto id = needed(body, "message");
        for (const auto& message : tenant.messages())
            if (message.id == id) {
                const auto pressed = message;
                person.presses(pressed, needed(body, "button"), now);
                return {};
            }
        throw std::invalid_argument{"no message " + id};
    } else if (what == "enter") {
        person.enters(needed(body, "label"), body.text_of("value"));
    } else if (what == "submit") {
        return {{"sent", person.submits(now)}};
    } else if (what == "dismiss") {
        person.dismisses(now);
    } else if (what == "close") {
        person.closes();
    } else {
        throw std::invalid_argument{"nobody does " + what};
    }
    return {};
}

Task<Array> ControlRoutes::tell_now() {
    Array answers;
    for (auto& request : teams_.take()) {
        auto answer = co_await tell(std::move(request));
        answers.push_back(std::move(answer));
    }
    co_return answers;
}

Task<Value> ControlRoutes::tell(AppRequest request) {
    last_ = request;
    HttpCall call;
    call.url = app_ + "/msteams/messages";
    call.headers = request.headers;
    call.body = request.body;
    auto result = co_await http_.call(std::move(call));
    AppAnswer answer;
    if (const auto* came = std::get_if<HttpAnswer>(&result)) answer = {came->status, came->body};
    teams_.hear(request, answer, clock_.now());
    co_return Object{{"status", answer.status}, {"body", answer.body}};
}

Task<Value> ControlRoutes::again(Value) {
    auto request = last_;
    co_return co_await tell(std::move(request));
}

Task<Value> ControlRoutes::change(Value body) {
    if (is_set(body, "rotate_keys")) teams_.rotate_keys();
    if (is_set(body, "refuse_token")) teams_.refuse_token();
    co_return Object{};
}

Task<Value> ControlRoutes::fail(Value body) {
    const auto* status = body.find("status");
    microsoft_.fail_next(status && status->number() ? static_cast<int>(*status->number()) : 502);
    co_return Object{};
}

Task<Value> ControlRoutes::state(Value) {
    auto& tenant = teams_.tenant();
    Array messages;
    for (const auto& message : tenant.messages())
        messages.push_back(value_of(message));
    Object dialogs;
    for (const auto& [user, dialog] : tenant.dialogs)
        dialogs.push_back({user, value_of(dialog)});
    Object flashes;
    for (const auto& [user, said] : tenant.flashes)
        flashes.push_back({user, texts(said)});
    co_return Object{
        {"messages", std::move(messages)},
        {"dialogs", std::move(dialogs)},
        {"flashes", std::move(flashes)},
        {"tokens_given", teams_.tokens_given()}};
}

Task<Value> ControlRoutes::complaints(Value) {
    co_return Object{{"complaints", texts(teams_.complaints().lines())}};
}

}  // namespace muster::fake_teams
