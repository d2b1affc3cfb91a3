#include <random>

#include <gtest/gtest.h>

#include "tests/unit/bot/domain/absence_scene.hpp"

using namespace muster;
using namespace muster::absence_scene;

TEST(AbsencePropose, EchoesTheDaysAndWaitsForAYes) {
    auto ids = some_ids();
    const auto decision =
        absence::propose(situation({turn_on(tuesday)}), days(24, 27), before_the_prompt, ids);

    const auto drafts = rows<Draft>(decision);
    ASSERT_EQ(drafts.size(), 1u);
    EXPECT_EQ(drafts[0].kind, DraftKind::absence);
    EXPECT_EQ(drafts[0].text, "2026-11-24 2026-11-27 whole whole");
    EXPECT_EQ(drafts[0].expires_at, before_the_prompt + 24h);
    EXPECT_EQ(timer(decision, TimerKind::drop_draft, drafts[0].id.value), before_the_prompt + 24h);
    EXPECT_EQ(rows<Absence>(decision).size(), 0u) << "nothing counts yet";
    EXPECT_EQ(rows<Round>(decision).size(), 0u);

    const auto spoken = argument<TextList>(said(decision).notification, "days");
    ASSERT_EQ(spoken.size(), 1u);
    EXPECT_EQ(spoken[0], text("absence.days_range", {{"from", nov(24)}, {"to", nov(27)}}));
    EXPECT_EQ(
        keys_said(decision),
        (std::vector<std::string>{
            "absence.proposed", "absence.next_day_at_work", "absence.is_that_right"})
    );
    const auto& next = std::get<Paragraph>(said(decision).blocks[1]).text;
    EXPECT_EQ(argument<LocalDate>(next, "day"), nov(30));
    ASSERT_EQ(buttons(decision).size(), 2u);
    EXPECT_EQ(buttons(decision)[0].verb, Verb::confirm_absence);
    EXPECT_EQ(buttons(decision)[0].subject, drafts[0].id.value);
    EXPECT_EQ(buttons(decision)[1].verb, Verb::forget_draft);
}

TEST(AbsencePropose, AnotherProposalTakesThePlaceOfTheFirst) {
    auto scene = situation();
    scene.drafts = {proposed(days(24, 24))};
    auto ids = some_ids();
    const auto decision = absence::propose(scene, days(25, 26), before_the_prompt, ids);
    EXPECT_EQ(rows<DraftEnds>(decision), (std::vector<DraftEnds>{{DraftId{50}}}));
    EXPECT_TRUE(is_cancelled(decision, TimerKind::drop_draft, 50));
    EXPECT_EQ(rows<Draft>(decision).size(), 1u);
}

TEST(AbsencePropose, SaysSoWhenTheDaysAreFreeAnyway) {
    auto ids = some_ids();
    const auto decision = absence::propose(situation(), days(28, 29), before_the_prompt, ids);
    EXPECT_EQ(rows<Draft>(decision).size(), 0u);
    EXPECT_EQ(said(decision).notification.key, "absence.no_working_day");
}

TEST(AbsencePropose, AfterAMorningThePersonIsBackThatAfternoon) {
    auto ids = some_ids();
    const auto decision = absence::propose(situation(), morning(27), before_the_prompt, ids);
    EXPECT_EQ(keys_said(decision)[1], "absence.back_that_afternoon");
}

TEST(AbsencePropose, PlainReadersGetNoButtons) {
    auto scene = situation();
    scene.person.plain = true;
    auto ids = some_ids();
    EXPECT_TRUE(buttons(absence::propose(scene, days(24, 24), before_the_prompt, ids)).empty());
}

TEST(AbsenceConfirm, RecordsTheDaysAndWelcomesBackAtTheFirstWorkingMinuteAfter) {
    const auto decision = confirmed(situation(), days(24, 27), before_the_prompt);
    const auto absences = rows<Absence>(decision);
    ASSERT_EQ(absences.size(), 1u);
    EXPECT_EQ(absences[0].days, days(24, 27));
    EXPECT_EQ(absences[0].person, amira);
    EXPECT_EQ(absences[0].source, AbsenceSource::self);
    EXPECT_EQ(absences[0].team, std::nullopt);
    EXPECT_EQ(timer(decision, TimerKind::welcome_back, absences[0].id.value), at(nov(30), 9h));
    EXPECT_EQ(rows<DraftEnds>(decision), (std::vector<DraftEnds>{{DraftId{50}}}));
    EXPECT_TRUE(is_cancelled(decision, TimerKind::drop_draft, 50));
    EXPECT_EQ(keys_said(decision)[0], "absence.saved");
}

