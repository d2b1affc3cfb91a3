#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/fakes/slack/person.hpp"
#include "tests/fakes/slack/reading.hpp"
#include "tests/fakes/slack/slack_json.hpp"

namespace muster::fake_slack {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

inline json::Object object_in(const std::string& text) {
    return *json::parse(text)->object();
}

inline json::Array array_in(const std::string& text) {
    return *json::parse(text)->array();
}

// A workspace at 9:30am on a Tuesday: Alice and Bob, and the app, in the channel #team.
class FakeSlackStory : public testing::Test {
protected:
    FakeSlackStory() {
        slack.workspace().add(User{.id = "U0ALICE", .name = "alice", .real_name = "Alice Adams"});
        slack.workspace().add(User{.id = "U0BOB", .name = "bob", .real_name = "Bob Brown"});
        slack.workspace().add(Channel{
            .id = "C0TEAM", .name = "team", .members = {"U0ALICE", "U0BOB", "U0MUSTER"}});
    }

    // Reading methods get a form, the others JSON.
    HttpCall a_call(const std::string& method, const json::Object& arguments) {
        HttpCall call;
        call.url = installation().api + method;
        call.headers = {{"Authorization", "Bearer " + installation().token}};
        if (method_named(method) && !method_named(method)->takes_json) {
            FormFields fields;
            for (const auto& [name, value] : arguments)
                fields.emplace_back(name, value.text() ? *value.text() : json::dump(value));
            call.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
            call.body = encoded(fields);
        } else {
            call.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
            call.body = json::dump(arguments);
        }
        return call;
    }

    json::Value call(const std::string& method, const json::Object& arguments) {
        return *json::parse(slack.handle(a_call(method, arguments), now).body);
    }

    // Something that may be posted there.
    static json::Object a_post(
        const std::string& channel, const std::string& text = "Good morning"
    ) {
        return {
            {"channel", channel}, {"text", text}, {"unfurl_links", false}, {"unfurl_media", false}};
    }

    static json::Object a_post_of(const std::string& channel, const std::string& blocks) {
        auto post = a_post(channel);
        put(post, "blocks", array_in(blocks));
        return post;
    }

    // Returns its ts.
    std::string post(const json::Object& arguments) {
        return call("chat.postMessage", arguments).text_of("ts");
    }

    HttpAnswer respond(const std::string& url, const std::string& body) {
        HttpCall call;
        call.url = url;
        call.headers = {{"Content-Type", "application/json"}};
        call.body = body;
        return slack.handle(call, now);
    }

    // The payload of the newest request to the app; the others are forgotten.
    json::Object told() {
        auto requests = slack.outbox().take();
        if (requests.empty()) return {};
        last = requests.back();
        if (last.kind == AppRequest::Kind::event) return object_in(last.body);
        auto fields = *decoded(last.body);
        if (last.kind == AppRequest::Kind::interaction) return object_in(fields.at(0).second);
        json::Object payload;
        for (const auto& [name, value] : fields)
            payload.push_back({name, value});
        return payload;
    }

    void answer(int status, const std::string& body = "") {
        slack.hear(last, {status, {{"content-type", "application/json"}}, body}, now);
    }

    const Installation& installation() { return slack.workspace().installation; }

    const std::vector<std::string>& violations() { return slack.violations(); }

    const std::vector<std::string>& refusals() { return slack.complaints().refusals(); }

    FakeSlack slack;
    Instant now = instant_from("2026-11-24T09:30:00.000Z").value();
    Person alice{slack, "U0ALICE"};
    Person bob{slack, "U0BOB"};
    AppRequest last;  // what told() told
};

}  // namespace muster::fake_slack
