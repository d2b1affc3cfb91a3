#include "adapters/slack/checkup.hpp"

#include <algorithm>

#include "adapters/slack/introduction.hpp"
#include "adapters/slack/outcome.hpp"

namespace muster::slack {
namespace {

using namespace std::chrono_literals;
using Kind = Obstacle::Kind;

constexpr int most_tries = 4;  // of one question, while Slack asks for a pause
constexpr auto longest_pause = 60s;

bool is_set(const json::Value* object, std::string_view name) {
    const auto* flag = object ? object->find(name) : nullptr;
    return flag && flag->flag() && *flag->flag();
}

std::string words_of(const ApiAnswer& answer) {
    if (answer.error == "no_answer") return answer.detail;
    return answer.detail.empty() ? answer.error : answer.error + ": " + answer.detail;
}

// What any question may meet with; nothing when it was answered or only itself refused.
std::optional<Obstacle> general_obstacle_in(const ApiAnswer& answer) {
    if (answer.ok) return std::nullopt;
    if (answer.error == "missing_scope") return Obstacle{Kind::cannot_tell, "", answer.detail};
    switch (reading_of(answer)) {
        case Reading::suspended: return Obstacle{Kind::refused, "", words_of(answer)};
        case Reading::not_now: return Obstacle{Kind::not_reached, "", words_of(answer)};
        case Reading::answered:
        case Reading::never: break;
    }
    return std::nullopt;
}

std::optional<Kind> fault_of_channel(const ApiAnswer& answer) {
    if (!answer.ok) return Kind::channel_unknown;
    const auto* channel = answer.body.find("channel");
    if (is_set(channel, "is_archived")) return Kind::channel_archived;
    if (!is_set(channel, "is_member")) return Kind::channel_without_us;
    return std::nullopt;
}

std::optional<Kind> fault_of_person(const ApiAnswer& answer) {
    if (!answer.ok) return Kind::person_unknown;
    const auto* user = answer.body.find("user");
    if (is_set(user, "deleted")) return Kind::person_deactivated;
    if (is_set(user, "is_bot")) return Kind::person_is_bot;
    return std::nullopt;
}

class Checkup {
public:
    Checkup(WebApi& api, Clock& clock, std::function<Task<>(std::size_t)> looked_at)
        : api_(api), clock_(clock), looked_at_(std::move(looked_at)) {}

    Task<std::vector<Obstacle>> take(Correspondents who) {
        co_await introduce();
        co_await ask_about(
            "conversations.info", "channel", std::move(who.channels), fault_of_channel
        );
        co_await ask_about("users.info", "user", std::move(who.people), fault_of_person);
        co_return std::move(obstacles_);
    }

private:
    using FaultOf = std::optional<Kind> (*)(const ApiAnswer&);

    Task<> introduce() {
        auto told = co_await who_am_i(api_);
        if (const auto* answer = std::get_if<ApiAnswer>(&told)) {
            auto kind = reading_of(*answer) == Reading::not_now ? Kind::not_reached : Kind::refused;
            co_return end_with({kind, "", words_of(*answer)});
        }
        for (auto& scope : std::get<Introduction>(told).missing_scopes)
            obstacles_.push_back({Kind::not_permitted, "", std::move(scope)});
    }

    Task<> ask_about(
        std::string method,
        std::string argument,
        std::vector<std::string> addresses,
        FaultOf fault_of
    ) {
        for (auto& address : addresses) {
            if (is_over_) co_return;
            json::Object arguments{{argument, address}};
            auto answer = co_await ask(method, std::move(arguments));
            if (auto general = general_obstacle_in(answer)) {
                if (general->kind != Kind::cannot_tell) co_return end_with(std::move(*general));
                obstacles_.push_back(std::move(*general));
                co_return;
            }
            if (auto fault = fault_of(answer))
                obstacles_.push_back({*fault, address, answer.error});
            co_await looked_at_(++asked_about_);
        }
    }

    Task<ApiAnswer> ask(std::string method, json::Object arguments) {
        for (int tries = 1;; ++tries) {
            auto answer = co_await api_.call(method, arguments, true);
            auto may_repeat = answer.retry_after > 0ms && answer.retry_after <= longest_pause;
            if (!may_repeat || tries == most_tries) co_return answer;
            co_await clock_.pause(answer.retry_after);
        }
    }

    void end_with(Obstacle obstacle) {
        obstacles_.push_back(std::move(obstacle));
        is_over_ = true;
    }

    WebApi& api_;
    Clock& clock_;
    std::function<Task<>(std::size_t)> looked_at_;
    std::vector<Obstacle> obstacles_;
    std::size_t asked_about_ = 0;
    bool is_over_ = false;
};

}  // namespace

Task<std::vector<Obstacle>> check(
    WebApi& api, Clock& clock, Correspondents who, std::function<Task<>(std::size_t)> looked_at
) {
    Checkup checkup{api, clock, std::move(looked_at)};
    co_return co_await checkup.take(std::move(who));
}

Task<std::string> check_socket(WebApi& api, HttpClient& http) {
    constexpr std::string_view scheme = "ws";
    auto answer = co_await api.call("apps.connections.open", {}, true);
    auto url = answer.body.text_of("url");
    auto error = answer.error.empty() ? std::string{"unreadable"} : words_of(answer);
    if (!answer.ok || !url.starts_with(scheme)) co_return error;
    auto host_ends = url.find_first_of("/?", url.find("://") + 3);
    HttpCall look;
    look.method = "GET";
    look.url = "http" + url.substr(scheme.size(), host_ends - scheme.size()) + "/";
    look.may_repeat = true;
    auto result = co_await http.call(std::move(look));
    const auto* failure = std::get_if<HttpFailure>(&result);
    co_return failure ? failure->reason : "";
}

}  // namespace muster::slack
