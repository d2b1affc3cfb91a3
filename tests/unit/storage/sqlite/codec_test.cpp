#include "storage/sqlite/codec.hpp"

namespace muster::sqlite {
namespace {

Text every_argument() {
    auto inner = text("inner", {{"count", std::int64_t{-7}}});
    return text(
        "outer",
        {{"count", std::int64_t{1} << 62},
         {"user", UserText{"<@U1> \"quoted\" \n \xE2\x98\x95"}},
         {"person", NamedPerson{PersonId{5}, "Amira"}},
         {"instant", Instant{milliseconds{-1}}},
         {"date", LocalDate{std::chrono::year{2026} / 2 / 28}},
         {"minutes", minutes{90}},
         {"list", TextList{inner, verbatim("as typed")}}}
    );
}

Message every_block() {
    auto button = Button{Verb::start_run, 1, 2, 3, text("label"), text("spoken"), true};
    auto message = Message{};
    message.reader = {"cy", "Europe/Paris"};
    message.notification = every_argument();
    message.blocks = {
        Heading{text("heading")},
        Paragraph{every_argument()},
        Quiet{text("quiet")},
        Facts{{{text("label"), text("value")}}},
        Items{{text("one"), text("two")}},
        Buttons{{button}}};
    message.edited = true;
    return message;
}

Form every_field() {
    auto form = Form{};
    form.context = {FormKind::new_blocker, 9, 2};
    form.title = text("title");
    form.submit = text("send");
    form.who_sees = text("all");
    for (auto kind = 0; kind <= static_cast<int>(Field::Kind::group); ++kind) {
        auto field = Field{};
        field.key = "field" + std::to_string(kind);
        field.kind = static_cast<Field::Kind>(kind);
        field.label = text("label");
        field.hint = text("hint");
        field.choices = {{"a", text("A")}};
        field.initial = "a";
        field.required = true;
        field.longest = 500;
        form.fields.push_back(field);
    }
    return form;
}

TEST(Codec, GivesBackEveryReply) {
    auto errors = FormErrors{};
    errors.errors = {{"today", every_argument()}};
    auto replies = std::vector<Reply>{
        NoReply{}, Say{every_block()}, errors, OpenForm{every_field(), every_block()}};
    ASSERT_EQ(replies.size(), std::variant_size_v<Reply>);

    for (const auto& reply : replies)
        EXPECT_EQ(from_json<Reply>(to_json(reply)), reply) << to_json(reply);
}

TEST(Codec, GivesBackEveryInput) {
    auto context = FormContext{FormKind::answer, 3, 1};
    auto events = std::vector<InboundEvent>{
        Said{"line", "m1", "t1"},
        Edited{"m1", "new", "t1"},
        Deleted{"m1"},
        Pressed{Verb::skip, 1, 2, "m1", DeliveryId{7}},
        Submitted{context, {{"today", "work"}, {"since", ""}}},
        Dismissed{context},
        Commanded{"help"},
        Seen{DeliveryId{7}, "m1"},
        HomeOpened{true},
        ConnectionLost{"tokens_revoked"},
        PersonChanged{"U2", true, "Ada Byron", "Europe/Lisbon", true, AwayHint{true, Instant{1s}}},
        Left{"C1"},
        Reopened{"C1"},
        PlaceMoved{"G1", "C1"},
        BlockerWanted{"no data"},
        QuietWanted{"U2", Instant{1s}, std::nullopt},
        MemberJoined{"C1", "U2"},
        GroupChanged{"S1", {"U2"}, {"U3"}},
        Introduced{"im:write"},
        Joined{"C1", "U1"},
        LookedUp{
            SetupId{5},
            SetupState::checking,
            PlaceFacts{"payments", true, true, true, {"U1"}, true},
            {"U1"},
            {Profile{"U1", "Ana", "ana@example.org", "Europe/London", true, true, true, true}},
            GroupFacts{"S1", "@payments", {"U1", "U2"}}}};
    ASSERT_EQ(events.size(), std::variant_size_v<InboundEvent>);

    for (const auto& event : events) {
        auto inbound = Inbound{};
        inbound.connection = ConnectionId{4};
        inbound.account = "U1";
        inbound.keys = {"a", "b"};
        inbound.sent_at = Instant{milliseconds{5}};
        inbound.seed = {~std::uint64_t{0}, 1};
        inbound.event = event;
        auto json = to_json(inbound);
        auto again = from_json<Inbound>(json);
        EXPECT_EQ(to_json(again), json);
        EXPECT_EQ(again.event.index(), event.index());
        EXPECT_EQ(again.seed, inbound.seed);
    }
}

TEST(Codec, GivesBackWeeksRulesAndQuestions) {
    auto hours = office_hours();
    hours.week_b = hours.week;
    hours.week_b->days[6] = {{minutes{0}, minutes{1440}}};
    hours.week_a = std::chrono::year{2026} / 11 / 23;
    EXPECT_EQ(from_json<WorkingHours>(to_json(hours)), hours);

    auto rule = Recurrence{};
    rule.frequency = Recurrence::Frequency::monthly;
    rule.weekdays = {std::chrono::Sunday, std::chrono::Monday};
    rule.nth_weekday = {-1, std::chrono::Friday};
    rule.until = std::chrono::year{2027} / 1 / 31;
    rule.count = 3;
    EXPECT_EQ(from_json<Recurrence>(to_json(rule)), rule);

    auto question =
        Question{"mood", "m", "How?", Question::Kind::scale, true, {"low", "high"}, "g"};
    auto questions = std::vector{question};
    EXPECT_EQ(from_json<std::vector<Question>>(to_json(questions)), questions);
}

TEST(Codec, RefusesWhatItCannotHaveWritten) {
    using Days = std::vector<std::chrono::weekday>;
    EXPECT_THROW(from_json<Days>("[1,2"), CorruptRow);
    EXPECT_THROW(from_json<Days>("[0]"), CorruptRow);
    EXPECT_THROW(from_json<Days>("[8]"), CorruptRow);
    EXPECT_THROW(from_json<Days>("[4294967297]"), CorruptRow);
    EXPECT_THROW(from_json<Days>("{}"), CorruptRow);
    EXPECT_THROW(from_json<Reply>(R"({"none":{},"say":{}})"), CorruptRow);
    EXPECT_THROW(from_json<Reply>(R"({"shout":{}})"), CorruptRow);
    EXPECT_THROW(from_json<Reply>(R"({"none":{"loud":true}})"), CorruptRow);
    EXPECT_THROW(from_json<Text>(R"({"key":"a"})"), CorruptRow);
    EXPECT_THROW(from_json<Text>(R"({"key":1,"arguments":[]})"), CorruptRow);
    EXPECT_THROW(from_json<Text>(std::string(100'000, '[')), CorruptRow);
}

TEST(Codec, KnowsEachTextAgainHoweverManyThereAre) {
    for (auto time = 0; time < 2; ++time)
        for (auto ends = 600; ends < 900; ++ends) {
            auto hours = WorkingHours{};
            for (auto& day : hours.week.days)
                day = {{minutes{540}, minutes{ends}}};
            auto text = to_json(hours);
            EXPECT_EQ(known_from_json<WorkingHours>(text), hours);
            EXPECT_EQ(known_from_json<WorkingHours>(text), hours) << "now from memory";
        }
}

TEST(Codec, NeverKnowsWhatItCannotRead) {
    using Days = std::vector<std::chrono::weekday>;
    EXPECT_EQ(known_from_json<Days>("[1,2]").size(), 2u);
    for (auto time = 0; time < 2; ++time)
        EXPECT_THROW(known_from_json<Days>("[1,2"), CorruptRow);
}

TEST(Codec, ReadsAsAbsentWhatAnOlderProgramDidNotWrite) {
    auto inbound = Inbound{};
    inbound.event = Pressed{.verb = Verb::skip, .message = "m1"};
    auto json = to_json(inbound);
    const std::string newer = R"("delivery":null,)";
    auto at = json.find(newer);
    ASSERT_NE(at, std::string::npos) << json;

    auto read = from_json<Inbound>(json.erase(at, newer.size()));
    EXPECT_EQ(std::get<Pressed>(read.event).message, "m1");
    EXPECT_FALSE(std::get<Pressed>(read.event).delivery);
}

TEST(Codec, ReadsPressesOfAnOlderProgramThatNamedTheRevisionOfTheirMessage) {
    auto stored = from_json<Inbound>(
        R"({"connection":4,"account":"U1","keys":["b:U1:1:2"],"sent_at":5,)"
        R"("seed":{"high":1,"low":2},"event":{"pressed":{"verb":"skip","subject":7,"extra":0,)"
        R"("revision":3,"message":"D1/1.2","delivery":null}}})"
    );

    const auto& pressed = std::get<Pressed>(stored.event);
    EXPECT_EQ(pressed.verb, Verb::skip);
    EXPECT_EQ(pressed.subject, 7);
    EXPECT_EQ(pressed.message, "D1/1.2");
    EXPECT_EQ(to_json(stored).find("revision"), std::string::npos);
}

// It could take the place of the message that was pressed; what it said is said all the same.
TEST(Codec, ReadsRepliesOfAnOlderProgramThatReplacedAMessage) {
    auto said = to_json(Reply{Say{every_block()}});
    auto stored = R"({"replace_message")" + said.substr(said.find(':'));

    EXPECT_EQ(from_json<Reply>(stored), Reply{Say{every_block()}});
}

TEST(Codec, ReplacesBytesThatAreNotUtf8) {
    auto broken = verbatim("caf\xE9");
    EXPECT_EQ(from_json<Text>(to_json(broken)), verbatim("caf\xEF\xBF\xBD"));
}

}  // namespace
}  // namespace muster::sqlite
