#include "adapters/local/inbound.hpp"

#include <gtest/gtest.h>

namespace muster::local {
namespace {

const std::string request = "0123456789abcdef";

// A body with the members that every act has.
std::string body(std::string more) {
    return R"({"request":")" + request + R"(","as":"amira",)" + more + "}";
}

template <class Event>
Event event_of(Act act, std::string more) {
    return std::get<Event>(read(act, body(more)).value().event);
}

bool is_refused(Act act, std::string text) {
    auto sent = read(act, text);
    return !sent && sent.error() == Errc::bad_input;
}

TEST(LocalInbound, ReadsALineAndNamesItAfterItsRequest) {
    auto sent = read(Act::say, body(R"("place":"amira","text":"Test refunds")")).value();
    auto said = std::get<Said>(sent.event);

    EXPECT_EQ(sent.account, "amira");
    EXPECT_EQ(sent.place, "amira");
    EXPECT_EQ(said.text, "Test refunds");
    EXPECT_EQ(said.message, line_id(request));
    EXPECT_EQ(said.thread, std::nullopt);
}

TEST(LocalInbound, ReadsALineInAThread) {
    auto said = event_of<Said>(Act::say, R"("place":"payments","text":"Me too","thread":"m1")");

    EXPECT_EQ(said.thread, "m1");
}

TEST(LocalInbound, ReadsAPressedButtonWithIdsBeyondWhatABrowserCanCount) {
    auto pressed = event_of<Pressed>(
        Act::press,
        R"("message":"m1","verb":"help_with","subject":"9223372036854775807","extra":"0")"
    );

    EXPECT_EQ(pressed.verb, Verb::help_with);
    EXPECT_EQ(pressed.subject, 9223372036854775807);
    EXPECT_EQ(pressed.extra, 0);
    EXPECT_EQ(pressed.message, "m1");
}

TEST(LocalInbound, ReadsAFormInTheOrderOfItsFields) {
    auto submitted = event_of<Submitted>(
        Act::submit, R"("context":"answer:11:2","values":[["today","Test"],["since",""]])"
    );

    EXPECT_EQ(submitted.form, (FormContext{FormKind::answer, 11, 2}));
    EXPECT_EQ(submitted.values, (FormValues{{"today", "Test"}, {"since", ""}}));
}

TEST(LocalInbound, ReadsThatAFormWasPutAway) {
    auto dismissed = event_of<Dismissed>(Act::dismiss, R"("context":"blocker_details:13:1")");

    EXPECT_EQ(dismissed.form, (FormContext{FormKind::blocker_details, 13, 1}));
}

TEST(LocalInbound, ReadsACommandFromAnywhere) {
    auto in_channel = event_of<Commanded>(Act::command, R"("place":"payments","text":"why")");
    auto in_direct = event_of<Commanded>(Act::command, R"("place":"amira","text":"")");

    EXPECT_EQ(in_channel.text, "why");
    EXPECT_EQ(in_direct.text, "");
}

TEST(LocalInbound, ReadsAnEditAndADeletion) {
    EXPECT_EQ(event_of<Edited>(Act::edit, R"("message":"l1","text":"Better")").text, "Better");
    EXPECT_EQ(event_of<Deleted>(Act::remove, R"("message":"l1")").message, "l1");
}

TEST(LocalInbound, RefusesWhatIsNotAnObjectOfAnAct) {
    for (std::string text : {"", "[]", "null", "{", R"("say")", "{}"}) {
        EXPECT_TRUE(is_refused(Act::say, text)) << text;
    }
}

TEST(LocalInbound, RefusesMembersThatAreMissingOrOfAnotherKind) {
    EXPECT_TRUE(is_refused(Act::say, body(R"("text":"no place")")));
    EXPECT_TRUE(is_refused(Act::say, body(R"("place":"amira","text":"")")));
    EXPECT_TRUE(is_refused(Act::say, body(R"("place":"amira","text":"x","thread":5)")));
    EXPECT_TRUE(is_refused(
        Act::press,
        body(R"("message":"m1","verb":"explode","subject":"1","extra":"0","revision":1)")
    ));
    EXPECT_TRUE(is_refused(
        Act::press, body(R"("message":"m1","verb":"skip","subject":"1x","extra":"0","revision":1)")
    ));
    EXPECT_TRUE(is_refused(
        Act::press, body(R"("message":"m1","verb":"skip","subject":"-1","extra":"0","revision":1)")
    ));
    EXPECT_TRUE(is_refused(Act::submit, body(R"("context":"answer:11:1","values":[["today"]])")));
    EXPECT_TRUE(is_refused(Act::submit, body(R"("context":"answer","values":[])")));
    EXPECT_TRUE(is_refused(Act::edit, body(R"("message":"l1")")));
}

TEST(LocalInbound, RefusesARequestIdThatCouldClashWithAnotherKindOfId) {
    for (std::string id : {"short", "with a space in it", "0123456789ABCDEF", "../../etc/passwd"}) {
        auto text = R"({"request":")" + id + R"(","as":"amira","place":"amira","text":"x"})";
        EXPECT_TRUE(is_refused(Act::say, text)) << id;
    }
}

TEST(LocalInbound, RefusesALineThatIsTooLong) {
    auto longest = std::string(longest_line, 'x');

    EXPECT_FALSE(is_refused(Act::say, body(R"("place":"amira","text":")" + longest + "\"")));
    EXPECT_TRUE(is_refused(Act::say, body(R"("place":"amira","text":")" + longest + "x\"")));
}

TEST(LocalInbound, GivesTheRequestOfOnePersonAKeyOfItsOwn) {
    auto sent = read(Act::say, body(R"("place":"amira","text":"x")")).value();
    auto same_of_bo = sent;
    same_of_bo.account = "bo";
    auto now = instant_from("2026-11-24T09:30:00.000Z").value();

    auto inbound = inbound_of(sent, ConnectionId{7}, now, Seed{1, 2});

    EXPECT_EQ(inbound.connection, ConnectionId{7});
    EXPECT_EQ(inbound.sent_at, now);
    EXPECT_EQ(inbound.seed, (Seed{1, 2}));
    EXPECT_EQ(inbound.keys, inbound_of(sent, ConnectionId{7}, now + 5s, Seed{3, 4}).keys);
    EXPECT_NE(inbound.keys, inbound_of(same_of_bo, ConnectionId{7}, now, Seed{1, 2}).keys);
}

TEST(LocalInbound, ReadsWhereTheClockShallGo) {
    EXPECT_EQ(read_jump(R"({"to":"next","as":"amira"})")->to, Jump::next_event);
    EXPECT_EQ(read_jump(R"({"to":"hour"})")->to, Jump::one_hour);
    EXPECT_EQ(read_jump(R"({"to":"tomorrow","as":"bo"})")->account, "bo");
    EXPECT_EQ(read_jump(R"({"to":"yesterday"})").error(), Errc::bad_input);
}

}  // namespace
}  // namespace muster::local
