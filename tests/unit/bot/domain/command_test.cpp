#include "bot/domain/command.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "tests/unit/bot/domain/typed_words.hpp"

using namespace muster;
using namespace muster::command;
using namespace muster::typed;

namespace {

// Somebody who may answer nothing just now.
Typist idle() {
    auto typist = amira;
    typist.letters.clear();
    return typist;
}

template <class Wanted>
bool is(const std::optional<Command>& command) {
    return command && std::holds_alternative<Wanted>(*command);
}

std::optional<minutes> snoozed(std::string_view line) {
    const auto command = command_in_line(line, amira);
    if (!is<Snooze>(command)) return std::nullopt;
    return std::get<Snooze>(*command).length;
}

std::string nearest(std::string_view text) {
    const auto parsed = parse_command(text, amira);
    const auto* not_understood = std::get_if<NotUnderstood>(&parsed);
    return not_understood ? not_understood->nearest : "understood";
}

std::string answer(std::string_view line, const Typist& typist = amira) {
    const auto answers = answers_in(line, typist);
    if (answers.size() != 1) return "none";
    return answers.front().letter + "=" + answers.front().text;
}

// What people write as their plan. None of it is meant for Muster.
constexpr const char* plans[]{
    "Finish the refund form",
    "stop the leak in staging",
    "back to the report",
    "away day planning",
    "skip tests cleanup",
    "why 13 is slow",
    "sick of flaky tests: fix them",
    "start the migration",
    "start with the form",
    "stop",
    "Stop using the old queue",
    "Back at it: refunds",
    "Help Ana with the deploy",
    "help desk rota",
    "status page copy",
    "Status report for Hal",
    "history table migration",
    "hours tracking report",
    "my week is about refunds",
    "Why does the build take an hour?",
    "why the cache is cold",
    "why @ana asked for new logs",
    "snooze button for the banner",
    "snoozing alerts in Grafana",
    "Yes: ship it",
    "yes and then test",
    "no",
    "none",
    "nothing planned yet",
    "Edit the privacy notice",
    "edit today's minutes",
    "answer the security questions",
    "Answers to the audit",
    "plain English review of the form",
    "plain on paper prototypes",
    "longer timeout for uploads",
    "longer on call rota review",
    "leave policy page",
    "leave the cache alone, test it",
    "holiday calendar import",
    "holiday pay form",
    "off the back of the review: new labels",
    "Out of office page: accessibility fixes",
    "ooo messages in the mailer",
    "Away team kick-off",
    "away from the desk API docs",
    "until friday: load tests",
    "Monday: demo prep",
    "3 days of testing left",
    "1/12 of the data moved",
    "4 December release notes",
    "next week's sprint plan",
    "today: refunds",
    "tomorrow I test",
    "blockers board tidy-up",
    "Blocker 12 fix and deploy",
    "clear the backlog",
    "Clear blocker list with Dev",
    "clear 13 tickets",
    "blocked by the release, so docs",
    "skip",
    "Skip link on every page",
    "skip the old migration",
    "Not today's problem: cache",
    "not today but soon: audit",
    "Ask me in the design review",
    "ask me in person",
    "I'm on the form again",
    "I'm back on refunds",
    "I'm away at the conference talks, notes later",
    "I am sick of this bug",
    "I'm off to the data centre at 2",
    "I'm here for the deploy",
    "Sick leave form: validation",
    "sick pay calculator",
    "Start stand-up notes template",
    "start standup bot evaluation",
    "stop asking me for passwords: SSO work",
    "commands module refactoring",
    "? find out why tests fail",
    "Test refunds",
    "Write release notes",
    "Pair with Bo on search",
    "Review Dev's pull request",
    "Fix sign-in on Firefox",
    "Update dependencies",
    "Interviews all morning, then code review",
    "Accessibility audit of the form",
    "Plan the retro",
    "Deploy to staging; check logs",
    "Call Platform about access",
    "T-shirt sizing",
    "x: rename the variable",
    "https://example.org/ticket/13 and tests",
    "e2e: fix the flaky ones",
    "Reminder: tests",
    "a: b",
    "12",
    "13 and 14",
    "#13 follow-up",
    "@ana can you look at the form",
    "Re: refunds",
    "hours",
    "Carry on",
    "Same as yesterday",
    "As yesterday",
    "Docs.",
    "Gorffen y ffurflen ad-dalu",
    "Profi'r ad-daliadau",
    "\xf0\x9f\x9a\x80 release",
    "refunds \xe2\x80\x94 part two",
    "back-end clean up",
    "back up the database",
    "Backlog refinement",
    "awaiting review, then merge",
    "Away with the old form!",
    "stop-start-continue format",
    "restart the importer",
    "Helpful errors",
};

// Of these, the whole line is a command: they are here to show how close plans come.
constexpr const char* commands_among_plans[]{"stop", "skip", "hours"};

bool is_a_command_among_plans(std::string_view plan) {
    return std::ranges::find(commands_among_plans, plan) != std::end(commands_among_plans);
}

Typist of_teams(std::vector<std::string> teams) {
    auto typist = amira;
    typist.teams = std::move(teams);
    return typist;
}

std::string team_of(std::string_view line, const Typist& typist) {
    const auto command = command_in_line(line, typist);
    return is<Away>(command) ? std::get<Away>(*command).team : "no absence";
}

TEST(AwayInATeam, IsForTheTeamThatIsNamedAtTheEnd) {
    const auto typist = of_teams({"Payments", "Sign in"});
    EXPECT_EQ(team_of("away until fri", typist), "");
    EXPECT_EQ(team_of("away until fri in Payments", typist), "Payments");
    EXPECT_EQ(team_of("Away until fri from the payments team.", typist), "Payments");
    EXPECT_EQ(team_of("away from mon to fri in sign in", typist), "Sign in");
    EXPECT_EQ(team_of("away from Payments", typist), "Payments");
    EXPECT_EQ(team_of("I'm off fri in payments", typist), "Payments");
    EXPECT_EQ(away("away until fri in Payments", typist), days(tuesday, nov(27)));
    EXPECT_EQ(away("away from Payments", typist), days(tuesday, tuesday));
}

TEST(AwayInATeam, SaysTheNearestTeamWhereItIsMistyped) {
    const auto typist = of_teams({"Payments", "Sign in"});
    const auto slip = slip_in_line("away until fri in paymants", typist);
    ASSERT_TRUE(slip);
    EXPECT_EQ(slip->explanation.key, "command.unknown_team_near");
    EXPECT_FALSE(slip_in_line("away until fri in Cardiff", typist)) << "it may be a plan";

    const auto asked = parse_command("away until fri in Cardiff", typist);
    EXPECT_EQ(std::get<NotUnderstood>(asked).explanation.key, "command.unknown_team");
}

TEST(AwayInATeam, LeavesAPlanThatNamesATeamAPlan) {
    const auto typist = of_teams({"Payments", "Sign in"});
    for (const auto* plan :
         {"away day planning in Payments", "off to the workshop in Payments", "leave in Payments"})
        EXPECT_FALSE(command_in_line(plan, typist)) << plan;
}

}  // namespace