TEST(AbsenceConfirm, LogsTheDaysAndNoReason) {
    const auto decision = confirmed(situation(), days(24, 27), before_the_prompt);
    ASSERT_EQ(decision.events.size(), 1u);
    EXPECT_EQ(decision.events[0].kind, "absence.recorded");
    EXPECT_EQ(decision.events[0].actor, amira);
    const std::vector<std::pair<std::string, std::string>> facts{
        {"from", "2026-11-24"}, {"to", "2026-11-27"}};
    EXPECT_EQ(decision.events[0].facts, facts);
}

TEST(AbsenceConfirm, TakesARoundOutThatWaitedForItsWindow) {
    const auto turn = turn_on(tuesday);
    const auto decision = confirmed(situation({turn}), days(24, 24), before_the_prompt);
    EXPECT_EQ(round_of(decision, turn)->phase, Phase::away);
    EXPECT_TRUE(is_cancelled(decision, TimerKind::ask, turn.round.id.value));
    EXPECT_TRUE(is_cancelled(decision, TimerKind::remind, turn.round.id.value));
}

TEST(AbsenceConfirm, ClosesTheCardOfARoundThatWasAsked) {
    auto turn = turn_on(tuesday, Phase::asked);
    turn.round.snoozed_until = nine_thirty + 1h;
    const auto decision = confirmed(situation({turn}), days(24, 24), nine_thirty + 5min);
    EXPECT_EQ(round_of(decision, turn)->phase, Phase::away);
    EXPECT_EQ(round_of(decision, turn)->snoozed_until, std::nullopt);
    EXPECT_TRUE(tells(decision, Purpose::prompt, turn.round.id.value));
}

TEST(AbsenceConfirm, AnAnswerStays) {
    for (const auto phase :
         {Phase::answered, Phase::late, Phase::skipped, Phase::silent, Phase::away}) {
        const auto turn = turn_on(tuesday, phase);
        const auto decision = confirmed(situation({turn}), days(24, 24), nine_thirty + 5min);
        EXPECT_EQ(round_of(decision, turn), std::nullopt) << name(phase);
    }
}

TEST(AbsenceConfirm, OtherDaysStay) {
    const auto turn = turn_on(tuesday);
    EXPECT_EQ(
        round_of(confirmed(situation({turn}), days(25, 27), before_the_prompt), turn), std::nullopt
    );
}

TEST(AbsenceConfirm, AStandUpThatFitsIntoTheWorkedMorningStays) {
    const auto turn = turn_on(tuesday);
    EXPECT_EQ(
        round_of(confirmed(situation({turn}), afternoon(24), before_the_prompt), turn), std::nullopt
    );
}

TEST(AbsenceConfirm, AMorningAwayMovesTheWindowToTheAfternoonWhenRoomIsLeft) {
    auto turn = turn_on(tuesday);
    turn.round.closes_at = at(nov(tuesday), 14h);
    const auto decision = confirmed(situation({turn}), morning(24), before_the_prompt);
    const auto one_pm = at(nov(tuesday), 13h);
    EXPECT_EQ(round_of(decision, turn)->phase, Phase::waiting);
    EXPECT_EQ(round_of(decision, turn)->opens_at, one_pm);
    EXPECT_EQ(timer(decision, TimerKind::ask, turn.round.id.value), one_pm);
}

TEST(AbsenceConfirm, AMorningAwayAfterThePromptAsksAgainAtOne) {
    auto turn = turn_on(tuesday, Phase::asked);
    turn.round.closes_at = at(nov(tuesday), 14h);
    const auto decision = confirmed(situation({turn}), morning(24), nine_thirty + 5min);
    EXPECT_EQ(round_of(decision, turn)->phase, Phase::asked);
    EXPECT_EQ(round_of(decision, turn)->snoozed_until, at(nov(tuesday), 13h));
    EXPECT_TRUE(is_cancelled(decision, TimerKind::remind, turn.round.id.value));
}

TEST(AbsenceConfirm, AMorningAwayThatLeavesUnderHalfAnHourTakesTheRoundOut) {
    auto turn = turn_on(tuesday);
    turn.round.closes_at = at(nov(tuesday), 13h + 29min);
    EXPECT_EQ(
        round_of(confirmed(situation({turn}), morning(24), before_the_prompt), turn)->phase,
        Phase::away
    );
    turn.round.closes_at = at(nov(tuesday), 13h + 30min);
    EXPECT_EQ(
        round_of(confirmed(situation({turn}), morning(24), before_the_prompt), turn)->phase,
        Phase::waiting
    );
}

