#include <gtest/gtest.h>

#include "tests/unit/adapters/slack/golden.hpp"

namespace muster::slack {
namespace {

using golden::catalogue;

Field a_field(Field::Kind kind, std::string initial = "") {
    return {
        .key = "load",
        .kind = kind,
        .label = verbatim("How full is your week?"),
        .hint = std::nullopt,
        .choices = {},
        .initial = std::move(initial),
    };
}

Field with_choices(Field field, int count) {
    for (int i = 1; i <= count; ++i)
        field.choices.push_back({std::to_string(i), verbatim("choice " + std::to_string(i))});
    return field;
}

Form a_form(std::vector<Field> fields) {
    return {
        .context = {FormKind::answer, 50, 2},
        .reader = {},
        .title = verbatim("Stand-up"),
        .fields = std::move(fields),
        .who_sees = std::nullopt,
        .submit = verbatim("Send"),
        .dismiss = std::nullopt,
    };
}

json::Array blocks_of(const Form& form) {
    return *render(form, catalogue()).find("blocks")->array();
}

json::Value block_of(const Field& field) {
    return blocks_of(a_form({field})).front();
}

json::Value element_of(const Field& field) {
    return *block_of(field).find("element");
}

json::Value json_of(const char* text) {
    return json::parse(text).value();
}

std::string label_of(const json::Value& labelled) {
    return labelled.find("text")->text_of("text");
}

TEST(SlackForms, CarryWhatTheyBelongToAndNothingElse) {
    const auto view = render(a_form({}), catalogue());
    EXPECT_EQ(view.text_of("private_metadata"), "answer:50:2");
    EXPECT_EQ(view.text_of("callback_id"), "answer:50:2");
    EXPECT_EQ(*view.find("notify_on_close"), json::Value(true));
    EXPECT_EQ(view.find("close"), nullptr);
}

TEST(SlackForms, SayWhoSeesIt) {
    auto form = a_form({a_field(Field::Kind::line)});
    form.who_sees = verbatim("Only you.");
    form.dismiss = verbatim("Skip these questions");
    EXPECT_EQ(blocks_of(form).back().text_of("type"), "context");
    EXPECT_EQ(render(form, catalogue()).find("close")->text_of("text"), "Skip these questions");
}

TEST(SlackForms, ShortenTheirTitleWhereItIsTooLong) {
    auto form = a_form({});
    form.title = verbatim("The stand-up of 24 November");
    EXPECT_EQ(render(form, catalogue()).find("title")->text_of("text"), "The stand-up of 24 Nove…");
}

TEST(SlackForms, AskForALineOrMore) {
    auto line = a_field(Field::Kind::line, "Platform");
    line.longest = 500;
    line.required = true;
    line.hint = verbatim("A team");
    EXPECT_EQ(block_of(line), json_of(R"({"type":"input","block_id":"load",
            "label":{"type":"plain_text","text":"How full is your week?","emoji":false},
            "element":{"type":"plain_text_input","action_id":"v","multiline":false,"max_length":500,
                "initial_value":"Platform"},
            "optional":false,"hint":{"type":"plain_text","text":"A team","emoji":false}})"));
    auto more = a_field(Field::Kind::paragraph);
    more.longest = 4'000;
    EXPECT_EQ(
        element_of(more),
        json_of(R"({"type":"plain_text_input","action_id":"v","multiline":true,"max_length":3000})")
    );
}

TEST(SlackForms, ShowAFewChoicesAndKeepMoreBehindAMenu) {
    const auto few = element_of(with_choices(a_field(Field::Kind::choice, "2"), 5));
    EXPECT_EQ(few.text_of("type"), "radio_buttons");
    EXPECT_EQ(*few.find("initial_option"), (*few.find("options")->array())[1]);
    EXPECT_EQ(
        element_of(with_choices(a_field(Field::Kind::yes_no), 2)).text_of("type"), "radio_buttons"
    );

    const auto more = element_of(with_choices(a_field(Field::Kind::choice, "6"), 6));
    EXPECT_EQ(more.text_of("type"), "static_select");
    EXPECT_EQ(*more.find("initial_option"), (*more.find("options")->array())[5]);
    EXPECT_EQ(
        element_of(with_choices(a_field(Field::Kind::scale), 5)).text_of("type"), "static_select"
    );
    EXPECT_EQ(
        element_of(with_choices(a_field(Field::Kind::person), 3)).text_of("type"), "static_select"
    );
}

TEST(SlackForms, ChooseNothingThatIsNotThere) {
    const auto element = element_of(with_choices(a_field(Field::Kind::choice, "9"), 3));
    EXPECT_EQ(element.find("initial_option"), nullptr);
}

TEST(SlackForms, GoOnWithALongChoiceInASecondLine) {
    auto field = a_field(Field::Kind::choice);
    field.choices = {{"a", verbatim(std::string(74, 'a') + " and b")}, {"b", verbatim("b")}};
    const auto options = *element_of(field).find("options")->array();
    EXPECT_EQ(label_of(options[0]), std::string(74, 'a') + "…");
    EXPECT_EQ(options[0].find("description")->text_of("text"), "… and b");
    EXPECT_EQ(options[1].find("description"), nullptr);
}

TEST(SlackForms, PutMoreThanAHundredChoicesIntoGroups) {
    const auto element = element_of(with_choices(a_field(Field::Kind::person, "250"), 250));
    const auto groups = *element.find("option_groups")->array();
    ASSERT_EQ(groups.size(), 3U);
    EXPECT_EQ(groups[1].find("label")->text_of("text"), "choice 101 – choice 200");
    EXPECT_EQ(groups[1].find("options")->array()->size(), 100U);
    EXPECT_EQ(groups[2].find("options")->array()->size(), 50U);
    EXPECT_EQ(*element.find("initial_option"), groups[2].find("options")->array()->back());
    EXPECT_EQ(element.find("options"), nullptr);
}

TEST(SlackForms, SendAChoiceThatIsTooLongToComeBackAsItsNumber) {
    auto field = a_field(Field::Kind::choice, std::string(76, 'a'));
    field.choices = {{std::string(75, 'b'), verbatim("b")}, {std::string(76, 'a'), verbatim("a")}};
    const auto element = element_of(field);
    const auto options = *element.find("options")->array();
    EXPECT_EQ(options[0].text_of("value"), std::string(75, 'b'));
    EXPECT_EQ(options[1].text_of("value"), "2");
    EXPECT_EQ(*element.find("initial_option"), options[1]);
}

TEST(SlackForms, LetPeopleTypeWhereThereIsNothingToChooseFrom) {
    EXPECT_EQ(element_of(a_field(Field::Kind::choice)).text_of("type"), "plain_text_input");
    EXPECT_EQ(element_of(a_field(Field::Kind::person)).text_of("type"), "plain_text_input");
}

TEST(SlackForms, AskForADate) {
    EXPECT_EQ(
        element_of(a_field(Field::Kind::date, "2026-12-01")),
        json_of(R"({"type":"datepicker","action_id":"v","initial_date":"2026-12-01"})")
    );
    EXPECT_EQ(element_of(a_field(Field::Kind::date, "soon")).find("initial_date"), nullptr);
}

TEST(SlackForms, AskForATick) {
    const auto box = element_of(a_field(Field::Kind::tick, "yes"));
    EXPECT_EQ(box.text_of("type"), "checkboxes");
    EXPECT_EQ(box.find("options")->array()->front().text_of("value"), ticked);
    EXPECT_EQ(*box.find("initial_options"), *box.find("options"));
    EXPECT_EQ(element_of(a_field(Field::Kind::tick)).find("initial_options"), nullptr);
}

// ---- what a form cannot hold

TEST(SlackForms, OnlyShowWhatIsNotToBeChangedHere) {
    auto field = a_field(Field::Kind::shown, "Refunds\nhttps://a.uk " + std::string(4'000, 'a'));
    field.hint = verbatim("Edit your message.");
    const auto blocks = blocks_of(a_form({field}));
    ASSERT_EQ(blocks.size(), 2U);
    const auto shown = json::dump(blocks[0]);
    EXPECT_EQ(blocks[0].text_of("type"), "rich_text");
    EXPECT_NE(shown.find("aaa…"), std::string::npos);
    EXPECT_NE(shown.find(R"({"type":"link","url":"https://a.uk"})"), std::string::npos);
    EXPECT_EQ(blocks[1].text_of("type"), "context");
}

TEST(SlackForms, OnlyShowWhatIsTooLongAsSlackMayCountIt) {
    std::string emoji;
    for (int i = 0; i < 1'501; ++i)
        emoji += "🚀";
    auto blocks = blocks_of(a_form({a_field(Field::Kind::paragraph, emoji)}));
    ASSERT_EQ(blocks.size(), 2U);
    EXPECT_EQ(blocks[0].text_of("type"), "rich_text");

    emoji.resize(1'500 * std::string("🚀").size());
    EXPECT_EQ(element_of(a_field(Field::Kind::paragraph, emoji)).text_of("initial_value"), emoji);
}

TEST(SlackForms, PickFromHoweverManyPeople) {
    std::string everybody;
    for (int number = 0; number < 500; ++number)
        everybody += " U0" + std::to_string(1'000'000'000 + number);
    const auto element = element_of(a_field(Field::Kind::people, everybody.substr(1)));
    EXPECT_EQ(element.text_of("type"), "multi_users_select");
    EXPECT_EQ(element.find("initial_users")->array()->size(), 500U);
}

TEST(SlackForms, StayWithinASlackViewWhateverIsFilledIn) {
    std::string emoji;
    for (int i = 0; i < 1'500; ++i)
        emoji += "🚀";
    const std::vector<Field> fields(5, a_field(Field::Kind::paragraph, emoji));
    auto form = a_form(fields);
    for (std::size_t i = 0; i < form.fields.size(); ++i)
        form.fields[i].key += std::to_string(i);
    std::size_t size = 0;
    for (unsigned char byte : json::dump(render(form, catalogue())))
        size += byte < 0x80U ? 1 : 3;  // four bytes become two escapes of six characters
    EXPECT_LT(size, 250'000U);
}

// ---- errors

TEST(SlackForms, SayWhatIsWrongWhereItIsWrong) {
    const FormErrors refused{
        .reader = {},
        .errors =
            {{"today", text("form.error_today")}, {"by", verbatim("a")}, {"by", verbatim("b")}},
    };
    EXPECT_EQ(
        json::dump(render(refused, catalogue())),
        R"({"response_action":"errors","errors":{"today":"Enter what you will do today.","by":"a b"}})"
    );
}

}  // namespace
}  // namespace muster::slack
