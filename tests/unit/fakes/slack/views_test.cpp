#include "tests/unit/fakes/slack/fake_slack_story.hpp"

namespace muster::fake_slack {
namespace {

constexpr auto form = R"({
    "type": "modal", "callback_id": "answer:1:1", "private_metadata": "answer:1:1",
    "notify_on_close": true,
    "title": {"type": "plain_text", "text": "Stand-up 24 November"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {"type": "section", "text": {"type": "plain_text", "text": "One line is enough."}},
        {"type": "input", "block_id": "today",
         "label": {"type": "plain_text", "text": "What will you do today?"},
         "element": {"type": "plain_text_input", "action_id": "v", "max_length": 20}},
        {"type": "input", "block_id": "blocker:12", "optional": true,
         "label": {"type": "plain_text", "text": "How is it?"},
         "element": {"type": "radio_buttons", "action_id": "v", "options": [
            {"text": {"type": "plain_text", "text": "Still blocked"}, "value": "still"},
            {"text": {"type": "plain_text", "text": "Cleared"}, "value": "cleared"}],
          "initial_option": {"text": {"type": "plain_text", "text": "Cleared"}, "value": "cleared"}}},
        {"type": "input", "block_id": "private", "optional": true,
         "label": {"type": "plain_text", "text": "Who may know?"},
         "element": {"type": "checkboxes", "action_id": "v", "options": [
            {"text": {"type": "plain_text", "text": "Only my manager"}, "value": "yes"}]}},
        {"type": "input", "block_id": "by", "optional": true,
         "label": {"type": "plain_text", "text": "By when?"},
         "element": {"type": "datepicker", "action_id": "v"}}]})";

class FakeSlackViews : public FakeSlackStory {
protected:
    // Alice typed a command and the app may open a form.
    std::string a_trigger() {
        alice.commands("D0ALICE", "/muster", "answer", now);
        return text_of(told(), "trigger_id");
    }

    json::Value open_form(const std::string& view = form) {
        return call("views.open", {{"trigger_id", a_trigger()}, {"view", object_in(view)}});
    }

    // What Slack told of the form that Alice sent.
    json::Object sent_values() {
        alice.submits(now);
        return *told_view().find("state")->find("values")->object();
    }

    json::Value told_view() { return *find(told(), "view"); }

    FakeSlackViews() { alice.direct(); }
};

TEST_F(FakeSlackViews, OpenWithATriggerThatLivesThreeSecondsAndWorksOnce) {
    auto trigger = a_trigger();
    json::Object arguments{{"trigger_id", trigger}, {"view", object_in(form)}};
    now += 3s;
    EXPECT_EQ(*call("views.open", arguments).find("ok"), json::Value{true});
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_EQ(call("views.open", arguments).text_of("error"), "exchanged_trigger_id");
    EXPECT_THAT(violations(), SizeIs(1));

    put(arguments, "trigger_id", a_trigger());
    now += 3001ms;
    EXPECT_EQ(call("views.open", arguments).text_of("error"), "expired_trigger_id");
    EXPECT_THAT(violations(), SizeIs(1));
    put(arguments, "trigger_id", "made up");
    EXPECT_EQ(call("views.open", arguments).text_of("error"), "invalid_trigger_id");
    EXPECT_THAT(violations(), SizeIs(2));
}

TEST_F(FakeSlackViews, AreHeldToTheRules) {
    auto without_submit = object_in(form);
    drop(without_submit, "submit");
    auto answer = call("views.open", {{"trigger_id", a_trigger()}, {"view", without_submit}});
    EXPECT_EQ(answer.text_of("error"), "invalid_arguments");
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("nothing to submit them with")));
    EXPECT_FALSE(alice.form());
}

TEST_F(FakeSlackViews, ShowWhatAPersonSees) {
    open_form();
    auto seen = shown(*alice.form());
    EXPECT_EQ(seen.title, "Stand-up 24 November");
    EXPECT_EQ(seen.submit, "Send");
    EXPECT_EQ(seen.text, "One line is enough.");
    ASSERT_THAT(seen.fields, SizeIs(4));
    EXPECT_EQ(seen.fields[0].label, "What will you do today?");
    EXPECT_EQ(seen.fields[0].kind, "plain_text_input");
    EXPECT_FALSE(seen.fields[0].is_optional);
    EXPECT_EQ(seen.fields[1].entered, "cleared");
    EXPECT_EQ(seen.fields[1].options[0].label, "Still blocked");
}

TEST_F(FakeSlackViews, TellWhatWasEnteredAndWhatStoodThereBefore) {
    open_form();
    alice.enters("today", "Test refunds");
    alice.enters("private", "Only my manager");
    alice.submits(now);

    auto view = told_view();
    EXPECT_EQ(last.path, "/slack/interactions");
    EXPECT_EQ(view.text_of("callback_id"), "answer:1:1");
    auto values = *view.find("state")->find("values")->object();
    EXPECT_EQ(
        json::dump(*find(values, "today")),
        R"({"v":{"type":"plain_text_input","value":"Test refunds"}})"
    );
    EXPECT_EQ(
        json::dump(*find(values, "blocker:12")->find("v")->find("selected_option")),
        R"({"text":{"type":"plain_text","text":"Cleared"},"value":"cleared"})"
    );
    EXPECT_EQ(
        json::dump(*find(values, "private")->find("v")->find("selected_options")),
        R"([{"text":{"type":"plain_text","text":"Only my manager"},"value":"yes"}])"
    );
    EXPECT_EQ(
        json::dump(*find(values, "by")), R"({"v":{"type":"datepicker","selected_date":null}})"
    );
}