TEST(CommandGrammar, KnowsThePlainWords) {
    EXPECT_TRUE(is<OpenForm>(command_in_line("edit", amira)));
    EXPECT_TRUE(is<OpenForm>(command_in_line("edit today", amira)));
    EXPECT_TRUE(is<Help>(command_in_line("help", amira)));
    EXPECT_TRUE(is<Status>(command_in_line("status", amira)));
    EXPECT_TRUE(is<Skip>(command_in_line("skip", amira)));
    EXPECT_TRUE(is<Sick>(command_in_line("sick", amira)));
    EXPECT_TRUE(is<Back>(command_in_line("back", amira)));
    EXPECT_TRUE(is<Stop>(command_in_line("stop", amira)));
    EXPECT_TRUE(is<History>(command_in_line("history", amira)));
    EXPECT_TRUE(is<MyWeek>(command_in_line("my week", amira)));
    EXPECT_TRUE(is<command::Hours>(command_in_line("hours", amira)));
    for (const auto* line : {"start", "start stand-up", "start standup", "Start the stand-up"})
        EXPECT_TRUE(is<Start>(command_in_line(line, amira))) << line;
}

TEST(CommandGrammar, CaseSpacesAndAFinalFullStopDoNotMatter) {
    for (const auto* line :
         {"MY WEEK", "  my   week  ", "My week.", "my\tweek\n", "my\u00A0week", "\u00A0my week"})
        EXPECT_TRUE(is<MyWeek>(command_in_line(line, amira))) << line;
    EXPECT_EQ(away("Away until Fri."), days(tuesday, nov(27)));
    EXPECT_TRUE(is<Sick>(command_in_line("I\u2019m sick.", amira)));
}

