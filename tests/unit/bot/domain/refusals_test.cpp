#include "bot/domain/refusals.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

TEST(Refusals, AskToTryAgainWhatWasNotStored) {
    for (auto error : {Errc::store_full, Errc::store_failed, Errc::too_late})
        EXPECT_EQ(words_for(error).key, "refusal.not_saved");
}

TEST(Refusals, DoNotAskToRepeatWhatWouldBeRefusedAgain) {
    for (auto error : {Errc::not_found, Errc::bad_input, Errc::not_allowed, Errc::conflict})
        EXPECT_EQ(words_for(error).key, "refusal.nothing_changed");
}

}  // namespace
}  // namespace muster
