#include "tests/e2e/slack/fake_server/control_routes.hpp"

#include <stdexcept>

#include "tests/e2e/slack/fake_server/state.hpp"
#include "tests/fakes/slack/person.hpp"
#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {
namespace {

constexpr std::size_t largest_body = 256 * 1024;

std::string needed(const json::Object& from, const std::string& key) {
    if (!find(from, key) || !find(from, key)->text()) throw std::invalid_argument{"needs " + key};
    return text_of(from, key);
}

bool is_set(const json::Object& from, const std::string& key) {
    auto* value = find(from, key);
    return value && *value == json::Value{true};
}

std::vector<std::string> texts_in(const json::Object& from, const std::string& key) {
    std::vector<std::string> texts;
    for (const auto& value : array_of(from, key))
        if (value.text()) texts.push_back(*value.text());
    return texts;
}

json::Value answers_of(const std::vector<Answered>& answers) {
    json::Array all;
    for (const auto& answer : answers)
        all.emplace_back(json::Object{
            {"path", answer.path}, {"status", answer.status}, {"body", answer.body}});
    return all;
}

http::Response json_response(int status, const json::Value& body) {
    http::Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = json::dump(body);
    return response;
}

}  // namespace

void ControlRoutes::add_to(http::Routes& routes) {
    add(routes, "POST", "/_control/users", &ControlRoutes::add_user);
    add(routes, "POST", "/_control/channels", &ControlRoutes::add_channel);
    add(routes, "POST", "/_control/act", &ControlRoutes::act);
    add(routes, "POST", "/_control/agree", &ControlRoutes::agree);
    add(routes, "POST", "/_control/again", &ControlRoutes::send_again);
    add(routes, "POST", "/_control/hurry", &ControlRoutes::hurry);
    add(routes, "POST", "/_control/set", &ControlRoutes::change);
    add(routes, "POST", "/_control/trouble", &ControlRoutes::strike);
    add(routes, "GET", "/_control/state", &ControlRoutes::state);
    add(routes, "GET", "/_control/complaints", &ControlRoutes::complaints);
}

void ControlRoutes::add(http::Routes& routes, const char* method, const char* path, Act wanted) {
    auto handler = [this, wanted](http::Request request) -> Task<http::Response> {
        auto parsed = json::parse(request.body.empty() ? "{}" : request.body);
        if (!parsed || !parsed->object()) co_return json_response(400, "no JSON object");
        std::string problem;
        try {
            auto body = co_await (this->*wanted)(*parsed->object());
            co_return json_response(200, body);
        } catch (const std::exception& impossible) {
            problem = impossible.what();
        }
        co_return json_response(400, json::Object{{"error", problem}});
    };
    routes.add(
        {.method = method,
         .path = path,
         .body_limit = largest_body,
         .handler = handler,
         .deadline = 60s}
    );
}

Task<json::Value> ControlRoutes::add_user(json::Object body) {
    User user{
        .id = needed(body, "id"),
        .name = needed(body, "name"),
        .real_name = needed(body, "real_name")};
    if (find(body, "tz")) user.tz = text_of(body, "tz");
    user.is_deleted = is_set(body, "deleted");
    user.is_bot = is_set(body, "bot");
    user.team = text_of(body, "team");
    slack_.workspace().add(std::move(user));
    co_return json::Object{};
}

Task<json::Value> ControlRoutes::add_channel(json::Object body) {
    Channel channel{
        .id = needed(body, "id"),
        .name = needed(body, "name"),
        .members = texts_in(body, "members"),
        .is_private = is_set(body, "private"),
        .is_archived = is_set(body, "archived"),
        .is_shared = is_set(body, "shared")};
    slack_.workspace().add(std::move(channel));
    co_return json::Object{};
}

Task<json::Value> ControlRoutes::agree(json::Object body) {
    Oauth::Asked asked{
        needed(body, "client_id"),
        needed(body, "redirect_uri"),
        needed(body, "scope"),
        needed(body, "state")};
    auto code = slack_.oauth().agree(asked, needed(body, "token"), clock_.now());
    co_return json::Object{{"code", code}};
}

