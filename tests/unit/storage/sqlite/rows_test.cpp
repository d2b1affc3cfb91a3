#include "tests/unit/storage/sqlite/memory_database.hpp"
#include "tests/unit/storage/sqlite/sample.hpp"

namespace muster::sqlite {
namespace {

using namespace sample;

struct Rows : testing::Test {
    MemoryDatabase memory;
    SqliteTransaction& rows = memory.rows;
    Instant now = tuesday_nine;

    void SetUp() override { rows.apply(settings(), now); }
};

TEST_F(Rows, GiveBackTheSettings) {
    auto full = person(amira, "Amira Khan");
    full.email = "amira@example.org";
    full.zone = "Asia/Kolkata";
    full.calendar = "office";
    full.hours.week.days[4] = {{minutes{540}, minutes{780}}};
    full.language = "cy";
    full.plain = full.longer = full.archived = full.outsider = true;
    full.quiet_from = now;
    full.quiet_to = now + 1h;
    auto verified = account(amira);
    verified.verified_at = now;
    verified.closed_at = now + 1s;
    verified.name_taken = "Ada Byron";
    verified.zone_told = "Europe/Lisbon";
    verified.zone_questions = 2;
    verified.zone_open = true;
    verified.away_told = {true, now};
    auto place = *rows.channel(channel);
    place.refused_since = now;
    auto team = *rows.team(payments);
    team.next_number = 14;
    team.archived = true;
    auto retro = ceremony();
    retro.id = CeremonyId{23};
    retro.key = retro.kind = "retro";
    retro.recurrence.interval = 2;
    retro.recurrence.from = monday_date;
    retro.slots = {{"am", minutes{570}}, {"pm", minutes{900}}};
    retro.zone = ZoneRule::team;
    retro.window = 45min;
    retro.reminder = {std::nullopt, 10min};
    retro.on_holiday = OnHoliday::hold;
    retro.names_hidden = retro.show_silent = retro.paused = true;
    auto job_share = RoleHolder{std::nullopt, Role::product_ops, bo, {std::chrono::Monday}};
    auto cover = Cover{CoverId{50}, payments, Role::lead, cai, monday_date, tuesday_date};
    rows.apply(changes({full, verified, place, team, retro, job_share, cover}), now);

    EXPECT_EQ(rows.person(amira), full);
    EXPECT_EQ(rows.account(local, "U10"), verified);
    EXPECT_EQ(rows.account(verified.id), verified);
    EXPECT_EQ(rows.team(payments), team);
    EXPECT_EQ(rows.ceremony(retro.id), retro);
    EXPECT_THAT(rows.roles(), testing::Contains(job_share));
    EXPECT_THAT(rows.covers(), testing::ElementsAre(cover));
    EXPECT_EQ(rows.organisation(), (Organisation{agency, "Example Agency"}));
    EXPECT_EQ(rows.connections().at(0), (Connection{local, agency, "local", "local"}));
    EXPECT_EQ(rows.channel(channel), place);
    EXPECT_EQ(rows.people().size(), 4u);
    EXPECT_EQ(rows.memberships().size(), 3u);
    EXPECT_TRUE(rows.teams_of(amira, now).empty()) << "the team is archived";
}

TEST_F(Rows, KnowTheTeamsOfMembersAndOfRoleHolders) {
    EXPECT_THAT(rows.teams_of(cai, now), testing::ElementsAre(payments));
    EXPECT_THAT(rows.teams_of(dev, now), testing::ElementsAre(payments));
    EXPECT_FALSE(rows.person(PersonId{99}));
}

TEST_F(Rows, KnowTheTeamsOfACoverOnItsDaysInTheZoneOfEachTeam) {
    auto ola = person(PersonId{14}, "Ola Berg");
    auto far = *rows.team(payments);
    far.id = TeamId{24};
    far.key = "far";
    far.zone = "Pacific/Kiritimati";  // 14 hours before UTC
    auto cover = Cover{
        CoverId{50}, std::nullopt, Role::delivery_manager, ola.id, tuesday_date, tuesday_date};
    rows.apply(changes({ola, far, cover}), now);
    auto covered = [&](Instant at) { return rows.teams_of(ola.id, at); };

    EXPECT_THAT(covered(tuesday_nine), testing::ElementsAre(far.id, payments));
    EXPECT_THAT(covered(tuesday_nine + 2h), testing::ElementsAre(payments));
    EXPECT_THAT(covered(monday_nine), testing::IsEmpty());
    EXPECT_THAT(covered(monday_nine + 4h), testing::ElementsAre(far.id)) << "Tuesday over there";
    cover.team = payments;
    rows.apply(changes({cover}), now);
    EXPECT_THAT(covered(tuesday_nine), testing::ElementsAre(payments));
    EXPECT_THAT(covered(monday_nine + 4h), testing::IsEmpty());
}

TEST_F(Rows, KnowEachTeamOnceForWhoeverIsMoreThanOneThingToIt) {
    auto cover = Cover{CoverId{50}, payments, Role::lead, dev, tuesday_date, tuesday_date};
    rows.apply(changes({cover}), now);

    EXPECT_THAT(rows.teams_of(dev, now), testing::ElementsAre(payments));
}

TEST_F(Rows, FindTheBlockersThatALineRaised) {
    auto first = blocker(70, 1, amira);
    first.message = "line-1";
    first.said_at = now;
    auto second = blocker(71, 2, amira);
    second.message = "line-2";
    rows.apply(changes({first, second, blocker(72, 3, amira)}), now);

    EXPECT_THAT(rows.blockers_by_message(amira, "line-1"), testing::ElementsAre(first));
    EXPECT_THAT(rows.blockers_by_message(bo, "line-1"), testing::IsEmpty());
    EXPECT_THAT(rows.blockers_by_message(amira, ""), testing::IsEmpty());
}

TEST_F(Rows, RememberWhoLeftByThemselves) {
    auto left = Membership{payments, amira, Standing::observer};
    left.stopped_at = now;
    rows.apply(changes({left}), now);
    EXPECT_THAT(rows.memberships(), testing::Contains(left));
}

TEST_F(Rows, GiveBackTheWork) {
    auto run = sample::run(monday, monday_date, monday_nine);
    run.state = RunState::complete;
    run.names_hidden = run.show_silent = run.unscheduled = true;
    auto round = sample::round(amira_monday, run, amira, Phase::not_asked);
    round.not_asked = NotAsked::too_late;
    round.reason = "code";
    round.asked_at = round.answered_at = round.edited_at = round.snoozed_until = now;
    round.prompts = 1;
    round.receipts = 2;
    round.reminded = true;
    round.step = 3;
    round.phase_before = Phase::away;
    round.not_asked_before = NotAsked::called_off;
    auto answer = sample::answer(amira_monday, "today", "plan");
    answer.source = AnswerSource::same_plan;
    answer.message = "m1";
    answer.said_at = now - 2min;
    answer.withdrawn = true;
    auto draft = Draft{
        DraftId{60}, amira, DraftKind::withdrawn_line, amira_monday, "t", "m2", now, now - 1min};
    auto blocker = sample::blocker(70, 1, amira);
    blocker.round = amira_monday;
    blocker.state = BlockerState::merged;
    blocker.ended_at = now;
    blocker.ended_by = bo;
    blocker.helper = cai;
    blocker.root = BlockerId{71};
    blocker.needed_from = "Ops";
    blocker.needed_by = tuesday_date;
    blocker.ask = "Access";
    blocker.only_delivery_manager = true;
    blocker.held_until = now + 2min;
    auto note = BlockerNote{NoteId{80}, blocker.id, bo, NoteKind::moving, "soon", now};
    auto absence = Absence{AbsenceId{90}, amira, payments, {}, AbsenceSource::csv};
    absence.days = {monday_date, tuesday_date, DayPart::afternoon, DayPart::morning};
    auto planned = PlannedRun{standup, monday_date, tuesday_date, "main", tuesday_nine};
    auto downtime = Downtime{1, monday_nine, tuesday_nine};
    rows.apply(
        changes(
            {note,
             blocker,
             sample::blocker(71, 2, bo),
             draft,
             answer,
             round,
             run,
             absence,
             planned,
             downtime}
        ),
        now
    );

    EXPECT_EQ(rows.run(monday), run);
    EXPECT_EQ(rows.run(standup, monday_date, "main"), run);
    EXPECT_EQ(rows.round(amira_monday), round);
    EXPECT_EQ(rows.answer_by_message(amira, "m1"), answer);
    EXPECT_FALSE(rows.answer_by_message(bo, "m1"));
    EXPECT_TRUE(rows.answers_of(amira_monday).empty()) << "it is withdrawn";
    EXPECT_EQ(rows.draft(draft.id), draft);
    EXPECT_THAT(rows.drafts_of(amira), testing::ElementsAre(draft));
    EXPECT_EQ(rows.blocker(blocker.id), blocker);
    EXPECT_EQ(rows.blocker(payments, 1), blocker);
    EXPECT_THAT(rows.blockers_ended_since(payments, now), testing::ElementsAre(blocker));
    EXPECT_EQ(rows.open_blockers(payments).size(), 1u);
    EXPECT_THAT(rows.notes_of(blocker.id), testing::ElementsAre(note));
    EXPECT_THAT(rows.absences_of(amira), testing::ElementsAre(absence));
    EXPECT_EQ(rows.absence(absence.id), absence);
    EXPECT_EQ(rows.planned_run(standup), planned);
    EXPECT_THAT(rows.downtimes(), testing::ElementsAre(downtime));
    EXPECT_THAT(rows.open_runs(standup), testing::ElementsAre(run));
    EXPECT_THAT(rows.runs_of(payments, monday_nine), testing::ElementsAre(run));
    EXPECT_TRUE(rows.runs_of(payments, monday_nine + 1ms).empty());
    EXPECT_EQ(rows.runs_held(standup), 1);
    EXPECT_THAT(rows.unfinished_rounds_of(amira), testing::ElementsAre(round));
    EXPECT_FALSE(memory.database.has_dangling_references());
}

TEST_F(Rows, GoWhenADecisionEndsThem) {
    auto absence = Absence{AbsenceId{90}, amira, {}, {monday_date, monday_date}, {}};
    auto cover = Cover{CoverId{50}, {}, Role::fallback, cai, monday_date, tuesday_date};
    auto draft = Draft{DraftId{60}, amira, DraftKind::loose, {}, "t", "", now};
    auto planned = PlannedRun{standup, monday_date, tuesday_date, "main", tuesday_nine};
    rows.apply(changes({absence, cover, draft, planned}), now);
    rows.apply(
        changes(
            {AbsenceEnds{absence.id},
             CoverEnds{cover.id},
             DraftEnds{draft.id},
             PlanEnds{standup},
             MembershipEnds{payments, bo},
             RoleEnds{payments, Role::delivery_manager, dev},
             AccountEnds{account(cai).id},
             ChannelEnds{channel}}
        ),
        now
    );

    EXPECT_FALSE(rows.absence(absence.id));
    EXPECT_TRUE(rows.covers().empty());
    EXPECT_FALSE(rows.draft(draft.id));
    EXPECT_FALSE(rows.planned_run(standup));
    EXPECT_EQ(rows.memberships().size(), 2u);
    EXPECT_TRUE(rows.roles().empty());
    EXPECT_FALSE(rows.account(local, "U12"));
    EXPECT_TRUE(rows.channels().empty());
}

TEST_F(Rows, ReadCalendarsAgainOnlyWhenOneWasWritten) {
    auto office = Calendar{"office", {{monday_date, "Founders' day"}}, tuesday_date};
    rows.apply(changes({CalendarRow{agency, office}}), now);
    auto first = rows.calendars();
    EXPECT_EQ(first->at("office").days, office.days);
    EXPECT_EQ(first->at("office").data_ends, tuesday_date);
    EXPECT_EQ(rows.calendars(), first);

    office.days.clear();
    rows.apply(changes({CalendarRow{agency, office}}), now);
    EXPECT_TRUE(rows.calendars()->at("office").days.empty());
    EXPECT_EQ(first->at("office").days.size(), 1u) << "a snapshot never changes";
}

TEST_F(Rows, SayThatAReferenceLeadsNowhere) {
    rows.apply(changes({Membership{payments, PersonId{999}, Standing::participant}}), now);
    EXPECT_TRUE(memory.database.has_dangling_references());
}

TEST_F(Rows, ThatCannotBeReadThrow) {
    memory.database.script("UPDATE membership SET standing = 'guest'");
    EXPECT_THROW(rows.memberships(), CorruptRow);
}

TEST_F(Rows, SetMoveAndCancelTimers) {
    auto timers = Decision{};
    timers.timers = {
        SetTimer{TimerKind::ask, 1, now + 2h},
        SetTimer{TimerKind::remind, 1, now + 1h},
        SetTimer{TimerKind::ask, 1, now + 3h},
        SetTimer{TimerKind::close_run, 2, now},
        CancelTimer{TimerKind::close_run, 2}};
    rows.apply(timers, now);

    EXPECT_EQ(rows.timers().size(), 2u);
    EXPECT_EQ(rows.earliest_timer(), now + 1h);
    EXPECT_TRUE(rows.due_timers(now, 10).empty());
    EXPECT_EQ(rows.due_timers(now + 3h, 1).at(0).kind, TimerKind::remind);
    EXPECT_EQ(rows.timer(TimerKind::ask, 1)->due, now + 3h);

    rows.timer_fired(TimerKind::ask, 1, now + 2h);
    EXPECT_TRUE(rows.timer(TimerKind::ask, 1)) << "it was set again meanwhile";
    rows.timer_fired(TimerKind::ask, 1, now + 3h);
    EXPECT_FALSE(rows.timer(TimerKind::ask, 1));
}

TEST_F(Rows, GiveTimersOfOneInstantInTheOrderOfTheirKinds) {
    auto kinds = std::vector<TimerKind>{};
    for (auto kind = 0; kind <= static_cast<int>(TimerKind::welcome_back); ++kind)
        kinds.push_back(static_cast<TimerKind>(kind));
    auto timers = Decision{};
    for (auto kind : kinds)
        timers.timers.push_back(SetTimer{kind, 1, now});
    rows.apply(timers, now);

    auto order = std::vector<TimerKind>{};
    for (const auto& timer : rows.due_timers(now, 10))
        order.push_back(timer.kind);
    EXPECT_EQ(order, kinds);
}

TEST_F(Rows, GiveOpeningsBeforeOlderTimers) {
    auto timers = Decision{};
    timers.timers = {
        SetTimer{TimerKind::ask, 1, now - 2h},
        SetTimer{TimerKind::remind, 1, now - 1h},
        SetTimer{TimerKind::open_run, 1, now},
        SetTimer{TimerKind::open_run, 2, now + 1ms}};
    rows.apply(timers, now);
    auto due = rows.due_timers(now, 2);
    ASSERT_EQ(due.size(), 2u);
    EXPECT_EQ(due[0].kind, TimerKind::open_run);
    EXPECT_EQ(due[1].kind, TimerKind::ask);
}

TEST_F(Rows, RememberTheLastHeartbeat) {
    EXPECT_FALSE(rows.last_alive());
    rows.still_alive(now);
    rows.still_alive(now + 1min);
    EXPECT_EQ(rows.last_alive(), now + 1min);
}

}  // namespace
}  // namespace muster::sqlite
