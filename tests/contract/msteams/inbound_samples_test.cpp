#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/msteams/inbound.hpp"

namespace muster::msteams {
namespace {

using json::Object;
using json::Value;

constexpr auto alex = "00000000-0000-0000-0000-0000000000020";
constexpr auto direct = "fa9a4554-4b11-4303-b484-12248e46dc51";

Value sample(const std::string& name) {
    std::ifstream file{std::string{MUSTER_MSTEAMS_SAMPLES "/playground."} + name + ".json"};
    std::stringstream text;
    text << file.rdbuf();
    return json::parse(text.str()).value();
}

void put(Value& value, const std::string& key, Value member) {
    auto& object = std::get<Object>(value.content);
    for (auto& [known, old] : object)
        if (known == key) {
            old = std::move(member);
            return;
        }
    object.push_back({key, std::move(member)});
}

Told told(const Value& activity) {
    auto heard = read_activity(activity);
    EXPECT_TRUE(std::holds_alternative<Told>(heard)) << std::get<Nothing>(heard).why;
    return std::get<Told>(std::move(heard));
}

std::string_view why_not(const Value& activity) {
    return std::get<Nothing>(read_activity(activity)).why;
}

TEST(TeamsSamples, OfATypedLineSayWhatWasTyped) {
    auto line = told(sample("message.personal"));
    const auto& said = std::get<Said>(line.event);
    EXPECT_EQ(said.text, "hello bot");
    EXPECT_EQ(said.message, std::string{direct} + "/b6969d07-dfbe-4d4e-b698-e8ef0d3a586f");
    EXPECT_EQ(said.thread, std::nullopt);
    EXPECT_EQ(line.account, alex);
    EXPECT_EQ(line.sent_at, instant_from("2026-11-22T02:48:19.014Z"));
    EXPECT_EQ(line.zone, "UTC");
    EXPECT_EQ(line.where.service_url, "http://localhost:56150/_connector");
    EXPECT_EQ(line.answered, Answered::by_a_call);
    EXPECT_EQ(
        line.keys,
        std::vector{
            "a:" + std::string{direct} +
            ":message:b6969d07-dfbe-4d4e-b698-e8ef0d3a586f:2026-11-22T02:48:19.014Z"}
    );
}

TEST(TeamsSamples, OfACardThatIsNotOursSayNothing) {
    EXPECT_EQ(why_not(sample("message.submit.personal")), why::unknown_button);
    EXPECT_EQ(why_not(sample("invoke.adaptiveCard_action.personal")), why::unknown_button);
}

TEST(TeamsSamples, OfACardOfOursSayWhatWasPressedAndEntered) {
    auto by_message = sample("message.submit.personal");
    put(by_message, "value", Object{{"muster.press", "answer:123:0:1"}});
    auto pressed = std::get<Pressed>(told(by_message).event);
    EXPECT_EQ(pressed.verb, Verb::answer);
    EXPECT_EQ(pressed.subject, 123);
    EXPECT_EQ(pressed.message, std::string{direct} + "/1795315699374");

    auto by_invoke = sample("invoke.adaptiveCard_action.personal");
    Object data{{"muster.form", "answer:123:1"}, {"f.today", "Test refunds"}, {"t.only", "false"}};
    Object action{{"type", "Action.Execute"}, {"verb", "muster"}, {"data", data}};
    put(by_invoke, "value", Object{{"action", action}});
    auto sent = told(by_invoke);
    EXPECT_EQ(sent.answered, Answered::on_the_card);
    EXPECT_EQ(sent.where.card, "1795315700825");
    EXPECT_EQ(
        std::get<Submitted>(sent.event).values,
        (FormValues{{"today", "Test refunds"}, {"only", ""}})
    );
}

TEST(TeamsSamples, OfAChannelSayThatTheAppCameAndWent) {
    auto added = told(sample("installationUpdate.add.channel"));
    EXPECT_EQ(std::get<Joined>(added.event).place, "channel-announcements-id");
    EXPECT_EQ(std::get<Joined>(added.event).by, alex);
    EXPECT_EQ(added.account, "") << "nobody did it";
    EXPECT_EQ(why_not(sample("installationUpdate.add.personal")), why::unknown_event);
    EXPECT_EQ(why_not(sample("installationUpdate.remove.personal")), why::unknown_event);
    auto deleted = told(sample("conversationUpdate.channelDeleted.channel"));
    EXPECT_NE(std::get<Left>(deleted.event).place, "");
    EXPECT_EQ(why_not(sample("conversationUpdate.channelRenamed.channel")), why::unknown_event);
}

TEST(TeamsSamples, OfATypedLineThatWasChangedOrDeletedSayWhich) {
    auto line = sample("message.personal");
    put(line, "type", "messageUpdate");
    put(line, "text", "hello again");
    auto edited = std::get<Edited>(told(line).event);
    EXPECT_EQ(edited.text, "hello again");
    EXPECT_EQ(edited.message, std::get<Said>(told(sample("message.personal")).event).message);
    put(line, "type", "messageDelete");
    EXPECT_EQ(std::get<Deleted>(told(line).event).message, edited.message);
}

TEST(TeamsSamples, OfAMentionInAChannelAreCommands) {
    auto line = sample("message.personal");
    put(line,
        "conversation",
        Object{{"conversationType", "channel"}, {"id", "19:a@thread.tacv2;messageid=1"}});
    put(line, "text", "<at>Muster</at>&nbsp;why <at>Ana Silva</at>");
    Object bot{{"id", "00000000-0000-0000-0000-00000000000011"}, {"name", "Muster"}};
    Object mention{{"type", "mention"}, {"text", "<at>Muster</at>"}, {"mentioned", bot}};
    put(line, "entities", json::Array{mention});
    EXPECT_EQ(std::get<Commanded>(told(line).event).text, "why @Ana Silva");
}

// Whatever a sample lacks or holds instead, it is read or it is nothing.
TEST(TeamsSamples, ThatAreMangledMakeNoReaderFail) {
    auto count = 0;
    for (const auto& file : std::filesystem::directory_iterator{MUSTER_MSTEAMS_SAMPLES}) {
        auto name = file.path().stem().string();
        if (!name.starts_with("playground.")) continue;
        const auto whole = sample(name.substr(11));
        for (const auto& [key, member] : *whole.object()) {
            for (const Value& other :
                 {Value{nullptr}, Value{""}, Value{5}, Value{json::Array{}}, Value{Object{}}}) {
                auto mangled = whole;
                put(mangled, key, other);
                auto heard = read_activity(mangled);
                if (const auto* one = std::get_if<Told>(&heard)) {
                    EXPECT_FALSE(one->keys.empty());
                    EXPECT_NE(one->where.conversation, "");
                }
                origin_of(mangled);
                ++count;
            }
        }
    }
    EXPECT_GT(count, 500);
}

}  // namespace
}  // namespace muster::msteams
