#include "tests/unit/bot/app/app_story.hpp"

namespace muster {
namespace {

class ActsStory : public AppStory {
protected:
    ActsStory() {
        start();
        until("2026-11-23T09:31");
    }
};

TEST_F(ActsStory, RefusesTheButtonOfSomebodyElsesPrompt) {
    for (auto verb : {Verb::answer, Verb::same_plan, Verb::snooze, Verb::skip, Verb::remove_answer})
        EXPECT_EQ(said(take("bo", press(verb, round("amira").id.value))), "stale.not_yours");

    EXPECT_EQ(round("amira").phase, Phase::asked);
    EXPECT_EQ(round("bo").phase, Phase::asked);
}

TEST_F(ActsStory, RefusesTheFormOfSomebodyElse) {
    EXPECT_EQ(said(take("bo", answer_form(round("amira"), "As Amira"))), "stale.not_yours");
    EXPECT_TRUE(answers("amira").empty());
}

TEST_F(ActsStory, KnowsNothingOfARoundThatIsNotThere) {
    EXPECT_EQ(said(take("amira", press(Verb::answer, 12345))), "stale.not_yours");
}

TEST_F(ActsStory, ExplainsTheButtonOfAnOlderDay) {
    auto monday = round("amira");
    until("2026-11-24T09:31");

    EXPECT_EQ(said(take("amira", press(Verb::answer, monday.id.value))), "stale.round_is_over");
    EXPECT_EQ(said(take("amira", press(Verb::skip, monday.id.value))), "stale.round_is_over");
}

TEST_F(ActsStory, ExplainsTheButtonsOfATeamThatWasLeft) {
    auto payments_without_amira = payments();
    std::erase(payments_without_amira.teams.front().members, "amira");
    auto monday = round("amira");
    set(payments_without_amira);

    EXPECT_EQ(said(take("amira", press(Verb::answer, monday.id.value))), "why.left");
}

TEST_F(ActsStory, LetsWhoeverHasLeftRemoveWhatTheySaid) {
    auto monday = round("amira");
    take("amira", answer_form(monday, "Test refunds")).value();
    auto payments_without_amira = payments();
    std::erase(payments_without_amira.teams.front().members, "amira");
    set(payments_without_amira);

    auto removed = take("amira", press(Verb::remove_answer, monday.id.value));
    EXPECT_EQ(said(removed), "answer.removed");
    EXPECT_TRUE(answers("amira").empty());
}

TEST_F(ActsStory, ExplainsTheButtonsOfAStandUpOfMoreThanAWeekAgo) {
    auto monday = round("amira");
    auto paused = payments();
    paused.teams.front().ceremonies.front().paused = true;
    set(paused);
    until("2026-11-30T09:29");
    EXPECT_TRUE(
        std::holds_alternative<OpenForm>(*take("amira", press(Verb::answer, monday.id.value)))
    );

    until("2026-11-30T09:31");
    EXPECT_EQ(
        said(take("amira", press(Verb::answer, monday.id.value))), "stale.round_is_a_week_old"
    );
    EXPECT_EQ(said(take("amira", answer_form(monday, "Letters"))), "form.kept_though_too_late");
    EXPECT_TRUE(answers("amira").empty());
}

TEST_F(ActsStory, OpensTheFormWhoeverWasAsked) {
    auto reply = take("amira", press(Verb::answer, round("amira").id.value));

    const auto& form = std::get<OpenForm>(*reply).form;
    EXPECT_EQ(form.context.subject, round("amira").id.value);
}

TEST_F(ActsStory, OffersTheFormsButtonToWhomeverNoFormCanBeOpenedFor) {
    auto typed = take("amira", line("edit today"));

    const auto& instead = std::get<OpenForm>(*typed).instead;
    const auto& buttons = std::get<Buttons>(instead.blocks.back()).buttons;
    auto pressed = take("amira", press(buttons.front().verb, buttons.front().subject));
    EXPECT_TRUE(std::holds_alternative<OpenForm>(*pressed));
}

TEST_F(ActsStory, ChangesTheAnswerWhenItsLineIsEdited) {
    take("amira", line("Finish the form", "line-7")).value();
    pass(1s);
    take("amira", Edited{"line-7", "Finish the refund form"}).value();

    EXPECT_EQ(answers("amira").at(0).text, "Finish the refund form");
}

TEST_F(ActsStory, LetsNobodyEditTheLineOfSomebodyElse) {
    take("amira", line("Finish the form", "line-7")).value();
    pass(1s);
    take("bo", Edited{"line-7", "Nothing"}).value();
    take("bo", Deleted{"line-7"}).value();

    EXPECT_EQ(answers("amira").at(0).text, "Finish the form");
}

TEST_F(ActsStory, KeepsTheNameOfWhoeverWasMentionedByTheirAccount) {
    auto bo = "@" + sim::account_of("bo");
    take("amira", line("Ask " + bo + " and @U-nobody", "line-7")).value();
    EXPECT_EQ(answers("amira").at(0).text, "Ask @Bo and @U-nobody");

    pass(1s);
    take("amira", Edited{"line-7", "Why wait for " + bo + "?"}).value();
    EXPECT_EQ(answers("amira").at(0).text, "Why wait for @Bo?");

    take("dev", line("Why " + bo + " and @U-nobody wait", "line-8")).value();
    EXPECT_EQ(answers("dev").at(0).text, "Why @Bo and @U-nobody wait");

    take("bo", answer_form(round("bo"), "Call @" + sim::account_of("amira"))).value();
    EXPECT_EQ(answers("bo").at(0).text, "Call @Amira");
    take("dev", command("blocker Waiting for " + bo)).value();
    auto find = [](View& view) { return view.open_blockers(view.teams().front().id); };
    EXPECT_EQ(look(find).at(0).title, "Waiting for @Bo");
}

TEST_F(ActsStory, KeepsALineInTheThreadOfYesterdaysPromptAndSaysThatItIsOver) {
    auto yesterdays_prompt = direct("amira").at(0).id;
    until("2026-11-24T09:31");

    auto said_there = line("Finish the form");
    said_there.thread = yesterdays_prompt;
    EXPECT_EQ(said(take("amira", said_there)), "form.kept_as_draft");

    EXPECT_TRUE(answers("amira").empty());
    auto find = [id = person("amira").id](View& view) { return view.drafts_of(id); };
    EXPECT_EQ(look(find).at(0).text, "Finish the form");
}

TEST_F(ActsStory, LetsOnlyTheDeliveryManagerStartAStandUp) {
    EXPECT_EQ(said(take("amira", command("start"))), "start.not_allowed");
    EXPECT_EQ(said(take("dev", command("start"))), "start.already_open");
}

TEST_F(ActsStory, KnowsADraftOnlyFromWhoeverTypedIt) {
    take("amira", line("Finish the form", "line-7")).value();
    take("amira", line("And the letters", "line-8")).value();
    auto find = [id = person("amira").id](View& view) { return view.drafts_of(id); };
    auto drafts = look(find);
    ASSERT_EQ(drafts.size(), 1U);

    EXPECT_EQ(said(take("bo", press(Verb::replace_plan, drafts[0].id.value))), "draft.gone");
    EXPECT_EQ(answers("amira").at(0).text, "Finish the form");
}

// Ela's half past nine is half past seven in London. She was not counted with when Tuesday's
// stand-up was planned.
class EarlyZoneStory : public AppStory {
protected:
    settings::Wanted with_ela(std::vector<std::string> settings::WantedTeam::*as) {
        auto wanted = payments();
        wanted.people.push_back(sim::a_person("Ela", "Europe/Bucharest"));
        (wanted.teams.front().*as).push_back("ela");
        return wanted;
    }