TEST(CommandGrammar, ALineIsACommandOnlyWhenAllOfItFits) {
    for (const auto* plan : plans) {
        const auto is_command = command_in_line(plan, amira).has_value();
        EXPECT_EQ(is_command, is_a_command_among_plans(plan)) << plan;
        EXPECT_FALSE(slip_in_line(plan, amira).has_value()) << plan;
    }
}

TEST(CommandGrammar, NothingTypedIsNoCommandInALineAndOpensTheFormAfterTheName) {
    EXPECT_EQ(command_in_line("", amira).has_value(), false);
    EXPECT_EQ(command_in_line(" \n ", amira).has_value(), false);
    EXPECT_TRUE(is<OpenForm>(std::get<Command>(parse_command("  ", amira))));
}

TEST(CommandGrammar, WhyAsksAboutMeSomebodyOrABlocker) {
    const auto why = [](std::string_view line) {
        return std::get<Why>(*command_in_line(line, amira));
    };
    EXPECT_EQ(why("why").person, "");
    EXPECT_EQ(why("why?").blocker, std::nullopt);
    EXPECT_EQ(why("why @ana").person, "ana");
    EXPECT_EQ(why("why @Ana-Maria.").person, "Ana-Maria");
    EXPECT_EQ(why("why 13").blocker, 13);
    EXPECT_EQ(why("why #13").blocker, 13);
    EXPECT_EQ(why("why blocker 13").blocker, 13);
    EXPECT_EQ(command_in_line("why 0", amira).has_value(), false);
    EXPECT_EQ(command_in_line("why 99999999999999999999", amira).has_value(), false);
    EXPECT_EQ(command_in_line("why @", amira).has_value(), false);

    const auto named = parse_command("why @Ana Silva", amira);
    EXPECT_EQ(std::get<Why>(std::get<Command>(named)).person, "Ana Silva");
}

TEST(CommandGrammar, SnoozeTakesALength) {
    EXPECT_EQ(snoozed("snooze"), 60min);
    EXPECT_EQ(snoozed("snooze 30m"), 30min);
    EXPECT_EQ(snoozed("snooze 30"), 30min);
    EXPECT_EQ(snoozed("snooze 1h"), 60min);
    EXPECT_EQ(snoozed("snooze 90 minutes"), 90min);
    EXPECT_EQ(snoozed("snooze for 1 hour and 30 minutes"), 90min);
    EXPECT_EQ(snoozed("snooze 1h30"), 90min);
    EXPECT_EQ(snoozed("snooze half an hour"), 30min);
    EXPECT_EQ(snoozed("ask me in 1 hour"), 60min);
    EXPECT_EQ(snoozed("snooze 5m"), 5min);
    EXPECT_EQ(snoozed("snooze 4h"), 240min);
}

TEST(CommandGrammar, SnoozeExplainsALengthThatCannotBe) {
    for (const auto* text :
         {"snooze 4m", "snooze 241m", "snooze 0", "snooze 5h", "snooze 999999h"}) {
        EXPECT_EQ(snoozed(text), std::nullopt) << text;
        EXPECT_EQ(refused(text), "command.snooze_length") << text;
        EXPECT_EQ(slip_in_line(text, amira)->nearest, "snooze 30m") << text;
    }
    EXPECT_EQ(refused("snooze forever"), "command.not_understood_near");
}

TEST(BlockerCommand, RaisesListsClearsAndUpdates) {
    const auto command = [](std::string_view line) { return *command_in_line(line, amira); };
    EXPECT_EQ(
        std::get<RaiseBlocker>(command("blocker No access to Staging.")).text,
        "No access to Staging."
    );
    EXPECT_EQ(std::get<RaiseBlocker>(command("Blocker:  no data")).text, "no data");
    EXPECT_TRUE(std::holds_alternative<ListBlockers>(command("blocker list")));
    EXPECT_EQ(std::get<ClearBlocker>(command("blocker 13 clear")).number, 13);
    EXPECT_EQ(std::get<ClearBlocker>(command("blocker #13 cleared.")).number, 13);
    EXPECT_EQ(std::get<ClearBlocker>(command("clear 13")).number, 13);
    const auto update = std::get<UpdateBlocker>(command("blocker 13 update Date agreed: Friday."));
    EXPECT_EQ(update.number, 13);
    EXPECT_EQ(update.text, "Date agreed: Friday.");
}

