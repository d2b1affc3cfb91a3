#include "tests/fakes/slack/objects.hpp"
#include "tests/fakes/slack/slack_json.hpp"
#include "tests/fakes/slack/web_methods.hpp"

namespace muster::fake_slack {
namespace {

constexpr auto life_of_trigger = 3s;

}  // namespace

json::Object WebMethods::open_view(const Arguments& arguments) {
    const auto& content = *arguments.value("view")->object();
    if (auto refusal = content_refused(read_view(content, Surface::modal))) return *refusal;
    std::string user;
    if (auto refusal = trigger_refused(arguments.text("trigger_id"), user)) return *refusal;
    workspace_.close_views_of(user);
    auto& opened = workspace_.put_on_top({.user = user, .content = content}, now_);
    return {{"ok", true}, {"view", view_object(workspace_.installation, opened, false)}};
}

json::Object WebMethods::push_view(const Arguments& arguments) {
    const auto& content = *arguments.value("view")->object();
    if (auto refusal = content_refused(read_view(content, Surface::modal))) return *refusal;
    std::string user;
    if (auto refusal = trigger_refused(arguments.text("trigger_id"), user)) return *refusal;
    auto depth = workspace_.stacks[user].size();
    if (depth == 0) return refuse("not_found", "nothing is open to put a view on");
    if (depth >= deepest_stack) return blame("push_limit_reached", "a fourth view in a stack");
    auto& pushed = workspace_.put_on_top({.user = user, .content = content}, now_);
    return {{"ok", true}, {"view", view_object(workspace_.installation, pushed, false)}};
}

json::Object WebMethods::update_view(const Arguments& arguments) {
    const auto& content = *arguments.value("view")->object();
    if (auto refusal = content_refused(read_view(content, Surface::modal))) return *refusal;
    auto id = arguments.text("view_id");
    auto external_id = arguments.text("external_id");
    if (id.empty() == external_id.empty())
        return blame("invalid_arguments", "names a view by neither id, or by both");
    auto* view = workspace_.view(id);
    for (auto& [key, other] : workspace_.views)
        if (!external_id.empty() && text_of(other.content, "external_id") == external_id)
            view = &other;
    if (!view) return blame("not_found", "there never was a view " + id + external_id);
    if (!view->is_open) return refuse("not_found", "the view " + view->id + " is closed");
    if (arguments.has("hash") && arguments.text("hash") != view->hash)
        return refuse("hash_conflict", "the view " + view->id + " has changed meanwhile");
    workspace_.replace(*view, content, now_);
    return {{"ok", true}, {"view", view_object(workspace_.installation, *view, false)}};
}

json::Object WebMethods::publish_view(const Arguments& arguments) {
    const auto& content = *arguments.value("view")->object();
    if (auto refusal = content_refused(read_view(content, Surface::home))) return *refusal;
    auto user = arguments.text("user_id");
    if (!workspace_.user(user)) return refuse("user_not_found", "nobody is " + user);
    auto& home = workspace_.homes[user];
    if (arguments.has("hash") && arguments.text("hash") != home.hash)
        return refuse("hash_conflict", "the home of " + user + " has changed meanwhile");
    if (home.id.empty()) {
        home.user = user;
        home.id = home.root = workspace_.new_id("V");
    }
    workspace_.replace(home, content, now_);
    return {{"ok", true}, {"view", view_object(workspace_.installation, home, false)}};
}

std::optional<json::Object> WebMethods::trigger_refused(const std::string& id, std::string& user) {
    auto found = workspace_.triggers.find(id);
    if (found == workspace_.triggers.end())
        return blame("invalid_trigger_id", "a trigger that Slack never gave");
    auto& trigger = found->second;
    if (trigger.is_used) return blame("exchanged_trigger_id", "a trigger was used twice");
    if (now_ > trigger.issued_at + life_of_trigger)
        return refuse("expired_trigger_id", "the trigger was older than 3 s");
    trigger.is_used = true;
    user = trigger.user;
    return std::nullopt;
}

}  // namespace muster::fake_slack
