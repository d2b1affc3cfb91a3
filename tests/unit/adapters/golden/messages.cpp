#include "bot/domain/absence.hpp"
#include "bot/domain/away_hint.hpp"
#include "bot/domain/departure.hpp"
#include "bot/domain/hindrance.hpp"
#include "bot/domain/profile_news.hpp"
#include "bot/domain/refusals.hpp"
#include MUSTER_GOLDEN_PLATFORM
#include "tests/unit/adapters/golden/golden_scene.hpp"

namespace muster::golden {
namespace {

using namespace golden_scene;

Composed card(const Turn& turn, Instant now) {
    return standup::prompt(turn, sent(Purpose::prompt), now);
}

// ---- the prompt, and what becomes of it

TEST(MUSTER_GOLDEN_SUITE, OfThePrompt) {
    expect_direct("prompt", card(on_a_usual_day(), nine_thirty()));
    expect_direct("prompt_hard_day", card(on_a_hard_day(), at(9, 45)));

    auto welsh = on_a_usual_day();
    welsh.person.language = "cy";
    expect_direct("prompt_welsh", card(welsh, nine_thirty()));

    auto plain = on_a_usual_day();
    plain.person.plain = true;
    const auto first = standup::prompt(plain, unsent(Purpose::prompt), nine_thirty());
    expect_direct("prompt_plain", first);

    auto hidden = on_a_usual_day();
    hidden.run.names_hidden = true;
    expect_direct("prompt_names_hidden", card(hidden, nine_thirty()));
}

TEST(MUSTER_GOLDEN_SUITE, OfAPromptThatAsksNoMore) {
    auto saved = answered();
    saved.answers.push_back(an_answer("since", "Finished the refund form"));
    expect_direct("prompt_answered", card(saved, at(9, 42)));

    auto snoozed = asked();
    snoozed.round.snoozed_until = at(10, 30);
    expect_direct("prompt_snoozed", card(snoozed, at(9, 31)));

    auto again = asked();
    again.round.prompts = 2;
    expect_direct("prompt_asked_again", card(again, at(10, 30)));
    const auto newer = standup::prompt(again, unsent(Purpose::prompt, 1), at(10, 30));
    expect_direct("prompt_as_you_asked", newer);

    expect_direct("prompt_skipped", card(in_phase(Phase::skipped), at(10, 0)));
    expect_direct("prompt_away", card(in_phase(Phase::away), at(10, 0)));
    expect_direct("prompt_closed", card(in_phase(Phase::silent), at(12, 0)));
    auto left = in_phase(Phase::not_asked);
    left.round.not_asked = NotAsked::left;
    expect_direct("prompt_left", card(left, at(10, 0)));
    auto over = in_phase(Phase::silent);
    over.newest = false;
    expect_direct("prompt_over", card(over, at(12, 0)));
}

TEST(MUSTER_GOLDEN_SUITE, OfReceipts) {
    auto receipt = [](const Turn& turn) {
        return standup::receipt(turn, unsent(Purpose::receipt), at(9, 42));
    };
    expect_direct("receipt", receipt(answered()));
    expect_direct("receipt_blocker", receipt(with_a_held_blocker()));

    auto stuck = answered();
    stuck.answers[0].text = "waiting for the database team, see https://example.org/tickets/12.";
    expect_direct("receipt_stuck", receipt(stuck));
}

TEST(MUSTER_GOLDEN_SUITE, OfTheReminder) {
    expect_direct("reminder", standup::reminder(asked(), unsent(Purpose::reminder), at(11, 6)));
}

// ---- the channel

TEST(MUSTER_GOLDEN_SUITE, OfTheSummary) {
    auto summary = [](const RunBoard& board, Instant now) {
        return standup::summary(board, channel, now);
    };
    expect_in_channel("summary_open", summary(while_open(), at(10, 0)));
    expect_in_channel("summary", summary(after_the_close(), at(11, 31)));
    expect_in_channel("summary_nobody", summary(when_nobody_answered(), at(17, 0)));
    expect_in_channel("summary_gap", summary(after_a_downtime(), at(11, 31)));
}

TEST(MUSTER_GOLDEN_SUITE, OfThePlansInTheThread) {
    auto board = after_the_close();
    board.answers[RoundId{50}] = {
        an_answer("today", "Test refunds with https://example.org/refunds?day=24"),
        an_answer("since", "Finished the refund form\nReviewed the letters"),
    };
    expect_in_channel("plan", standup::plan(board, RoundId{50}, channel));

    board.rounds[4].edited_at = at(13, 0);
    board.answers[RoundId{54}][0].source = AnswerSource::same_plan;
    expect_in_channel("plan_edited", standup::plan(board, RoundId{54}, channel));

    auto random = ids();
    expect_in_channel("hidden_plans", standup::hidden_plans(with_hidden_names(), channel, random));
}

TEST(MUSTER_GOLDEN_SUITE, OfTheRestOfTheThread) {
    const auto board = after_the_close();
    const auto now = at(12, 0);
    auto about = [&](const Blocker& blocker) {
        return standup::new_blocker(board, blocker, channel, 1, now);
    };
    expect_in_channel("new_blocker", about(with_details(a_new_blocker())));
    expect_in_channel("new_blocker_helped", about(with_helper(a_new_blocker())));
    auto cleared = a_new_blocker();
    cleared.state = BlockerState::cleared;
    expect_in_channel("new_blocker_cleared", about(cleared));
    expect_in_channel("open_blockers", standup::open_blockers(board, channel, now));
    expect_in_channel("not_working", standup::not_working(board, channel, now));
    expect_in_channel("mirror_note", standup::mirror_note(board, channel, platform));
}

// ---- notices

TEST(MUSTER_GOLDEN_SUITE, OfNoticesAboutBlockers) {
    const auto team = payments();
    const auto helped = with_helper(a_new_blocker());
    expect_direct("helper_found", standup::helper_found(helped, "Dev Patel", team, channel));
    auto cleared = a_new_blocker();
    cleared.state = BlockerState::cleared;
    cleared.ended_by = PersonId{2};
    expect_direct("blocker_cleared", standup::blocker_cleared(cleared, "Dev Patel", team, channel));
    auto secret = with_details(a_new_blocker());
    secret.only_delivery_manager = true;
    expect_direct("private_blocker", standup::private_blocker(secret, "Ana Silva", team, channel));
}

TEST(MUSTER_GOLDEN_SUITE, OfNoticesAboutPeople) {
    auto over = a_blocker(9, "sign-in certificate");
    over.state = BlockerState::cleared;
    const auto open = a_blocker(12, "test data");
    const auto back = standup::welcome_back(ana(), std::nullopt, {open}, {over}, channel);
    expect_direct("welcome_back", back);
    expect_direct("left_stand_up", standup::left_stand_up({payments()}, ana(), channel));
    expect_direct("wrong_hours", standup::wrong_hours({payments()}, ana(), channel));
    expect_direct("account_closed", departure::told(ana(), true, {payments()}, {open}, channel));
    expect_direct("account_opened", departure::told(ana(), false, {payments()}, {}, channel));
    auto unreachable = in_phase(Phase::unreachable);
    unreachable.round.reason = hindrance::deactivated;
    expect_direct("undelivered", standup::undelivered(unreachable, channel));
}

TEST(MUSTER_GOLDEN_SUITE, OfAZoneThatThePlatformTold) {
    Account home{AccountId{5}, ConnectionId{1}, PersonId{1}, "UANA", std::nullopt};
    home.zone_told = "Europe/Madrid";
    home.zone_questions = 1;
    home.zone_open = true;
    Delivery card;
    card.key = {Purpose::zone_question, 5, PersonId{1}, 1};
    card.provider_id = "D1/1.1";
    auto shown = [&] { return profile_news::zone_question(ana(), home, platform, card, channel); };
    expect_direct("zone_question", shown());
    auto hours = standup::my_hours(ana(), {payments()});
    for (auto& block : profile_news::open_question(ana(), home, platform))
        hours.blocks.push_back(std::move(block));
    expect_direct("my_hours_with_zone_question", hours);
    home.zone_open = false;
    expect_direct("zone_settled", shown());
}

TEST(MUSTER_GOLDEN_SUITE, OfTheQuestionWhetherSomebodyIsAway) {
    const auto draft = a_draft(DraftKind::away_hint, "2026-11-24 2026-11-24 whole whole");
    expect_direct(
        "away_question", away_hint::question(draft, {true, {}}, platform, channel, at(9, 0))
    );
}

TEST(MUSTER_GOLDEN_SUITE, OfNoticesAboutMuster) {
    const Downtime night{1, at(18, 40, add_days(tuesday, -1)), at(9, 44)};
    std::vector<standup::DowntimeItem> items{
        {"Payments", "stand-up", tuesday, 6, 1}, {"Refunds", "stand-up", tuesday, 0, 4}};
    expect_direct("downtime", standup::downtime(night, items, channel));
    items.front().recovered = 3;
    expect_direct("downtime_read_back", standup::downtime(night, items, channel));
    auto unreadable = night;
    unreadable.read_back = ReadBack::impossible;
    items.front().recovered = 0;
    items.front().unread = 2;
    expect_direct("downtime_unreadable", standup::downtime(unreadable, items, channel));
    expect_direct("channel_refused", standup::channel_refused(payments(), channel));
    expect_direct("sums_differ", standup::sums_differ(payments(), a_run(), channel));
    expect_direct("taken_late", taken_late(at(9, 42), channel));
}

// ---- what is asked for

TEST(MUSTER_GOLDEN_SUITE, OfWhy) {
    expect_direct("why", standup::why(asked(), timers(), {}, at(10, 0)));
    auto observer = asked();
    observer.standing = Standing::observer;
    expect_direct("why_observer", standup::why(observer, timers(), {}, at(10, 0)));
    const auto asker = standup::Asker::delivery_manager;
    const auto about = standup::why_about(in_phase(Phase::away), asker, channel, at(10, 0));
    expect_direct("why_about", about);
    const auto blocker = with_helper(a_new_blocker());
    expect_direct("why_blocker", standup::why_blocker(blocker, names(), channel, at(10, 0)));
}

TEST(MUSTER_GOLDEN_SUITE, OfStatus) {
    auto status = [](access::Hat hat) {
        return standup::status(after_the_close(), {hat}, channel, at(12, 0));
    };
    expect_direct("status", status(access::Hat::participant));
    expect_direct("status_with_names", status(access::Hat::delivery_manager));
    const auto tomorrow = at(9, 30, add_days(tuesday, 1));
    expect_direct("status_no_run", standup::no_run_today(payments(), tomorrow, channel));
}

TEST(MUSTER_GOLDEN_SUITE, OfWhatIsOnesOwn) {
    const auto blocker = a_blocker(12, "test data");
    expect_direct("history", standup::history(ana(), the_last_days(), at(16, 0)));
    expect_direct("history_none", standup::history(ana(), {}, at(16, 0)));
    expect_direct("my_week", standup::my_week(ana(), the_last_days(), {blocker}, at(16, 0)));
    expect_direct("my_hours", standup::my_hours(ana(), {payments()}));
    expect_direct("help", standup::help(channel, true));
}

TEST(MUSTER_GOLDEN_SUITE, OfTheListOfBlockers) {
    auto others = with_helper(a_blocker(14, "no reply from the card provider"));
    others.raiser = PersonId{3};
    auto waiting = a_blocker(15, "the test environment is down");
    waiting.raiser = PersonId{3};
    const std::vector<Blocker> open{a_blocker(12, "test data"), others, waiting};
    auto list_of = [](const std::vector<Blocker>& blockers) {
        return standup::blocker_list(payments(), blockers, PersonId{1}, names(), channel);
    };
    expect_direct("blocker_list", list_of(open));
    expect_direct("blocker_list_none", list_of({}));

    std::vector<Blocker> many;
    for (int number = 1; number <= 30; ++number)
        many.push_back(a_blocker(number, "reason " + std::to_string(number)));
    expect_direct("blocker_list_in_parts", list_of(many));

    auto raised = a_new_blocker();
    raised.held_until = at(9, 52);
    expect_direct("blocker_raised", standup::blocker_raised(raised, std::nullopt, channel));
}

// ---- questions that a button answers

TEST(MUSTER_GOLDEN_SUITE, OfOffers) {
    auto random = ids();
    const Said line{"Write the release note", "m7", std::nullopt};
    const SaidAt now{at(10, 0), false};
    const auto second = standup::on_message(answered(), line, now, at(10, 0), random);
    expect_direct("offer_second_line", said(second));

    auto refunds = asked();
    refunds.team.id = TeamId{21};
    refunds.team.name = "Refunds";
    refunds.round.id = RoundId{51};
    const auto which = standup::ask_which_round(ana(), {asked(), refunds}, line, at(10, 0), random);
    expect_direct("choice_of_round", said(which));

    const auto loose = standup::keep_loose_line(ana(), line, std::nullopt, at(10, 0), random);
    expect_direct("loose_line", said(loose));
}

TEST(MUSTER_GOLDEN_SUITE, OfAChoiceThatNeedsSeveralRows) {
    std::vector<Button> choices;
    for (const auto* name : {"Payments", "Refunds", "Letters", "Platform", "Accounts", "Research"})
        choices.push_back(choice(
            Verb::stop,
            static_cast<std::int64_t>(choices.size()) + 20,
            text("button.choose_team", {{"team", UserText{name}}})
        ));
    expect_direct("choice_of_team", choice_of(channel, text("stop.which_team"), choices));
}

TEST(MUSTER_GOLDEN_SUITE, OfAbsences) {
    absence::Situation situation;
    situation.person = ana();
    situation.teams = {payments()};
    situation.calendars = std::make_shared<const CalendarBook>();
    auto random = ids();
    const DaysAway days{.from = tuesday, .to = add_days(tuesday, 3)};
    const auto proposed = absence::propose(situation, days, at(8, 0), random);
    expect_direct("absence_proposed", said(proposed));
    expect_direct("absence_sick", said(absence::sick(situation, at(8, 0), random)));
}

}  // namespace
}  // namespace muster::golden
