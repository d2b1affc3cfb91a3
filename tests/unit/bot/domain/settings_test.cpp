#include "bot/domain/settings.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/bot/domain/settings_story.hpp"

namespace {

using namespace muster;
using namespace muster::settings;
using settings_story::after;
using settings_story::an_agency;
using settings_story::payments;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using Kind = Difference::Kind;

IdSource& ids() {
    static IdSource source({1, 2});
    return source;
}

Changed changed(const Document& document, const Wanted& wanted, bool prune = false) {
    return change(document, wanted, prune, std::nullopt, ids()).value();
}

std::vector<std::string> places_of(const Document& document, const Wanted& wanted) {
    auto result = change(document, wanted, false, std::nullopt, ids());
    std::vector<std::string> places;
    if (result.has_error()) {
        for (const auto& problem : result.error())
            places.push_back(problem.where);
    }
    return places;
}

template <class Row>
std::vector<Row> rows(const Changed& changed) {
    std::vector<Row> found;
    for (const auto& change : changed.decision.changes) {
        if (const auto* row = std::get_if<Row>(&change)) found.push_back(*row);
    }
    return found;
}

Document with_payments() {
    return after(an_agency(), changed(an_agency(), payments()));
}

TEST(SettingsChange, MakesPeopleTeamAndCeremonyOfAnEmptyStore) {
    auto first = changed(an_agency(), payments());

    auto people = rows<Person>(first);
    auto accounts = rows<Account>(first);
    ASSERT_EQ(people.size(), 3u);
    EXPECT_EQ(people[0].key, "amira");
    EXPECT_EQ(people[0].home, accounts[0].id);
    EXPECT_EQ(accounts[0].person, people[0].id);
    EXPECT_EQ(rows<Membership>(first).size(), 3u);
    EXPECT_EQ(rows<Ceremony>(first)[0].team, rows<Team>(first)[0].id);
    EXPECT_THAT(first.teams, ElementsAre(rows<Team>(first)[0].id));
    EXPECT_THAT(first.differences, Contains(Difference{Kind::added, "person amira", "", "", ""}));
    EXPECT_THAT(
        first.differences,
        Contains(Difference{Kind::added, "team payments, ceremony standup", "", "", ""})
    );
}

TEST(SettingsChange, HasNothingToDoTheSecondTime) {
    auto again = changed(with_payments(), payments());

    EXPECT_THAT(again.differences, IsEmpty());
    EXPECT_THAT(again.decision.changes, IsEmpty());
    EXPECT_THAT(again.decision.events, IsEmpty());
    EXPECT_THAT(again.teams, IsEmpty());
}

TEST(SettingsChange, LogsOneEventPerDifferenceWithItsActor) {
    auto wanted = payments();
    wanted.people[0].zone = "Europe/Paris";
    wanted.people[0].name = "Amira Khan-Lee";
    auto document = with_payments();
    auto actor = document.people[2].id;

    auto result = change(document, wanted, false, actor, ids()).value();

    EXPECT_THAT(
        result.differences,
        ElementsAre(
            Difference{Kind::changed, "person amira", "name", "Amira Khan", "Amira Khan-Lee"},
            Difference{Kind::changed, "person amira", "timezone", "Europe/London", "Europe/Paris"}
        )
    );
    ASSERT_EQ(result.decision.events.size(), 2u);
    Event expected{
        "settings.person_changed",
        document.people[0].id.value,
        actor,
        {{"what", "person amira"},
         {"field", "timezone"},
         {"before", "Europe/London"},
         {"after", "Europe/Paris"}}};
    EXPECT_EQ(result.decision.events[1], expected);
    EXPECT_EQ(rows<Person>(result).size(), 1u);
    EXPECT_THAT(result.teams, ElementsAre(document.teams[0].id));
}

TEST(SettingsChange, KeepsWhatPeopleSetThemselvesAndTheNextNumber) {
    auto document = with_payments();
    document.people[0].plain = true;
    document.people[0].longer = true;
    document.teams[0].next_number = 14;
    auto wanted = payments();
    wanted.people[0].email = "amira@example.gov.uk";
    wanted.teams[0].name = "Paying";

    auto result = changed(document, wanted);

    EXPECT_TRUE(rows<Person>(result)[0].plain);
    EXPECT_TRUE(rows<Person>(result)[0].longer);
    EXPECT_EQ(rows<Team>(result)[0].next_number, 14);
}

TEST(SettingsChange, LeavesPeopleAndTeamsThatTheFileDoesNotName) {
    auto document = with_payments();
    Wanted other;
    other.people = {settings_story::person("new", "New Person")};

    auto result = changed(document, other);

    EXPECT_THAT(result.differences.size(), 2u);  // the person and the account
    EXPECT_EQ(after(document, result).teams, document.teams);
}

TEST(SettingsChange, ArchivesWhatTheFileDoesNotNameOnlyWhenPruning) {
    auto document = with_payments();
    Wanted other;
    other.people = {settings_story::person("new", "New Person")};

    auto result = changed(document, other, true);
    auto left = after(document, result);

    EXPECT_TRUE(left.teams[0].archived);
    EXPECT_TRUE(left.people[0].archived);
    EXPECT_TRUE(left.ceremonies[0].archived);
    EXPECT_THAT(
        result.decision.timers,
        ElementsAre(TimerChange{CancelTimer{TimerKind::open_run, document.ceremonies[0].id.value}})
    );
    EXPECT_EQ(rows<PlanEnds>(result).size(), 1u);
    EXPECT_THAT(
        result.differences, Contains(Difference{Kind::removed, "person amira", "", "", ""})
    );
    EXPECT_THAT(changed(left, wanted_from(left), true).differences, IsEmpty());
}

TEST(SettingsChange, BringsArchivedPeopleBackUnderTheirOldIds) {
    auto document = with_payments();
    auto empty = after(document, changed(document, Wanted{}, true));

    auto result = changed(empty, payments());
    auto back = after(empty, result);

    EXPECT_EQ(back.people, document.people);
    EXPECT_EQ(back.teams, document.teams);
    EXPECT_EQ(back.ceremonies, document.ceremonies);
    EXPECT_THAT(result.differences, Contains(Difference{Kind::added, "team payments", "", "", ""}));
}

TEST(SettingsChange, EndsTheMembershipOfWhoLeavesTheList) {
    auto document = with_payments();
    auto wanted = payments();
    std::erase(wanted.teams[0].members, "bo");

    auto result = changed(document, wanted);

    EXPECT_THAT(
        rows<MembershipEnds>(result),
        ElementsAre(MembershipEnds{document.teams[0].id, document.people[1].id})
    );
    EXPECT_EQ(result.decision.events[0].kind, "settings.member_removed");
    EXPECT_THAT(
        result.differences,
        ElementsAre(Difference{Kind::removed, "team payments, member bo", "", "", ""})
    );
}

TEST(SettingsChange, TurnsAMemberIntoAnObserver) {
    auto wanted = payments();
    std::erase(wanted.teams[0].members, "bo");
    wanted.teams[0].observers = {"bo"};

    EXPECT_THAT(
        changed(with_payments(), wanted).differences,
        ElementsAre(Difference{
            Kind::changed, "team payments, member bo", "standing", "participant", "observer"})
    );
}

TEST(SettingsChange, KeepsTheSlotWhenItsTimeMoves) {
    auto document = with_payments();
    auto wanted = payments();
    wanted.teams[0].ceremonies[0].slots = {{"main", 10h}};

    auto result = changed(document, wanted);

    auto ceremony = rows<Ceremony>(result)[0];
    EXPECT_EQ(ceremony.id, document.ceremonies[0].id);
    EXPECT_THAT(ceremony.slots, ElementsAre(Slot{"main", 10h}));
    EXPECT_THAT(
        result.differences,
        ElementsAre(Difference{
            Kind::changed, "team payments, ceremony standup", "times", "main 09:30", "main 10:00"})
    );
    EXPECT_THAT(result.teams, ElementsAre(document.teams[0].id));
}

TEST(SettingsChange, ArchivesACeremonyThatTheTeamNoLongerHas) {
    auto document = with_payments();
    auto wanted = payments();
    wanted.teams[0].ceremonies.clear();

    auto result = changed(document, wanted);

    EXPECT_TRUE(rows<Ceremony>(result)[0].archived);
    EXPECT_EQ(rows<PlanEnds>(result)[0].ceremony, document.ceremonies[0].id);
}

TEST(SettingsChange, GivesAMovedChannelANewIdSoThatOldMessagesKeepTheirs) {
    auto document = with_payments();
    auto wanted = payments();
    wanted.teams[0].channels[0].external_id = "C2";

    auto result = changed(document, wanted);

    EXPECT_THAT(rows<ChannelEnds>(result), ElementsAre(ChannelEnds{document.channels[0].id}));
    EXPECT_NE(rows<Channel>(result)[0].id, document.channels[0].id);
}

TEST(SettingsChange, ChangesJobShareDaysAndEndsRoles) {
    auto document = with_payments();
    auto wanted = payments();
    wanted.teams[0].roles[Role::delivery_manager] = {
        {"dev", {std::chrono::Monday, std::chrono::Tuesday}}};
    wanted.teams[0].roles.erase(Role::lead);

    auto result = changed(document, wanted);

    EXPECT_THAT(
        result.differences,
        UnorderedElementsAre(
            Difference{
                Kind::changed,
                "team payments, delivery_manager dev",
                "days",
                "every day",
                "mon-tue"},
            Difference{Kind::removed, "team payments, lead bo", "", "", ""}
        )
    );
    EXPECT_EQ(
        rows<RoleEnds>(result)[0],
        (RoleEnds{document.teams[0].id, Role::lead, document.people[1].id})
    );
}

TEST(SettingsChange, MovesAnAccountFromOnePersonToAnother) {
    auto document = with_payments();
    auto wanted = payments();
    wanted.people[0].accounts[0].external_id = "U-new";
    wanted.people[1].accounts[0].external_id = "U-amira";

    auto left = after(document, changed(document, wanted));

    auto owner = std::ranges::find(left.accounts, "U-amira", &Account::external_id);
    ASSERT_NE(owner, left.accounts.end());
    EXPECT_EQ(owner->person, document.people[1].id);
    EXPECT_EQ(owner->id, document.accounts[0].id);
    EXPECT_EQ(left.people[1].home, owner->id);
    EXPECT_THAT(changed(left, wanted).differences, IsEmpty());
}

TEST(SettingsChange, MovesAnAccountAlsoToAPersonWhoStandsEarlierInTheFile) {
    auto document = with_payments();
    auto wanted = payments();
    wanted.people[0].accounts[0].external_id = "U-bo";
    wanted.people[1].accounts[0].external_id = "U-new";

    auto left = after(document, changed(document, wanted));

    auto owner = std::ranges::find(left.accounts, "U-bo", &Account::external_id);
    ASSERT_NE(owner, left.accounts.end());
    EXPECT_EQ(owner->person, document.people[0].id);
    EXPECT_THAT(changed(left, wanted).differences, IsEmpty());
}

TEST(SettingsChange, LeavesTheOrganisationAloneWhenTheFileDoesNotSpeakOfIt) {
    auto document = with_payments();
    auto day = document.covers[0].from;
    document.covers.push_back(
        {CoverId{5}, std::nullopt, Role::product_ops, document.people[0].id, day, day}
    );
    Wanted only_team;
    only_team.teams = payments().teams;
    only_team.covers = payments().covers;
    only_team.calendars = payments().calendars;

    EXPECT_THAT(changed(document, only_team).differences, IsEmpty());
}

TEST(SettingsChange, EndsACoverThatIsNoLongerThere) {
    auto document = with_payments();
    auto wanted = payments();
    wanted.covers.clear();

    EXPECT_THAT(
        rows<CoverEnds>(changed(document, wanted)), ElementsAre(CoverEnds{document.covers[0].id})
    );
}

TEST(SettingsChange, PlansTeamsAgainWhenTheirCalendarChanges) {
    auto document = with_payments();
    auto wanted = payments();
    wanted.calendars[0].days[LocalDate{std::chrono::year{2027} / 1 / 1}] = "New Year";

    auto result = changed(document, wanted);

    EXPECT_EQ(result.differences[0].field, "days");
    EXPECT_THAT(result.teams, ElementsAre(document.teams[0].id));
}

TEST(SettingsChange, RefusesAsAWholeAndNamesEverythingThatDoesNotFit) {
    auto wanted = payments();
    wanted.people[0].accounts[0].connection = "nowhere";
    wanted.people[1].calendar = "mars";
    wanted.people[2].home = "fax";
    wanted.teams[0].members.push_back("nobody");
    wanted.teams[0].roles[Role::head] = {{"nobody", {}}};
    wanted.organisation_roles[Role::fallback] = {"nobody"};
    wanted.teams[0].ceremonies.push_back(wanted.teams[0].ceremonies[0]);

    EXPECT_THAT(
        places_of(an_agency(), wanted),
        UnorderedElementsAre(
            "people/0/accounts/chat/connection",
            "people/1/calendar",
            "people/2/home",
            "teams/0/members/3",
            "teams/0/roles/head/0",
            "organisation/fallback/0",
            "teams/0/ceremonies/1/key"
        )
    );
}

TEST(SettingsChange, RefusesTwoPeopleWithOneAccount) {
    auto wanted = payments();
    wanted.people[1].accounts = wanted.people[0].accounts;

    EXPECT_THAT(places_of(an_agency(), wanted), ElementsAre("people/1/accounts/chat"));
}

TEST(SettingsChange, RefusesAnAccountOfSomebodyWhomTheFileDoesNotName) {
    auto document = with_payments();
    Wanted wanted;
    wanted.people = {settings_story::person("thief", "Thief")};
    wanted.people[0].accounts = payments().people[0].accounts;

    EXPECT_THAT(places_of(document, wanted), ElementsAre("people/0/accounts/chat"));
}

TEST(SettingsChange, NeedsAHomeWhenThereAreSeveralAccounts) {
    auto document = an_agency();
    auto second = document.connections[0];
    second.id = ConnectionId{78};
    second.key = "second";
    second.platform = "other";
    document.connections.push_back(second);
    auto wanted = payments();
    wanted.people[0].accounts.push_back({"other", "second", "7"});

    EXPECT_THAT(places_of(document, wanted), ElementsAre("people/0"));
    wanted.people[0].home = "other";
    EXPECT_THAT(places_of(document, wanted), IsEmpty());
}

TEST(SettingsChange, NeedsAnAccountToReachAPerson) {
    auto wanted = payments();
    wanted.people[0].accounts.clear();

    EXPECT_THAT(places_of(an_agency(), wanted), ElementsAre("people/0/accounts"));
}

TEST(SettingsRules, RefuseRepeatedKeysLettersAndTimesThatAreTooNear) {
    auto wanted = payments();
    auto& ceremony = wanted.teams[0].ceremonies[0];
    ceremony.questions[1].key = "today";
    ceremony.questions[2].letter = "t";
    ceremony.slots = {{"am", 9h}, {"pm", 9h + 14min}, {"pm", 16h}};

    std::vector<std::string> places;
    for (const auto& problem : problems_in(wanted))
        places.push_back(problem.where);

    auto where = std::string("teams/0/ceremonies/0");
    EXPECT_THAT(
        places,
        UnorderedElementsAre(
            where + "/questions/1/key",
            where + "/questions/2/letter",
            where + "/times/1/at",
            where + "/times/2/key"
        )
    );
}

TEST(SettingsRules, HoldTheLimitsThatKeepOneTeamFromTakingTheWholeBot) {
    auto wanted = payments();
    auto& team = wanted.teams[0];
    auto& ceremony = team.ceremonies[0];
    for (int i = 0; i < 498; ++i)
        team.members.push_back("person" + std::to_string(i));
    for (int i = 0; i < 18; ++i) {
        ceremony.questions.push_back(ceremony.questions[1]);
        ceremony.questions.back().key = "more" + std::to_string(i);
        ceremony.questions.back().letter.clear();
    }
    for (int i = 0; i < 50; ++i) {
        team.ceremonies.push_back(payments().teams[0].ceremonies[0]);
        team.ceremonies.back().key = "more" + std::to_string(i);
    }

    std::vector<std::string> places;
    for (const auto& problem : problems_in(wanted))
        places.push_back(problem.where);

    EXPECT_THAT(
        places,
        UnorderedElementsAre(
            "teams/0/members", "teams/0/ceremonies", "teams/0/ceremonies/0/questions"
        )
    );
}

TEST(SettingsRules, RefuseAWindowInWhichNobodyWouldBeAsked) {
    auto wanted = payments();
    wanted.teams[0].ceremonies[0].window = 29min;
    wanted.teams[0].ceremonies[0].reminder = {std::nullopt, 29min};

    EXPECT_EQ(problems_in(wanted).size(), 2u);
    wanted.teams[0].ceremonies[0].window = 30min;
    EXPECT_THAT(problems_in(wanted), IsEmpty());
}

TEST(SettingsWanted, IsTheOppositeOfChangeForAnyDocument) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 chance(seed);
        auto wanted = settings_story::any_wanted(chance);
        auto document = after(an_agency(), changed(an_agency(), wanted));

