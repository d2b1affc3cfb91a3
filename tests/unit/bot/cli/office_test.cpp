#include "bot/cli/office.hpp"

#include <algorithm>

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/ports/task_group.hpp"

namespace muster::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// One connection, with Ola and Ben on it.
class AdministratorsStory : public testing::Test {
protected:
    AdministratorsStory() {
        Decision ground;
        ground.changes = {
            Organisation{organisation, "Example Agency"},
            Connection{ConnectionId{1}, organisation, "main", "slack"}};
        for (auto number : {ola.value, ben.value}) {
            Person person;
            person.id = PersonId{number};
            person.organisation = organisation;
            person.key = person.name = "person" + std::to_string(number);
            person.home = AccountId{number};
            ground.changes.push_back(person);
            ground.changes.push_back(Account{
                AccountId{number}, ConnectionId{1}, person.id, "U" + std::to_string(number), {}});
        }
        apply(ground);
    }

    void apply(const Decision& decision) {
        in_a_transaction([&](Transaction& transaction) { transaction.apply(decision, now); });
    }

    void configure(const std::vector<config::Admin>& admins) {
        in_a_transaction([&](Transaction& transaction) {
            transaction.apply(administrators_change(transaction, admins), now);
        });
    }

    std::vector<PersonId> administrators() {
        std::vector<PersonId> people;
        in_a_transaction([&](Transaction& transaction) {
            for (const auto& holder : transaction.roles())
                if (holder.role == Role::administrator) people.push_back(holder.person);
        });
        return people;
    }

    const OrganisationId organisation{1};
    const PersonId ola{11};
    const PersonId ben{12};
    const Instant now = *instant_from("2026-11-24T12:00:00.000Z");

private:
    template <class Work>
    void in_a_transaction(Work work) {
        auto begin = [&]() -> Task<> {
            auto once = [&](Transaction& transaction) -> Result<int> {
                work(transaction);
                return 0;
            };
            co_await store_->write(once);
        };
        tasks_.spawn(begin());
        loop_.restart();
        loop_.run();
    }

    std::unique_ptr<SqliteStore> open() {
        StoreOptions options;
        options.path = ":memory:";
        options.threads = false;
        options.salt_seed = Seed{1, 2};
        return SqliteStore::open(loop_, options).value();
    }

    boost::asio::io_context loop_;
    TaskGroup tasks_{
        loop_.get_executor(), [](std::exception_ptr problem) { std::rethrow_exception(problem); }};
    std::unique_ptr<SqliteStore> store_ = open();
};

TEST_F(AdministratorsStory, AreThePeopleWhomTheConfigurationNames) {
    configure({{"main", "U11"}, {"main", "U11"}, {"main", "U-unknown"}, {"other", "U12"}});
    EXPECT_THAT(administrators(), ElementsAre(ola));

    configure({{"main", "U12"}});
    EXPECT_THAT(administrators(), ElementsAre(ben));

    configure({});
    EXPECT_THAT(administrators(), IsEmpty());
}

TEST_F(AdministratorsStory, AreNobodyWhoIsArchived) {
    Person gone;
    gone.id = ola;
    gone.organisation = organisation;
    gone.key = gone.name = "ola";
    gone.home = AccountId{11};
    gone.archived = true;
    apply({.changes = {gone}});

    configure({{"main", "U11"}});
    EXPECT_THAT(administrators(), IsEmpty());
}

}  // namespace
}  // namespace muster::cli
