#include "adapters/sealing/sealing.hpp"

#include <gtest/gtest.h>

namespace muster {
namespace {

constexpr auto token = "xoxb-1-a-token";
const std::string zeroes(64, '0');

SealingKey a_key() {
    return *SealingKey::from(new_key_text({1, 2}, {3, 4}));
}

SealedText sealed() {
    return seal(a_key(), token, "T1", {5, 6});
}

TEST(Sealing, GivesBackWhatWasSealed) {
    EXPECT_EQ(unseal(a_key(), sealed(), "T1"), token);
    EXPECT_EQ(unseal(a_key(), seal(a_key(), "", "T1", {5, 6}), "T1"), "");
}

// Computed with Python's cryptography, AESGCM: what is stored today must open for ever.
TEST(Sealing, IsAesGcmAsOthersHaveIt) {
    EXPECT_EQ(a_key().id(), "00e16db98479fae8");
    EXPECT_EQ(sealed().nonce, "050000000000000006000000");
    EXPECT_EQ(sealed().content, "cb82c8884d848101f0421b65aeb67733217a099e09f0c81ed0844f1af9a9");
}

TEST(Sealing, RefusesATokenThatWasMovedToAnotherWorkspace) {
    EXPECT_FALSE(unseal(a_key(), sealed(), "T2"));
    EXPECT_FALSE(unseal(a_key(), sealed(), ""));
    EXPECT_FALSE(unseal(a_key(), sealed(), "T1 "));
}

TEST(Sealing, RefusesAnotherKeyAndNamesTheOneThatIsWanted) {
    auto other = *SealingKey::from(zeroes);
    EXPECT_FALSE(unseal(other, sealed(), "T1"));
    EXPECT_EQ(sealed().key, a_key().id());
    EXPECT_NE(other.id(), a_key().id());

    auto claimed = sealed();
    claimed.key = other.id();
    EXPECT_FALSE(unseal(other, claimed, "T1"));
}

TEST(Sealing, RefusesEveryDigitThatWasChanged) {
    auto changed = [](std::string text, std::size_t at) {
        text[at] = text[at] == '0' ? '1' : '0';
        return text;
    };
    auto whole = sealed();
    for (std::size_t at = 0; at < whole.content.size(); ++at) {
        auto damaged = whole;
        damaged.content = changed(whole.content, at);
        EXPECT_FALSE(unseal(a_key(), damaged, "T1")) << at;
    }
    for (std::size_t at = 0; at < whole.nonce.size(); ++at) {
        auto damaged = whole;
        damaged.nonce = changed(whole.nonce, at);
        EXPECT_FALSE(unseal(a_key(), damaged, "T1")) << at;
    }
}

TEST(Sealing, RefusesWhatIsNoSealedText) {
    for (auto text : {"", "0", "zz", "00", "000000000000000000000000000000"}) {
        auto damaged = sealed();
        damaged.content = text;
        EXPECT_FALSE(unseal(a_key(), damaged, "T1")) << text;
        damaged = sealed();
        damaged.nonce = text;
        EXPECT_FALSE(unseal(a_key(), damaged, "T1")) << text;
    }
    auto cut = sealed();
    cut.content.resize(cut.content.size() - 2);
    EXPECT_FALSE(unseal(a_key(), cut, "T1"));
}

TEST(Sealing, TakesAKeyInHexOrInBase64) {
    auto hex = new_key_text({0x0706050403020100, 0x0f0e0d0c0b0a0908}, {0, 0});
    EXPECT_EQ(hex, "000102030405060708090a0b0c0d0e0f" + std::string(32, '0'));
    auto base64 = "AAECAwQFBgcICQoLDA0ODwAAAAAAAAAAAAAAAAAAAAA=";
    ASSERT_TRUE(SealingKey::from(base64));
    EXPECT_EQ(SealingKey::from(base64)->id(), SealingKey::from(hex)->id());
}

TEST(Sealing, TakesNothingElseForAKey) {
    EXPECT_FALSE(SealingKey::from(""));
    EXPECT_FALSE(SealingKey::from("correct horse battery staple"));
    EXPECT_FALSE(SealingKey::from(zeroes.substr(1)));
    EXPECT_FALSE(SealingKey::from(zeroes + "0"));
    EXPECT_FALSE(SealingKey::from(zeroes.substr(1) + "x"));
    EXPECT_FALSE(SealingKey::from("AAECAwQFBgcICQoLDA0ODwAAAAAAAAAAAAAAAAAAAA=="));
    EXPECT_FALSE(SealingKey::from("AAECAwQFBgcICQoLDA0ODwAAAAAAAAAAAAAAAAAAA!A="));
}

TEST(Sealing, SealsTheSameTwiceDifferently) {
    EXPECT_NE(seal(a_key(), token, "T1", {7, 8}).content, sealed().content);
}

}  // namespace
}  // namespace muster
