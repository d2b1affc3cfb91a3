#include "adapters/slack/app.hpp"

#include <algorithm>

#include "adapters/slack/introduction.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;

constexpr milliseconds longest_pause = 5min;

}  // namespace

App::App(AppSettings settings, Parts parts)
    : clock_(parts.clock),
      log_(parts.log),
      api_(parts.http, parts.clock, std::move(settings.api_base_url), std::move(settings.token)),
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
            for (const auto& scope : told_us->missing_scopes)
                log_.alarm("slack.not_permitted", {{"scope", scope}});
            missing_scopes_ = std::move(told_us->missing_scopes);
            installation_.identity = std::move(told_us->identity);
            break;
        }
        const auto& refusal = std::get<ApiAnswer>(answer);
        if (refusal.error != told)
            log_.alarm(
                "slack.not_introduced", {{"reason", refusal.error}, {"detail", refusal.detail}}
            );
        told = refusal.error;
        co_await clock_.pause(std::max(pause, refusal.retry_after));
        pause = std::min(pause * 2, longest_pause);
    }
    log_.info("slack.introduced");
}

}  // namespace muster::slack