TEST(AbsenceConfirm, AnAfternoonAwayShortensAWindowOverMidday) {
    auto turn = turn_on(tuesday);
    turn.round.opens_at = at(nov(tuesday), 12h);
    turn.round.closes_at = at(nov(tuesday), 14h);
    const auto decision = confirmed(situation({turn}), afternoon(24), before_the_prompt);
    EXPECT_EQ(round_of(decision, turn)->closes_at, at(nov(tuesday), 13h));
    EXPECT_EQ(timer(decision, TimerKind::close_round, turn.round.id.value), at(nov(tuesday), 13h));
}

TEST(AbsenceConfirm, TwoHalvesAreADay) {
    const auto turn = turn_on(tuesday);
    const auto decision =
        confirmed(situation({turn}, {recorded(9, morning(24))}), afternoon(24), before_the_prompt);
    ASSERT_EQ(rows<Absence>(decision).size(), 1u);
    EXPECT_EQ(rows<Absence>(decision)[0].days, days(24, 24));
    EXPECT_EQ(rows<Absence>(decision)[0].id, AbsenceId{9});
    EXPECT_EQ(round_of(decision, turn)->phase, Phase::away);
}

TEST(AbsenceConfirm, OverlappingAbsencesBecomeOne) {
    const auto scene = situation({}, {recorded(8, days(23, 24)), recorded(9, days(26, 27))});
    const auto decision = confirmed(scene, days(24, 26), before_the_prompt);
    ASSERT_EQ(rows<Absence>(decision).size(), 1u);
    EXPECT_EQ(rows<Absence>(decision)[0].days, days(23, 27));
    EXPECT_EQ(rows<AbsenceEnds>(decision).size(), 1u);
    EXPECT_EQ(
        timer(decision, TimerKind::welcome_back, rows<Absence>(decision)[0].id.value),
        at(nov(30), 9h)
    );
}

TEST(AbsenceConfirm, TwoWeeksWithAWeekendBetweenWelcomeBackOnce) {
    const auto scene = situation({}, {recorded(8, days(16, 20))});
    const auto decision = confirmed(scene, days(23, 24), before_the_prompt);
    EXPECT_EQ(rows<Absence>(decision)[0].days, days(16, 24));
    const auto apart =
        confirmed(situation({}, {recorded(8, days(16, 19))}), days(23, 24), before_the_prompt);
    EXPECT_EQ(rows<Absence>(apart)[0].days, days(23, 24)) << "Friday was worked";
}

TEST(AbsenceConfirm, LeavesWhatOthersRecordedAlone) {
    const auto scene = situation({}, {recorded(8, days(24, 25), AbsenceSource::ics)});
    const auto decision = confirmed(scene, days(25, 27), before_the_prompt);
    EXPECT_EQ(rows<Absence>(decision)[0].days, days(25, 27));
    EXPECT_NE(rows<Absence>(decision)[0].id, AbsenceId{8});
    EXPECT_EQ(rows<AbsenceEnds>(decision).size(), 0u);
}

TEST(AbsenceConfirm, SaysSoWhenTheDatesWaitNoMore) {
    auto ids = some_ids();
    auto draft = proposed(days(24, 24));
    draft.expires_at = before_the_prompt;
    const auto late = absence::confirm(situation(), draft, before_the_prompt, ids);
    EXPECT_EQ(said(late).notification.key, "absence.nothing_waits");
    EXPECT_TRUE(late.changes.empty());

    draft = proposed(days(24, 24));
    draft.person = PersonId{2};
    EXPECT_TRUE(absence::confirm(situation(), draft, before_the_prompt, ids).changes.empty());
    draft = proposed(days(24, 24));
    draft.kind = DraftKind::loose;
    EXPECT_TRUE(absence::confirm(situation(), draft, before_the_prompt, ids).changes.empty());
}

TEST(AbsenceSick, IsTodayAtOnceAndSaysHowToUndoIt) {
    const auto turn = turn_on(tuesday, Phase::asked);
    const auto tomorrow = turn_on(25);
    auto ids = some_ids();
    const auto decision = absence::sick(situation({turn, tomorrow}), nine_thirty + 5min, ids);
    ASSERT_EQ(rows<Absence>(decision).size(), 1u);
    EXPECT_EQ(rows<Absence>(decision)[0].days, days(24, 24));
    EXPECT_EQ(round_of(decision, turn)->phase, Phase::away);
    EXPECT_EQ(round_of(decision, tomorrow), std::nullopt);
    EXPECT_EQ(
        keys_said(decision), (std::vector<std::string>{"absence.off_today", "absence.how_to_undo"})
    );
}