    void is_away_until(const char* day) {
        Absence absence;
        absence.id = AbsenceId{77};
        absence.person = person("ela").id;
        absence.days = {.from = *date_from("2026-11-23"), .to = *date_from(day)};
        apply({.changes = {absence}});
    }

    Instant planned() {
        auto find = [](View& view) {
            return view.planned_run(view.ceremonies().front().id)->opens_at;
        };
        return look(find);
    }
};

TEST_F(EarlyZoneStory, BringsTheNextStandUpForwardForSomebodyWhoIsBackSooner) {
    set(with_ela(&settings::WantedTeam::members));
    is_away_until("2026-11-25");
    start();
    until("2026-11-23T12:00");
    EXPECT_EQ(planned(), at("2026-11-24T09:30"));

    take("ela", command("back")).value();
    EXPECT_EQ(planned(), at("2026-11-24T07:30"));
    until("2026-11-24T07:31");
    EXPECT_EQ(round("ela").phase, Phase::asked);
    EXPECT_EQ(round("ela").closes_at, at("2026-11-24T09:30"));
}

TEST_F(EarlyZoneStory, BringsTheNextStandUpForwardForSomebodyWhoJoinsAgain) {
    set(with_ela(&settings::WantedTeam::observers));
    start();
    until("2026-11-23T12:00");
    EXPECT_EQ(planned(), at("2026-11-24T09:30"));

    auto find = [](View& view) { return view.teams().front().id; };
    take("ela", press(Verb::undo_stop, look(find).value)).value();
    EXPECT_EQ(planned(), at("2026-11-24T07:30"));
}

TEST_F(EarlyZoneStory, PutsNothingOffForSomebodyWhoGoesAway) {
    set(with_ela(&settings::WantedTeam::members));
    start();
    until("2026-11-23T12:00");
    take("ela", command("away until wed")).value();
    take("ela", line("yes")).value();
    EXPECT_EQ(planned(), at("2026-11-24T07:30")) << "she may be back by then";
}

// Amira is in Payments and in Refunds.
class AwayFromOneTeamStory : public AppStory {
protected:
    AwayFromOneTeamStory() {
        auto wanted = payments();
        wanted.teams.push_back(sim::another_team(wanted.teams.front(), "refunds", "Refunds"));
        set(wanted);
        start();
        until("2026-11-23T09:10");
    }

