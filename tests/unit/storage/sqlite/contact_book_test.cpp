#include "storage/sqlite/contact_book.hpp"

#include "tests/unit/storage/sqlite/harness.hpp"

namespace muster::sqlite {
namespace {

struct ContactBooks : testing::Test {
    Harness harness{false};
    SqliteContactBook book{*harness.store};
    ConnectionId here = connection("org");
    ConnectionId elsewhere = connection("other");
    Contact amira{"amira", "a:1", "29:amira", "https://smba.example/emea/", false};

    ConnectionId connection(const std::string& key) {
        Decision ground;
        ConnectionId id{key == "org" ? 7 : 8};
        ground.changes = {
            Organisation{OrganisationId{1}, "Example Agency"},
            Connection{id, OrganisationId{1}, key, "msteams"}};
        auto write = [ground](Transaction& transaction) -> Result<int> {
            transaction.apply(ground, Instant{});
            return 0;
        };
        EXPECT_TRUE(harness.run(harness.store->write(write)));
        return id;
    }

    void note(ConnectionId connection, const Contact& contact) {
        EXPECT_TRUE(harness.run(book.note(connection, contact)));
    }
};

TEST_F(ContactBooks, GiveBackEveryField) {
    note(here, amira);
    Contact gone{"zoe", "", "29:zoe", "https://smba.example/uk/", true};
    note(here, gone);

    EXPECT_EQ(harness.run(book.contacts(here)), (std::vector{amira, gone}));
}

TEST_F(ContactBooks, KeepWhatWasToldLastOfAnAddress) {
    note(here, amira);
    amira.service_url = "https://smba.example/uk/";
    amira.is_removed = true;
    note(here, amira);

    EXPECT_EQ(harness.run(book.contacts(here)), std::vector{amira});
}

TEST_F(ContactBooks, KnowPeopleOfOneConnectionOnly) {
    note(here, amira);

    EXPECT_TRUE(harness.run(book.contacts(elsewhere)).empty());
}

}  // namespace
}  // namespace muster::sqlite
