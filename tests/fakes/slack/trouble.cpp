#include "tests/fakes/slack/trouble.hpp"

#include <algorithm>
#include <array>

namespace muster::fake_slack {
namespace {

using Kind = Trouble::Kind;

struct Named {
    Kind kind;
    const char* name;
};

constexpr std::array names{
    Named{Kind::none, "none"},
    Named{Kind::rate_limited, "rate_limited"},
    Named{Kind::server_error_before, "server_error_before"},
    Named{Kind::server_error_after, "server_error_after"},
    Named{Kind::internal_error_before, "internal_error_before"},
    Named{Kind::internal_error_after, "internal_error_after"},
    Named{Kind::token_revoked, "token_revoked"},
    Named{Kind::missing_scope, "missing_scope"},
    Named{Kind::schema_drift, "schema_drift"},
    Named{Kind::cut_answer, "cut_answer"},
    Named{Kind::hidden, "hidden"},
    Named{Kind::not_connected, "not_connected"},
    Named{Kind::reset_before, "reset_before"},
    Named{Kind::reset_after, "reset_after"},
    Named{Kind::answer_lost, "answer_lost"},
    Named{Kind::slow, "slow"}};

}  // namespace

const char* name(Kind kind) {
    return std::ranges::find(names, kind, &Named::kind)->name;
}

std::optional<Kind> trouble_from(std::string_view name) {
    auto is_it = [&](const Named& named) { return name == named.name; };
    auto found = std::ranges::find_if(names, is_it);
    if (found == names.end()) return std::nullopt;
    return found->kind;
}

void Troubles::strike_next(Trouble trouble, std::string method) {
    planned_.push_back({trouble, std::move(method)});
}

void Troubles::end() {
    rates_.clear();
    planned_.clear();
}

Trouble Troubles::of(std::string_view method) {
    auto is_meant = [&](const Planned& planned) {
        return planned.method.empty() || planned.method == method;
    };
    if (auto next = std::ranges::find_if(planned_, is_meant); next != planned_.end()) {
        auto trouble = next->trouble;
        planned_.erase(next);
        return with_length(trouble);
    }
    for (const auto& [kind, rate] : rates_)
        if (random_.chance(rate)) return with_length({kind});
    return {};
}

Trouble Troubles::with_length(Trouble trouble) {
    if (trouble.length > 0ms) return trouble;
    if (trouble.kind == Kind::rate_limited) trouble.length = random_.between(1s, 30s);
    if (trouble.kind == Kind::hidden) trouble.length = random_.between(1'000ms, 25'000ms);
    if (trouble.kind == Kind::slow) trouble.length = random_.between(1'000ms, 30'000ms);
    return trouble;
}

}  // namespace muster::fake_slack
