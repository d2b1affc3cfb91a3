#include "bot/ports/provider_id.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(ProviderIds, NameAMessageByItsPlaceAndItsParts) {
    auto message = named("D1/17.1 17.2");

    ASSERT_TRUE(message);
    EXPECT_EQ(message->place, "D1");
    EXPECT_EQ(message->parts, (std::vector<std::string>{"17.1", "17.2"}));
    EXPECT_EQ(provider_id_of(*message), "D1/17.1 17.2");
    EXPECT_EQ(named(provider_id("C1", "17.1"))->parts, std::vector<std::string>{"17.1"});
}

TEST(ProviderIds, NameAMessageOfAThreadByThePlaceThatIsTheThread) {
    auto message = named("19:abc@thread.tacv2;messageid=17/18");

    ASSERT_TRUE(message);
    EXPECT_EQ(message->place, "19:abc@thread.tacv2;messageid=17");
    EXPECT_EQ(message->parts.front(), "18");
}

TEST(ProviderIds, AreNotGuessedAt) {
    for (auto* id : {"", "D1", "/17.1", "D1/", "D1/17.1 ", "D1/ 17.1"})
        EXPECT_FALSE(named(id)) << id;
}

}  // namespace
}  // namespace muster
