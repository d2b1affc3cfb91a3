#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adapters/json/strict.hpp"
#include "config/configuration.hpp"
#include "config/settings_file.hpp"

// The schemas beside the program say the same as its checks.
namespace {

using namespace muster;
using namespace muster::config;
using json::Array;
using json::Object;
using json::Value;
using testing::IsEmpty;

Value read(const std::string& name) {
    std::ifstream stream(std::string(MUSTER_CONFIG_FOLDER) + "/" + name);
    std::stringstream text;
    text << stream.rdbuf();
    return json::parse(text.str(), json::Comments::allowed).value();
}

// As much of JSON Schema as ours use. Says whether a value fits.
class Schema {
public:
    explicit Schema(Value root) : root_(std::move(root)) {}

    const Value& root() const { return root_; }

    bool fits(const Value& value) const { return fits(value, root_); }

    const Value& resolve(const Value& schema) const {
        auto reference = schema.text_of("$ref");
        if (reference.empty()) return schema;
        return resolve(*root_.find("$defs")->find(reference.substr(reference.rfind('/') + 1)));
    }

    bool fits(const Value& value, const Value& unresolved) const {
        const auto& schema = resolve(unresolved);
        if (const auto* flag = schema.flag()) return *flag;
        for (const auto& [keyword, rule] : *schema.object()) {
            if (!obeys(value, keyword, rule, schema)) return false;
        }
        return true;
    }

private:
    bool obeys(
        const Value& value, const std::string& keyword, const Value& rule, const Value& schema
    ) const {
        const auto* text = value.text();
        const auto* object = value.object();
        const auto* array = value.array();
        auto size_is = [&](auto size, bool at_least) {
            return at_least ? static_cast<std::int64_t>(size) >= *rule.number()
                            : static_cast<std::int64_t>(size) <= *rule.number();
        };
        if (keyword == "type") return is_of_type(value, rule);
        if (keyword == "enum")
            return std::ranges::find(*rule.array(), value) != rule.array()->end();
        if (keyword == "pattern")
            return !text || std::regex_search(*text, std::regex(*rule.text()));
        if (keyword == "minLength") return !text || size_is(text->size(), true);
        if (keyword == "maxLength") return !text || size_is(text->size(), false);
        if (keyword == "minimum") return !value.number() || *value.number() >= *rule.number();
        if (keyword == "maximum") return !value.number() || *value.number() <= *rule.number();
        if (keyword == "minItems") return !array || size_is(array->size(), true);
        if (keyword == "maxItems") return !array || size_is(array->size(), false);
        if (keyword == "minProperties") return !object || size_is(object->size(), true);
        if (keyword == "maxProperties") return !object || size_is(object->size(), false);
        if (keyword == "items")
            return !array ||
                   std::ranges::all_of(*array, [&](const Value& one) { return fits(one, rule); });
        if (keyword == "required")
            return !object || std::ranges::all_of(*rule.array(), [&](const Value& key) {
                return value.find(*key.text());
            });
        if (keyword == "anyOf")
            return std::ranges::any_of(*rule.array(), [&](const Value& one) {
                return fits(value, one);
            });
        if (keyword == "propertyNames")
            return !object || std::ranges::all_of(*object, [&](const json::Member& one) {
                return fits(one.key, rule);
            });
        if (keyword == "properties")
            return !object || std::ranges::all_of(*object, [&](const json::Member& one) {
                const auto* property = rule.find(one.key);
                return !property || fits(one.value, *property);
            });
        if (keyword == "additionalProperties")
            return !object || std::ranges::all_of(*object, [&](const json::Member& one) {
                const auto* properties = schema.find("properties");
                return (properties && properties->find(one.key)) || fits(one.value, rule);
            });
        static const std::set<std::string> silent{"$schema", "$defs", "title", "description"};
        EXPECT_TRUE(silent.contains(keyword)) << "this test does not know " << keyword;
        return true;
    }

    bool is_of_type(const Value& value, const Value& rule) const {
        if (const auto* list = rule.array())
            return std::ranges::any_of(*list, [&](const Value& one) {
                return is_of_type(value, one);
            });
        const auto& type = *rule.text();
        if (type == "string") return value.text();
        if (type == "object") return value.object();
        if (type == "array") return value.array();
        if (type == "boolean") return value.flag();
        if (type == "integer") return value.number();
        if (type == "null") return value.is_null();
        ADD_FAILURE() << "this test does not know the type " << type;
        return false;
    }

