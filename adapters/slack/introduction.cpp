#include "adapters/slack/introduction.hpp"

#include "adapters/slack/scopes.hpp"

namespace muster::slack {

Task<std::variant<Introduction, ApiAnswer>> who_am_i(WebApi& api) {
    auto answer = co_await api.call("auth.test", {}, true);
    if (!answer.ok) co_return answer;
    const auto& body = answer.body;
    Identity identity{
        body.text_of("team_id"),
        body.text_of("enterprise_id"),
        body.text_of("user_id"),
        body.text_of("bot_id"),
    };
    const auto* for_enterprise = body.find("is_enterprise_install");
    if (for_enterprise && for_enterprise->flag() && *for_enterprise->flag()) identity.team.clear();
    auto is_told = !identity.bot_user.empty() && !identity.bot.empty() &&
                   !(identity.team.empty() && identity.enterprise.empty());
    if (is_told) {
        Introduction introduction{std::move(identity), {}};
        if (answer.granted) introduction.missing_scopes = missing_scopes(*answer.granted);
        co_return introduction;
    }
    answer.ok = false;
    answer.error = "unreadable";
    co_return answer;
}

}  // namespace muster::slack
