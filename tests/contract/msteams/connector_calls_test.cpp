#include "adapters/msteams/connector_calls.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace muster::msteams {
namespace {

using json::Object;
using json::Value;

constexpr auto direct = "a:1personal_-conv";
constexpr auto thread = "19:abc@thread.tacv2;messageid=1700000000000";
constexpr auto activity = "1700000000001";

Value samples() {
    std::ifstream file{MUSTER_MSTEAMS_SAMPLES "/sdk-requests.json"};
    std::stringstream text;
    text << file.rdbuf();
    return json::parse(text.str()).value();
}

// The order of members does not matter.
Value sorted(const Value& value) {
    if (const auto* object = value.object()) {
        Object members;
        for (const auto& [key, member] : *object)
            members.push_back({key, sorted(member)});
        std::ranges::sort(members, {}, &json::Member::key);
        return members;
    }
    return value;
}

Value body_of(const Value& request) {
    return *request.find("body");
}

Object message(const char* words) {
    return {{"type", "message"}, {"text", words}};
}

struct Row {
    const char* name;
    ConnectorCall call;
};

TEST(ConnectorCalls, AreThoseOfMicrosoftsOwnClient) {
    const std::string before = "/emea/tenant-guid/";
    auto first = message("hi");
    first.push_back({"from", Object{{"id", "28:app"}}});
    const std::vector<Row> rows{
        {"createConversation", to_open_direct("28:app", "29:user", "tenant-guid")},
        {"createChannelThread",
         to_open_thread("19:abc@thread.tacv2", "tenant-guid", message("root"))},
        {"sendToConversation", to_send(direct, first)},
        {"typing", to_type(direct)},
        {"replyToActivity", to_reply(thread, activity, message("r"))},
        {"updateActivity", to_update(thread, activity, message("u"))},
        {"deleteActivity", to_remove(thread, activity)},
        {"pagedMembers", to_list_members(thread, "tok en+/=")},
        {"getMember", to_look_up_member(thread, "29:user")},
        {"teamDetails", to_look_up_team("19:team@thread.tacv2")},
        {"channels", to_list_channels("19:team@thread.tacv2")},
    };
    const auto all = samples();
    EXPECT_EQ(all.object()->size(), rows.size());
    for (const auto& [name, call] : rows) {
        const auto* sample = all.find(name);
        ASSERT_TRUE(sample) << name;
        EXPECT_EQ(call.method, sample->text_of("method")) << name;
        EXPECT_EQ(before + call.path, sample->text_of("url")) << name;
        EXPECT_EQ(
            json::dump(sorted(call.body.value_or(Value{}))), json::dump(sorted(body_of(*sample)))
        ) << name;
    }
}

}  // namespace
}  // namespace muster::msteams
