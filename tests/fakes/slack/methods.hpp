#pragma once

#include <string>
#include <string_view>
#include <vector>

// The methods of the Web API that the app may call, and their arguments (protocols/slack.md 5.2).
namespace muster::fake_slack {

struct Argument {
    enum class Kind { text, number, flag, blocks, view };
    enum class Use {
        needed,
        allowed,
        never,  // Slack takes it; the app has decided against it
    };

    std::string_view name;
    Kind kind = Kind::text;
    Use use = Use::allowed;
};

struct Method {
    std::string_view name;
    int per_minute = 100;     // its tier; 0: limited in another way
    std::string_view scope;   // "" = none, or one that depends on the channel
    bool takes_json = false;  // else a form or a query only
    std::vector<Argument> arguments{};
};

// nullptr: Slack has none of that name, or the app has no business with it.
const Method* method_named(std::string_view name);

}  // namespace muster::fake_slack
