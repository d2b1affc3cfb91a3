#include "bot/domain/profile_news.hpp"

#include <gtest/gtest.h>

namespace muster::profile_news {
namespace {

using namespace std::chrono_literals;

const auto monday_nine = *instant_from("2026-11-23T09:00:00.000Z");
const auto saturday = *instant_from("2026-11-28T12:00:00.000Z");

// Priya is asked in Payments, in London; her name came from Slack.
Known priya() {
    Known known;
    known.person.id = PersonId{1};
    known.person.key = "priya-shah";
    known.person.name = "Priya Shah";
    known.person.home = AccountId{5};
    known.account.id = AccountId{5};
    known.account.person = PersonId{1};
    known.account.name_taken = "Priya Shah";
    known.account.zone_told = "Europe/London";
    Roster payments;
    payments.team.id = TeamId{7};
    payments.calendars = std::make_shared<const CalendarBook>();
    Member member;
    member.person = known.person;
    payments.members = {std::move(member)};
    known.rosters = {std::move(payments)};
    return known;
}

PersonChanged in_zone(ZoneName zone) {
    PersonChanged changed;
    changed.zone = std::move(zone);
    return changed;
}

PersonChanged named(std::string name) {
    PersonChanged changed;
    changed.name = std::move(name);
    return changed;
}

Decision after(const Known& known, const PersonChanged& changed, Instant now = monday_nine) {
    IdSource ids{Seed{1, 2}};
    return told(known, changed, now, ids);
}

template <class Row>
std::optional<Row> row_in(const Decision& decision) {
    for (const auto& change : decision.changes)
        if (const auto* row = std::get_if<Row>(&change)) return *row;
    return std::nullopt;
}

Known asked_about_madrid() {
    auto known = priya();
    known.account = *row_in<Account>(after(known, in_zone("Europe/Madrid")));
    return known;
}

Decision chosen(const Known& known, bool use_it, std::int64_t question = 1) {
    IdSource ids{Seed{1, 2}};
    return zone_chosen(known.person, known.account, use_it, question, monday_nine, ids);
}

std::string shown(const Composed& composed) {
    const auto* message = std::get_if<Message>(&composed);
    return message ? message->notification.key : "(" + std::get<Pointless>(composed).reason + ")";
}

Delivery card(int seq, bool is_posted) {
    Delivery delivery;
    delivery.key = {Purpose::zone_question, 5, PersonId{1}, seq};
    if (is_posted) delivery.provider_id = "D1/1.1";
    return delivery;
}

// ---- names

TEST(ProfileNews, LetANameFollowThatCameFromThere) {
    auto decision = after(priya(), named("Priya Shah-Jones"));
    EXPECT_EQ(row_in<Person>(decision)->name, "Priya Shah-Jones");
    EXPECT_EQ(row_in<Account>(decision)->name_taken, "Priya Shah-Jones");
    ASSERT_EQ(decision.events.size(), 1U);
    EXPECT_EQ(decision.events[0].kind, "settings.person_changed");
    EXPECT_TRUE(decision.deliveries.empty());
}

TEST(ProfileNews, LeaveANameThatTheSettingsGave) {
    auto renamed = priya();
    renamed.person.name = "Priya (Payments)";
    EXPECT_TRUE(after(renamed, named("Priya Shah-Jones")).changes.empty());
    auto from_a_file = priya();
    from_a_file.account.name_taken.clear();
    EXPECT_TRUE(after(from_a_file, named("Priya Shah-Jones")).changes.empty());
}

TEST(ProfileNews, CutANameThatIsTooLongForUs) {
    auto decision = after(priya(), named(std::string(300, 'x')));
    EXPECT_EQ(row_in<Person>(decision)->name, std::string(50, 'x'));
}

// ---- zones

TEST(ProfileNews, MoveNoStandUpButAskThePersonWhoTravels) {
    auto decision = after(priya(), in_zone("Europe/Madrid"));
    EXPECT_FALSE(row_in<Person>(decision));
    ASSERT_EQ(decision.deliveries.size(), 1U);
    EXPECT_EQ(decision.deliveries[0].key, (DeliveryKey{Purpose::zone_question, 5, PersonId{1}, 1}));
    EXPECT_EQ(decision.deliveries[0].due, monday_nine) << "ten o'clock there";
}

TEST(ProfileNews, AskNotBeforeThePersonWorksThere) {
    auto decision = after(priya(), in_zone("America/New_York"));
    EXPECT_EQ(decision.deliveries.at(0).due, monday_nine + 5h) << "nine o'clock there";
    auto at_the_weekend = after(priya(), in_zone("America/New_York"), saturday);
    EXPECT_EQ(at_the_weekend.deliveries.at(0).due, monday_nine + 24h * 7 + 5h);
}

TEST(ProfileNews, AskOnceForEachChange) {
    auto known = asked_about_madrid();
    auto again = after(known, in_zone("Europe/Madrid"));
    EXPECT_TRUE(again.deliveries.empty());
    EXPECT_TRUE(again.changes.empty());

    auto elsewhere = after(known, in_zone("Europe/Athens"));
    ASSERT_EQ(elsewhere.deliveries.size(), 2U);
    EXPECT_EQ(elsewhere.deliveries[0].key.seq, 1) << "the older question goes";
    EXPECT_EQ(elsewhere.deliveries[1].key.seq, 2);
}

TEST(ProfileNews, PutTheQuestionAwayWhenThePersonIsBack) {
    auto known = asked_about_madrid();
    auto back = after(known, in_zone("Europe/London"));
    ASSERT_EQ(back.deliveries.size(), 1U);
    auto account = *row_in<Account>(back);
    EXPECT_FALSE(account.zone_open);
    auto composed = [&](bool is_posted) {
        return shown(zone_question(known.person, account, "slack", card(1, is_posted), {}));
    };
    EXPECT_EQ(composed(false), "(settled)");
    EXPECT_EQ(composed(true), "zone.settled");
}

TEST(ProfileNews, AskNothingWhereClocksShowTheSame) {
    EXPECT_TRUE(after(priya(), in_zone("Europe/Belfast")).deliveries.empty());
    EXPECT_TRUE(go_alike("Europe/Paris", "Europe/Berlin", monday_nine));
    EXPECT_FALSE(go_alike("Europe/London", "Africa/Accra", monday_nine)) << "not in summer";
}

TEST(ProfileNews, AskNobodyWhoIsAskedNothingElse) {
    auto observer = priya();
    observer.rosters[0].members[0].standing = Standing::observer;
    EXPECT_TRUE(after(observer, in_zone("Europe/Madrid")).deliveries.empty());
    auto elsewhere = priya();
    elsewhere.person.home = AccountId{6};
    EXPECT_TRUE(after(elsewhere, in_zone("Europe/Madrid")).deliveries.empty());
    EXPECT_EQ(
        row_in<Account>(after(elsewhere, in_zone("Europe/Madrid")))->zone_told, "Europe/Madrid"
    );
}

TEST(ProfileNews, UseTheZoneThatWasChosen) {
    auto known = asked_about_madrid();
    auto used = chosen(known, true);
    EXPECT_EQ(row_in<Person>(used)->zone, "Europe/Madrid");
    EXPECT_FALSE(row_in<Account>(used)->zone_open);
    EXPECT_EQ(used.events.at(0).actor, PersonId{1});
    EXPECT_EQ(used.deliveries.size(), 1U) << "the card says so";

    auto kept = chosen(known, false);
    EXPECT_FALSE(row_in<Person>(kept));
    EXPECT_FALSE(row_in<Account>(kept)->zone_open);
}

TEST(ProfileNews, TakeNoAnswerToAQuestionThatIsSettled) {
    auto known = asked_about_madrid();
    EXPECT_TRUE(chosen(known, true, 0).changes.empty());
    known.account = *row_in<Account>(chosen(known, false));
    EXPECT_TRUE(chosen(known, true).changes.empty());
}

TEST(ProfileNews, ShowTheNewestQuestionOnly) {
    auto known = asked_about_madrid();
    auto shown_of = [&](int seq) {
        return shown(zone_question(known.person, known.account, "slack", card(seq, true), {}));
    };
    EXPECT_EQ(shown_of(1), "zone.question");
    EXPECT_EQ(shown_of(0), "(asked anew)");
    EXPECT_EQ(open_question(known.person, known.account, "slack").size(), 2U);
    EXPECT_TRUE(open_question(priya().person, priya().account, "slack").empty());
}

// ---- organisations

TEST(ProfileNews, FollowWhetherSomebodyIsOfAnotherOrganisation) {
    PersonChanged changed;
    changed.is_outsider = true;
    auto decision = after(priya(), changed);
    EXPECT_TRUE(row_in<Person>(decision)->outsider);
    EXPECT_EQ(decision.events.size(), 1U);
    changed.is_outsider = false;
    EXPECT_TRUE(after(priya(), changed).changes.empty());
}

}  // namespace
}  // namespace muster::profile_news