TEST(BlockerCommand, KeepsALongTextWhole) {
    std::string text = "no access\nto";
    for (int word = 0; word < 500; ++word)
        text += " staging";
    EXPECT_EQ(std::get<RaiseBlocker>(*command_in_line("blocker " + text, amira)).text, text);
}

TEST(BlockerCommand, ExplainsWhatIsMissing) {
    EXPECT_EQ(refused("blocker 13 update"), "command.update_without_text");
    EXPECT_EQ(nearest("blocker 13 fnord"), "blocker no access to staging");
    EXPECT_EQ(nearest("blocker"), "blocker no access to staging");
}

TEST(SwitchCommand, TurnsPlainAndLongerOnAndOff) {
    EXPECT_TRUE(std::get<Plain>(*command_in_line("plain on", amira)).on);
    EXPECT_FALSE(std::get<Plain>(*command_in_line("plain off", amira)).on);
    EXPECT_TRUE(std::get<Longer>(*command_in_line("longer on", amira)).on);
    EXPECT_FALSE(std::get<Longer>(*command_in_line("longer off", amira)).on);
    EXPECT_EQ(nearest("plain"), "plain on");
}

TEST(ConfirmCommand, CountsOnlyWhileDatesWait) {
    EXPECT_FALSE(command_in_line("yes", amira));
    EXPECT_EQ(refused("yes"), "command.nothing_to_confirm");
    auto waiting = amira;
    waiting.dates_wait = true;
    EXPECT_TRUE(is<Confirm>(command_in_line("Yes.", waiting)));
    EXPECT_TRUE(is<Confirm>(command_in_line("Yes, that is right", waiting)));
    EXPECT_FALSE(command_in_line("yes and then test", waiting));
}

TEST(AnswerLines, BeginWithALetterAndAColon) {
    EXPECT_EQ(answer("t: Test refunds"), "t=Test refunds");
    EXPECT_EQ(answer("Y : the form."), "y=the form.");
    EXPECT_EQ(answer("  T:refunds"), "t=refunds");
    EXPECT_EQ(answer("t\uFF1A 払い戻し"), "t=払い戻し");
    EXPECT_EQ(answer("t: a: b"), "t=a: b");
    EXPECT_EQ(answer("t: skip"), "t=skip");
}

TEST(AnswerLines, TakeOnlyLettersThatMayBeAnsweredNow) {
    EXPECT_EQ(answer("m: good"), "none");
    EXPECT_EQ(answer("t: refunds", idle()), "none");
    EXPECT_EQ(answer("b: no access", idle()), "b=no access");
    EXPECT_EQ(answer("ty: refunds"), "none");
    EXPECT_EQ(refused("t: refunds", idle()), "command.letter_not_open");
}

TEST(AnswerLines, AreNoCommands) {
    EXPECT_FALSE(command_in_line("t: skip", amira));
    EXPECT_FALSE(command_in_line("b: status", idle()));
}

TEST(AnswerLines, NeedAText) {
    EXPECT_EQ(answer("t:"), "none");
    EXPECT_EQ(answer("b:  "), "none");
}

TEST(AnswerLines, StandInOneMessageBelowEachOther) {
    const auto answers =
        answers_in("y: fixed the form\nt: test it\nand deploy\n\nb: no data", amira);
    ASSERT_EQ(answers.size(), 3u);
    EXPECT_EQ(answers[0].letter + "=" + answers[0].text, "y=fixed the form");
    EXPECT_EQ(answers[1].letter + "=" + answers[1].text, "t=test it\nand deploy");
    EXPECT_EQ(answers[2].letter + "=" + answers[2].text, "b=no data");
    EXPECT_TRUE(answers_in("First the form\nt: test it", amira).empty());
    EXPECT_EQ(answer("t: test it\nand deploy"), "t=test it\nand deploy");
}

