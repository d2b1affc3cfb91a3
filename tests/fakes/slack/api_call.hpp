#pragma once

#include <optional>

#include "adapters/json/strict.hpp"
#include "bot/ports/http_client.hpp"
#include "tests/fakes/slack/methods.hpp"
#include "tests/fakes/slack/workspace.hpp"

// What a call says: which method, with which token, with which arguments.
namespace muster::fake_slack {

// By name. Numbers and flags of a form are read, `blocks` and `view` are values.
class Arguments {
public:
    explicit Arguments(json::Object given = {}) : given_(std::move(given)) {}

    bool has(std::string_view name) const;
    std::string text(std::string_view name) const;  // "" = not given
    bool flag(std::string_view name) const;         // false = not given
    std::optional<std::int64_t> number(std::string_view name) const;
    const json::Value* value(std::string_view name) const;

private:
    json::Object given_;
};

// A part of a request that Slack refuses, or the app must never send.
struct Fault {
    std::string sentence;
    std::string error;  // Slack's code; "" = Slack takes it
};

struct ApiCall {
    std::string name;
    const Method* method = nullptr;  // nullptr: unknown
    std::string token;               // "" = none
    Arguments arguments;
    std::vector<Fault> faults;
    std::vector<std::string> warnings;  // as Slack words them
};

// `url` begins with installation.api.
ApiCall read_api_call(const HttpCall& call, const Installation& installation);

// The first of that name, whatever its case.
std::optional<std::string> header_of(const HttpCall& call, std::string_view lower_case_name);

}  // namespace muster::fake_slack