TEST(AbsenceSick, TodayIsTheDayOnTheirOwnWall) {
    auto scene = situation();
    scene.person.zone = "Pacific/Auckland";
    auto ids = some_ids();
    const auto decision = absence::sick(scene, at(nov(24), 20h), ids);
    EXPECT_EQ(rows<Absence>(decision)[0].days, days(25, 25));
}

TEST(AbsenceBack, AsksNowWhenHalfAnHourIsLeft) {
    const auto turn = turn_on(tuesday, Phase::away);
    auto ids = some_ids();
    const auto decision =
        absence::back(situation({turn}, {recorded(9, days(24, 24))}), eleven_thirty - 30min, ids);
    EXPECT_EQ(rows<AbsenceEnds>(decision), (std::vector<AbsenceEnds>{{AbsenceId{9}}}));
    EXPECT_EQ(round_of(decision, turn)->phase, Phase::waiting);
    EXPECT_EQ(timer(decision, TimerKind::ask, turn.round.id.value), eleven_thirty - 30min);
    EXPECT_TRUE(is_cancelled(decision, TimerKind::welcome_back, 9));
    EXPECT_EQ(keys_said(decision), (std::vector<std::string>{"absence.back_asked_now"}));
}

TEST(AbsenceBack, StaysAwayButMayAnswerWhenLessIsLeft) {
    const auto turn = turn_on(tuesday, Phase::away);
    auto ids = some_ids();
    const auto decision =
        absence::back(situation({turn}, {recorded(9, days(24, 24))}), eleven_thirty - 29min, ids);
    EXPECT_EQ(round_of(decision, turn), std::nullopt);
    EXPECT_EQ(rows<AbsenceEnds>(decision).size(), 1u);
    EXPECT_EQ(keys_said(decision), (std::vector<std::string>{"absence.back_too_late"}));
}

TEST(AbsenceBack, BeforeTheWindowItIsAskedWhenItOpens) {
    auto turn = turn_on(tuesday, Phase::away);
    turn.round.opens_at.reset();  // they were away when the run was planned: there is no window yet
    turn.round.closes_at.reset();
    auto ids = some_ids();
    const auto decision =
        absence::back(situation({turn}, {recorded(9, days(24, 24))}), before_the_prompt, ids);
    EXPECT_EQ(round_of(decision, turn)->opens_at, nine_thirty);
    EXPECT_EQ(round_of(decision, turn)->closes_at, eleven_thirty);
    EXPECT_EQ(timer(decision, TimerKind::ask, turn.round.id.value), nine_thirty);
    EXPECT_EQ(keys_said(decision), (std::vector<std::string>{"absence.back_asked_at"}));
}

TEST(AbsenceBack, EndsALongAbsenceAndWelcomesBackOnce) {
    auto ids = some_ids();
    const auto decision =
        absence::back(situation({}, {recorded(9, days(19, 27))}), before_the_prompt, ids);
    ASSERT_EQ(rows<Absence>(decision).size(), 1u);
    EXPECT_EQ(rows<Absence>(decision)[0].days, days(19, 23));
    EXPECT_EQ(timer(decision, TimerKind::welcome_back, 9), at(nov(24), 9h));
}

TEST(AbsenceBack, FreesTheDaysAfterTooButBeatsAnImportForTodayOnly) {
    const auto tomorrow = turn_on(25, Phase::away);
    auto ids = some_ids();
    const auto own =
        absence::back(situation({tomorrow}, {recorded(9, days(24, 27))}), before_the_prompt, ids);
    EXPECT_EQ(round_of(own, tomorrow)->phase, Phase::waiting);

    const auto imported = situation({tomorrow}, {recorded(9, days(23, 27), AbsenceSource::ics)});
    const auto decision = absence::back(imported, before_the_prompt, ids);
    const auto kept = rows<Absence>(decision);
    ASSERT_EQ(kept.size(), 2u);
    EXPECT_EQ(kept[0].days, days(23, 23));
    EXPECT_EQ(kept[1].days, days(25, 27));
    EXPECT_NE(kept[0].id, kept[1].id);
    EXPECT_EQ(round_of(decision, tomorrow), std::nullopt);
}

TEST(AbsenceBack, EndsEveryAbsenceOfToday) {
    const auto turn = turn_on(tuesday, Phase::away);
    const auto scene = situation(
        {turn},
        {recorded(8, days(24, 24)), recorded(9, days(24, 25), AbsenceSource::delivery_manager)}
    );
    auto ids = some_ids();
    const auto decision = absence::back(scene, nine_thirty, ids);
    EXPECT_EQ(rows<AbsenceEnds>(decision).size(), 2u);
    EXPECT_EQ(round_of(decision, turn)->phase, Phase::waiting);
}