    Phase phase_in(const std::string& team) {
        auto find = [&, amira = person("amira").id](View& view) {
            for (const auto& round : view.unfinished_rounds_of(amira))
                if (view.team(view.run(round.run)->team)->name == team) return round.phase;
            return Phase::silent;
        };
        return look(find);
    }
};

TEST_F(AwayFromOneTeamStory, IsAwayFromTheOneTeamThatWasNamed) {
    EXPECT_EQ(said(take("amira", line("away until fri in Payments"))), "absence.proposed_in_team");
    EXPECT_EQ(said(take("amira", line("yes", "line-2"))), "absence.saved_in_team");
    until("2026-11-23T09:31");

    EXPECT_EQ(phase_in("Payments"), Phase::away);
    EXPECT_EQ(phase_in("Refunds"), Phase::asked);

    take("amira", command("back")).value();
    pass(5s);
    EXPECT_EQ(phase_in("Payments"), Phase::asked);
}

TEST_F(AwayFromOneTeamStory, SaysWhichTeamIsMeantWhereTheNameIsMistyped) {
    EXPECT_EQ(said(take("amira", line("away until fri in Payment"))), "command.unknown_team_near");
    EXPECT_EQ(said(take("amira", command("away until fri in Cardiff"))), "command.unknown_team");
}

TEST_F(ActsStory, IsAwayAltogetherWhenThereIsOnlyOneTeam) {
    EXPECT_EQ(said(take("amira", line("away until fri in Payments"))), "absence.proposed");
}

TEST_F(ActsStory, TellsNobodyThatAnObserverBySettingsHasLeft) {
    auto observing = payments();
    std::erase(observing.teams.front().members, "amira");
    observing.teams.front().observers = {"amira"};
    set(observing);
    auto team = [](View& view) { return view.teams().front().id; };

    EXPECT_EQ(said(take("amira", press(Verb::stop, look(team).value))), "why.observer");
    auto amira = person("amira").id.value;
    EXPECT_TRUE(deliveries(Purpose::left_stand_up, amira).empty());
}

}  // namespace
}  // namespace muster
