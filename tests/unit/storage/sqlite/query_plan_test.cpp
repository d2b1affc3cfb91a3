#include <sqlite3.h>

#include "tests/unit/storage/sqlite/memory_database.hpp"
#include "tests/unit/storage/sqlite/sample.hpp"

namespace muster::sqlite {
namespace {

using namespace sample;

// Tables that grow with every day; the others grow with the number of people.
const auto growing = {
    "run",
    "round",
    "answer",
    "draft",
    "blocker",
    "blocker_note",
    "timer",
    "delivery",
    "parent",
    "inbox_key",
    "inbox_reply",
    "quarantine",
    "event_log",
    "event_payload",
    "local_message",
    "absence"};

// Indexes that hold only what is unfinished.
const auto of_the_unfinished = {
    "delivery_unsettled",
    "delivery_pending",
    "delivery_to_post",
    "delivery_to_change",
    "run_not_closed"};

// Holds only what failed, and is counted by its index.
const auto of_the_failed = {"quarantine USING COVERING INDEX"};

std::vector<std::string> statements_of(Database& database) {
    auto found = std::vector<std::string>{};
    auto statement = sqlite3_next_stmt(database.handle(), nullptr);
    for (; statement; statement = sqlite3_next_stmt(database.handle(), statement))
        found.emplace_back(sqlite3_sql(statement));
    return found;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// Whoever adds a person or a team waits for the rows that refer to it to be looked for.
bool changes_settings(const std::string& sql) {
    return contains(sql, "INSERT INTO person ") || contains(sql, "INSERT INTO team ");
}

bool takes_the_first_of_an_index(const std::string& sql, const std::string& plan) {
    return contains(sql, "LIMIT 1") && !contains(plan, "TEMP B-TREE");
}

// The steps of a plan that read a growing table from end to end, or sort all of it.
std::vector<std::string> slow_steps(Database& database, const std::string& sql) {
    auto steps = std::vector<std::string>{};
    auto plan = std::string{};
    database.each("EXPLAIN QUERY PLAN " + sql, [&](Statement& at) {
        steps.push_back(read<std::string>(at.cell(3)));
        plan += steps.back() + "\n";
    });
    auto is_slow = [&](const std::string& step) {
        auto scans = [&](const char* table) {
            return contains(step + " ", "SCAN " + std::string(table) + " ");
        };
        auto unfinished = [&](const char* index) { return contains(step, index); };
        return std::any_of(growing.begin(), growing.end(), scans) &&
               std::none_of(of_the_unfinished.begin(), of_the_unfinished.end(), unfinished) &&
               std::none_of(of_the_failed.begin(), of_the_failed.end(), unfinished) &&
               !takes_the_first_of_an_index(sql, plan);
    };
    std::erase_if(steps, [&](const std::string& step) { return !is_slow(step); });
    return steps;
}

TEST(QueryPlan, ReadsNoGrowingTableFromEndToEndForARequest) {
    auto memory = MemoryDatabase{};
    auto& rows = memory.rows;
    auto now = tuesday_nine;
    auto summary = DeliveryKey{Purpose::summary, 31, channel, 0};
    rows.apply(settings(), now);
    rows.apply(two_runs(), now);
    auto decision = changes({blocker(70, 1, amira), answer(amira_monday, "today", "plan")});
    decision.events = {Event{"a", 1, {}, {}}};
    decision.timers = {SetTimer{TimerKind::ask, 1, now}, CancelTimer{TimerKind::remind, 1}};
    decision.deliveries = {
        Tell{DeliveryId{1}, summary, {}, now, {}},
        Tell{DeliveryId{2}, {Purpose::plan, 41, channel, 0}, summary, now, {}}};
    rows.apply(decision, now);

    rows.account(local, "U10");
    rows.teams_of(amira, now);
    rows.absences_of(amira);
    rows.run(standup, monday_date, "main");
    rows.runs_of(payments, monday_nine);
    rows.open_runs(standup);
    rows.runs_held(standup);
    rows.rounds_of(monday);
    rows.rounds_of(amira, monday_nine);
    rows.unfinished_rounds_of(amira);
    rows.answers_of(amira_monday);
    rows.answer_by_message(amira, "m1");
    rows.turn(amira_tuesday, now);
    rows.answerable_turns(amira, now);
    rows.board(tuesday);
    rows.drafts_of(amira);
    rows.blocker(payments, 1);
    rows.open_blockers(payments);
    rows.blockers_ended_since(payments, now);
    rows.blockers_by_message(amira, "m1");
    rows.notes_of(BlockerId{70});
    rows.earliest_timer();
    rows.due_timers(now, 10);
    rows.timer(TimerKind::ask, 1);
    rows.timer_fired(TimerKind::ask, 1, now);
    rows.next_delivery_after(now);
    rows.late_deliveries(now, 10);
    rows.next_expiry_after(now);
    rows.visit_due_deliveries(now, {{local}, {local}}, [](const Delivery&) { return true; });
    rows.unsettled_deliveries();
    rows.backlog(now);
    rows.deliveries_of(Purpose::plan, 41);
    rows.delivery_by_message(local, "p1");
    rows.seen(local, {"a"}, now);
    rows.keep(local, {"a"}, Say{}, now);
    rows.note_carried(local, "a", true);
    rows.seen(local, {"a"}, now);
    rows.quarantine({}, "boom", now);
    rows.take_retryable(now, 10);
    rows.forget(now);
    rows.events(0, 10);

    auto statements = statements_of(memory.database);
    EXPECT_GT(statements.size(), 50u);
    std::erase_if(statements, changes_settings);
    for (const auto& sql : statements)
        EXPECT_THAT(slow_steps(memory.database, sql), testing::IsEmpty()) << sql;
}

TEST(QueryPlan, FindsTheLastPlanWithoutSortingAllRoundsOfAPerson) {
    auto memory = MemoryDatabase{};
    memory.rows.apply(settings(), tuesday_nine);
    memory.rows.apply(two_runs(), tuesday_nine);
    memory.rows.turn(amira_tuesday, tuesday_nine);

    auto found = 0;
    for (const auto& sql : statements_of(memory.database)) {
        if (!contains(sql, "FROM round") || !contains(sql, "EXISTS (SELECT 1 FROM answer"))
            continue;
        ++found;
        auto plan = std::string{};
        memory.database.each("EXPLAIN QUERY PLAN " + sql, [&](Statement& at) {
            plan += read<std::string>(at.cell(3)) + "\n";
        });
        EXPECT_THAT(plan, testing::HasSubstr("round_of_person (person=? AND opens_at>? AND"));
        EXPECT_THAT(plan, testing::Not(testing::HasSubstr("TEMP B-TREE")));
    }
    EXPECT_EQ(found, 1);
}

TEST(QueryPlan, TellsASlowQuestionFromAFastOne) {
    auto memory = MemoryDatabase{};
    EXPECT_FALSE(slow_steps(memory.database, "SELECT 1 FROM answer WHERE text = ?").empty());
    EXPECT_FALSE(slow_steps(memory.database, "SELECT 1 FROM round WHERE phase = ?").empty());
    EXPECT_TRUE(slow_steps(memory.database, "SELECT 1 FROM round WHERE run = ?").empty());
}

}  // namespace
}  // namespace muster::sqlite
