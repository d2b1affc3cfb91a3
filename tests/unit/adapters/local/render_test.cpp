#include "adapters/local/render.hpp"

#include <gtest/gtest.h>

namespace muster::local {
namespace {

Catalogue sentences() {
    auto entry = [](std::string words) {
        return Catalogue::Entry{.plural_by = "", .forms = {{"other", words}}};
    };
    return Catalogue(
        {{"en",
          {{"plan", entry("Your plan: {plan}")},
           {"raised", entry("Raised by {who} at {when}")},
           {"date.afternoon", entry("{time}pm")},
           {"help", entry("I can help")},
           {"help_spoken", entry("I can help with {what}")},
           {"title", entry("Stand-up")},
           {"send", entry("Send")},
           {"skip", entry("Skip these questions")},
           {"today", entry("What will you do today?")},
           {"enter", entry("Enter what you will do today.")}}}}
    );
}

RememberedMessage posted(Message message) {
    RememberedMessage remembered;
    remembered.id = "m1";
    remembered.place = "amira";
    remembered.message = std::move(message);
    remembered.delivery = DeliveryId{5};
    remembered.at = Instant{1'795'512'600'000ms};
    return remembered;
}

std::string shown(const Block& block) {
    Message message;
    message.notification = verbatim("x");
    message.blocks = {block};
    return json::dump(*show(posted(message), sentences()).find("blocks"));
}

TEST(LocalRender, TellsWhatAPersonTypedFromWhatMusterSays) {
    EXPECT_EQ(
        shown(Paragraph{text("plan", {{"plan", UserText{"<b>bold</b> & \"quoted\""}}})}),
        R"([{"kind":"paragraph","spans":[{"kind":"plain","words":"Your plan: "},)"
        R"({"kind":"user","words":"<b>bold</b> & \"quoted\""}]}])"
    );
}

TEST(LocalRender, MarksPeopleAndTimesInTheReadersZone) {
    auto nine_thirty = instant_from("2026-11-24T09:30:00.000Z").value();
    auto block =
        Paragraph{text("raised", {{"who", NamedPerson{{3}, "Ana"}}, {"when", nine_thirty}})};
    Message message;
    message.reader = Reader{.language = "en", .zone = "Asia/Kolkata"};
    message.blocks = {block};

    auto blocks = json::dump(*show(posted(message), sentences()).find("blocks"));

    EXPECT_NE(blocks.find(R"({"kind":"person","words":"Ana"})"), std::string::npos) << blocks;
    EXPECT_NE(blocks.find(R"({"kind":"instant","words":"3pm"})"), std::string::npos) << blocks;
}

TEST(LocalRender, GivesAButtonWhatItNeedsToComeBack) {
    Button button{
        .verb = Verb::help_with,
        .subject = 9223372036854775807,
        .extra = 4,
        .revision = 2,
        .label = text("help"),
        .spoken = text("help_spoken", {{"what", UserText{"blocker 13"}}}),
        .primary = true,
    };

    EXPECT_EQ(
        shown(Buttons{{button}}),
        R"([{"kind":"buttons","buttons":[{"verb":"help_with","subject":"9223372036854775807","extra":"4",)"
        R"("revision":2,"label":"I can help","spoken":"I can help with blocker 13","primary":true}]}])"
    );
}

TEST(LocalRender, ShowsEveryKindOfBlock) {
    auto words = verbatim("w");
    auto span = std::string(R"([{"kind":"user","words":"w"}])");

    EXPECT_EQ(shown(Heading{words}), R"([{"kind":"heading","spans":)" + span + "}]");
    EXPECT_EQ(shown(Quiet{words}), R"([{"kind":"quiet","spans":)" + span + "}]");
    EXPECT_EQ(shown(Items{{words}}), R"([{"kind":"items","items":[)" + span + "]}]");
    EXPECT_EQ(
        shown(Facts{{{words, words}}}),
        R"([{"kind":"facts","rows":[{"label":)" + span + R"(,"value":)" + span + "}]}]"
    );
}

TEST(LocalRender, SaysWhetherAMessageIsEditedOrPrivate) {
    Message message;
    message.edited = true;
    auto sent = posted(message);
    auto whisper = sent;
    whisper.delivery = {};

    EXPECT_EQ(*show(sent, sentences()).find("edited"), json::Value(true));
    EXPECT_EQ(*show(sent, sentences()).find("private"), json::Value(false));
    EXPECT_EQ(*show(whisper, sentences()).find("private"), json::Value(true));
}

TEST(LocalRender, ShowsALineOfAPersonInItsThread) {
    RememberedMessage line;
    line.id = "l1";
    line.author = "bo";
    line.line = "<script>";
    line.thread = "m1";
    line.at = Instant{1ms};
    line.edited_at = Instant{2ms};

    EXPECT_EQ(
        json::dump(show(line, sentences())),
        R"({"id":"l1","author":"bo","at":1,"thread":"m1","line":"<script>","edited":true})"
    );
}

Form a_form() {
    Field today{
        .key = "today",
        .kind = Field::Kind::paragraph,
        .label = text("today"),
        .hint = verbatim("One line"),
        .choices = {},
        .initial = "Test",
        .required = true,
    };
    Field row{
        .key = "blocker:12",
        .kind = Field::Kind::choice,
        .label = verbatim("Blocker 12"),
        .hint = std::nullopt,
        .choices = {{"still", verbatim("Still blocked")}},
        .initial = "",
    };
    return Form{
        .context = {FormKind::answer, 11, 1},
        .reader = {},
        .title = text("title"),
        .fields = {today, row},
        .who_sees = std::nullopt,
        .submit = text("send"),
        .dismiss = text("skip"),
    };
}

TEST(LocalRender, ShowsAForm) {
    EXPECT_EQ(
        json::dump(show(a_form(), sentences())),
        R"({"context":"answer:11:1","title":"Stand-up","fields":[)"
        R"({"key":"today","kind":"paragraph","label":[{"kind":"plain","words":"What will you do today?"}],)"
        R"("choices":[],"initial":"Test","required":true,"longest":3000,"hint":[{"kind":"user","words":"One line"}]},)"
        R"({"key":"blocker:12","kind":"choice","label":[{"kind":"user","words":"Blocker 12"}],)"
        R"("choices":[{"value":"still","label":"Still blocked"}],"initial":"","required":false,"longest":3000}],)"
        R"("submit":"Send","dismiss":"Skip these questions"})"
    );
}

TEST(LocalRender, ShowsEveryKindOfReply) {
    auto shown = [](const Reply& reply, const std::optional<RememberedMessage>& said = std::nullopt
                 ) { return show(reply, said, sentences()); };
    Message message;
    message.notification = verbatim("Saved");

    EXPECT_EQ(json::dump(shown(NoReply{})), R"({"kind":"none"})");
    EXPECT_EQ(shown(OpenForm{a_form(), message}).find("form")->text_of("context"), "answer:11:1");
    EXPECT_EQ(shown(Say{message}, posted(message)).find("message")->text_of("id"), "m1");
    EXPECT_EQ(
        json::dump(shown(FormErrors{.reader = {}, .errors = {{"today", text("enter")}}})),
        R"({"kind":"errors","errors":[{"field":"today","words":"Enter what you will do today."}]})"
    );
}

}  // namespace
}  // namespace muster::local