TEST(AbsenceBack, ChangesNothingForSomebodyAtWork) {
    auto ids = some_ids();
    const auto decision = absence::back(
        situation({turn_on(tuesday)}, {recorded(9, days(25, 27))}), before_the_prompt, ids
    );
    EXPECT_TRUE(decision.changes.empty());
    EXPECT_TRUE(decision.timers.empty());
    EXPECT_EQ(said(decision).notification.key, "absence.not_away");
}

TEST(AbsenceBack, ReopensARunThatClosedWithoutThem) {
    auto turn = turn_on(tuesday, Phase::away);
    turn.run.state = RunState::closed;
    turn.run.closes_at = nine_thirty;
    auto ids = some_ids();
    const auto decision =
        absence::back(situation({turn}, {recorded(9, days(24, 24))}), nine_thirty + 1min, ids);
    ASSERT_EQ(rows<muster::Run>(decision).size(), 1u);
    EXPECT_EQ(rows<muster::Run>(decision)[0].state, RunState::complete);
    EXPECT_EQ(timer(decision, TimerKind::close_run, turn.run.id.value), eleven_thirty);
}

TEST(AbsenceStory, AwayThenBackLeavesTheRoundAsItWas) {
    const auto turn = turn_on(tuesday);
    const auto away = confirmed(situation({turn}), days(24, 27), before_the_prompt);
    auto later = turn;
    later.round = *round_of(away, turn);
    auto ids = some_ids();
    const auto back =
        absence::back(situation({later}, rows<Absence>(away)), before_the_prompt + 10min, ids);
    EXPECT_EQ(*round_of(back, turn), turn.round);
}

TEST(AbsenceDraft, KeepsItsDays) {
    for (const auto& away : {days(24, 24), days(24, 27), morning(25), afternoon(25)})
        EXPECT_EQ(absence::days_away_from(absence::to_text(away)), away);
    auto both = days(24, 27);
    both.first_day = DayPart::afternoon;
    both.last_day = DayPart::morning;
    EXPECT_EQ(absence::days_away_from(absence::to_text(both)), both);
}

TEST(AbsenceDraft, RefusesAnythingElse) {
    for (const auto* text :
         {"",
          "2026-11-24",
          "2026-11-24 2026-11-27",
          "2026-11-27 2026-11-24 whole whole",
          "2026-11-24 2026-11-31 whole whole",
          "2026-11-24 2026-11-27 morning whole",
          "2026-11-24 2026-11-27 whole whole ",
          "2026-11-24 2026-11-27 whole whole Payments",
          "2026-11-24x2026-11-27 whole whole"})
        EXPECT_EQ(absence::days_away_from(text), std::nullopt) << text;
}

// Whatever is recorded in whatever order, a day that was said to be away is away.
TEST(AbsenceMerge, NeverLosesADayAndNeverAddsAWorkingHour) {
    std::mt19937 random{20261122};
    auto ids = some_ids();
    for (int trial = 0; trial < 2'000; ++trial) {
        std::vector<DaysAway> wanted;
        auto scene = situation();
        for (int count = 0; count < 4; ++count) {
            const auto from = 16u + static_cast<unsigned>(random() % 12);
            const auto to = std::min(from + static_cast<unsigned>(random() % 4), 28u);
            auto away = days(from, to);
            if (random() % 3 == 0) away.first_day = DayPart::afternoon;
            if (random() % 3 == 0 && !(from == to && away.first_day == DayPart::afternoon))
                away.last_day = DayPart::morning;
            wanted.push_back(away);

            const auto decision = absence::confirm(scene, proposed(away), at(nov(2), 9h), ids);
            for (const auto& ended : rows<AbsenceEnds>(decision))
                std::erase_if(scene.absences, [&](const Absence& row) {
                    return row.id == ended.absence;
                });
            const auto row = rows<Absence>(decision).front();
            std::erase_if(scene.absences, [&](const Absence& old) { return old.id == row.id; });
            scene.absences.push_back(row);
        }
        WorkPattern asked, merged;
        asked.away = wanted;
        for (const auto& row : scene.absences)
            merged.away.push_back(row.days);
        for (unsigned day = 14; day <= 30; ++day)
            ASSERT_EQ(working_stretches(merged, nov(day)), working_stretches(asked, nov(day)))
                << day << " trial " << trial;
    }
}