TEST(NotUnderstoodCommand, NamesTheNearestWithAnExample) {
    EXPECT_EQ(nearest("awya until fri"), "away until fri");
    EXPECT_EQ(nearest("away until whenever"), "away until fri");
    EXPECT_EQ(nearest("snoze 30m"), "snooze 30m");
    EXPECT_EQ(nearest("hlep"), "help");
    EXPECT_EQ(nearest("stauts"), "status");
    EXPECT_EQ(nearest("skipp"), "skip");
    EXPECT_EQ(nearest("bloker no access"), "blocker no access to staging");
    EXPECT_EQ(refused("awya until fri"), "command.not_understood_near");
}

TEST(NotUnderstoodCommand, SaysSoWhenNothingIsNear) {
    EXPECT_EQ(nearest("banana"), "");
    EXPECT_EQ(refused("banana"), "command.not_understood");
}

TEST(NotUnderstoodCommand, EveryExampleIsUnderstood) {
    for (const auto* text :
         {"awya x",
          "snoze x",
          "hlep x",
          "stauts x",
          "skipp x",
          "bloker",
          "sik x",
          "bakc x",
          "stpo x",
          "histry",
          "my wek",
          "houres",
          "strt x",
          "plan",
          "loner",
          "edti",
          "why x"}) {
        const auto example = nearest(text);
        EXPECT_NE(example, "") << text;
        EXPECT_TRUE(std::holds_alternative<Command>(parse_command(example, amira))) << example;
    }
}

TEST(CommandGrammar, SurvivesWhateverIsTyped) {
    const std::vector<std::string> pieces{
        "away",
        "until",
        "to",
        "-",
        "fri",
        "31/2",
        "1/12",
        "3",
        "days",
        "next",
        "week",
        "morning",
        "t:",
        "b:",
        ":",
        "blocker",
        "#13",
        "13",
        "update",
        "why",
        "@",
        "@ana",
        "snooze",
        "999999",
        "h",
        "from",
        "for",
        "of",
        "december",
        "\n",
        "\xff",
        "\xc3",
        "\u2013",
        "\u00A0",
        "\uFF1A",
        ".",
        "i'm",
        "im",
        "am",
        "sick",
        "2026-02-30",
        "1/1/1",
        "////",
        "a",
        "yes",
        "\xf0\x9f\x9a\x80",
        std::string(300, 'x'),
        std::string("\0", 1)};
    std::mt19937 random{20261122};
    for (int round = 0; round < 30'000; ++round) {
        std::string line;
        for (auto count = random() % 9; count > 0; --count)
            line += pieces[random() % pieces.size()] + (random() % 4 == 0 ? "" : " ");
        auto typist = typist_on(add_days(tuesday, static_cast<int>(random() % 3000)));
        typist.dates_wait = random() % 2 == 0;
        ASSERT_NO_THROW({
            const auto command = command_in_line(line, typist);
            const auto slip = slip_in_line(line, typist);
            EXPECT_FALSE(command && slip) << line;
            const auto parsed = parse_command(line, typist);
            EXPECT_TRUE(!command || std::holds_alternative<Command>(parsed)) << line;
            if (const auto found = is<Away>(command) ? &std::get<Away>(*command).days : nullptr) {
                EXPECT_TRUE(found->from.ok() && found->to.ok()) << line;
                EXPECT_LE(found->from, found->to) << line;
                EXPECT_LT(days_between(found->from, found->to), 366) << line;
            }
        }) << line;
    }
}

TEST(CommandGrammar, RandomBytesNeverThrowAndAreRarelyCommands) {
    std::mt19937 random{7};
    for (int round = 0; round < 20'000; ++round) {
        std::string line(random() % 40, ' ');
        for (auto& byte : line)
            byte = static_cast<char>(random() % 256);
        ASSERT_NO_THROW((void)command_in_line(line, amira)) << line;
        ASSERT_NO_THROW((void)parse_command(line, amira)) << line;
        ASSERT_NO_THROW((void)answers_in(line, amira)) << line;
    }
}

TEST(CommandGrammar, EndlessLinesAreRead) {
    const std::string endless(300'000, 'a');
    std::string many_words, many_lines;
    for (int count = 0; count < 60'000; ++count) {
        many_words += "away ";
        many_lines += "t: a\n";
    }
    EXPECT_FALSE(command_in_line(endless, amira));
    EXPECT_FALSE(command_in_line(many_words, amira));
    EXPECT_EQ(refused(endless), "command.not_understood");
    EXPECT_LE(answers_in(many_lines, amira).size(), 40u);
}