    Value root_;
};

using Check = Problems (*)(const std::string& text);

Problems check_configuration(const std::string& text) {
    auto read = configuration_from(text, "muster.jsonc");
    return read.has_error() ? read.error() : Problems{};
}

std::optional<std::string> file_beside(const std::string& path) {
    if (path == "office.csv") return "2026-12-24\n";
    return "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261224\nEND:VEVENT\nEND:"
           "VCALENDAR\n";
}

Problems check_settings(const std::string& text) {
    auto read = settings_from(text, "settings.jsonc", file_beside);
    return read.has_error() ? read.error() : Problems{};
}

// A settings file in which every key occurs.
constexpr auto all_settings = R"({
  "$schema": "x",
  "people": [ { "key": "a", "name": "A", "email": "a@b", "timezone": "Europe/London", "calendar": "office",
    "working_hours": [ { "mon-fri": "09:00-17:00" }, { "mon": "" } ], "week_a": "2026-11-23", "home": "local", "language": "en",
    "accounts": { "local": { "connection": "local", "user": "a" } } } ],
  "teams": [ { "key": "t", "name": "T", "timezone": "Europe/London", "calendar": "office", "working_hours": { "mon": "" }, "language": "cy",
    "members": ["a"], "observers": [],
    "roles": { "delivery_manager": [ { "person": "a", "days": "mon-wed" } ], "deputy": ["a"], "lead": [], "head": [], "product_owner": [], "service_manager": [] },
    "channels": { "local": { "connection": "local", "team": "g", "channel": "c" } },
    "ceremonies": [
      { "key": "s", "kind": "stand-up", "name": "n", "recurrence": "FREQ=DAILY", "from": "2026-11-23", "time": "09:30", "zone": "team", "window": "2h",
        "reminder": "80%", "on_holiday": "hold", "names_hidden": false, "show_silent": true, "paused": false,
        "questions": [ { "key": "q", "letter": "q", "text": "Q?", "kind": "choice", "required": true, "choices": ["x", "y"], "rotate": "r" } ] },
      { "key": "p", "recurrence": "FREQ=DAILY", "times": [ { "key": "am", "at": "09:30" } ] } ],
    "chain": "default" } ],
  "organisation": { "product_ops": ["a"], "fallback": [], "covers": [ { "team": "t", "role": "head", "person": "a", "from": "2026-11-23", "to": "2026-11-24" } ] },
  "calendars": { "office": { "dates": [ "2026-12-24", { "date": "2026-12-25", "title": "x" } ], "data_ends": "2026-12-31",
                             "ics": "office.ics", "csv": "office.csv" },
                 "scotland": { "bank_holidays": "builtin" } }
})";

class SchemaAndChecks : public testing::Test {
protected:
    SchemaAndChecks() {
        for (auto name : secrets)
            ::setenv(name, "https://example.org/secret", 1);
        ::setenv(token_key, std::string(64, '7').c_str(), 1);
    }

    ~SchemaAndChecks() override {
        for (auto name : secrets)
            ::unsetenv(name);
        ::unsetenv(token_key);
    }

    static constexpr auto token_key = "MUSTER_TOKEN_KEY";
    static constexpr std::array secrets{
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_CLIENT_SECRET",
        "SLACK_SIGNING_SECRET",
        "SLACK_PREVIOUS_SIGNING_SECRET",
        "MSTEAMS_APP_PASSWORD",
        "HELP_DESK_TOKEN",
        "PROGRAMME_BOARD_URL"};
};

// Every place of a text: what stands there may be changed in place.
void each_place(
    Value& value,
    const std::string& pointer,
    const std::function<void(Value&, const std::string&)>& visit
) {
    visit(value, pointer);
    if (auto* array = std::get_if<Array>(&value.content)) {
        for (std::size_t i = 0; i < array->size(); ++i)
            each_place((*array)[i], json::pointer_to(pointer, i), visit);
    }
    if (auto* object = std::get_if<Object>(&value.content)) {
        for (std::size_t i = 0; i < object->size(); ++i)
            each_place((*object)[i].value, json::pointer_to(pointer, (*object)[i].key), visit);
    }
}

