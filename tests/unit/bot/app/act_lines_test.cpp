#include "tests/unit/bot/app/app_story.hpp"

// Platforms keep no order, repeat what was not acknowledged, and tell of threads that are no
// business of ours.
namespace muster {
namespace {

// Monday's stand-up is open and everybody was asked.
class LinesStory : public AppStory {
protected:
    LinesStory() {
        start();
        until("2026-11-23T09:31");
    }

    std::string answer_to(const std::string& question) {
        for (const auto& answer : answers("amira"))
            if (answer.question == question) return answer.text;
        return {};
    }

    std::vector<Draft> drafts() {
        auto find = [id = person("amira").id](View& view) { return view.drafts_of(id); };
        return look(find);
    }

    Draft draft() { return drafts().at(0); }

    // Said now, and still on its way a minute later.
    Inbound delayed(InboundEvent event) {
        auto late = inbound("amira", std::move(event));
        pass(1min);
        return late;
    }

    Result<Reply> arrives(const Inbound& late) { return take(late); }

    static Said below(const std::string& thread, std::string words) {
        auto reply = line(std::move(words), "reply-1");
        reply.thread = thread;
        return reply;
    }
};

TEST_F(LinesStory, TakesNothingThatIsSaidBelowAMessageInTheChannel) {
    take("bo", line("Test refunds", "bo-1")).value();
    pass(1min);
    auto summary = in(team_channel).at(0).id;
    auto events = logged_events();

    for (const auto* words :
         {"Nice work!", "t: Tidy up", "skip", "away tomorrow", "why", "b: none"}) {
        auto reply = take("amira", below(summary, words));
        EXPECT_EQ(*reply, Reply{NoReply{}}) << words;
    }
    take("amira", Edited{"reply-2", "Nice work indeed!", summary}).value();

    EXPECT_EQ(round("amira").phase, Phase::asked);
    EXPECT_TRUE(answers("amira").empty());
    EXPECT_TRUE(drafts().empty());
    EXPECT_EQ(logged_events(), events);
}

TEST_F(LinesStory, LetsALaterAnswerStandWhenTheEarlierLineComesAfterIt) {
    auto earlier = delayed(line("t: Write letters", "m1"));
    take("amira", line("t: Test refunds", "m2")).value();

    EXPECT_EQ(said(arrives(earlier)), "draft.today_is_answered");

    EXPECT_EQ(answer_to("today"), "Test refunds");
    EXPECT_EQ(draft().text, "Write letters");
}

TEST_F(LinesStory, TakesOfAnEarlierMessageWhatWasNotAnsweredLater) {
    auto earlier = delayed(line("y: Fixed the form\nt: Write letters", "m1"));
    take("amira", line("y: Fixed two forms", "m2")).value();

    EXPECT_EQ(said(arrives(earlier)), "draft.answered_later");

    EXPECT_EQ(answer_to("since"), "Fixed two forms");
    EXPECT_EQ(answer_to("today"), "Write letters");
    EXPECT_EQ(draft().text, "y: Fixed the form");
}

TEST_F(LinesStory, KeepsNothingOfAnEarlierLineThatSaysTheSame) {
    auto earlier = delayed(line("t: Test refunds", "m1"));
    take("amira", line("t: Test refunds", "m2")).value();

    EXPECT_EQ(*arrives(earlier), Reply{NoReply{}});

    EXPECT_TRUE(drafts().empty());
    EXPECT_EQ(round("amira").receipts, 1);
}

TEST_F(LinesStory, LetsALaterAnswerStandWhenAnEarlierEditComesAfterIt) {
    take("amira", line("y: Fixed the form\nt: Write letters", "m1")).value();
    pass(1min);
    auto earlier = delayed(Edited{"m1", "y: Fixed the forms\nt: Write more letters"});
    take("amira", line("t: Test refunds", "m2")).value();

    arrives(earlier).value();

    EXPECT_EQ(answer_to("since"), "Fixed the forms");
    EXPECT_EQ(answer_to("today"), "Test refunds");
    EXPECT_EQ(draft().text, "Write more letters");
}

TEST_F(LinesStory, LetsAFormStandThatWasSentAfterTheLine) {
    auto earlier = delayed(line("t: Write letters", "m1"));
    take("amira", answer_form(round("amira"), "Test refunds")).value();

    arrives(earlier).value();

    EXPECT_EQ(answer_to("today"), "Test refunds");
}

TEST_F(LinesStory, LetsALaterLineStandWhenTheFormComesAfterIt) {
    auto earlier = delayed(answer_form(round("amira"), "Write letters"));
    take("amira", line("t: Test refunds", "m2")).value();

    arrives(earlier).value();

    EXPECT_EQ(answer_to("today"), "Test refunds");
    EXPECT_EQ(draft().text, "t: Write letters");
}

TEST_F(LinesStory, LetsTheLaterEditOfAKeptLineStand) {
    take("amira", line("Finish the form", "m1")).value();
    take("amira", line("Write letters", "m2")).value();
    pass(1s);
    auto earlier = delayed(Edited{"m2", "Write some letters"});
    take("amira", Edited{"m2", "Write all letters"}).value();

    arrives(earlier).value();

    EXPECT_EQ(draft().text, "Write all letters");
}

TEST_F(LinesStory, LetsTheLaterEditOfAnAddedLineStand) {
    take("amira", line("Finish the form", "m1")).value();
    take("amira", line("Write letters", "m2")).value();
    take("amira", press(Verb::add_to_plan, draft().id.value)).value();
    pass(1s);
    auto earlier = delayed(Edited{"m2", "Write some letters"});
    take("amira", Edited{"m2", "Write all letters"}).value();

    arrives(earlier).value();

    EXPECT_EQ(answer_to("today"), "Finish the form\nWrite all letters");
}

TEST_F(LinesStory, LetsWhoeverHasLeftCorrectEveryLineOfTheirPlan) {
    take("amira", line("Finish the form", "m1")).value();
    take("amira", line("Write letters", "m2")).value();
    take("amira", press(Verb::add_to_plan, draft().id.value)).value();
    pass(1s);
    auto without_amira = payments();
    std::erase(without_amira.teams.front().members, "amira");
    set(without_amira);

    take("amira", Edited{"m1", "Finish the refund form"}).value();
    take("amira", Edited{"m2", "Write all letters"}).value();

    EXPECT_EQ(answer_to("today"), "Finish the refund form\nWrite all letters");
}

TEST_F(LinesStory, RemembersOfAnAnswerMadeOfAKeptLineWhenItWasSaid) {
    take("amira", line("Finish the form", "m1")).value();
    take("amira", line("Write letters", "m2")).value();
    pass(1s);
    auto earlier = delayed(Edited{"m2", "Write some letters"});
    take("amira", Edited{"m2", "Write all letters"}).value();
    take("amira", press(Verb::replace_plan, draft().id.value)).value();

    arrives(earlier).value();

    EXPECT_EQ(answer_to("today"), "Write all letters");
}

TEST_F(LinesStory, AwaitsNoLineThatItTookAndNeverKept) {
    take("amira", line("why", "m1")).value();
    take("amira", Deleted{"m1"}).value();

    EXPECT_TRUE(drafts().empty());
}

TEST_F(LinesStory, LeavesOutALineThatWasDeletedBeforeItCame) {
    auto line_on_its_way = delayed(line("Write letters", "m1"));
    take("amira", Deleted{"m1"}).value();

    arrives(line_on_its_way).value();

    EXPECT_TRUE(answers("amira").empty());
}

TEST_F(LinesStory, AwaitsFiftyDeletedLinesOfOnePersonAndNoMore) {
    for (int number = 0; number < 60; ++number)
        take("amira", Deleted{"unknown-" + std::to_string(number)}).value();

    EXPECT_EQ(drafts().size(), 50U);
}

TEST_F(LinesStory, TakesAnEditThatOvertakesItsLineWithTheLettersInIt) {
    auto overtaken = delayed(line("t: Test", "m1"));
    take("amira", Edited{"m1", "y: Fixed it\nt: Test the form"}).value();
    EXPECT_EQ(answer_to("since"), "Fixed it");
    EXPECT_EQ(answer_to("today"), "Test the form");

    arrives(overtaken).value();
    EXPECT_EQ(answer_to("today"), "Test the form");
    EXPECT_TRUE(drafts().empty());
}

TEST_F(LinesStory, TakesAnEditOfOneLetterThatOvertakesItsLine) {
    auto overtaken = delayed(line("t: Test", "m1"));
    take("amira", Edited{"m1", "t: Test the form"}).value();
    EXPECT_EQ(answer_to("today"), "Test the form");

    arrives(overtaken).value();
    EXPECT_EQ(answer_to("today"), "Test the form");
    EXPECT_TRUE(drafts().empty());
}

// Amira is in two teams, and both have asked her.
class TwoPromptsStory : public LinesStory {
protected:
    TwoPromptsStory() {
        auto wanted = payments();
        wanted.teams.push_back(sim::another_team(wanted.teams.front(), "refunds", "Refunds"));
        set(wanted);
        until("2026-11-24T09:31");
    }

    std::string prompt_of(const Round& round) {
        return deliveries(Purpose::prompt, round.id.value).at(0).provider_id;
    }

    std::vector<Answer> answers_of(const Round& round) {
        auto find = [id = round.id](View& view) { return view.answers_of(id); };
        return look(find);
    }
};

TEST_F(TwoPromptsStory, TakesAnEditThatOvertakesItsLineForTheTeamOfItsThread) {
    for (const auto& round : std::vector{rounds("amira").at(0), rounds("amira").at(1)}) {
        auto message = "m" + std::to_string(round.id.value);
        take("amira", Edited{message, "Finish the form", prompt_of(round)}).value();

        ASSERT_EQ(answers_of(round).size(), 1U);
        EXPECT_EQ(answers_of(round).front().text, "Finish the form");
    }
    EXPECT_TRUE(drafts().empty());
}

}  // namespace
}  // namespace muster
