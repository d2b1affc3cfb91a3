#include <functional>

#include "tests/unit/adapters/msteams/gate_story.hpp"

namespace muster::msteams {
namespace {

// A request as somebody made it. What is not said is as Microsoft would have it.
struct Attempt {
    std::string scheme = "Bearer ";
    std::optional<std::string> header;  // instead of a signed token
    std::string algorithm = R"("alg":"RS256",)";
    std::string key_id;  // "" = that of who signs
    std::string more_header;
    std::string issuer = R"("iss":"https://api.botframework.com",)";
    std::string audience = R"("aud":"11111111-2222-4333-8444-555555555555",)";
    std::string expires;  // a claim with its comma; "" = in an hour
    std::string begins;
    std::string claimed_url = R"("serviceurl":"https://smba.trafficmanager.net/emea/tenant/")";
    Origin origin{"https://smba.trafficmanager.net/emea/tenant/", "msteams", "tenant"};
};

class TheGate : public GateStory {
protected:
    TheGate() {
        login.keys = key_set(
            {microsoft().published(),
             authority("chatty").published(R"(["webchat"])"),
             authority("silent").published(""),
             authority("empty").published("[]"),
             short_key().published(),
             curve().published()}
        );
    }

    // Each is made once: a key takes a tenth of a second.
    static Authority& authority(
        const std::string& name, Authority::Kind kind = Authority::Kind::rsa_2048
    ) {
        static std::map<std::string, Authority> made;
        return made.try_emplace(name, name, kind).first->second;
    }

    static Authority& microsoft() { return authority("good"); }

    static Authority& stranger() { return authority("stranger"); }

    static Authority& short_key() { return authority("short", Authority::Kind::rsa_1024); }

    static Authority& curve() { return authority("curve", Authority::Kind::p256); }

    std::string header_of(const Attempt& attempt, const std::string& key_id) const {
        auto kid = attempt.key_id.empty() ? key_id : attempt.key_id;
        auto named = kid == "none" ? std::string{} : R"("kid":")" + kid + R"(",)";
        return "{" + attempt.algorithm + named + attempt.more_header + R"("typ":"JWT"})";
    }

