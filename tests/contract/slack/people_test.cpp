#include <gtest/gtest.h>

#include "adapters/slack/render.hpp"
#include "adapters/slack/signature.hpp"
#include "config/texts.hpp"
#include "tests/fakes/slack/person.hpp"
#include "tests/fakes/slack/slack_json.hpp"
#include "tests/unit/adapters/slack/inbound_story.hpp"

namespace muster::slack {
namespace {

using fake_slack::AppRequest;
using fake_slack::FakeSlack;
using fake_slack::Person;

// What people do in the fake Slack is what our readers hear, also as Slack may write it tomorrow;
// and what our writers write can be pressed and filled in there.
class SlackPeople : public testing::TestWithParam<bool> {
protected:
    SlackPeople() {
        slack.outbox().drift(GetParam());
        slack.workspace().add(fake_slack::User{
            .id = "U0ALICE", .name = "alice", .real_name = "Alice Adams"});
        alice.direct();
    }

    Heard heard() {
        auto requests = slack.outbox().take();
        EXPECT_EQ(requests.size(), 1U);
        request = requests.at(0);
        EXPECT_TRUE(is_verified(now));
        if (request.kind == AppRequest::Kind::event) return read_event(request.body, us);
        if (request.kind == AppRequest::Kind::command) return read_command(request.body, us);
        return read_interaction(request.body, us);
    }

    template <class Event>
    Event event() {
        auto what = heard();
        auto* told = std::get_if<Told>(&what);
        if (!told || !std::holds_alternative<Event>(told->event))
            throw std::runtime_error("heard something else: " + why_of(what));
        EXPECT_EQ(told->workspaces.at(0).team, "T0TEAM");
        way = told->way;
        return std::get<Event>(told->event);
    }

    bool is_verified(Instant at) {
        auto header = [&](const std::string& name) -> std::optional<std::string_view> {
            for (const auto& [key, value] : request.headers)
                if (key == name) return value;
            return std::nullopt;
        };
        SignedRequest seen{
            header("X-Slack-Request-Timestamp"), header("X-Slack-Signature"), request.body};
        std::vector<SigningSecret> secrets{{slack.workspace().installation.signing_secret}};
        return verify(secrets, seen, at) == Verdict::good;
    }

    // Returns its ts.
    std::string post(const Post& post, const std::string& place) {
        return posted(
            "chat.postMessage",
            {{"channel", place},
             {"text", post.text},
             {"blocks", post.blocks},
             {"parse", "none"},
             {"mrkdwn", false},
             {"unfurl_links", false},
             {"unfurl_media", false}}
        );
    }

    std::string posted(const std::string& method, const json::Object& arguments) {
        HttpCall call;
        call.url = slack.workspace().installation.api + method;
        call.headers = {
            {"Authorization", "Bearer " + slack.workspace().installation.token},
            {"Content-Type", "application/json; charset=utf-8"}};
        call.body = json::dump(arguments);
        auto answer = slack.handle(call, now);
        EXPECT_TRUE(slack.violations().empty()) << slack.violations().at(0);
        return json::parse(answer.body)->text_of("ts");
    }

