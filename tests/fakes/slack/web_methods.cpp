#include "tests/fakes/slack/web_methods.hpp"

#include <algorithm>

#include "tests/fakes/slack/objects.hpp"
#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {
namespace {

json::Object with_messages(json::Object body, const std::vector<std::string>& messages) {
    if (!messages.empty())
        put(body, "response_metadata", json::Object{{"messages", texts(messages)}});
    return body;
}

}  // namespace

json::Object refused(const std::string& error) {
    return {{"ok", false}, {"error", error}};
}

WebMethods::WebMethods(Workspace& workspace, Outbox& outbox, Complaints& complaints)
    : workspace_(workspace), outbox_(outbox), complaints_(complaints) {}

json::Object WebMethods::carry_out(const ApiCall& call, Instant now, milliseconds hidden) {
    static const std::map<std::string, Do> by_name{
        {"auth.revoke", &WebMethods::revoke},
        {"auth.test", &WebMethods::test_auth},
        {"chat.postMessage", &WebMethods::post_message},
        {"chat.postEphemeral", &WebMethods::post_ephemeral},
        {"chat.update", &WebMethods::update},
        {"chat.delete", &WebMethods::remove},
        {"conversations.open", &WebMethods::open_conversation},
        {"conversations.info", &WebMethods::conversation_info},
        {"conversations.members", &WebMethods::conversation_members},
        {"conversations.history", &WebMethods::history},
        {"conversations.replies", &WebMethods::replies},
        {"usergroups.list", &WebMethods::list_groups},
        {"usergroups.users.list", &WebMethods::group_users},
        {"users.info", &WebMethods::user_info},
        {"views.open", &WebMethods::open_view},
        {"views.push", &WebMethods::push_view},
        {"views.update", &WebMethods::update_view},
        {"views.publish", &WebMethods::publish_view},
    };
    name_ = call.name;
    now_ = now;
    hidden_ = hidden;
    if (call.token.empty()) return blame("not_authed", "no token");
    if (workspace_.tokens_of_before.contains(call.token))
        return refuse("token_revoked", "there is another token by now");
    if (call.token != workspace_.installation.token)
        return blame("invalid_auth", "an unknown token");
    if (workspace_.token_is_revoked) return refuse("token_revoked", "the token was revoked");
    for (const auto& fault : call.faults)
        complaints_.violation(now_, name_, fault.sentence);
    for (const auto& fault : call.faults)
        if (!fault.error.empty())
            return with_messages(refused(fault.error), {"[ERROR] " + fault.sentence});
    std::string scope{call.method->scope};
    if (!scope.empty() && !has_scope(scope)) return lacks_scope(scope);
    auto body = (this->*by_name.at(call.name))(call.arguments);
    if (call.warnings.empty()) return body;
    put(body, "warning", call.warnings.front());
    if (!find(body, "response_metadata"))
        put(body, "response_metadata", json::Object{{"warnings", texts(call.warnings)}});
    return body;
}

json::Object WebMethods::test_auth(const Arguments&) {
    const auto& installation = workspace_.installation;
    return {
        {"ok", true},
        {"url", "https://" + installation.domain + ".slack.com/"},
        {"team", installation.domain},
        {"user", workspace_.users.at(installation.bot_user).name},
        {"team_id", installation.team},
        {"user_id", installation.bot_user},
        {"bot_id", installation.bot},
        {"is_enterprise_install", false}};
}

json::Object WebMethods::revoke(const Arguments&) {
    workspace_.token_is_revoked = true;
    return {{"ok", true}, {"revoked", true}};
}

json::Object WebMethods::list_groups(const Arguments&) {
    json::Array groups;
    for (const auto& group : workspace_.groups)
        groups.emplace_back(json::Object{
            {"id", group.id},
            {"team_id", workspace_.installation.team},
            {"is_usergroup", true},
            {"name", group.name},
            {"handle", group.handle},
            {"date_delete", 0}});
    return {{"ok", true}, {"usergroups", std::move(groups)}};
}

json::Object WebMethods::group_users(const Arguments& arguments) {
    auto id = arguments.text("usergroup");
    auto group = std::ranges::find(workspace_.groups, id, &UserGroup::id);
    if (group == workspace_.groups.end())
        return refuse("no_such_subteam", "there is no user group " + id);
    return {{"ok", true}, {"users", texts(group->users)}};
}

json::Object WebMethods::user_info(const Arguments& arguments) {
    auto* user = workspace_.user(arguments.text("user"));
    if (!user) return refuse("user_not_found", "nobody is " + arguments.text("user"));
    auto object = user_object(workspace_.installation, *user);
    if (arguments.flag("include_locale")) put(object, "locale", "en-GB");
    return {{"ok", true}, {"user", std::move(object)}};
}

std::optional<json::Object> WebMethods::content_refused(const Content& content) {
    for (const auto& what : content.violations)
        complaints_.violation(now_, name_, what);
    if (content.error.empty()) return std::nullopt;
    auto body = refused(content.error);
    if (content.error == "invalid_blocks") put(body, "errors", texts(content.messages));
    return with_messages(std::move(body), content.messages);
}

json::Object WebMethods::refuse(const std::string& error, const std::string& why) {
    complaints_.refusal(now_, name_, why);
    return refused(error);
}

json::Object WebMethods::blame(const std::string& error, const std::string& why) {
    complaints_.violation(now_, name_, why);
    return refused(error);
}

json::Object WebMethods::lacks_scope(const std::string& scope) {
    auto body = refuse("missing_scope", "the app was not given " + scope);
    std::string provided;
    for (const auto& given : workspace_.installation.scopes)
        provided += (provided.empty() ? "" : ",") + given;
    put(body, "needed", scope);
    put(body, "provided", provided);
    return body;
}

}  // namespace muster::fake_slack
