#include "adapters/msteams/contacts.hpp"

#include "adapters/msteams/acquaintance.hpp"
#include "tests/unit/adapters/msteams/kept_contacts.hpp"
#include "tests/unit/adapters/on_a_clock.hpp"

namespace muster::msteams {
namespace {

class ContactsStory : public OnAClock {
protected:
    static Contact amira() { return {"amira", "a:1", "29:amira", "https://smba.example/emea/"}; }

    bool note(const Contact& contact) { return result_of(contacts.note(contact)); }

    KeptContacts book;
    ConnectionId connection{7};
    Contacts contacts{connection, book};
};

TEST_F(ContactsStory, AreThereAgainAfterARestart) {
    note(amira());

    Contacts after{connection, book};
    auto load = [](Contacts& known) -> Task<bool> {
        co_await known.load();
        co_return true;
    };
    result_of(load(after));
    ASSERT_TRUE(after.find("amira"));
    EXPECT_EQ(*after.find("amira"), amira());
    EXPECT_EQ(after.find("bo"), nullptr);
}

TEST_F(ContactsStory, AreWrittenWhereSomethingIsNewAndNotElse) {
    note(amira());
    note(amira());
    EXPECT_EQ(book.written, 1);

    auto moved = amira();
    moved.service_url = "https://smba.example/uk/";
    note(moved);
    EXPECT_EQ(book.written, 2);
    EXPECT_EQ(contacts.find("amira")->service_url, "https://smba.example/uk/");
}

TEST_F(ContactsStory, KeepWhatIsNotToldAgain) {
    note(amira());
    Contact seen_in_a_channel{"amira", "", "29:amira", "https://smba.example/emea/"};
    note(seen_in_a_channel);

    EXPECT_EQ(contacts.find("amira")->conversation, "a:1");
}

TEST_F(ContactsStory, RemainRemovedUntilTheirOwnChatTellsOtherwise) {
    auto gone = amira();
    gone.is_removed = true;
    note(gone);
    note({"amira", "", "29:amira", "https://smba.example/emea/"});
    EXPECT_TRUE(contacts.find("amira")->is_removed);

    note(amira());
    EXPECT_FALSE(contacts.find("amira")->is_removed);
}

TEST_F(ContactsStory, AreNotKnownBeforeTheyAreStored) {
    book.is_full = true;
    EXPECT_FALSE(note(amira()));
    EXPECT_EQ(contacts.find("amira"), nullptr);
}

json::Value activity(const char* text) {
    return json::parse(text).value();
}

TEST(TeamsAcquaintance, KnowsAPersonByTheirOwnChat) {
    auto line = activity(R"({"type":"message","serviceUrl":"https://smba.example/emea/",
        "from":{"id":"29:amira","aadObjectId":"amira"},
        "conversation":{"id":"a:1","conversationType":"personal"}})");

    EXPECT_EQ(
        contacts_in(line),
        (std::vector<Contact>{{"amira", "a:1", "29:amira", "https://smba.example/emea/", false}})
    );
}

TEST(TeamsAcquaintance, KnowsAChannelByItsIdWhicheverTheThread) {
    auto line = activity(R"({"type":"message","serviceUrl":"https://smba.example/emea/",
        "from":{"id":"29:amira","aadObjectId":"amira"},
        "conversation":{"id":"19:abc@thread.tacv2;messageid=17","conversationType":"channel"},
        "channelData":{"team":{"id":"19:team@thread.tacv2"}}})");

    EXPECT_EQ(
        contacts_in(line),
        (std::vector<Contact>{
            {"amira", "", "29:amira", "https://smba.example/emea/", false},
            {"19:abc@thread.tacv2",
             "19:abc@thread.tacv2",
             "19:team@thread.tacv2",
             "https://smba.example/emea/",
             false}})
    );
}

TEST(TeamsAcquaintance, KnowsWhoTookTheAppAway) {
    auto removal = activity(R"({"type":"installationUpdate","action":"remove",
        "serviceUrl":"https://smba.example/emea/",
        "from":{"id":"29:amira","aadObjectId":"amira"},
        "conversation":{"id":"a:1","conversationType":"personal"}})");

    EXPECT_TRUE(contacts_in(removal).front().is_removed);
}

TEST(TeamsAcquaintance, KnowsWhoCameToATeamAndNoBots) {
    auto news = activity(R"({"type":"conversationUpdate","serviceUrl":"https://smba.example/emea/",
        "from":{"id":"29:dev","aadObjectId":"dev"},
        "membersAdded":[{"id":"29:bo","aadObjectId":"bo"},{"id":"28:app"}],
        "conversation":{"id":"19:abc@thread.tacv2","conversationType":"channel"}})");

    auto contacts = contacts_in(news);
    ASSERT_EQ(contacts.size(), 3U);
    EXPECT_EQ(contacts.at(0).address, "dev");
    EXPECT_EQ(contacts.at(1).address, "19:abc@thread.tacv2");
    EXPECT_EQ(contacts.at(2).address, "bo");
    EXPECT_EQ(contacts.at(2).conversation, "");
}

}  // namespace
}  // namespace muster::msteams