Task<json::Value> ControlRoutes::act(json::Object body) {
    auto ts = let_act(body);
    auto answers = co_await app_.tell_now();
    co_return json::Object{{"ts", ts}, {"answers", answers_of(answers)}};
}

std::string ControlRoutes::let_act(const json::Object& body) {
    Person person{slack_, needed(body, "as")};
    auto now = clock_.now();
    auto channel = find(body, "channel") ? text_of(body, "channel") : person.direct();
    auto what = needed(body, "do");
    if (what == "say")
        return person.says_in(channel, needed(body, "text"), now, text_of(body, "thread"));
    if (what == "mention")
        return person.mentions_app_in(channel, needed(body, "text"), now, text_of(body, "thread"));
    if (what == "edit")
        person.edits(channel, needed(body, "ts"), needed(body, "text"), now);
    else if (what == "delete")
        person.deletes(channel, needed(body, "ts"), now);
    else if (what == "preview")
        person.sees_preview_in(channel, needed(body, "ts"), now);
    else if (what == "command")
        person.commands(channel, needed(body, "command"), text_of(body, "text"), now);
    else if (what == "press")
        person.presses(channel, needed(body, "ts"), needed(body, "button"), now);
    else if (what == "open_home")
        person.opens_home(now);
    else if (what == "press_at_home")
        person.presses_at_home(needed(body, "button"), now);
    else if (what == "enter")
        person.enters(needed(body, "field"), text_of(body, "value"));
    else if (what == "submit")
        person.submits(now);
    else if (what == "close")
        person.closes(now);
    else if (what == "invite_app")
        person.invites_app_to(channel, now);
    else if (what == "join")
        person.joins(channel, now);
    else if (what == "leave")
        person.leaves(channel, now);
    else
        throw std::invalid_argument{"nobody can " + what};
    return "";
}

Task<json::Value> ControlRoutes::send_again(json::Object) {
    auto answers = co_await app_.tell_again();
    co_return json::Object{{"answers", answers_of(answers)}};
}

Task<json::Value> ControlRoutes::hurry(json::Object) {
    app_.hurry();
    co_return json::Object{};
}

Task<json::Value> ControlRoutes::change(json::Object body) {
    auto& workspace = slack_.workspace();
    if (find(body, "token_revoked")) workspace.token_is_revoked = is_set(body, "token_revoked");
    if (find(body, "token")) workspace.exchange_token(text_of(body, "token"));
    if (find(body, "app_token"))
        workspace.tokens_of_before.insert(
            std::exchange(workspace.installation.app_token, text_of(body, "app_token"))
        );
    if (find(body, "signing_secret"))
        workspace.installation.signing_secret = text_of(body, "signing_secret");
    if (find(body, "drift")) slack_.outbox().drift(is_set(body, "drift"));
    if (find(body, "scopes")) {
        auto scopes = texts_in(body, "scopes");
        workspace.installation.scopes = {scopes.begin(), scopes.end()};
    }
    if (auto* page = find(body, "longest_page"); page && page->number())
        workspace.installation.longest_page = static_cast<std::size_t>(*page->number());
    if (is_set(body, "new_caller")) slack_.new_caller();
    co_return json::Object{};
}

Task<json::Value> ControlRoutes::strike(json::Object body) {
    using Kind = Trouble::Kind;
    auto kind = trouble_from(needed(body, "kind"));
    auto is_of_the_line =
        kind == Kind::not_connected || kind == Kind::reset_before || kind == Kind::reset_after;
    if (!kind || is_of_the_line) throw std::invalid_argument{"no such trouble over a real socket"};
    auto* length = find(body, "milliseconds");
    Trouble trouble{*kind, milliseconds{length && length->number() ? *length->number() : 0}};
    troubles_.strike_next(trouble, text_of(body, "method"));
    co_return json::Object{};
}

Task<json::Value> ControlRoutes::state(json::Object) {
    auto seen = state_of(slack_.workspace());
    seen.push_back({"coming_again", static_cast<std::int64_t>(app_.coming_again())});
    co_return seen;
}

Task<json::Value> ControlRoutes::complaints(json::Object) {
    co_return json::Object{
        {"violations", texts(slack_.complaints().violations())},
        {"refusals", texts(slack_.complaints().refusals())}};
}

}  // namespace muster::fake_slack