// The objects of the schema with fixed keys -> their keys.
void collect_keys(const Value& schema, std::set<std::set<std::string>>& found) {
    if (const auto* properties = schema.find("properties"); properties && properties->object()) {
        std::set<std::string> keys;
        for (const auto& [key, inside] : *properties->object())
            keys.insert(key);
        found.insert(keys);
    }
    if (const auto* object = schema.object()) {
        for (const auto& member : *object)
            collect_keys(member.value, found);
    }
    if (const auto* array = schema.array()) {
        for (const auto& inside : *array)
            collect_keys(inside, found);
    }
}

// Puts an unknown key into every object: the refusal names the keys that the checks know.
std::set<std::set<std::string>> known_to_checks(Value example, Check check) {
    std::set<std::set<std::string>> found;
    each_place(example, "", [&](Value& place, const std::string& pointer) {
        auto* object = std::get_if<Object>(&place.content);
        if (!object) return;
        object->push_back({"zzzzzzzz", 1});
        for (const auto& problem : check(json::dump(example))) {
            if (problem.pointer != pointer + "/zzzzzzzz" ||
                !problem.expected.starts_with("one of the keys"))
                continue;
            std::set<std::string> keys;
            std::regex quoted("\"([^\"]*)\"");
            for (std::sregex_iterator at(problem.expected.begin(), problem.expected.end(), quoted),
                 end;
                 at != end;
                 ++at)
                keys.insert((*at)[1]);
            found.insert(keys);
        }
        std::get<Object>(place.content).pop_back();
    });
    return found;
}

// Changes every value of the example in turn. What the schema refuses, the checks must refuse; a
// value of the wrong type must be refused by both.
void compare_refusals(const Schema& schema, Value example, Check check) {
    const std::vector<Value> others{
        nullptr, true, 7, -1, "", "\u2603 ?", Array{}, Object{}, Array{7}, Object{{"zzzzzzzz", 7}}};
    int changed = 0;
    each_place(example, "", [&](Value& place, const std::string& pointer) {
        auto before = place;
        for (const auto& other : others) {
            if (other == before) continue;
            place = other;
            auto problems = check(json::dump(example));
            auto refused = !problems.empty();
            auto is_here = [&](const Problem& problem) {
                return problem.pointer.starts_with(pointer);
            };
            auto refused_here =
                std::ranges::any_of(problems, is_here);  // and not what no longer fits to it
            auto fits = schema.fits(example);
            auto same_kind = other.content.index() == before.content.index();
            auto what = json::dump(other) + " at " + pointer;
            EXPECT_TRUE(fits || refused) << "only the schema refuses " << what;
            EXPECT_TRUE(same_kind || !refused_here || !fits) << "only the checks refuse " << what;
            ++changed;
        }
        place = before;
    });
    EXPECT_GT(changed, 100);
}

TEST_F(SchemaAndChecks, TakeTheExamplesThatShip) {
    for (const auto& problem : check_configuration(json::dump(read("example.jsonc"))))
        ADD_FAILURE() << to_text(problem);
    EXPECT_TRUE(Schema(read("muster.schema.json")).fits(read("example.jsonc")));
    EXPECT_THAT(check_settings(json::dump(read("demo.jsonc"))), IsEmpty());
    EXPECT_TRUE(Schema(read("settings.schema.json")).fits(read("demo.jsonc")));
    for (const auto& problem : check_settings(all_settings))
        ADD_FAILURE() << to_text(problem);
    EXPECT_TRUE(Schema(read("settings.schema.json")).fits(json::parse(all_settings).value()));
}

TEST_F(SchemaAndChecks, KnowTheSameKeysOfTheConfiguration) {
    std::set<std::set<std::string>> keys;
    collect_keys(read("muster.schema.json"), keys);

    EXPECT_EQ(known_to_checks(read("example.jsonc"), check_configuration), keys);
}

TEST_F(SchemaAndChecks, KnowTheSameKeysOfSettings) {
    std::set<std::set<std::string>> keys;
    collect_keys(read("settings.schema.json"), keys);

    EXPECT_EQ(known_to_checks(json::parse(all_settings).value(), check_settings), keys);
}

TEST_F(SchemaAndChecks, RefuseTheSameValuesOfTheConfiguration) {
    compare_refusals(
        Schema(read("muster.schema.json")), read("example.jsonc"), check_configuration
    );
}

TEST_F(SchemaAndChecks, RefuseTheSameValuesOfSettings) {
    compare_refusals(
        Schema(read("settings.schema.json")), json::parse(all_settings).value(), check_settings
    );
}

}  // namespace
