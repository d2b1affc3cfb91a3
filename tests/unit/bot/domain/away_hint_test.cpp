#include "bot/domain/away_hint.hpp"

#include <gmock/gmock.h>

#include "bot/domain/absence.hpp"
#include "tests/unit/bot/domain/payments_scene.hpp"

namespace muster::away_hint {
namespace {

using namespace payments_scene;
using testing::IsEmpty;
using testing::SizeIs;

constexpr LocalDate friday{year{2026}, November, day{27}};

// Ana of Payments, asked on weekdays in London.
struct Scene {
    Person person = ana();
    Account account;
    Roster roster;
    std::vector<Draft> drafts;

    Scene() {
        roster.team = payments();
        roster.members = {{person, Standing::participant, {}}};
        roster.calendars = std::make_shared<const CalendarBook>();
    }

    Decision hear(const AwayHint& hint, Instant now) {
        Decision decision;
        IdSource ids{{1, 2}};
        note(decision, person, account, hint, &roster, drafts, now, ids);
        return decision;
    }
};

AwayHint away_until(Instant until) {
    return {true, until};
}

std::optional<Draft> draft_in(const Decision& decision) {
    for (const auto& change : decision.changes)
        if (const auto* draft = std::get_if<Draft>(&change)) return *draft;
    return std::nullopt;
}

std::string days_in(const Decision& decision) {
    auto draft = draft_in(decision);
    return draft ? draft->text : "";
}

TEST(AwayHint, IsAskedAboutOnceForEachEndThatItNames) {
    Scene scene;
    const auto until_friday = away_until(at(23, 59, friday));
    EXPECT_EQ(days_in(scene.hear(until_friday, at(10, 0))), "2026-11-24 2026-11-27 whole whole");
    EXPECT_THAT(scene.hear(until_friday, at(10, 5)).deliveries, IsEmpty());
    EXPECT_THAT(scene.hear(away_until(at(23, 59, tuesday)), at(10, 6)).deliveries, SizeIs(1));
}

TEST(AwayHint, EndsWithTheLastDayThatItLeavesNoTimeOf) {
    const auto nine_on_friday = away_until(at(9, 0, friday));
    EXPECT_EQ(
        days_in(Scene{}.hear(nine_on_friday, at(10, 0))), "2026-11-24 2026-11-26 whole whole"
    );
    EXPECT_EQ(days_in(Scene{}.hear({true, {}}, at(10, 0))), "2026-11-24 2026-11-24 whole whole");
    EXPECT_EQ(days_in(Scene{}.hear(away_until(at(11, 0)), at(10, 0))), "") << "an hour is no day";
    const auto for_ever = away_until(at(9, 0, year{9999} / 12 / 31));
    EXPECT_EQ(days_in(Scene{}.hear(for_ever, at(10, 0))), "2026-11-24 2027-11-25 whole whole");
}

TEST(AwayHint, IsNoneForWhoeverIsKnownToBeAwayOrIsNotAsked) {
    Scene scene;
    Absence absence;
    absence.days = {tuesday, friday};
    scene.roster.members[0].absences = {absence};
    EXPECT_EQ(days_in(scene.hear(away_until(at(23, 59, friday)), at(10, 0))), "");
    EXPECT_EQ(
        days_in(scene.hear(away_until(at(23, 59, add_days(friday, 3))), at(10, 0))),
        "2026-11-30 2026-11-30 whole whole"
    );
    Decision decision;
    IdSource ids{{1, 2}};
    Account account;
    note(decision, ana(), account, {true, {}}, nullptr, {}, at(10, 0), ids);
    EXPECT_THAT(decision.deliveries, IsEmpty());
    EXPECT_TRUE(account.away_told.is_away);
}

TEST(AwayHint, IsAskedAboutAtOnceOnADayOfWorkAndElseWhenThatBegins) {
    const auto next_week = away_until(at(23, 59, add_days(friday, 5)));
    auto due = [&](Instant now) { return Scene{}.hear(next_week, now).deliveries.at(0).due; };
    EXPECT_EQ(due(at(10, 0)), at(10, 0));
    EXPECT_EQ(due(at(18, 0)), at(18, 0)) << "before they go";
    EXPECT_EQ(due(at(0, 5)), at(9, 0)) << "set by a calendar at night";
    EXPECT_EQ(due(at(12, 0, add_days(friday, 1))), at(9, 0, add_days(friday, 3)));
    EXPECT_EQ(days_in(Scene{}.hear(next_week, at(18, 0))), "2026-11-25 2026-12-02 whole whole");
}

TEST(AwayHint, ThatIsTakenBackTakesItsQuestionBack) {
    Scene scene;
    auto asked = scene.hear({true, {}}, at(10, 0));
    scene.drafts = {*draft_in(asked)};
    auto decision = scene.hear({}, at(10, 5));
    EXPECT_TRUE(std::holds_alternative<DraftEnds>(decision.changes.at(0)));
    EXPECT_EQ(decision.deliveries.at(0).key, asked.deliveries.at(0).key);
    auto shown = question(std::nullopt, {}, "slack", {}, at(10, 5));
    EXPECT_TRUE(std::holds_alternative<Pointless>(shown));
}

TEST(AwayHint, AsksInWordsThatNameTheDaysAndNoReason) {
    auto draft = a_draft(DraftKind::away_hint, "2026-11-24 2026-11-27 whole whole");
    const auto reader = standup::reader_of(ana());
    EXPECT_EQ(
        spoken::words(question(draft, away_until(at(23, 59, friday)), "slack", reader, at(10, 0))),
        "Are you away from Tuesday 24 November to Friday 27 November, both days included?\n"
        "Your status in Slack suggests it. Muster asks you as usual unless you say yes.\n"
        "[Yes, leave me out*] [No, ask me]\n"
        "> Only you get this question. Muster does not keep what your status says.\n"
    );
}

}  // namespace
}  // namespace muster::away_hint