    FakeSlack slack;
    Instant now = instant_from("2026-11-24T09:30:00.000Z").value();
    Person alice{slack, "U0ALICE"};
    std::vector<Identity> us{{"T0TEAM", "", "U0MUSTER", "B0MUSTER"}};
    Catalogue catalogue = config::load_texts();
    AppRequest request;  // the last that was heard
    Way way;
};

TEST_P(SlackPeople, AreHeardInTheirOwnWords) {
    auto line = alice.says("Fish & chips <today> 🌴", now);
    auto said = event<Said>();
    EXPECT_EQ(said.text, "Fish & chips <today> 🌴");
    EXPECT_EQ(said.message, "D0ALICE/" + line);
    EXPECT_FALSE(is_verified(now + 301s));

    alice.says_in("D0ALICE", "More", now, line);
    EXPECT_EQ(event<Said>().thread, "D0ALICE/" + line);
}

TEST_P(SlackPeople, AreHeardToThinkAgain) {
    auto line = alice.says("Test https://example.org", now);
    event<Said>();
    alice.sees_preview_in("D0ALICE", line, now);
    EXPECT_EQ(why_of(heard()), "no_change");
    alice.edits("D0ALICE", line, "Test refunds", now);
    auto edited = event<Edited>();
    EXPECT_EQ(edited.text, "Test refunds");
    EXPECT_EQ(edited.message, "D0ALICE/" + line);
    alice.deletes("D0ALICE", line, now);
    EXPECT_EQ(event<Deleted>().message, "D0ALICE/" + line);
}

TEST_P(SlackPeople, AreHeardToTakeBackALineWithReplies) {
    auto line = alice.says("Test refunds", now);
    event<Said>();
    alice.says_in("D0ALICE", "and chips", now, line);
    event<Said>();
    alice.deletes("D0ALICE", line, now);
    EXPECT_EQ(event<Deleted>().message, "D0ALICE/" + line);
}

TEST_P(SlackPeople, PressWhatWePosted) {
    Message message;
    message.notification = verbatim("Open until 11:30am");
    message.blocks = {Paragraph{verbatim("Open <until> 11:30am")}};
    Button button{Verb::answer, 17, 0, 3, verbatim("Answer"), verbatim("Answer for Payments")};
    message.blocks.push_back(Buttons{{button}});
    auto ts = post(render(message, DeliveryId{5}, Readers::one, catalogue).at(0), "U0ALICE");

    auto seen = event<Seen>();
    EXPECT_EQ(seen.delivery, DeliveryId{5});
    EXPECT_EQ(seen.message, "D0ALICE/" + ts);
    alice.presses("D0ALICE", ts, "Answer", now);
    auto pressed = event<Pressed>();
    EXPECT_EQ(pressed.verb, Verb::answer);
    EXPECT_EQ(pressed.subject, 17);
    EXPECT_EQ(pressed.message, "D0ALICE/" + ts);
    EXPECT_EQ(pressed.delivery, DeliveryId{5});
    EXPECT_NE(way.trigger, "");
    EXPECT_NE(way.response_url, "");
}

TEST_P(SlackPeople, FillInOurForms) {
    Form form;
    form.context = {FormKind::answer, 17, 1};
    form.title = verbatim("Stand-up 24 November");
    form.submit = verbatim("Send");
    Field today;
    today.key = "today";
    today.label = verbatim("What will you do today?");
    today.required = true;
    Field blocker;
    blocker.key = "blocker:12";
    blocker.kind = Field::Kind::choice;
    blocker.label = verbatim("How is it?");
    blocker.choices = {{"still", verbatim("Still blocked")}, {"cleared", verbatim("Cleared")}};
    form.fields = {today, blocker};

    alice.commands("D0ALICE", "/muster", "answer", now);
    EXPECT_EQ(event<Commanded>().text, "answer");
    posted("views.open", {{"trigger_id", way.trigger}, {"view", render(form, catalogue)}});
    ASSERT_TRUE(alice.form());
    alice.enters("today", "Test refunds & chips");
    alice.enters("blocker:12", "Cleared");
    ASSERT_TRUE(alice.submits(now));

    auto submitted = event<Submitted>();
    EXPECT_EQ(submitted.form, form.context);
    FormValues expected{{"today", "Test refunds & chips"}, {"blocker:12", "cleared"}};
    EXPECT_EQ(submitted.values, expected);
}

TEST_P(SlackPeople, PutOurFormsAway) {
    Form form;
    form.context = {FormKind::answer, 17, 1};
    form.title = verbatim("Stand-up 24 November");
    form.submit = verbatim("Send");
    Field today;
    today.key = "today";
    today.label = verbatim("What will you do today?");
    form.fields = {today};
    alice.commands("D0ALICE", "/muster", "answer", now);
    event<Commanded>();
    posted("views.open", {{"trigger_id", way.trigger}, {"view", render(form, catalogue)}});
    alice.closes(now);
    EXPECT_EQ(event<Dismissed>().form, form.context);
}

INSTANTIATE_TEST_SUITE_P(Contract, SlackPeople, testing::Bool(), [](const auto& drifts) {
    return drifts.param ? "Tomorrow" : "Today";
});

}  // namespace
}  // namespace muster::slack
