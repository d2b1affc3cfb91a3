#include "tests/unit/bot/domain/payments_scene.hpp"

namespace muster::standup {
namespace {

using namespace payments_scene;
using spoken::notification;
using spoken::words;
using testing::HasSubstr;
using testing::Not;

const Reader channel{"en", "Europe/London"};

void join(RunBoard& board, std::int64_t id, const std::string& name, Phase phase) {
    Member member;
    member.person = someone(id, name);
    board.roster.members.push_back(member);
    board.names[PersonId{id}] = name;
    auto round = a_round(50 + id, PersonId{id}, phase);
    if (phase == Phase::answered || phase == Phase::late) {
        round.answered_at = at(9, 42);
        board.answers[round.id] = {an_answer("today", "Plan of " + name)};
    }
    board.rounds.push_back(round);
}

// Seven were asked: five answered, Tom did not, and Kit in New York may until 4:30pm. Sam and Priya
// do not work.
RunBoard after_the_close() {
    RunBoard board;
    board.run = a_run();
    board.run.state = RunState::complete;
    board.run.closes_at = at(16, 30);
    board.roster.team = payments();
    board.roster.ceremonies = {a_stand_up()};
    board.roster.channels = {Channel{}, Channel{}};
    join(board, 1, "Ana Silva", Phase::answered);
    join(board, 2, "Dev Patel", Phase::answered);
    join(board, 3, "Bo Lund", Phase::answered);
    join(board, 4, "Mia Jones", Phase::answered);
    join(board, 5, "Lin Chen", Phase::late);
    join(board, 6, "Tom Reid", Phase::silent);
    join(board, 7, "Kit Brown", Phase::asked);
    join(board, 8, "Sam Okoro", Phase::away);
    join(board, 9, "Priya Nair", Phase::not_expected);
    board.roster.members[6].person.zone = "America/New_York";
    board.rounds[6].closes_at = at(16, 30);
    return board;
}

Blocker a_new_blocker() {
    auto blocker = a_blocker(13, "no access to the staging database");
    blocker.raised_at = at(9, 42);
    blocker.round = RoundId{51};
    return blocker;
}

RunBoard with_blockers() {
    auto board = after_the_close();
    auto known = a_blocker(12, "test data");
    known.helper = PersonId{2};
    auto cleared = a_blocker(9, "sign-in certificate");
    cleared.state = BlockerState::cleared;
    cleared.ended_at = at(10, 0);
    board.open_blockers = {known, a_new_blocker()};
    board.ended_blockers = {cleared};
    return board;
}

std::string summary_of(const RunBoard& board, Instant now = at(11, 31)) {
    return words(summary(board, channel, now));
}

TEST(StandupSummary, CountsPeopleAndBlockers) {
    EXPECT_EQ(
        summary_of(with_blockers()),
        "# Payments stand-up, Tuesday 24 November\n"
        "5 of 7 answered. 1 more is due by 4:30pm, from another time zone.\n"
        "Blockers: 1 new, 1 cleared, 2 open. Plans are in the thread.\n"
    );
    EXPECT_EQ(
        notification(summary(with_blockers(), channel, at(11, 31))),
        "Payments stand-up: 5 of 7 answered. 1 more is due by 4:30pm, from another time zone. "
        "Blockers: 1 new, 1 cleared, 2 open."
    );
    EXPECT_THAT(summary_of(after_the_close()), HasSubstr("No blockers. Plans are in the thread."));
}

TEST(StandupSummary, SaysHowManySoFarWhileItIsOpen) {
    auto board = after_the_close();
    board.run.state = RunState::open;
    EXPECT_THAT(
        summary_of(board, at(10, 0)), HasSubstr("5 of 7 answered so far. Open until 11:30am.\n")
    );
    board.rounds.resize(0);
    EXPECT_EQ(summary_of(board, at(10, 0)), "(pointless: no_answer_yet)");
}

TEST(StandupSummary, NeverShowsWhoTookALongerWindow) {
    auto board = after_the_close();
    board.roster.members[6].person.longer = true;
    EXPECT_THAT(summary_of(board), HasSubstr("5 of 7 answered.\n"));
    EXPECT_THAT(summary_of(board), Not(HasSubstr("due")));
}

TEST(StandupSummary, DoesNotSpeakOfOtherTimeZonesWhenSomebodyBeginsLater) {
    auto board = after_the_close();
    board.roster.members[6].person.zone = "Europe/London";
    EXPECT_THAT(summary_of(board), HasSubstr("1 more is due by 4:30pm.\n"));
}

TEST(StandupSummary, CountsOnlyPeopleWhoWereAsked) {
    auto board = after_the_close();
    board.rounds[5].phase = Phase::not_asked;
    EXPECT_THAT(summary_of(board), HasSubstr("5 of 6 answered."));
    board.rounds[5].phase = Phase::unreachable;
    EXPECT_THAT(summary_of(board), HasSubstr("5 of 6 answered."));
    board.rounds[5].phase = Phase::skipped;
    EXPECT_THAT(summary_of(board), HasSubstr("5 of 7 answered.")) << "a skip looks like no answer";
}

TEST(StandupSummary, SaysOnceThatNobodyAnswered) {
    auto board = with_blockers();
    for (auto& round : board.rounds)
        if (round.answered_at) round.phase = Phase::silent;
    board.rounds[6].phase = Phase::silent;
    EXPECT_EQ(
        summary_of(board, at(17, 0)),
        "# Payments stand-up, Tuesday 24 November\n"
        "Nobody answered today. Open blockers: 12 and 13.\n"
    );
    board.open_blockers.clear();
    EXPECT_THAT(
        summary_of(board, at(17, 0)), HasSubstr("Nobody answered today. No open blockers.")
    );
    for (auto& round : board.rounds)
        round.phase = Phase::away;
    EXPECT_THAT(summary_of(board, at(17, 0)), HasSubstr("Nobody was asked today."));
}

TEST(StandupSummary, NamesTheSilentOnlyWhereTheTeamChoseSoAndOnlyAfterTheClose) {
    auto board = after_the_close();
    EXPECT_THAT(summary_of(board), Not(HasSubstr("Tom Reid")));
    board.run.show_silent = true;
    EXPECT_THAT(summary_of(board), HasSubstr("No answer: Tom Reid.\n"));
    board.run.names_hidden = true;
    EXPECT_THAT(summary_of(board), Not(HasSubstr("Tom Reid")));
    board.run.names_hidden = false;
    board.run.state = RunState::open;
    EXPECT_THAT(summary_of(board), Not(HasSubstr("Tom Reid")));
}

TEST(StandupSummary, TellsNobodyOfASkipWhereItNamesThoseWithoutAnAnswer) {
    auto board = after_the_close();
    board.run.show_silent = true;
    const auto nobody_skipped = summary_of(board);
    board.rounds[6].phase = Phase::skipped;
    EXPECT_EQ(summary_of(board), nobody_skipped) << "Kit's window is open until 4:30pm";

    EXPECT_THAT(summary_of(board, at(16, 30)), HasSubstr("5 of 7 answered."));
    EXPECT_THAT(summary_of(board, at(16, 30)), HasSubstr("No answer: Kit Brown and Tom Reid.\n"));
}

TEST(StandupSummary, SaysInOneSentenceWhomMusterCouldNotAskInTime) {
    auto board = after_the_close();
    EXPECT_THAT(summary_of(board), Not(HasSubstr("Muster")));
    board.gap = {add_days(tuesday, -1)};
    EXPECT_THAT(
        summary_of(board), HasSubstr("Muster could not ask everyone in time on Monday 23 November.")
    );
    board.rounds[0].asked_at = *board.rounds[0].opens_at + 6min;
    EXPECT_THAT(
        summary_of(board),
        HasSubstr("Muster could not ask everyone in time from Monday 23 November to Tuesday 24 "
                  "November.")
    );
    board.gap.clear();
    EXPECT_THAT(summary_of(board), HasSubstr("Muster could not ask everyone in time today."));
    board.rounds[0].asked_at = *board.rounds[0].opens_at + 4min;
    EXPECT_THAT(summary_of(board), Not(HasSubstr("Muster")));
    board.rounds[5].phase = Phase::not_asked;
    board.rounds[5].not_asked = NotAsked::downtime;
    EXPECT_THAT(summary_of(board), HasSubstr("Muster could not ask everyone in time today."));
    EXPECT_THAT(
        notification(summary(board, channel, at(11, 31))), HasSubstr("could not ask everyone")
    );
}

TEST(StandupSummary, DoesNotCountWhatHappenedOnOtherDays) {
    auto board = with_blockers();
    const auto tomorrow = add_days(tuesday, 1);
    auto raised_tomorrow = a_blocker(14, "later");
    raised_tomorrow.raised_at = at(8, 0, tomorrow);
    board.open_blockers.push_back(raised_tomorrow);
    board.ended_blockers[0].ended_at = at(8, 30, tomorrow);
    EXPECT_THAT(summary_of(board, at(9, 0, tomorrow)), HasSubstr("Blockers: 1 new, 3 open."))
        << "9 was open on that day, 14 not yet raised";
}

TEST(StandupSummary, NeverHintsAtPrivateOrHeldBlockers) {
    auto board = after_the_close();
    auto secret = a_blocker(14, "SECRET");
    secret.only_delivery_manager = true;
    auto held = a_blocker(15, "HELD");
    held.raised_at = at(11, 25);
    held.held_until = at(11, 35);
    board.open_blockers = {secret, held};
    const auto now = at(11, 31);
    EXPECT_THAT(summary_of(board, now), HasSubstr("No blockers."));
    EXPECT_EQ(words(open_blockers(board, channel, now)), "(pointless: no_blockers)");
    EXPECT_EQ(words(new_blocker(board, secret, channel, 1, now)), "(pointless: private)");
    EXPECT_EQ(words(new_blocker(board, held, channel, 1, now)), "(pointless: private)");
    EXPECT_THAT(
        words(status(board, {access::Hat::delivery_manager}, channel, now)),
        HasSubstr("No blockers.")
    );
}

// ---- the thread

TEST(StandupThread, ShowsOnePersonsAnswers) {
    auto board = after_the_close();
    board.answers[RoundId{51}].push_back(an_answer("since", "Refund form"));
    board.answers[RoundId{51}].push_back(an_answer("blocker", "SECRET"));
    EXPECT_EQ(
        words(plan(board, RoundId{51}, channel)),
        "# Ana Silva\nToday: Plan of Ana Silva\nSince last time: Refund form\n"
    );
    EXPECT_EQ(
        notification(plan(board, RoundId{51}, channel)), "Ana Silva. Today: Plan of Ana Silva"
    );
}

TEST(StandupThread, MarksAPlanThatIsLateEditedOrNotChanged) {
    auto board = after_the_close();
    board.rounds[4].edited_at = at(13, 0);
    board.answers[RoundId{55}][0].source = AnswerSource::same_plan;
    EXPECT_EQ(
        words(plan(board, RoundId{55}, channel)),
        "# Lin Chen, answered late\nToday, plan not changed: Plan of Lin Chen\n(edited)\n"
    );
}

TEST(StandupThread, HasNoPlanWhereThereIsNothingToShow) {
    auto board = after_the_close();
    EXPECT_EQ(words(plan(board, RoundId{56}, channel)), "(pointless: nothing_to_show)");
    EXPECT_EQ(words(plan(board, RoundId{999}, channel)), "(pointless: nothing_to_show)");
    board.answers[RoundId{51}][0].withdrawn = true;
    EXPECT_EQ(words(plan(board, RoundId{51}, channel)), "(pointless: nothing_to_show)");
    board.run.names_hidden = true;
    EXPECT_EQ(words(plan(board, RoundId{52}, channel)), "(pointless: nothing_to_show)");
}

TEST(StandupThread, OffersANewBlockerToHelpers) {
    auto blocker = a_new_blocker();
    blocker.needed_from = "Platform";
    blocker.needed_by = year{2026} / 12 / 1;
    blocker.ask = "read access for 2 people";
    const auto board = with_blockers();
    const auto now = at(12, 0);
    EXPECT_EQ(
        words(new_blocker(board, blocker, channel, 1, now)),
        "New: 13, no access to the staging database (Ana Silva). Needed from: Platform. "
        "Needed by Tuesday 1 December. What would help: read access for 2 people.\n"
        "[I can help*]\n"
    );
    blocker.helper = PersonId{2};
    EXPECT_THAT(words(new_blocker(board, blocker, channel, 2, now)), HasSubstr("With Dev Patel."));
    EXPECT_THAT(words(new_blocker(board, blocker, channel, 2, now)), Not(HasSubstr("[")));
    blocker.state = BlockerState::cleared;
    EXPECT_EQ(
        words(new_blocker(board, blocker, channel, 3, now)),
        "Cleared: 13, no access to the staging database.\n"
    );
    blocker.state = BlockerState::merged;
    blocker.root = BlockerId{1200};
    EXPECT_THAT(
        words(new_blocker(board, blocker, channel, 3, now)), HasSubstr("same as blocker 12")
    );
    blocker.state = BlockerState::withdrawn;
    EXPECT_EQ(words(new_blocker(board, blocker, channel, 3, now)), "(pointless: withdrawn)");
}

TEST(StandupThread, ListsTheBlockersFromBeforeToday) {
    EXPECT_EQ(
        words(open_blockers(with_blockers(), channel, at(12, 0))),
        "# Blockers from before today\n"
        "- Cleared: 9, sign-in certificate.\n"
        "- Open: 12, test data. With Dev Patel.\n"
    );
}

TEST(StandupThread, SaysWhoIsNotWorkingAndWhereRepliesStay) {
    auto board = after_the_close();
    EXPECT_EQ(
        words(not_working(board, channel, at(12, 0))), "Not working today: Priya Nair, Sam Okoro.\n"
    );
    EXPECT_THAT(
        words(mirror_note(board, channel, "slack")), HasSubstr("Replies here stay in Slack.")
    );
    board.roster.channels.pop_back();
    EXPECT_EQ(words(mirror_note(board, channel, "slack")), "(pointless: one_channel)");
}

// ---- names hidden

RunBoard hidden() {
    auto board = after_the_close();
    board.run.names_hidden = true;
    board.run.state = RunState::closed;
    return board;
}

std::string shuffled(const RunBoard& board, Seed seed = {1, 2}) {
    IdSource ids{seed};
    return words(hidden_plans(board, channel, ids));
}

TEST(StandupHiddenNames, ShowsAnswersWithoutNamesOnlyFromFourOnAndOnlyAtTheClose) {
    auto board = hidden();
    EXPECT_THAT(shuffled(board), HasSubstr("# Answers without names, in random order\n"));
    EXPECT_THAT(shuffled(board), HasSubstr("- Plan of Ana Silva"));
    EXPECT_THAT(shuffled(board), Not(HasSubstr("Lin Chen")))
        << "what is added alone shows whose it is";
    board.rounds[0].phase = Phase::silent;
    EXPECT_EQ(shuffled(board), "(pointless: fewer_than_four)");
    EXPECT_THAT(summary_of(board), HasSubstr("Fewer than 4 people answered in time"));
    board.run.state = RunState::complete;
    EXPECT_EQ(shuffled(board), "(pointless: not_closed)");
    EXPECT_EQ(shuffled(after_the_close()), "(pointless: names_shown)");
}

TEST(StandupHiddenNames, ShufflesByTheSeedAlone) {
    std::set<std::string> orders;
    for (std::uint64_t seed = 1; seed <= 20; ++seed)
        orders.insert(shuffled(hidden(), {seed, 0}));
    EXPECT_GT(orders.size(), 5U);
    EXPECT_EQ(shuffled(hidden(), {7, 7}), shuffled(hidden(), {7, 7}));
}

TEST(StandupHiddenNames, KeepsTheRaiserOfABlockerUnnamedUnderALaterSummary) {
    auto blocker = a_new_blocker();
    blocker.without_name = true;
    EXPECT_THAT(
        words(new_blocker(after_the_close(), blocker, channel, 1, at(12, 0))), Not(HasSubstr("Ana"))
    );
}

TEST(StandupHiddenNames, DoesNotSayWhoRaisedABlocker) {
    auto board = hidden();
    board.open_blockers = {a_new_blocker()};
    EXPECT_THAT(
        words(new_blocker(board, a_new_blocker(), channel, 1, at(12, 0))), Not(HasSubstr("Ana"))
    );
}

// ---- status

TEST(StandupStatus, GivesMembersCountsAndTheDeliveryManagerNames) {
    auto board = after_the_close();
    board.rounds[5].phase = Phase::skipped;
    EXPECT_EQ(
        words(status(board, {access::Hat::participant}, channel, at(12, 0))),
        "# Payments stand-up, Tuesday 24 November\n"
        "5 of 7 answered. 1 more is due by 4:30pm, from another time zone. No blockers.\n"
    );
    const auto with_names =
        words(status(board, {access::Hat::delivery_manager}, channel, at(12, 0)));
    EXPECT_THAT(with_names, HasSubstr("No answer yet: Kit Brown, Tom Reid.\n"))
        << "nobody is told of a skip";
    EXPECT_THAT(with_names, HasSubstr("Not working: Priya Nair, Sam Okoro.\n"));
    EXPECT_THAT(with_names, HasSubstr("> Only you see the names."));
}

TEST(StandupStatus, NamesTheSilentToTheDeliveryManagerOnlyAndThatDayOnly) {
    const auto board = after_the_close();
    const auto cover = words(status(board, {access::Hat::cover}, channel, at(12, 0)));
    EXPECT_THAT(cover, HasSubstr("Not working:"));
    EXPECT_THAT(cover, Not(HasSubstr("No answer")));
    const auto next_day = at(12, 0) + std::chrono::hours{24};
    const auto late = words(status(board, {access::Hat::delivery_manager}, channel, next_day));
    EXPECT_THAT(late, HasSubstr("Answered:"));
    EXPECT_THAT(late, Not(HasSubstr("No answer")));
}

}  // namespace
}  // namespace muster::standup