    std::string payload_of(const Attempt& attempt) const {
        auto in_an_hour = R"("exp":)" + seconds(clock.now(), 3'600) + ",";
        return "{" + attempt.issuer + attempt.audience +
               (attempt.expires.empty() ? in_an_hour : attempt.expires) + attempt.begins +
               (attempt.claimed_url.empty() ? R"("x":1)" : attempt.claimed_url) + "}";
    }

    std::string token_of(
        const Attempt& attempt,
        const Authority& by,
        const char* digest = "SHA256",
        bool is_pss = false
    ) const {
        return by.sign(header_of(attempt, by.key_id()), payload_of(attempt), digest, is_pss);
    }

    Verdict verdict(const Attempt& attempt, const Authority& by = microsoft()) {
        return verdict_of(
            attempt.header ? *attempt.header : attempt.scheme + token_of(attempt, by),
            attempt.origin
        );
    }

    Verdict verdict_of(const std::optional<std::string>& header, const Origin& origin) {
        std::optional<std::string_view> seen;
        if (header) seen = *header;
        return verdict_on(result_of(gate.admit(seen)), origin);
    }

    // Nobody's key, so that the keys are fetched again.
    Verdict verdict_of_an_unknown_key() {
        Attempt attempt;
        attempt.key_id = "unheard of";
        return verdict(attempt);
    }

    std::string at(const char* claim, milliseconds offset) const {
        auto whole = std::chrono::duration_cast<std::chrono::seconds>(offset);
        return "\"" + std::string{claim} +
               "\":" + seconds(clock.now(), static_cast<int>(whole.count())) + ",";
    }
};

using Change = std::function<void(Attempt&)>;

struct Row {
    std::string name;
    Verdict verdict;
    Change change;
};

TEST_F(TheGate, LetsInWhatMicrosoftSignedForThisAppAndThisBody) {
    using enum Verdict;
    const auto good_one = "Bearer " + token_of({}, microsoft());
    auto flipped = good_one;
    flipped[flipped.size() - 10] = flipped[flipped.size() - 10] == 'A' ? 'B' : 'A';
    auto head = good_one.substr(0, good_one.find('.'));
    auto tail = good_one.substr(good_one.rfind('.'));
    Attempt for_others;
    for_others.audience = R"("aud":"somebody else",)";
    const auto swapped = head + "." + to_base64url(payload_of(for_others)) + tail;
    const auto none = "Bearer " + to_base64url(R"({"alg":"none","kid":"good"})") + "." +
                      to_base64url(payload_of({})) + ".";
    const auto secret =
        "Bearer " +
        signed_with_secret(R"({"alg":"HS256","kid":"good"})", payload_of({}), microsoft().pem());
    Attempt rs384;
    rs384.algorithm = R"("alg":"RS384",)";
    Attempt rs512;
    rs512.algorithm = R"("alg":"RS512",)";
    Attempt ps256;
    ps256.algorithm = R"("alg":"PS256",)";
    Attempt es256;
    es256.algorithm = R"("alg":"ES256",)";
    const auto said = [](std::string header) {
        return [header](Attempt& attempt) { attempt.header = header; };
    };
    const std::vector<Row> rows{
        {"as it should be", good, [](Attempt&) {}},
        {"no scheme", malformed, said(good_one.substr(7))},
        {"empty header", missing, said("")},
        {"scheme alone", malformed, said("Bearer")},
        {"scheme and a space", malformed, said("Bearer ")},
        {"another scheme", malformed, [](Attempt& a) { a.scheme = "Basic "; }},
        {"scheme in lower case", good, [](Attempt& a) { a.scheme = "bearer "; }},
        {"scheme in upper case", good, [](Attempt& a) { a.scheme = "BEARER "; }},
        {"two spaces", malformed, [](Attempt& a) { a.scheme = "Bearer  "; }},
        {"a tab", malformed, [](Attempt& a) { a.scheme = "Bearer\t"; }},
        {"garbage", malformed, said("Bearer garbage")},
        {"two parts", malformed, said(good_one.substr(0, good_one.rfind('.')))},
        {"four parts", malformed, said(good_one + ".more")},
        {"padding", malformed, said(good_one + "==")},
        {"a line break at the end", malformed, said(good_one + "\n")},
        {"longer than 8 KiB", malformed, said(good_one + std::string(9'000, 'A'))},
        {"one bit of the signature", wrong, said(flipped)},
        {"the payload of another token", wrong, said(swapped)},
        {"alg none", malformed, said(none)},
        {"alg HS256 with the public key as secret", malformed, said(secret)},
        {"alg RS384", malformed, said("Bearer " + token_of(rs384, microsoft(), "SHA384"))},
        {"alg RS512", malformed, said("Bearer " + token_of(rs512, microsoft(), "SHA512"))},
        {"alg PS256", malformed, said("Bearer " + token_of(ps256, microsoft(), "SHA256", true))},
        {"PS256 that calls itself RS256",
         wrong,
         said("Bearer " + token_of({}, microsoft(), "SHA256", true))},
        {"SHA-512 that calls itself RS256",
         wrong,
         said("Bearer " + token_of({}, microsoft(), "SHA512"))},
        {"alg ES256 with a key on a curve", malformed, said("Bearer " + token_of(es256, curve()))},
        {"a curve that calls itself RS256", unknown_key, said("Bearer " + token_of({}, curve()))},
        {"a key of 1,024 bits", unknown_key, said("Bearer " + token_of({}, short_key()))},
        {"no alg", malformed, [](Attempt& a) { a.algorithm = ""; }},
        {"a key that is not published", unknown_key, [](Attempt& a) { a.key_id = "nobody's"; }},
        {"no key named", malformed, [](Attempt& a) { a.key_id = "none"; }},
        {"signed by a stranger", wrong, said([&] {
             Attempt forged;
             forged.key_id = "good";
             return "Bearer " + token_of(forged, stranger());
         }())},
        {"a stranger's key that comes along", wrong, said([&] {
             Attempt forged;
             forged.key_id = "good";
             forged.more_header = R"("jwk":)" + stranger().published() + ",";
             return "Bearer " + token_of(forged, stranger());
         }())},
        {"another issuer",
         wrong,
         [](Attempt& a) { a.issuer = R"("iss":"https://evil.example",)"; }},
        {"the issuer with a slash",
         wrong,
         [](Attempt& a) { a.issuer = R"("iss":"https://api.botframework.com/",)"; }},
        {"no issuer", wrong, [](Attempt& a) { a.issuer = ""; }},
        {"the government's issuer",
         wrong,
         [](Attempt& a) { a.issuer = R"("iss":"https://api.botframework.us",)"; }},
        {"another audience", wrong, [](Attempt& a) { a.audience = R"("aud":"another app",)"; }},
        {"no audience", wrong, [](Attempt& a) { a.audience = ""; }},
        {"the audience as api://",
         wrong,
         [](Attempt& a) { a.audience = R"("aud":"api://11111111-2222-4333-8444-555555555555",)"; }},
        {"an audience that is a list with us",
         good,
         [](Attempt& a) {
             a.audience = R"("aud":["other","11111111-2222-4333-8444-555555555555"],)";
         }},
        {"an audience that is a list without us",
         wrong,
         [](Attempt& a) { a.audience = R"("aud":["other"],)"; }},
        {"ended 4 minutes ago", good, [&](Attempt& a) { a.expires = at("exp", -4min); }},
        {"ended 5 minutes ago", stale, [&](Attempt& a) { a.expires = at("exp", -5min); }},
        {"ended 6 minutes ago", stale, [&](Attempt& a) { a.expires = at("exp", -6min); }},
        {"does not say when it ends", malformed, [](Attempt& a) { a.expires = R"("y":1,)"; }},
        {"ends at a text", malformed, [](Attempt& a) { a.expires = R"("exp":"1790000000",)"; }},
        {"ends at a fraction", malformed, [](Attempt& a) { a.expires = R"("exp":1790000000.5,)"; }},
        {"ends twice", malformed, [&](Attempt& a) { a.expires = at("exp", 1h) + at("exp", 2h); }},
        {"ends beyond all calendars",
         malformed,
         [](Attempt& a) { a.expires = R"("exp":9007199254740990,)"; }},
        {"begins in 4 minutes", good, [&](Attempt& a) { a.begins = at("nbf", 4min); }},
        {"begins in 6 minutes", stale, [&](Attempt& a) { a.begins = at("nbf", 6min); }},
        {"begins at a text", malformed, [](Attempt& a) { a.begins = R"("nbf":"now",)"; }},
        {"claims no address", malformed, [](Attempt& a) { a.claimed_url = ""; }},
        {"claims another address",
         elsewhere,
         [](Attempt& a) { a.claimed_url = R"("serviceurl":"https://evil.example/")"; }},
        {"the body has another address",
         elsewhere,
         [](Attempt& a) { a.origin.service_url = "https://smba.trafficmanager.net/amer/tenant/"; }},
        {"the body has no address", elsewhere, [](Attempt& a) { a.origin.service_url = ""; }},
        {"the body's address lacks the last slash",
         good,
         [](Attempt& a) { a.origin.service_url = "https://smba.trafficmanager.net/emea/tenant"; }},
        {"the body's address has two", elsewhere, [](Attempt& a) { a.origin.service_url += "/"; }},
        {"the host in capitals",
         good,
         [](Attempt& a) { a.origin.service_url = "https://SMBA.TrafficManager.net/emea/tenant/"; }},
        {"the path in capitals",
         elsewhere,
         [](Attempt& a) { a.origin.service_url = "https://smba.trafficmanager.net/EMEA/tenant/"; }},
        {"another channel", elsewhere, [](Attempt& a) { a.origin.channel = "webchat"; }},
        {"no channel", elsewhere, [](Attempt& a) { a.origin.channel = ""; }},
        {"a key endorsed for another channel",
         elsewhere,
         said("Bearer " + token_of({}, authority("chatty")))},
        {"a key without endorsements", good, said("Bearer " + token_of({}, authority("silent")))},
        {"a key with none", good, said("Bearer " + token_of({}, authority("empty")))},
    };
    EXPECT_GE(rows.size(), 45U);
    for (const auto& row : rows) {
        Attempt attempt;
        row.change(attempt);
        EXPECT_EQ(verdict(attempt), row.verdict) << row.name;
        EXPECT_EQ(verdict(attempt), row.verdict) << row.name << ", and once more";
    }
    EXPECT_EQ(verdict_of(std::nullopt, {}), missing);
}

TEST_F(TheGate, RemembersATokenUntilItEnds) {
    auto header = "Bearer " + token_of({}, microsoft());
    EXPECT_EQ(verdict_of(header, Attempt{}.origin), Verdict::good);
    clock.run_until(clock.now() + 1h + 4min);
    EXPECT_EQ(verdict_of(header, Attempt{}.origin), Verdict::good);
    clock.run_until(clock.now() + 2min);
    EXPECT_EQ(verdict_of(header, Attempt{}.origin), Verdict::stale);
}

TEST_F(TheGate, ForgetsATokenWhoseKeyIsPublishedNoMore) {
    auto header = "Bearer " + token_of({}, microsoft());
    EXPECT_EQ(verdict_of(header, Attempt{}.origin), Verdict::good);

    Authority another{"good"};  // the same name, and other numbers
    login.keys = key_set({another.published()});
    clock.run_until(clock.now() + 6min);
    EXPECT_EQ(verdict_of_an_unknown_key(), Verdict::unknown_key);
    EXPECT_EQ(verdict_of(header, Attempt{}.origin), Verdict::wrong);

    login.keys = key_set({stranger().published()});
    clock.run_until(clock.now() + 6min);
    EXPECT_EQ(verdict_of_an_unknown_key(), Verdict::unknown_key);
    EXPECT_EQ(verdict_of(header, Attempt{}.origin), Verdict::unknown_key);
}

TEST_F(TheGate, BelievesATokenForEveryBodyOfItsAddress) {
    auto header = "Bearer " + token_of({}, microsoft());
    EXPECT_EQ(verdict_of(header, Attempt{}.origin), Verdict::good);
    EXPECT_EQ(verdict_of(header, {"https://evil.example/", "msteams", ""}), Verdict::elsewhere);
    EXPECT_EQ(verdict_of(header, Attempt{}.origin), Verdict::good);
}

}  // namespace
}  // namespace muster::msteams
