#include "tests/unit/adapters/slack/inbound_story.hpp"

namespace muster::slack {
namespace {

using Keys = std::vector<std::string>;
using Workspaces = std::vector<Workspace>;

Heard read(const Object& payload) {
    return read_interaction(payload_of(payload), ours);
}

// ---- buttons

Object button(const std::string& value = "answer:11:0:3") {
    return {
        {"type", "button"},
        {"action_id", "answer:0"},
        {"block_id", "a1"},
        {"value", value},
        {"action_ts", "1795512660.194939"},
    };
}

Object message(const std::string& first_block) {
    return {
        {"ts", "1795512600.000200"},
        {"user", "UMUSTER"},
        {"bot_id", "BMUSTER"},
        {"blocks",
         Array{Object{{"type", "header"}, {"block_id", first_block}}, Object{{"block_id", "a1"}}}},
    };
}

// Amira presses a button in her direct message with Muster.
Object press(const Object& action = button()) {
    return {
        {"type", "block_actions"},
        {"user", Object{{"id", "U1"}, {"team_id", "T1"}}},
        {"team", Object{{"id", "T1"}, {"domain", "example"}}},
        {"enterprise", nullptr},
        {"container",
         Object{{"type", "message"}, {"message_ts", "1795512600.000200"}, {"channel_id", "D1"}}},
        {"channel", Object{{"id", "D1"}}},
        {"message", message("d:123")},
        {"trigger_id", "1.2.abc"},
        {"response_url", "https://hooks.slack.com/actions/T1/1/x"},
        {"actions", Array{action}},
    };
}

TEST(SlackInteraction, IsAPressedButton) {
    auto told = told_of(read(press()));
    auto pressed = std::get<Pressed>(told.event);

    EXPECT_EQ(pressed.verb, Verb::answer);
    EXPECT_EQ(pressed.subject, 11);
    EXPECT_EQ(pressed.extra, 0);
    EXPECT_EQ(pressed.message, "D1/1795512600.000200");
    EXPECT_EQ(pressed.delivery, DeliveryId{123});
    EXPECT_EQ(told.origin, Origin::button);
    EXPECT_EQ(told.account, "U1");
    EXPECT_EQ(to_text(told.sent_at), "2026-11-24T09:31:00.194Z");
    EXPECT_EQ(told.workspaces, (Workspaces{{"T1", ""}}));
    EXPECT_EQ(told.keys, Keys{"b:U1:1795512600.000200:1795512660.194939"});
}

TEST(SlackInteraction, TellsHowAPressIsAnswered) {
    auto in_thread = press();
    auto container = Object{
        {"message_ts", "1795512600.000200"},
        {"channel_id", "C1"},
        {"thread_ts", "1795510000.000100"},
    };
    auto way = told_of(read(with(in_thread, "container", container))).way;

    EXPECT_EQ(way.trigger, "1.2.abc");
    EXPECT_EQ(way.response_url, "https://hooks.slack.com/actions/T1/1/x");
    EXPECT_EQ(way.channel, "C1");
    EXPECT_EQ(way.message, "1795512600.000200");
    EXPECT_EQ(way.thread, "1795510000.000100");
    EXPECT_EQ(way.view, "");
}

TEST(SlackInteraction, NamesAMessageInPartsByItsFirstAndProvesNoArrival) {
    auto first = event_of<Pressed>(read(with(press(), "message", message("d:123:1:2"))));
    auto later = told_of(read(with(press(), "message", message("d:123:2:2:1795512599.000100"))));
    auto pressed = std::get<Pressed>(later.event);

    EXPECT_EQ(first.message, "D1/1795512600.000200");
    EXPECT_EQ(first.delivery, std::nullopt);
    EXPECT_EQ(pressed.message, "D1/1795512599.000100");
    EXPECT_EQ(pressed.delivery, std::nullopt);
    EXPECT_EQ(later.way.message, "1795512600.000200");
}

TEST(SlackInteraction, IsAPressedButtonOfAMessageThatIsNoDelivery) {
    auto reply = event_of<Pressed>(read(with(press(), "message", message("abc"))));
    auto whispered = event_of<Pressed>(read(without(press(), "message")));

    EXPECT_EQ(reply.delivery, std::nullopt);
    EXPECT_EQ(whispered.delivery, std::nullopt);
    EXPECT_EQ(whispered.message, "D1/1795512600.000200");
}

TEST(SlackInteraction, IsAPressedButtonWhereverSlackNamesItsMessage) {
    auto told = told_of(read(without(press(), "container")));
    EXPECT_EQ(std::get<Pressed>(told.event).message, "D1/1795512600.000200");
    EXPECT_EQ(told.way.channel, "D1");

    auto nowhere = without(without(without(press(), "container"), "channel"), "message");
    auto pressed = told_of(read(nowhere));
    EXPECT_EQ(std::get<Pressed>(pressed.event).message, "");
    EXPECT_EQ(pressed.keys, Keys{"b:U1::1795512660.194939"});
}

TEST(SlackInteraction, IsAPressedButtonInAView) {
    auto in_view = with(press(), "container", Object{{"type", "view"}, {"view_id", "V1"}});
    in_view = without(without(in_view, "channel"), "message");
    auto told = told_of(read(in_view));

    EXPECT_EQ(std::get<Pressed>(told.event).message, "");
    EXPECT_EQ(told.way.view, "V1");
    EXPECT_EQ(told.keys, Keys{"b:U1:V1:1795512660.194939"});
}

TEST(SlackInteraction, HasNoKeyThatOtherPressesOfTheMessageWouldShare) {
    auto told = told_of(read(press(without(button(), "action_ts"))));

    EXPECT_EQ(told.keys, Keys{});
    EXPECT_EQ(told.sent_at, Instant{});
}

TEST(SlackInteraction, FindsItsButtonAmongOtherActions) {
    auto actions = Array{Object{{"type", "static_select"}}, button("skip:11:0:3")};

    EXPECT_EQ(event_of<Pressed>(read(with(press(), "actions", actions))).verb, Verb::skip);
}

TEST(SlackInteraction, IsNothingWhenItIsNoButtonOfOurs) {
    auto link = with(without(button(), "value"), "url", "https://example.org");
    auto of_another_kind = with(button(), "type", "overflow");
    for (const auto& action : {link, of_another_kind, button("click_me_123"), button(""), Object{}})
        EXPECT_EQ(why_of(read(press(action))), why::unknown_button) << json::dump(action);
    EXPECT_EQ(why_of(read(with(press(), "actions", Array{}))), why::unknown_button);
    EXPECT_EQ(why_of(read(with(press(), "actions", Array{5, "a"}))), why::unknown_button);
    EXPECT_EQ(why_of(read(without(press(), "actions"))), why::unknown_button);
}

TEST(SlackInteraction, IsMalformedRatherThanSilentWhenNobodyPressed) {
    EXPECT_EQ(why_of(read(without(press(), "user"))), "malformed");
    EXPECT_EQ(why_of(read(with(press(), "user", Object{{"id", 5}}))), "malformed");
}

// ---- forms

Object entry(const std::string& type, const std::string& key, Value value) {
    return {{"v", Object{{"type", type}, {key, std::move(value)}}}};
}

Object option(const std::string& value) {
    return {{"text", Object{{"type", "plain_text"}, {"text", "Still blocked"}}}, {"value", value}};
}

Object view(const Object& values, const std::string& context = "answer:11:1") {
    return {
        {"id", "V1"},
        {"type", "modal"},
        {"private_metadata", context},
        {"callback_id", context},
        {"state", Object{{"values", values}}},
        {"hash", "1795512600.3wRY"},
        {"app_installed_team_id", "T1"},
    };
}

Object submission(const Object& view) {
    return {
        {"type", "view_submission"},
        {"user", Object{{"id", "U1"}, {"team_id", "T1"}}},
        {"team", Object{{"id", "T1"}, {"enterprise_id", "E1"}}},
        {"trigger_id", "1.2.abc"},
        {"view", view},
    };
}

const Object entries{
    {"today", entry("plain_text_input", "value", "Test refunds & <fees>")},
    {"since", entry("plain_text_input", "value", nullptr)},
};

FormValues entered(const Object& entry) {
    return event_of<Submitted>(read(submission(view({{"it", entry}})))).values;
}

TEST(SlackInteraction, IsASentForm) {
    auto told = told_of(read(submission(view(entries))));
    auto submitted = std::get<Submitted>(told.event);

    EXPECT_EQ(submitted.form, (FormContext{FormKind::answer, 11, 1}));
    EXPECT_EQ(submitted.values, (FormValues{{"today", "Test refunds & <fees>"}, {"since", ""}}));
    EXPECT_EQ(told.origin, Origin::form);
    EXPECT_EQ(told.account, "U1");
    EXPECT_EQ(told.sent_at, Instant{});
    EXPECT_EQ(told.way.trigger, "1.2.abc");
    EXPECT_EQ(told.way.view, "V1");
}

TEST(SlackInteraction, SaysWhatWasEnteredInEveryKindOfField) {
    auto only = [](const std::string& value) { return FormValues{{"it", value}}; };

    EXPECT_EQ(entered(entry("plain_text_input", "value", "a\nb")), only("a\nb"));
    EXPECT_EQ(entered(entry("static_select", "selected_option", option("moving"))), only("moving"));
    EXPECT_EQ(entered(entry("radio_buttons", "selected_option", option("3"))), only("3"));
    EXPECT_EQ(entered(entry("datepicker", "selected_date", "2026-12-01")), only("2026-12-01"));
    EXPECT_EQ(entered(entry("checkboxes", "selected_options", Array{option("yes")})), only("yes"));
}

TEST(SlackInteraction, SaysThatAFieldWasEmptied) {
    for (auto [type, key] :
         {std::pair{"plain_text_input", "value"},
          {"static_select", "selected_option"},
          {"radio_buttons", "selected_option"},
          {"datepicker", "selected_date"}}) {
        EXPECT_EQ(entered(entry(type, key, nullptr)), (FormValues{{"it", ""}})) << type;
        EXPECT_EQ(entered(entry(type, "invented", 5)), (FormValues{{"it", ""}})) << type;
    }
    EXPECT_EQ(entered(entry("checkboxes", "selected_options", Array{})), (FormValues{{"it", ""}}));
}

TEST(SlackInteraction, LeavesOutWhatWasNotAsked) {
    EXPECT_EQ(event_of<Submitted>(read(submission(view({})))).values, FormValues{});

    auto to_be_read_only =
        without(with(view({}), "blocks", Array{Object{{"type", "section"}}}), "state");
    EXPECT_EQ(event_of<Submitted>(read(submission(to_be_read_only))).values, FormValues{});
    auto asking = with(to_be_read_only, "blocks", Array{Object{{"type", "input"}}});
    EXPECT_EQ(why_of(read(submission(asking))), "malformed");
}

TEST(SlackInteraction, KeepsAFormOpenThatItCannotReadWholly) {
    for (const auto& unreadable :
         {entry("plain_text_input", "value", 5),
          entry("plain_text_input", "value", Object{{"text", "a"}}),
          entry("static_select", "selected_option", Object{{"text", "a"}}),
          entry("static_select", "selected_option", Object{{"value", 5}}),
          entry("rich_text_input", "rich_text_value", Object{}),
          entry("invented", "value", "a"),
          Object{},
          Object{{"v", "text"}},
          Object{{"v", nullptr}},
          Object{{"v", Object{}}}})
        EXPECT_EQ(why_of(read(submission(view({{"it", unreadable}})))), "malformed")
            << json::dump(unreadable);

    auto two_in_one = entry("plain_text_input", "value", "a");
    two_in_one = with(two_in_one, "w", two_in_one.front().value);
    EXPECT_EQ(why_of(read(submission(view({{"it", two_in_one}})))), "malformed");
    EXPECT_EQ(why_of(read(submission(view({{"it", nullptr}})))), "malformed");
    EXPECT_EQ(why_of(read(submission(without(view(entries), "state")))), "malformed");
    EXPECT_EQ(why_of(read(submission(with(view(entries), "state", Object{})))), "malformed");
    EXPECT_EQ(why_of(read(submission(without(view(entries), "id")))), "malformed");
    EXPECT_EQ(why_of(read(without(submission(view(entries)), "user"))), "malformed");
}

TEST(SlackInteraction, KnowsAFormByItsViewAndByAllThatWasEntered) {
    auto key = [](const Object& view) { return told_of(read(submission(view))).keys.front(); };
    auto changed = with(entries, "today", entry("plain_text_input", "value", "Test fees"));
    auto of_another_view = with(view(entries), "id", "V2");

    EXPECT_EQ(key(view(entries)), key(with(view(entries), "hash", "1795512601.abcd")));
    EXPECT_EQ(key(view(entries)).substr(0, 5), "f:V1:");
    EXPECT_EQ(key(view(entries)).size(), 5U + 64U);
    EXPECT_NE(key(view(entries)), key(view(changed)));
    EXPECT_NE(key(view(entries)), key(of_another_view));
}

TEST(SlackInteraction, KnowsTwoPagesApartThatShareAViewAndItsValues) {
    auto key = [](const std::string& context) {
        return told_of(read(submission(view(entries, context)))).keys.front();
    };

    EXPECT_NE(key("blocker_details:12:1"), key("blocker_details:13:1"));
    EXPECT_NE(key("answer:11:1"), key("answer:11:2"));
}

TEST(SlackInteraction, IsAFormThatWasPutAway) {
    auto closed = with(submission(view({}, "blocker_details:13:1")), "type", "view_closed");
    auto told = told_of(read(with(closed, "is_cleared", true)));

    EXPECT_EQ(
        std::get<Dismissed>(told.event).form, (FormContext{FormKind::blocker_details, 13, 1})
    );
    EXPECT_EQ(told.origin, Origin::form);
    EXPECT_EQ(told.account, "U1");
    EXPECT_EQ(told.keys, Keys{"v:V1"});
    EXPECT_EQ(why_of(read(without(closed, "user"))), "malformed");
}

TEST(SlackInteraction, IsNothingWhenItIsNoFormOfOurs) {
    for (auto* context : {"", "This is for you!", "answer", "answer:11", "answer:x:1"}) {
        auto sent = submission(view(entries, context));
        EXPECT_EQ(why_of(read(sent)), why::unknown_form) << context;
        EXPECT_EQ(why_of(read(with(sent, "type", "view_closed"))), why::unknown_form) << context;
    }
    EXPECT_EQ(why_of(read(without(submission({}), "view"))), why::unknown_form);
    EXPECT_EQ(why_of(read(submission(without(view({}), "private_metadata")))), why::unknown_form);
}

// ---- which workspace

TEST(SlackInteraction, IsOfTheWorkspaceWhereTheFormsAppIsInstalledBeforeTheOneOfItsSender) {
    auto shared = with(submission(view(entries)), "team", Object{{"id", "TOTHER"}});
    shared = with(shared, "enterprise", Object{{"id", "EOTHER"}});

    EXPECT_EQ(told_of(read(shared)).workspaces, (Workspaces{{"T1", ""}, {"TOTHER", "EOTHER"}}));
}

TEST(SlackInteraction, IsOfTheOrganisationWhereAllOfItIsInstalled) {
    auto wide = with(with(press(), "team", nullptr), "enterprise", Object{{"id", "E1"}});
    auto in_one = with(press(), "team", Object{{"id", "T1"}, {"enterprise_id", "E1"}});

    EXPECT_EQ(told_of(read(wide)).workspaces, (Workspaces{{"", "E1"}}));
    EXPECT_EQ(told_of(read(in_one)).workspaces, (Workspaces{{"T1", "E1"}}));
    EXPECT_EQ(told_of(read(without(press(), "team"))).workspaces, Workspaces{});
}

// ---- everything else

// ---- shortcuts

Object shortcut(const char* callback_id) {
    return {
        {"type", "shortcut"},
        {"team", Object{{"id", "T1"}}},
        {"user", Object{{"id", "U1"}}},
        {"callback_id", callback_id},
        {"trigger_id", "1.2.x"},
        {"action_ts", "1583637157.207593"},
    };
}

TEST(SlackShortcut, OfAMessageBeginsABlockerWithItsWords) {
    auto chosen = with(shortcut("raise_from_message"), "type", "message_action");
    chosen = with(chosen, "message", Object{{"text", "no data &amp; no keys"}, {"user", "U9"}});
    chosen = with(chosen, "channel", Object{{"id", "C1"}});
    chosen = with(chosen, "response_url", "https://hooks.slack.com/app/T1/1/x");
    auto told = told_of(read(chosen));

    EXPECT_EQ(std::get<BlockerWanted>(told.event).words, "no data & no keys");
    EXPECT_EQ(told.account, "U1");
    EXPECT_EQ(told.way.trigger, "1.2.x");
    EXPECT_EQ(told.way.channel, "C1");
    EXPECT_EQ(told.way.response_url, "https://hooks.slack.com/app/T1/1/x");
    EXPECT_EQ(told.keys, std::vector<std::string>{"s:U1:raise_from_message:1583637157.207593"});
}

TEST(SlackShortcut, OfTheAppOpensAnEmptyBlockerOrTheOwnForm) {
    EXPECT_EQ(event_of<BlockerWanted>(read(shortcut("raise_blocker"))).words, "");
    EXPECT_EQ(event_of<Commanded>(read(shortcut("my_stand_up"))).text, "");
}

TEST(SlackShortcut, OfNobodyIsMalformed) {
    EXPECT_EQ(why_of(read(without(shortcut("raise_blocker"), "user"))), "malformed");
    EXPECT_EQ(why_of(read(shortcut("of_another_app"))), why::shortcut);
}

TEST(SlackInteraction, IsCountedByItsKindWhenMusterDoesNothingWithItYet) {
    auto of_type = [](const char* type) { return why_of(read(with(press(), "type", type))); };

    EXPECT_EQ(of_type("shortcut"), why::shortcut);
    EXPECT_EQ(of_type("message_action"), why::shortcut);
    EXPECT_EQ(of_type("block_suggestion"), why::suggestion);
    EXPECT_EQ(of_type("invented_tomorrow"), why::unknown_event);
    EXPECT_EQ(why_of(read(Object{})), why::unknown_event);
}

TEST(SlackInteraction, IsMalformedWhenItIsNoFormWithOnePayload) {
    auto json = json::dump(press());
    auto payload = payload_of(press());
    for (const auto& body :
         {std::string{},
          json,
          std::string{"payload="},
          std::string{"payload=5"},
          std::string{"payload=%5B%5D"},
          std::string{"payload=%7B%00%7D"},
          payload + "%00",
          payload + "&payload=%7B%7D",
          payload + "%2",
          payload.substr(0, payload.size() - 3),
          form_of("payload", payload_of(press()).substr(8)),  // encoded twice
          form_of("other", json),
          form_of("payload", R"({"type":"view_closed","type":"block_actions"})")})
        EXPECT_EQ(why_of(read_interaction(body, ours)), "malformed") << body.substr(0, 60);
}

TEST(SlackInteraction, IsTooLargeWithMoreValuesThanSlackSends) {
    auto many = std::string{R"({"type":"block_actions","actions":[0)"};
    for (int value = 0; value < json::most_values; ++value)
        many += ",0";
    auto heard = read_interaction(form_of("payload", many + "]}"), {});

    EXPECT_TRUE(std::get<Malformed>(heard).is_too_large);
}

TEST(SlackInteraction, ReadsAPlusAsASpaceAndAnEscapeOnce) {
    auto typed = Object{{"it", entry("plain_text_input", "value", "1+1 %41 %2541")}};
    auto body = payload_of(submission(view(typed)));
    auto with_plus = body;
    for (auto at = with_plus.find("%20"); at != body.npos; at = with_plus.find("%20"))
        with_plus.replace(at, 3, "+");

    for (const auto& sent : {body, with_plus})
        EXPECT_EQ(
            event_of<Submitted>(read_interaction(sent, ours)).values,
            (FormValues{{"it", "1+1 %41 %2541"}})
        );
}

}  // namespace
}  // namespace muster::slack
