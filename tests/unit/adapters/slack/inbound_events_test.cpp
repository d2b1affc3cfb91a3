#include "tests/unit/adapters/slack/inbound_story.hpp"

namespace muster::slack {
namespace {

using Keys = std::vector<std::string>;
using Workspaces = std::vector<Workspace>;

// Amira types into the direct message with Muster.
Object line() {
    return {
        {"type", "message"},
        {"channel", "D1"},
        {"channel_type", "im"},
        {"user", "U1"},
        {"text", "Test refunds"},
        {"ts", "1795512600.000200"},
        {"event_ts", "1795512600.000200"},
        {"client_msg_id", "9cbd"},
    };
}

// The line as it stands inside an event about it.
Object inner_line() {
    return without(without(line(), "channel"), "channel_type");
}

Object changed_line() {
    auto changed = with(inner_line(), "text", "Test refunds and fees");
    return with(changed, "edited", Object{{"user", "U1"}, {"ts", "1795512608.000000"}});
}

// Slack tells what it is now, and what it was before.
Object change(const Object& now = changed_line(), const Object& before = inner_line()) {
    return {
        {"type", "message"},
        {"subtype", "message_changed"},
        {"hidden", true},
        {"channel", "D1"},
        {"channel_type", "im"},
        {"ts", "1795512608.013600"},
        {"message", now},
        {"previous_message", before},
    };
}

Object deletion(const Object& before = inner_line()) {
    return {
        {"type", "message"},
        {"subtype", "message_deleted"},
        {"hidden", true},
        {"channel", "D1"},
        {"channel_type", "im"},
        {"ts", "1795512609.007100"},
        {"deleted_ts", "1795512600.000200"},
        {"previous_message", before},
    };
}

// What Muster posted comes back to it.
Object own() {
    auto event = with(with(line(), "user", "UMUSTER"), "bot_id", "BMUSTER");
    return with(event, "blocks", Array{Object{{"type", "header"}, {"block_id", "d:123"}}});
}

Object mention(const std::string& text) {
    return {
        {"type", "app_mention"},
        {"channel", "C1"},
        {"user", "U1"},
        {"text", text},
        {"ts", "1795512600.000200"},
        {"client_msg_id", "9cbd"},
    };
}

Object envelope(const Object& event) {
    return {
        {"type", "event_callback"},
        {"token", "old"},
        {"team_id", "T1"},
        {"event_id", "Ev1"},
        {"event", event},
        {"authorizations",
         Array{Object{{"enterprise_id", nullptr}, {"team_id", "T1"}, {"is_bot", true}}}},
    };
}

Heard read(const Object& event) {
    return read_event(json::dump(envelope(event)), ours);
}

Workspaces workspaces_of(const Object& envelope) {
    return told_of(read_event(json::dump(envelope), ours)).workspaces;
}

Object authorization(Value enterprise, Value team) {
    return {{"enterprise_id", std::move(enterprise)}, {"team_id", std::move(team)}};
}

// ---- what people type

TEST(SlackEvent, IsALineTypedInTheDirectMessage) {
    auto told = told_of(read(line()));
    auto said = std::get<Said>(told.event);

    EXPECT_EQ(said.text, "Test refunds");
    EXPECT_EQ(said.message, "D1/1795512600.000200");
    EXPECT_EQ(said.thread, std::nullopt);
    EXPECT_EQ(told.origin, Origin::event);
    EXPECT_EQ(told.account, "U1");
    EXPECT_EQ(to_text(told.sent_at), "2026-11-24T09:30:00.000Z");
    EXPECT_EQ(told.way.channel, "D1");
    EXPECT_EQ(told.way.thread, "");
}

TEST(SlackEvent, IsKnownByItsIdByItsMessageAndByTheGestureThatCausedIt) {
    EXPECT_EQ(told_of(read(line())).keys, (Keys{"e:Ev1", "m:D1:1795512600.000200:", "c:D1:9cbd:"}));
    EXPECT_EQ(
        told_of(read(without(line(), "client_msg_id"))).keys,
        (Keys{"e:Ev1", "m:D1:1795512600.000200:"})
    );
}

TEST(SlackEvent, IsALineInAThread) {
    auto told = told_of(read(with(line(), "thread_ts", "1795510000.000100")));

    EXPECT_EQ(std::get<Said>(told.event).thread, "D1/1795510000.000100");
    EXPECT_EQ(told.way.thread, "1795510000.000100");
}

TEST(SlackEvent, IsNoReplyWhenItOnlyBeginsAThread) {
    auto told = told_of(read(with(line(), "thread_ts", "1795512600.000200")));

    EXPECT_EQ(std::get<Said>(told.event).thread, std::nullopt);
    EXPECT_EQ(told.way.thread, "");
}

TEST(SlackEvent, IsALineWithAFileOneThatIsAlsoShownInTheChannelAndOneAboutMe) {
    for (auto* subtype : {"file_share", "thread_broadcast", "me_message"})
        EXPECT_EQ(event_of<Said>(read(with(line(), "subtype", subtype))).text, "Test refunds");
}

TEST(SlackEvent, IsALineWithoutWordsWhenOnlyAFileWasSent) {
    auto file = with(line(), "subtype", "file_share");

    EXPECT_EQ(event_of<Said>(read(with(file, "text", ""))).text, "");
    EXPECT_EQ(event_of<Said>(read(with(file, "text", nullptr))).text, "");
    EXPECT_EQ(event_of<Said>(read(without(file, "text"))).text, "");
}

TEST(SlackEvent, SaysWhatWasTypedAndNotWhatSlackMadeOfIt) {
    auto typed = with(
        line(),
        "text",
        "Ask <@U2|ana> &amp; <#C2|payments>: a &lt; b, see <https://example.org>, &amp;amp; <!here>"
    );

    EXPECT_EQ(
        event_of<Said>(read(typed)).text,
        "Ask @ana & #payments: a < b, see https://example.org, &amp; @here"
    );
}

TEST(SlackEvent, KeepsIdsOfAnOrganisationAsTheyAre) {
    EXPECT_EQ(told_of(read(with(line(), "user", "W1"))).account, "W1");
}

// Slack's text has the names of emoji; what they are stands in its blocks.
Object with_a_rocket(const Object& line, const std::string& words) {
    Object leaf{{"type", "emoji"}, {"name", "rocket"}, {"unicode", "1f680"}};
    Object section{{"type", "rich_text_section"}, {"elements", Array{leaf}}};
    Object block{{"type", "rich_text"}, {"elements", Array{section}}};
    return with(with(line, "text", words), "blocks", Array{block});
}

TEST(SlackEvent, HasTheEmojiOfALineAsCharacters) {
    auto picked = with_a_rocket(line(), "Ship it :rocket:");
    EXPECT_EQ(event_of<Said>(read(picked)).text, "Ship it 🚀");

    auto changed = with_a_rocket(changed_line(), "Ship it :rocket:");
    EXPECT_EQ(event_of<Edited>(read(change(changed))).text, "Ship it 🚀");

    auto asked = with_a_rocket(mention("<@UMUSTER> t: ship it"), "<@UMUSTER> t: ship it :rocket:");
    EXPECT_EQ(event_of<Commanded>(read(asked)).text, "t: ship it 🚀");
}

// ---- what people change

TEST(SlackEvent, IsAChangedLine) {
    auto told = told_of(read(change()));
    auto edited = std::get<Edited>(told.event);

    EXPECT_EQ(edited.text, "Test refunds and fees");
    EXPECT_EQ(edited.message, "D1/1795512600.000200");
    EXPECT_EQ(edited.thread, std::nullopt);
    EXPECT_EQ(told.account, "U1");
    EXPECT_EQ(
        told.keys,
        (Keys{
            "e:Ev1",
            "m:D1:1795512600.000200:1795512608.013600",
            "c:D1:9cbd:1795512608.013600",
        })
    );
}

TEST(SlackEvent, IsAnotherChangeEachTimeTheLineIsChangedWithinASecond) {
    auto first = told_of(read(change()));
    auto again = with(changed_line(), "text", "Test refunds and fees today");
    auto event = with(change(again, changed_line()), "ts", "1795512608.700000");
    auto second = told_of(read_event(json::dump(with(envelope(event), "event_id", "Ev2")), ours));

    for (const auto& key : second.keys)
        EXPECT_EQ(std::ranges::count(first.keys, key), 0) << key;
}

TEST(SlackEvent, IsToldApartByItsWholeSecondWhereItHasNoTimeOfItsOwn) {
    EXPECT_EQ(
        told_of(read(without(change(), "ts"))).keys.at(1),
        "m:D1:1795512600.000200:1795512608.000000"
    );
}

TEST(SlackEvent, IsOfTheTimeOfTheChangeAndNotOfTheWholeSecondThatItNames) {
    auto ts = "1795512608.010000";
    auto sent = told_of(read(with(line(), "ts", ts)));
    auto changed = told_of(read(change(with(changed_line(), "ts", ts))));

    EXPECT_LT(sent.sent_at, changed.sent_at);
    EXPECT_EQ(to_text(changed.sent_at), "2026-11-24T09:30:08.013Z");
}

TEST(SlackEvent, IsAChangedLineInAThread) {
    auto reply = with(changed_line(), "thread_ts", "1795510000.000100");

    EXPECT_EQ(event_of<Edited>(read(change(reply))).thread, "D1/1795510000.000100");
}

TEST(SlackEvent, IsAChangedLineAlsoWhereSlackNamesItOnlyInWhatItWas) {
    EXPECT_EQ(
        event_of<Edited>(read(change(without(changed_line(), "ts")))).message,
        "D1/1795512600.000200"
    );
}

TEST(SlackEvent, IsAChangedLineWhenAllWordsWereTakenOut) {
    auto file = with(changed_line(), "subtype", "file_share");

    EXPECT_EQ(event_of<Edited>(read(change(with(file, "text", "")))).text, "");
}

TEST(SlackEvent, IsNoChangeWhenSlackOnlyAddsThePreviewOfALink) {
    auto with_preview = with(inner_line(), "attachments", Array{Object{{"title", "A page"}}});
    auto after_an_edit = with(changed_line(), "attachments", Array{});

    EXPECT_EQ(why_of(read(change(with_preview))), why::no_change);
    EXPECT_EQ(why_of(read(change(after_an_edit, changed_line()))), why::no_change);
    EXPECT_EQ(why_of(read(change(without(changed_line(), "edited")))), why::no_change);
}

TEST(SlackEvent, IsADeletedLine) {
    auto told = told_of(read(deletion()));

    EXPECT_EQ(std::get<Deleted>(told.event).message, "D1/1795512600.000200");
    EXPECT_EQ(told.account, "U1");
    EXPECT_EQ(told.keys, (Keys{"e:Ev1", "x:D1:1795512600.000200"}));
    EXPECT_EQ(to_text(told.sent_at), "2026-11-24T09:30:09.007Z");
}

TEST(SlackEvent, IsADeletedLineWhenItsPlaceInAThreadRemains) {
    Object tombstone{
        {"type", "message"},
        {"subtype", "tombstone"},
        {"user", "USLACKBOT"},
        {"text", "This message was deleted."},
        {"ts", "1795512600.000200"},
        {"thread_ts", "1795512600.000200"},
    };
    auto told = told_of(read(change(tombstone)));

    EXPECT_EQ(std::get<Deleted>(told.event).message, "D1/1795512600.000200");
    EXPECT_EQ(told.account, "U1");
    EXPECT_EQ(told.keys, (Keys{"e:Ev1", "x:D1:1795512600.000200"}));
    EXPECT_EQ(why_of(read(deletion(tombstone))), why::from_a_bot);
}

// ---- what is not for Muster

TEST(SlackEvent, IsNotForMusterWhereItIsNotAlone) {
    for (auto* place : {"channel", "group", "mpim", ""}) {
        EXPECT_EQ(why_of(read(with(line(), "channel_type", place))), why::not_for_us);
        EXPECT_EQ(why_of(read(with(change(), "channel_type", place))), why::not_for_us);
        EXPECT_EQ(why_of(read(with(deletion(), "channel_type", place))), why::not_for_us);
    }
    EXPECT_EQ(why_of(read(without(line(), "channel_type"))), why::not_for_us);
}

TEST(SlackEvent, IsNotForMusterWhenABotSaysIt) {
    EXPECT_EQ(why_of(read(with(line(), "bot_id", "BOTHER"))), why::from_a_bot);
    EXPECT_EQ(why_of(read(with(line(), "subtype", "bot_message"))), why::from_a_bot);
    EXPECT_EQ(why_of(read(with(line(), "user", "USLACKBOT"))), why::from_a_bot);
    EXPECT_EQ(why_of(read(change(with(changed_line(), "bot_id", "BOTHER")))), why::from_a_bot);
    EXPECT_EQ(why_of(read(deletion(with(inner_line(), "bot_id", "BOTHER")))), why::from_a_bot);
    EXPECT_EQ(why_of(read(with(mention("<@UMUSTER> hi"), "bot_id", "BOTHER"))), why::from_a_bot);
}

TEST(SlackEvent, IsNoLineWhenSlackTellsOfSomethingElse) {
    for (auto* subtype : {"channel_join", "message_replied", "pinned_item", "reminder_add", "new"})
        EXPECT_EQ(why_of(read(with(line(), "subtype", subtype))), why::no_line) << subtype;
    EXPECT_EQ(why_of(read(with(line(), "hidden", true))), why::no_line);
    EXPECT_EQ(why_of(read(with(line(), "hidden", false))), "told");
    auto inside = with(changed_line(), "subtype", "huddle_thread");
    EXPECT_EQ(why_of(read(change(inside))), why::no_line);
}

// ---- what Muster posted itself

TEST(SlackEvent, ProvesThatAMessageOfOursArrived) {
    auto told = told_of(read(own()));
    auto seen = std::get<Seen>(told.event);

    EXPECT_EQ(seen.delivery, DeliveryId{123});
    EXPECT_EQ(seen.message, "D1/1795512600.000200");
    EXPECT_EQ(told.account, "");
    EXPECT_EQ(told.keys.front(), "e:Ev1");
}

TEST(SlackEvent, ProvesThatItArrivedInAChannelToo) {
    auto in_channel = with(with(own(), "channel_type", "channel"), "channel", "C1");

    EXPECT_EQ(event_of<Seen>(read(in_channel)).message, "C1/1795512600.000200");
}

TEST(SlackEvent, KnowsWhatIsOursByTheBotOrByItsUser) {
    EXPECT_EQ(event_of<Seen>(read(without(own(), "bot_id"))).delivery, DeliveryId{123});
    EXPECT_EQ(event_of<Seen>(read(without(own(), "user"))).delivery, DeliveryId{123});
    auto with_subtype = with(without(own(), "user"), "subtype", "bot_message");
    EXPECT_EQ(event_of<Seen>(read(with_subtype)).delivery, DeliveryId{123});
}

TEST(SlackEvent, ProvesNothingWhenAnotherBotMarksItsMessage) {
    auto forged = with(with(own(), "user", "UOTHER"), "bot_id", "BOTHER");

    EXPECT_EQ(why_of(read(forged)), why::from_a_bot);
}

TEST(SlackEvent, ProvesNothingWhenAPersonMarksTheirMessage) {
    auto forged = with(line(), "blocks", Array{Object{{"type", "header"}, {"block_id", "d:123"}}});

    EXPECT_EQ(event_of<Said>(read(forged)).text, "Test refunds");
}

TEST(SlackEvent, ProvesNothingOfAMessageInPartsOrWithoutAMark) {
    for (auto* mark : {"d:123:1:2", "d:123:2:2:1795512600.000100", "abc", ""}) {
        auto marked = with(own(), "blocks", Array{Object{{"block_id", mark}}});
        EXPECT_EQ(why_of(read(marked)), why::from_us) << mark;
    }
    EXPECT_EQ(why_of(read(with(own(), "blocks", Array{}))), why::from_us);
    EXPECT_EQ(why_of(read(without(own(), "blocks"))), why::from_us);
    auto second = Array{Object{{"block_id", "abc"}}, Object{{"block_id", "d:123"}}};
    EXPECT_EQ(why_of(read(with(own(), "blocks", second))), why::from_us);
}

TEST(SlackEvent, IsOursAndNothingWhenWeChangeOrDeleteWhatWePosted) {
    auto posted = with(own(), "edited", Object{{"user", "UMUSTER"}, {"ts", "1795512608.000000"}});

    EXPECT_EQ(why_of(read(change(with(posted, "text", "Later"), own()))), why::from_us);
    EXPECT_EQ(why_of(read(deletion(own()))), why::from_us);
    EXPECT_EQ(why_of(read(with(mention("<@UMUSTER>"), "user", "UMUSTER"))), why::from_us);
}

TEST(SlackEvent, IsNobodysOwnWhereWeDoNotKnowOurNames) {
    const std::vector<Identity> unknown{{"T1", "", "", ""}};
    auto nameless = without(without(own(), "user"), "bot_id");

    EXPECT_EQ(why_of(read_event(json::dump(envelope(nameless)), unknown)), why::unreadable);
    EXPECT_EQ(why_of(read_event(json::dump(envelope(line())), unknown)), "told");
}

// ---- mentions

TEST(SlackEvent, IsACommandAfterTheNameOfMuster) {
    auto told = told_of(read(with(mention("<@UMUSTER> status"), "thread_ts", "1795510000.000100")));

    EXPECT_EQ(std::get<Commanded>(told.event).text, "status");
    EXPECT_EQ(told.origin, Origin::event);
    EXPECT_EQ(told.account, "U1");
    EXPECT_EQ(told.way.channel, "C1");
    EXPECT_EQ(told.way.thread, "1795510000.000100");
    EXPECT_EQ(told.keys, (Keys{"e:Ev1", "m:C1:1795512600.000200:", "c:C1:9cbd:"}));
}

TEST(SlackEvent, IsACommandWhereverTheNameStands) {
    auto said = [](const std::string& text) {
        return event_of<Commanded>(read(mention(text))).text;
    };

    EXPECT_EQ(said("<@UMUSTER>"), "");
    EXPECT_EQ(said("  <@UMUSTER|muster>   why 13 "), "why 13");
    EXPECT_EQ(said("status <@UMUSTER>"), "status");
    EXPECT_EQ(said("away \n<@UMUSTER>\tuntil fri"), "away until fri");
    EXPECT_EQ(said("<@UMUSTER> why <@U2|ana> &amp; <@UMUSTER|muster>"), "why @ana & @muster");
    EXPECT_EQ(said("<@U2|ana> <@UMUSTER> help"), "@ana help");
    EXPECT_EQ(said("help"), "help");
    EXPECT_EQ(said("<@UMUSTER"), "<@UMUSTER");
    EXPECT_EQ(said("<@> <@UMUSTER> help"), "@ help");
}

TEST(SlackEvent, IsOneCommandHoweverOftenItsLineIsEdited) {
    auto edited = with(mention("<@UMUSTER> status"), "edited", Object{{"ts", "1795512608.000000"}});

    EXPECT_EQ(told_of(read(edited)).keys, told_of(read(mention("<@UMUSTER> stauts"))).keys);
}

// ---- which workspace

TEST(SlackEvent, IsOfTheWorkspaceThatAuthorizedIt) {
    auto shared = with(envelope(line()), "team_id", "TOTHER");
    shared = with(shared, "enterprise_id", "EOTHER");
    shared = with(shared, "authorizations", Array{authorization("E1", "T1")});

    EXPECT_EQ(workspaces_of(shared), (Workspaces{{"T1", "E1"}}));
}

TEST(SlackEvent, IsOfTheOrganisationWhereAllOfItIsInstalled) {
    auto wide = with(envelope(line()), "authorizations", Array{authorization("E1", nullptr)});

    EXPECT_EQ(workspaces_of(wide), (Workspaces{{"", "E1"}}));
}

TEST(SlackEvent, IsOfEachWorkspaceThatItNamesInTheirOrder) {
    auto two = Array{authorization(nullptr, "T1"), authorization("E2", "T2")};

    EXPECT_EQ(
        workspaces_of(with(envelope(line()), "authorizations", two)),
        (Workspaces{{"T1", ""}, {"T2", "E2"}})
    );
}

TEST(SlackEvent, IsOfTheOuterWorkspaceWhereNothingAuthorizedIt) {
    auto old = with(without(envelope(line()), "authorizations"), "enterprise_id", "E1");

    EXPECT_EQ(workspaces_of(old), (Workspaces{{"T1", "E1"}}));
    EXPECT_EQ(workspaces_of(with(old, "authorizations", Array{})), (Workspaces{{"T1", "E1"}}));
    auto blank = Array{authorization(nullptr, nullptr), authorization("", ""), 5, "T2"};
    EXPECT_EQ(workspaces_of(with(old, "authorizations", blank)), (Workspaces{{"T1", "E1"}}));
    EXPECT_EQ(workspaces_of(without(without(old, "team_id"), "enterprise_id")), Workspaces{});
}

TEST(SlackWorkspace, IsOursByItsTeamOrByTheOrganisationThatWeAreInstalledFor) {
    Identity in_one{"T1", "E1", "U", "B"};
    Identity in_all{"", "E1", "U", "B"};
    Identity nowhere{"", "", "U", "B"};

    EXPECT_TRUE(is_of({"T1", ""}, in_one));
    EXPECT_TRUE(is_of({"T1", "E9"}, in_one));
    EXPECT_FALSE(is_of({"T2", "E1"}, in_one));
    EXPECT_FALSE(is_of({"", "E1"}, in_one));
    EXPECT_TRUE(is_of({"", "E1"}, in_all));
    EXPECT_TRUE(is_of({"T2", "E1"}, in_all));
    EXPECT_FALSE(is_of({"T1", ""}, in_all));
    EXPECT_FALSE(is_of({"", "E2"}, in_all));
    EXPECT_FALSE(is_of({"", ""}, nowhere));
}

// ---- everything else

TEST(SlackEvent, MayBeTheChallengeOfANewAddress) {
    auto heard = [](const std::string& challenge) {
        auto sent = Object{{"type", "url_verification"}, {"token", "x"}, {"challenge", challenge}};
        return read_event(json::dump(sent), ours);
    };
    auto longest = std::string(longest_challenge, 'x');

    EXPECT_EQ(std::get<Challenge>(heard("3eZbrw1aBm2r")).text, "3eZbrw1aBm2r");
    EXPECT_EQ(std::get<Challenge>(heard(longest)).text, longest);
    EXPECT_EQ(why_of(heard(longest + "x")), "malformed");
    EXPECT_EQ(why_of(heard("")), "malformed");
    EXPECT_EQ(
        why_of(read_event(R"({"type":"url_verification","challenge":5})", ours)), "malformed"
    );
}

TEST(SlackEvent, IsCountedByItsKindWhenMusterDoesNothingWithItYet) {
    auto of_type = [](const char* type) { return why_of(read(Object{{"type", type}})); };

    EXPECT_EQ(of_type("reaction_added"), why::unknown_event);
    EXPECT_EQ(of_type("invented_tomorrow"), why::unknown_event);
    EXPECT_EQ(of_type(""), why::unknown_event);
    EXPECT_EQ(
        why_of(read_event(R"({"type":"app_rate_limited","minute_rate_limited":29925210})", ours)),
        why::rate_limited
    );
    EXPECT_EQ(why_of(read_event(R"({"type":"something_else"})", ours)), why::unknown_event);
    EXPECT_EQ(why_of(read_event(R"({"type":"event_callback"})", ours)), why::unknown_event);
    EXPECT_EQ(
        why_of(read_event(R"({"type":"event_callback","event":[]})", ours)), why::unknown_event
    );
    EXPECT_EQ(why_of(read_event("{}", ours)), why::unknown_event);
}

TEST(SlackEvent, OfAnOpenedHomeSaysWhetherAnythingStandsThere) {
    Object opened{
        {"type", "app_home_opened"},
        {"user", "U1"},
        {"channel", "D1"},
        {"tab", "home"},
        {"event_ts", "1795426200.000100"}};
    auto blank = std::get<Told>(read(opened));
    EXPECT_EQ(blank.account, "U1");
    EXPECT_TRUE(blank.way.home);
    EXPECT_TRUE(std::get<HomeOpened>(blank.event).is_blank);

    opened.push_back({"view", Object{{"type", "home"}}});
    EXPECT_FALSE(std::get<HomeOpened>(std::get<Told>(read(opened)).event).is_blank);
    EXPECT_EQ(why_of(read(with(opened, "tab", "messages"))), why::other_tab);
    EXPECT_EQ(why_of(read(without(opened, "user"))), why::unreadable);
}

TEST(SlackEvent, IsUnreadableWithoutWhatItCannotBeUnderstoodBy) {
    for (auto* key : {"user", "ts", "channel"}) {
        EXPECT_EQ(why_of(read(without(line(), key))), why::unreadable) << key;
        EXPECT_EQ(why_of(read(with(line(), key, 5))), why::unreadable) << key;
        EXPECT_EQ(why_of(read(with(line(), key, ""))), why::unreadable) << key;
        EXPECT_EQ(why_of(read(without(mention("hi"), key))), why::unreadable) << key;
    }
    for (auto* ts : {"1795512600", "now", "1795512600.000200 1795512600.000300", "1/2.3"})
        EXPECT_EQ(why_of(read(with(line(), "ts", ts))), why::unreadable) << ts;
    EXPECT_EQ(why_of(read(with(line(), "text", 5))), why::unreadable);
    EXPECT_EQ(why_of(read(with(line(), "text", Array{"a"}))), why::unreadable);
    EXPECT_EQ(why_of(read(with(mention("hi"), "text", 5))), why::unreadable);
    EXPECT_EQ(why_of(read(change(with(changed_line(), "text", 5)))), why::unreadable);
    EXPECT_EQ(why_of(read(change(without(changed_line(), "user")))), why::unreadable);
    EXPECT_EQ(why_of(read(without(deletion(), "previous_message"))), why::unreadable);
    EXPECT_EQ(why_of(read(without(deletion(), "deleted_ts"))), why::unreadable);
}

TEST(SlackEvent, NeedsNeitherWhatSlackMayLeaveOutNorMindsWhatItAdds) {
    auto sparse = without(envelope(without(line(), "client_msg_id")), "event_id");
    auto told = told_of(read_event(json::dump(with(sparse, "token", 5)), ours));

    EXPECT_EQ(told.keys, Keys{"m:D1:1795512600.000200:"});
    auto more = with(with(line(), "invented", Object{{"a", 1}}), "thread_ts", "nonsense");
    EXPECT_EQ(event_of<Said>(read(more)).thread, std::nullopt);
}

TEST(SlackEvent, IsMalformedWhenItIsNoObjectOfJsonWithinTheLimits) {
    auto deep = std::string(65, '[') + std::string(65, ']');
    for (auto text :
         {std::string{},
          std::string{"[]"},
          std::string{"null"},
          std::string{"\"event_callback\""},
          std::string{"{"},
          std::string{R"({"type":"event_callback",})"},
          std::string{R"({"type":"event_callback","type":"event_callback"})"},
          R"({"type":"event_callback","event":)" + deep + "}",
          std::string{"{\"type\":\"\xFF\"}"},
          std::string{"payload=%7B%7D"}})
        EXPECT_EQ(why_of(read_event(text, ours)), "malformed") << text.substr(0, 60);
}

TEST(SlackEvent, IsTooLargeWithMoreValuesThanSlackSends) {
    auto many = std::string{R"({"type":"event_callback","event":[0)"};
    for (int value = 0; value < json::most_values; ++value)
        many += ",0";
    auto heard = read_event(many + "]}", ours);

    EXPECT_TRUE(std::get<Malformed>(heard).is_too_large);
    EXPECT_FALSE(std::get<Malformed>(read_event("[", ours)).is_too_large);
}

}  // namespace
}  // namespace muster::slack