TEST_F(FakeSlackViews, AreNotSentWhileAFieldIsEmptyOrTooLong) {
    open_form();
    EXPECT_FALSE(alice.submits(now));
    alice.enters("today", std::string(21, 'x'));
    EXPECT_FALSE(alice.submits(now));
    EXPECT_THAT(slack.workspace().notices, SizeIs(2));
    EXPECT_THAT(slack.outbox().take(), IsEmpty());
    alice.enters("today", std::string(20, 'x'));
    EXPECT_TRUE(alice.submits(now));
}

TEST_F(FakeSlackViews, CloseOnAnEmptyAnswer) {
    open_form();
    alice.enters("today", "Test refunds");
    sent_values();
    answer(200);
    EXPECT_FALSE(alice.form());
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackViews, StayOpenWithTheErrorsAndWhatWasTyped) {
    open_form();
    alice.enters("today", "Tst");
    sent_values();
    answer(200, R"({"response_action":"errors","errors":{"today":"Enter more."}})");

    auto seen = shown(*alice.form());
    EXPECT_EQ(seen.fields[0].error, "Enter more.");
    EXPECT_EQ(seen.fields[0].entered, "Tst");
    EXPECT_THAT(violations(), IsEmpty());
    sent_values();
    answer(200, R"({"response_action":"errors","errors":{"tomorrow":"Enter more."}})");
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("tomorrow, which is no input")));
}

TEST_F(FakeSlackViews, BecomeTheNextPage) {
    open_form();
    auto first = alice.form()->hash;
    alice.enters("today", "Test refunds");
    sent_values();
    answer(200, R"({"response_action":"update","view":{"type":"modal","blocks":[],
        "title":{"type":"plain_text","text":"Page 2"}}})");

    EXPECT_EQ(shown(*alice.form()).title, "Page 2");
    EXPECT_NE(alice.form()->hash, first);
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackViews, AreStackedThreeDeep) {
    open_form();
    alice.enters("today", "Test refunds");
    auto push = std::string{R"({"response_action":"push","view":)"} + form + "}";
    for (int depth = 2; depth <= 4; ++depth) {
        alice.enters("today", "Test refunds");
        sent_values();
        answer(200, push);
    }
    EXPECT_THAT(slack.workspace().stacks["U0ALICE"], SizeIs(3));
    EXPECT_THAT(violations(), ElementsAre(HasSubstr("a fourth view")));
    EXPECT_EQ(alice.form()->root, slack.workspace().stacks["U0ALICE"][0]);
    alice.enters("today", "Test refunds");
    sent_values();
    answer(200, R"({"response_action":"clear"})");
    EXPECT_FALSE(alice.form());
}

TEST_F(FakeSlackViews, TellThatTheyWerePutAwayWhenTheAppWantsToKnow) {
    open_form();
    alice.closes(now);
    EXPECT_EQ(text_of(told(), "type"), "view_closed");

    auto quiet = object_in(form);
    drop(quiet, "notify_on_close");
    open_form(json::dump(quiet));
    alice.closes(now);
    EXPECT_THAT(slack.outbox().take(), IsEmpty());
}

TEST_F(FakeSlackViews, AreUpdatedUnlessTheyChangedMeanwhile) {
    auto opened = *open_form().find("view");
    json::Object arguments{
        {"view_id", opened.text_of("id")},
        {"hash", opened.text_of("hash")},
        {"view", object_in(form)}};
    EXPECT_EQ(*call("views.update", arguments).find("ok"), json::Value{true});
    EXPECT_EQ(call("views.update", arguments).text_of("error"), "hash_conflict");
    drop(arguments, "hash");
    alice.closes(now);
    EXPECT_EQ(call("views.update", arguments).text_of("error"), "not_found");
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackViews, ArePublishedAsAHome) {
    json::Object home{{"type", "home"}, {"blocks", array_in(R"([{"type":"divider"}])")}};
    call("views.publish", {{"user_id", "U0ALICE"}, {"view", home}});
    EXPECT_THAT(array_of(slack.workspace().homes.at("U0ALICE").content, "blocks"), SizeIs(1));
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(FakeSlackViews, StayOpenWhenTheAppDoesNotAnswerInTime) {
    open_form();
    alice.enters("today", "Test refunds");
    sent_values();
    now += 3001ms;
    answer(200);
    EXPECT_TRUE(alice.form());
    ASSERT_THAT(slack.workspace().notices, SizeIs(1));
    EXPECT_THAT(slack.workspace().notices[0].words, HasSubstr("operation_timeout"));
}

}  // namespace
}  // namespace muster::fake_slack
