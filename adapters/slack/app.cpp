#include "adapters/slack/app.hpp"

#include <algorithm>

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds longest_pause = 5min;

std::string name_of(const Identity& who) {
    return who.team.empty() ? who.enterprise : who.team;
}

bool is_same_workspace(const Identity& one, const Identity& other) {
    return one.team == other.team && (!one.team.empty() || one.enterprise == other.enterprise);
}

}  // namespace

App::App(AppSettings settings, Parts parts)
    : http_(parts.http),
      clock_(parts.clock),
      log_(parts.log),
      api_base_url_(std::move(settings.api_base_url)),
      api_(parts.http, parts.clock, api_base_url_, std::move(settings.token)),
      response_urls_(parts.http, parts.clock, std::move(settings.response_url_hosts)),
      platform_(api_, parts.clock, parts.log, parts.catalogue),
      history_(settings.connection, api_, parts.clock, parts.log),
      replies_({api_, response_urls_, parts.catalogue, parts.clock, parts.log, parts.calls}),
      installation_{settings.connection, std::move(settings.secrets), std::nullopt, replies_},
      directory_(api_, parts.clock, installation_.identity) {}

// A token that is refused is told once, and asked with again: the workspace may be opened again.
Task<> App::introduce() {
    milliseconds pause = 1s;
    std::string told;
    while (!installation_.identity) {
        auto answer = co_await who_am_i(api_);
        if (auto* told_us = std::get_if<Introduction>(&answer)) {
            get_to_know(std::move(*told_us));
            break;
        }
        const auto& refusal = std::get<ApiAnswer>(answer);
        if (refusal.error != told)
            log_.alarm(
                "slack.not_introduced", {{"reason", refusal.error}, {"detail", refusal.detail}}
            );
        told = refusal.error;
        co_await clock_.pause(std::max(pause, refusal.retry_after), known_);
        pause = std::min(pause * 2, longest_pause);
    }
    log_.info("slack.introduced");
}

void App::use_anew(std::string token) {
    use(std::move(token));
    installation_.identity.reset();
}

// Slack is asked first, so that one of another workspace is never used.
Task<std::string> App::renew(std::string token) {
    WebApi with_it{http_, clock_, api_base_url_, token};
    auto answer = co_await who_am_i(with_it);
    if (const auto* refusal = std::get_if<ApiAnswer>(&answer))
        co_return "a token that Slack accepts (" + refusal->error + ")";
    auto& told = std::get<Introduction>(answer);
    const auto& known = installation_.identity;
    if (known && !is_same_workspace(*known, told.identity))
        co_return "a token of " + name_of(*known) + ", and not of " + name_of(told.identity);
    use(std::move(token));
    get_to_know(std::move(told));
    co_return "";
}

void App::renew_signing_secret(std::string value) {
    auto& secrets = installation_.secrets;
    secrets = renewed(std::move(secrets), std::move(value), clock_.now());
}

void App::get_to_know(Introduction introduction) {
    for (const auto& scope : introduction.missing_scopes)
        log_.alarm("slack.not_permitted", {{"scope", scope}});
    missing_scopes_ = std::move(introduction.missing_scopes);
    installation_.identity = std::move(introduction.identity);
    platform_.introduced_anew();
    history_.introduced_anew();
    known_.ring();
}

}  // namespace muster::slack