        EXPECT_THAT(changed(document, wanted).differences, IsEmpty());
        EXPECT_THAT(changed(document, wanted_from(document)).differences, IsEmpty());
        EXPECT_THAT(changed(document, wanted_from(document), true).decision.changes, IsEmpty());

        auto other = settings_story::any_wanted(chance);
        auto moved = after(document, changed(document, other, true));
        EXPECT_THAT(changed(moved, other).differences, IsEmpty());
        EXPECT_THAT(changed(moved, wanted_from(moved), true).differences, IsEmpty());
    }
}

TEST(SettingsChange, IsPureTheSameSeedGivesTheSameIds) {
    IdSource one({5, 6});
    IdSource two({5, 6});

    auto first = change(an_agency(), payments(), false, std::nullopt, one).value();
    auto second = change(an_agency(), payments(), false, std::nullopt, two).value();

    EXPECT_EQ(rows<Person>(first), rows<Person>(second));
    EXPECT_EQ(rows<Ceremony>(first), rows<Ceremony>(second));
}

TEST(SettingsByDays, SaysAWeekInAsFewWordsAsPossibleAndReadsItBack) {
    using Pairs = std::vector<std::pair<std::string, std::string>>;
    WorkingWeek week;
    for (std::size_t day : {0, 1, 3})
        week.days[day] = *hours_from("09:00-12:30,13:30-17:30");
    week.days[4] = *hours_from("09:00-16:00");

    EXPECT_EQ(
        by_days(week), (Pairs{{"mon-tue,thu", "09:00-12:30,13:30-17:30"}, {"fri", "09:00-16:00"}})
    );
    EXPECT_EQ(by_days(office_hours().week), (Pairs{{"mon-fri", "09:00-17:30"}}));
    EXPECT_EQ(by_days(WorkingWeek{}), Pairs{});
}

TEST(SettingsOwn, SwitchPlainOnceAndSaySo) {
    auto person = with_payments().people[0];

    auto decision = set_plain(person, true);

    EXPECT_TRUE(std::get<Person>(decision.changes[0]).plain);
    EXPECT_EQ(decision.events[0].actor, person.id);
    EXPECT_THAT(set_plain(std::get<Person>(decision.changes[0]), true).changes, IsEmpty());
    EXPECT_TRUE(std::get<Person>(set_longer(person, true).changes[0]).longer);
}

TEST(SettingsOwn, StopMakesAnObserver) {
    auto document = with_payments();

    auto now = *instant_from("2026-11-24T12:00:00.000Z");
    auto decision = set_standing(document.people[0], document.teams[0], Standing::observer, now);

    EXPECT_EQ(
        std::get<Membership>(decision.changes[0]),
        (Membership{document.teams[0].id, document.people[0].id, Standing::observer, now})
    );
    EXPECT_EQ(decision.events[0].kind, "settings.member_changed");
}

}  // namespace
