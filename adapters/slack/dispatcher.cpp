#include "adapters/slack/dispatcher.hpp"

#include <algorithm>

#include "bot/domain/refusals.hpp"
#include "bot/ports/measures.hpp"

namespace muster::slack {
namespace {

http::Response plain(int status, std::string body = "") {
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

// Trying again would not help.
http::Response refused_for_good(const Malformed& malformed) {
    auto response = plain(malformed.is_too_large ? 413 : 400);
    response.headers.push_back({"X-Slack-No-Retry", "1"});
    return response;
}

// The workspaces of a request stand in their order: where two companies share a channel, the one
// that it was sent for comes before the other's.
Installation* addressee(const Told& told, const std::vector<Installation*>& installations) {
    for (const auto& workspace : told.workspaces) {
        auto is_meant = [&](const Installation* installation) {
            return installation->identity && is_of(workspace, *installation->identity);
        };
        auto found = std::ranges::find_if(installations, is_meant);
        if (found != installations.end()) return *found;
    }
    return nullptr;
}

}  // namespace

std::vector<Identity> identities_of(const std::vector<Installation*>& installations) {
    std::vector<Identity> identities;
    for (const auto* installation : installations)
        if (installation->identity) identities.push_back(*installation->identity);
    return identities;
}

Task<http::Response> Dispatcher::answer(
    Heard heard, std::vector<Installation*> addressed, SteadyInstant arrived
) {
    if (auto* challenge = std::get_if<Challenge>(&heard))
        co_return plain(200, std::move(challenge->text));
    if (const auto* malformed = std::get_if<Malformed>(&heard))
        co_return refuse(refused_for_good(*malformed), "malformed");
    if (const auto* nothing = std::get_if<Nothing>(&heard))
        co_return nothing->why == why::unreadable ? refuse(plain(200), nothing->why)
                                                  : ignore(nothing->why);
    auto told = std::get<Told>(std::move(heard));
    co_return co_await take(std::move(told), std::move(addressed), arrived);
}

// That it is not saved is said even where the store cannot tell in which language.
Task<Reader> Dispatcher::reader_of(ConnectionId connection, std::string account) {
    try {
        auto reader = co_await parts_.queries.reader(connection, std::move(account));
        co_return reader.value_or(Reader{});
    } catch (const std::exception&) {
        co_return Reader{};
    }
}

bool Dispatcher::is_shut(const Told& told) const {
    return std::ranges::any_of(told.workspaces, [this](const Workspace& workspace) {
        return shut_.contains(workspace.team) || shut_.contains(workspace.enterprise);
    });
}

// The peer learns the status, and an operator why.
http::Response Dispatcher::refuse(http::Response response, std::string_view reason) {
    parts_.metrics.count(measures::webhook_rejected, {reason});
    return response;
}

// Slack has been heard, and need not say it again.
http::Response Dispatcher::ignore(std::string_view reason) {
    parts_.metrics.count(measures::webhook_ignored, {reason});
    return plain(200);
}

Task<http::Response> Dispatcher::take(
    Told told, std::vector<Installation*> addressed, SteadyInstant arrived
) {
    auto* installation = addressee(told, addressed);
    // As long as Slack has not said who we are, it may well be for us: Slack tries again.
    auto is_unsure = std::ranges::any_of(addressed, [](const auto* one) { return !one->identity; });
    if (!installation && is_shut(told)) co_return refuse(plain(503), "shut_workspace");
    if (!installation && is_unsure) co_return refuse(plain(503), "not_introduced");
    if (!installation) co_return ignore("other_workspace");

    Inbound inbound{
        .connection = installation->connection,
        .account = told.account,
        .keys = told.keys,
        .sent_at = told.sent_at,
        .seed = parts_.entropy.seed(),
        .event = told.event,
    };
    auto taken = co_await parts_.intake.take(std::move(inbound), arrived);
    if (taken) co_return installation->replies.carry_out(told, *taken);
    auto reader = co_await reader_of(installation->connection, told.account);
    auto words = note(std::move(reader), words_for(taken.error()));
    co_return installation->replies.not_saved(told, words);
}

}  // namespace muster::slack
