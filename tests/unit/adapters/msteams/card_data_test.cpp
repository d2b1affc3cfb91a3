#include "adapters/msteams/card_data.hpp"

namespace muster::msteams {
namespace {

using json::Object;

template <class Done>
Done done(Object data) {
    auto found = done_in(json::Value{std::move(data)});
    EXPECT_TRUE(found);
    return std::get<Done>(*found);
}

Field a_field(const char* key, Field::Kind kind) {
    Field field;
    field.key = key;
    field.kind = kind;
    return field;
}

TEST(CardData, BringsAButtonBack) {
    Button button{
        .verb = Verb::snooze, .subject = 9'223'372'036'854'775'807, .label = {}, .spoken = {}};
    auto pressed = done<Pressed>(data_of(button, std::nullopt));
    EXPECT_EQ(pressed.verb, Verb::snooze);
    EXPECT_EQ(pressed.subject, button.subject);
}

TEST(CardData, BringsAFormBackWithWhatWasEntered) {
    Form form;
    form.context = {FormKind::people, 7, 1, 99};
    auto data = data_of(form);
    data.push_back({input_id(a_field("today", Field::Kind::paragraph)), "Test, deploy"});
    data.push_back({input_id(a_field("days", Field::Kind::several)), "mon,tue"});
    data.push_back({input_id(a_field("only", Field::Kind::tick)), "yes"});
    data.push_back({input_id(a_field("other", Field::Kind::tick)), "false"});
    data.push_back({"somebody.elses", "x"});
    auto sent = done<Submitted>(data);
    EXPECT_EQ(sent.form, (FormContext{FormKind::people, 7, 1, 99}));
    EXPECT_EQ(
        sent.values,
        (FormValues{{"today", "Test, deploy"}, {"days", "mon tue"}, {"only", "yes"}, {"other", ""}})
    );
}

TEST(CardData, TellsWhatWasEmptiedAlthoughTeamsLeavesItOut) {
    Form form;
    form.context = {FormKind::answer, 7, 1};
    form.fields = {
        a_field("today", Field::Kind::paragraph),
        a_field("since", Field::Kind::paragraph),
        a_field("long", Field::Kind::shown)};
    auto data = data_of(form);
    data.push_back({"f.today", "Test refunds"});
    EXPECT_EQ(done<Submitted>(data).values, (FormValues{{"today", "Test refunds"}, {"since", ""}}))
        << "what was only shown stays as it is";
}

TEST(CardData, ProvesThatTheMessageWithTheButtonArrived) {
    Button button{.verb = Verb::skip, .subject = 7, .label = {}, .spoken = {}};
    EXPECT_EQ(done<Pressed>(data_of(button, DeliveryId{12})).delivery, DeliveryId{12});
    EXPECT_EQ(done<Pressed>(data_of(button, std::nullopt)).delivery, std::nullopt);
    for (const auto* id : {"0", "-1", "x", ""}) {
        auto data = data_of(button, std::nullopt);
        data.push_back({"muster.delivery", id});
        EXPECT_EQ(done<Pressed>(data).delivery, std::nullopt) << id;
    }
}

TEST(CardData, TellsAFormThatWasPutAway) {
    auto dismissed = done<Dismissed>(data_to_dismiss({FormKind::answer, 7, 1}));
    EXPECT_EQ(dismissed.form, (FormContext{FormKind::answer, 7, 1}));
}

TEST(CardData, IsNothingWhereItIsNotOurs) {
    for (const auto& data :
         {json::Value{},
          json::Value{Object{}},
          json::Value{Object{{"muster.press", "fly:1:0:0"}}},
          json::Value{Object{{"muster.form", 5}}},
          json::Value{json::Array{}}})
        EXPECT_FALSE(done_in(data));
}

}  // namespace
}  // namespace muster::msteams
