#include "tests/unit/bot/domain/payments_scene.hpp"

namespace muster::standup {
namespace {

using namespace payments_scene;
using spoken::words;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string you_are_in =
    "You are in Payments. Its stand-up is Monday to Friday, 9:30am in your time zone (London). ";
const std::string ways_out = "\n[Wrong hours or time zone] [Leave this stand-up]\n";
const std::string next = "Next stand-up: Wednesday 25 November.";
const std::string still = "You can still answer: we add it and mark it late. ";

std::vector<Timer> timers() {
    return {
        {TimerKind::remind, 50, at(11, 6)},
        {TimerKind::remind, 51, at(11, 7)},
        {TimerKind::open_run, 30, at(9, 30, add_days(tuesday, 1))},
    };
}

std::string why_of(const Turn& turn, Instant now = at(10, 0)) {
    return words(why(turn, timers(), {}, now));
}

std::string why_not_asked(NotAsked reason) {
    auto turn = in_phase(Phase::not_asked);
    turn.round.not_asked = reason;
    turn.round.closes_at = at(9, 59);
    return why_of(turn);
}

TEST(StandupWhy, SaysThatOneWasAskedAndWhatIsNext) {
    EXPECT_EQ(
        why_of(asked()),
        you_are_in + "You were asked at 9:30am and have not answered. " +
            "Next: one reminder at 11:06am. It closes at 11:30am." + ways_out
    );
}

TEST(StandupWhy, HasASentenceForEveryStateOfARound) {
    auto turn = answered();
    EXPECT_EQ(
        why_of(turn),
        you_are_in + "You answered at 9:42am. " +
            "You can change your answer until your next stand-up opens. " + next + ways_out
    );
    turn.round.phase = Phase::late;
    EXPECT_THAT(
        why_of(turn), HasSubstr("You answered at 9:42am, after it closed, so it is marked")
    );

    EXPECT_THAT(
        why_of(in_phase(Phase::waiting), at(9, 0)),
        HasSubstr("You will be asked at 9:30am. It closes at 11:30am.")
    );
    EXPECT_THAT(
        why_of(in_phase(Phase::skipped)),
        HasSubstr("You chose Not today, so you are not reminded. Nobody is told. " + next)
    );
    EXPECT_THAT(
        why_of(in_phase(Phase::away)),
        HasSubstr("You are away on Tuesday 24 November, so you are not asked. " + next)
    );
    EXPECT_THAT(
        why_of(in_phase(Phase::not_expected)),
        HasSubstr("Tuesday 24 November is not a working day for you, so you are not asked. " + next)
    );
    EXPECT_THAT(
        why_of(in_phase(Phase::unreachable)),
        HasSubstr("the message could not be delivered. You can still answer. " + next)
    );
    EXPECT_THAT(
        why_of(in_phase(Phase::silent), at(12, 0)),
        HasSubstr(
            "You were asked at 9:30am and did not answer. It closed at 11:30am. " + still + next
        )
    );
}

TEST(StandupWhy, HasASentenceForEveryReasonNotToAsk) {
    EXPECT_THAT(
        why_not_asked(NotAsked::downtime),
        HasSubstr("because Muster was not running in time. " + still + next)
    );
    EXPECT_THAT(
        why_not_asked(NotAsked::outside_hours),
        HasSubstr("because less than 30 minutes of it were inside your working hours. ")
    );
    EXPECT_THAT(
        why_not_asked(NotAsked::too_late),
        HasSubstr("because less than 30 minutes of it were left. ")
    );
    EXPECT_THAT(why_not_asked(NotAsked::left), HasSubstr("because you had left this stand-up. "));
    EXPECT_THAT(why_not_asked(NotAsked::none), HasSubstr("You were not asked this time. "));
}

TEST(StandupWhy, NamesAHolidayOfOnesOwnCalendar) {
    auto turn = in_phase(Phase::not_expected);
    turn.person.calendar = "wales";
    CalendarBook book;
    book["wales"].key = "wales";
    book["wales"].days[tuesday] = "A day";
    turn.calendars = std::make_shared<const CalendarBook>(book);
    EXPECT_THAT(why_of(turn), HasSubstr("Tuesday 24 November is a holiday in your calendar"));
}

TEST(StandupWhy, SaysWhenASnoozeEndsAndWhenItWasAskedLast) {
    auto turn = asked();
    turn.round.snoozed_until = at(10, 30);
    EXPECT_THAT(why_of(turn), HasSubstr("we ask you again at 10:30am."));
    turn.round.snoozed_until.reset();
    auto again = sent(Purpose::prompt, 1);
    again.sent_at = at(10, 30);
    EXPECT_THAT(
        words(why(turn, timers(), {again}, at(10, 45))), HasSubstr("You were asked at 10:30am and")
    );
    turn.round.asked_at.reset();
    EXPECT_THAT(why_of(turn), HasSubstr("We are sending you the question now."));
}

TEST(StandupWhy, TellsObserversAndThoseWhoLeftHowToComeBack) {
    auto turn = asked();
    turn.standing = Standing::observer;
    EXPECT_EQ(
        why_of(turn),
        "You are an observer of Payments, so you are not asked. "
        "You can join in again at any time.\n[Ask me again*]\n"
    );
    turn.left = true;
    EXPECT_EQ(why_of(turn), "You are not in Payments any more, so you are not asked.\n");
}

std::string schedule_of(const Recurrence& rule) {
    auto turn = asked();
    turn.ceremony.recurrence = rule;
    const auto all = why_of(turn);
    const auto from = all.find("Its stand-up is ") + 16;
    return all.substr(from, all.find(", 9:30am") - from);
}

TEST(StandupWhy, PutsRecurrencesInWords) {
    using Frequency = Recurrence::Frequency;
    Recurrence rule;
    rule.weekdays = {Monday, Wednesday, Friday};
    EXPECT_EQ(schedule_of(rule), "Monday, Wednesday and Friday");
    rule.weekdays = {Thursday};
    rule.interval = 2;
    EXPECT_EQ(schedule_of(rule), "every 2 weeks on Thursday");
    rule.frequency = Frequency::daily;
    EXPECT_EQ(schedule_of(rule), "every 2 days");
    rule.interval = 1;
    EXPECT_EQ(schedule_of(rule), "every day");
    rule.frequency = Frequency::monthly;
    rule.month_day = 15;
    EXPECT_EQ(schedule_of(rule), "day 15 of each month");
    rule.month_day = -1;
    EXPECT_EQ(schedule_of(rule), "the last day of each month");
    rule.nth_weekday = Recurrence::NthWeekday{1, Monday};
    EXPECT_EQ(schedule_of(rule), "the first Monday of each month");
    rule.nth_weekday = Recurrence::NthWeekday{-1, Friday};
    EXPECT_EQ(schedule_of(rule), "the last Friday of each month");
    rule.interval = 3;
    EXPECT_EQ(schedule_of(rule), "every 3 months, the last Friday of each month");
}

TEST(StandupWhy, SaysWhoseTimeZoneCounts) {
    auto turn = asked();
    turn.person.zone = "America/New_York";
    turn.ceremony.zone = ZoneRule::team;
    EXPECT_THAT(why_of(turn), HasSubstr("9:30am in the time zone of the team (London)."));
    turn.ceremony.zone = ZoneRule::member;
    EXPECT_THAT(why_of(turn), HasSubstr("9:30am in your time zone (New York)."));
}

// ---- about others

std::string about_ana(Phase phase, Asker asker) {
    return words(why_about(in_phase(phase), asker, {}, at(10, 0)));
}

TEST(StandupWhyAbout, TellsTheDeliveryManagerThreeThingsOnly) {
    using enum Phase;
    EXPECT_THAT(
        about_ana(away, Asker::delivery_manager), StartsWith("Ana Silva is not working today")
    );
    EXPECT_EQ(
        about_ana(not_expected, Asker::delivery_manager), about_ana(away, Asker::delivery_manager)
    );
    const std::string unanswered = "Ana Silva was asked at 9:30am and has not answered.\n";
    for (auto phase : {asked, silent, skipped})
        EXPECT_EQ(about_ana(phase, Asker::delivery_manager), unanswered) << name(phase);
    auto snoozed = payments_scene::asked();
    snoozed.round.snoozed_until = at(10, 30);
    EXPECT_EQ(words(why_about(snoozed, Asker::delivery_manager, {}, at(10, 0))), unanswered);
    EXPECT_EQ(about_ana(late, Asker::delivery_manager), "Ana Silva has answered.\n");
}

TEST(StandupWhyAbout, TellsTheTeamOnlyWhoIsNotWorkingAndStrangersNothing) {
    EXPECT_THAT(about_ana(Phase::away, Asker::teammate), HasSubstr("is not working today"));
    for (auto phase : {Phase::asked, Phase::answered, Phase::skipped, Phase::silent})
        EXPECT_EQ(
            about_ana(phase, Asker::teammate),
            "Only Ana Silva and the delivery manager can see more.\n"
        );
    for (auto phase : {Phase::away, Phase::asked, Phase::answered})
        EXPECT_THAT(about_ana(phase, Asker::stranger), Not(HasSubstr("Ana")));
}

TEST(StandupWhyAbout, DoesNotTakeYesterdaysAnswerForTodays) {
    auto yesterday = answered();
    yesterday.run.held_on = add_days(tuesday, -1);
    EXPECT_EQ(
        words(why_about(yesterday, Asker::delivery_manager, {}, at(10, 0))),
        "Ana Silva has not been asked today.\n"
    );
    yesterday.round.phase = Phase::away;
    EXPECT_THAT(
        words(why_about(yesterday, Asker::teammate, {}, at(10, 0))), Not(HasSubstr("not working"))
    );
}

TEST(StandupWhyBlocker, SaysWhoHelpsAndWhatIsNext) {
    auto blocker = a_blocker(12, "test data");
    EXPECT_EQ(
        words(why_blocker(blocker, names(), {}, at(10, 0))),
        "Blocker 12, test data, was raised by Ana Silva at 9:40am on Thursday 19 November. "
        "Nobody has offered help yet. Next: the person who raised it is asked about it at every "
        "stand-up until it is cleared.\n"
    );
    blocker.helper = PersonId{2};
    EXPECT_THAT(
        words(why_blocker(blocker, names(), {}, at(10, 0))), HasSubstr("Dev Patel is helping.")
    );
    blocker.state = BlockerState::cleared;
    EXPECT_THAT(words(why_blocker(blocker, names(), {}, at(10, 0))), HasSubstr("It is cleared.\n"));
}

TEST(StandupWhyBlocker, DoesNotNameWhoRaisedItWithoutName) {
    auto blocker = a_blocker(12, "test data");
    blocker.without_name = true;
    const auto said = words(why_blocker(blocker, names(), {}, at(10, 0)));
    EXPECT_THAT(said, HasSubstr("Blocker 12, test data, was raised at 9:40am on"));
    EXPECT_THAT(said, Not(HasSubstr("Ana")));
}

// ---- hours, history, week, help

TEST(StandupHours, ShowsDaysWithTheSameHoursInOneRow) {
    auto person = ana();
    person.hours.week.days[0] = {{9h, 12h + 30min}, {13h + 30min, 17h + 30min}};
    person.hours.week.days[4] = {{9h, 16h}};
    EXPECT_EQ(
        words(my_hours(person, {payments()})),
        "# Your time zone and working hours\n"
        "Time zone: Europe/London\n"
        "Monday: 9am to 12:30pm and 1:30pm to 5:30pm\n"
        "Tuesday to Thursday: 9am to 5:30pm\n"
        "Friday: 9am to 4pm\n"
        "Saturday and Sunday: not working\n"
        "Muster asks and reminds you only in these hours.\n"
        "[Wrong hours or time zone]\n"
    );
    person.hours.week_b = person.hours.week;
    EXPECT_THAT(words(my_hours(person, {})), HasSubstr("Second week of 2, Friday: 9am to 4pm"));
}

TEST(StandupHistory, ListsAnswersNewestFirstAndOnlyForTheirAuthor) {
    EXPECT_EQ(
        words(history(ana(), {asked(), answered()}, at(10, 0))),
        "# Your answers, newest first\n"
        "Payments stand-up, Tuesday 24 November: open until 11:30am.\n"
        "Payments stand-up, Tuesday 24 November: answered.\n"
        "Today: Test refunds\n"
        "> Only you see this list.\n"
    );
    EXPECT_THAT(words(history(ana(), {}, at(10, 0))), HasSubstr("You have no answers yet."));
    EXPECT_THAT(
        words(history(ana(), {in_phase(Phase::skipped)}, at(12, 0))), HasSubstr("not today.")
    );
}

TEST(StandupMyWeek, ShowsTheDaysOfThisWeekInOrder) {
    auto monday = answered();
    monday.run.held_on = add_days(tuesday, -1);
    monday.answers[0].text = "Finish the refund form";
    auto last_week = answered();
    last_week.run.held_on = add_days(tuesday, -2);
    EXPECT_EQ(
        words(
            my_week(ana(), {answered(), monday, last_week}, {a_blocker(12, "test data")}, at(16, 0))
        ),
        "# Your week from Monday 23 November\n"
        "Monday, Payments: Finish the refund form\n"
        "Tuesday, Payments: Test refunds\n"
        "Your open blockers:\n"
        "- 12, test data\n"
    );
    EXPECT_THAT(words(my_week(ana(), {}, {}, at(16, 0))), HasSubstr("No stand-up this week yet."));
}

TEST(StandupHelp, ShowsTheDeliveryManagerOneCommandMore) {
    EXPECT_THAT(words(help({}, false)), Not(HasSubstr("\"start\"")));
    EXPECT_THAT(words(help({}, true)), HasSubstr("\"start\": hold a stand-up now"));
}

TEST(StandupBlockerList, GivesOwnBlockersTheirButtonsAndOthersAnOfferOfHelp) {
    const auto list = [](PersonId reader) {
        return words(blocker_list(payments(), {a_blocker(12, "test data")}, reader, names(), {}));
    };
    EXPECT_EQ(
        list(PersonId{1}),
        "# Payments: 1 open blocker\n"
        "12, test data (Ana Silva). Nobody helps yet.\n"
        "[Still blocked] [Moving] [Cleared]\n"
    );
    EXPECT_THAT(list(PersonId{2}), HasSubstr("[I can help with blocker 12]"));
    EXPECT_THAT(
        words(blocker_list(payments(), {}, PersonId{1}, {}, {})), HasSubstr("no open blockers")
    );
}

TEST(StandupBlockerList, NamesWhoRaisedItWithoutNameToThatPersonOnly) {
    auto blocker = a_blocker(12, "test data");
    blocker.without_name = true;
    const auto list = [&](PersonId reader) {
        return words(blocker_list(payments(), {blocker}, reader, names(), {}));
    };
    EXPECT_THAT(list(PersonId{1}), HasSubstr("Ana"));
    EXPECT_THAT(list(PersonId{2}), HasSubstr("12, test data. Nobody helps yet."));
    EXPECT_THAT(list(PersonId{2}), Not(HasSubstr("Ana")));
}

}  // namespace
}  // namespace muster::standup
