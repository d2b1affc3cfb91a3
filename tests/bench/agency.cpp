#include "tests/bench/agency.hpp"

#include <algorithm>

#include <unistd.h>

#include "bot/app/acts.hpp"
#include "bot/app/settings_change.hpp"
#include "bot/app/timers.hpp"

namespace muster::bench {
namespace {

namespace fs = std::filesystem;

const ConnectionId connection{1};

Instant first_morning() {
    return *instant_from("2026-01-05T08:00:00.000Z");
}

std::string key_of(int member) {
    return "p" + std::to_string(member);
}

settings::Wanted team_of(int members) {
    Ceremony ceremony;
    ceremony.key = "standup";
    ceremony.name = "stand-up";
    ceremony.recurrence = *parse_recurrence("FREQ=DAILY", std::nullopt);
    ceremony.slots = {{"main", 9h + 30min}};
    ceremony.on_holiday = OnHoliday::hold;
    ceremony.questions = usual_questions();

    settings::WantedTeam team;
    team.key = "payments";
    team.name = "Payments";
    team.zone = "Europe/London";
    team.channels = {{"chat", "main", "C1"}};
    team.ceremonies = {ceremony};
    team.roles[Role::delivery_manager] = {{key_of(0), {}}};

    settings::Wanted wanted;
    for (int member = 0; member < members; ++member) {
        settings::WantedPerson person;
        person.key = key_of(member);
        person.name = "Person " + std::to_string(member);
        person.zone = "Europe/London";
        for (auto& day : person.hours.week.days)
            day = *hours_from("09:00-17:30");
        person.accounts = {{"chat", "main", "U" + std::to_string(member)}};
        wanted.people.push_back(person);
        team.members.push_back(person.key);
    }
    wanted.teams = {team};
    return wanted;
}

}  // namespace

Folder::Folder() : path_(fs::current_path() / ("bench_data_" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

StoreOptions in_memory() {
    StoreOptions options;
    options.path = ":memory:";
    options.threads = false;
    return options;
}

StoreOptions in_file(const Folder& folder) {
    StoreOptions options;
    options.path = folder.file("muster.db");
    return options;
}

Agency::Agency(int members, StoreOptions options)
    : members_(members),
      clock_(loop_, first_morning()),
      tasks_(
          loop_.get_executor(), [](std::exception_ptr problem) { std::rethrow_exception(problem); }
      ),
      store_(SqliteStore::open(loop_, std::move(options)).value()),
      now_(first_morning()) {
    auto found = [this](Transaction& transaction) -> Result<int> {
        Decision ground;
        ground.changes = {
            Organisation{OrganisationId{1}, "Example Agency"},
            Connection{connection, OrganisationId{1}, "main", "chat"}};
        transaction.apply(ground, now_);
        IdSource ids{entropy_.seed()};
        change_settings(transaction, team_of(members_), false, now_, ids).value();
        return 0;
    };
    write(found);
    auto list = [](View& view) { return view.people(); };
    for (const auto& person : look(list))
        people_.push_back(person.id);
}

Agency::~Agency() {
    tasks_.cancel();
    loop_.restart();
    loop_.poll();
}

void Agency::open_day() {
    auto next = [](View& view) {
        return view.timer(TimerKind::open_run, view.ceremonies()[0].id.value);
    };
    now_ = look(next)->due;
    fire(TimerKind::open_run);
    fire(TimerKind::ask);
}

void Agency::everybody_answers(int people) {
    now_ += 5min;
    for (int member = 0; member < people; ++member) {
        auto words = "Finish the refund form, part " + std::to_string(member);
        auto take = [&](Transaction& transaction) -> Result<int> {
            auto inbound = line_of(member, words);
            auto decision = act(transaction, inbound, now_);
            transaction.apply(decision, now_);
            transaction.keep(inbound.connection, inbound.keys, decision.reply, now_);
            return 0;
        };
        write(take);
    }
}

void Agency::close_day() {
    now_ += 3h;
    auto send = [this](Transaction& transaction) -> Result<int> {
        std::vector<ConnectionId> all;
        for (const auto& known : transaction.connections())
            all.push_back(known.id);
        for (bool is_done = false; !is_done;) {
            std::vector<Delivery> due;
            auto add = [&due](const Delivery& delivery) {
                due.push_back(delivery);
                return true;
            };
            transaction.visit_due_deliveries(now_, {all, all}, add);
            is_done = due.empty();
            for (auto& delivery : due) {
                delivery.state = DeliveryState::sent;
                delivery.provider_id = "m" + std::to_string(delivery.id.value);
                delivery.revision_sent = delivery.revision_wanted;
                delivery.sent_at = delivery.changed_at = now_;
                transaction.update(delivery);
            }
        }
        return 0;
    };
    for (auto kind :
         {TimerKind::remind, TimerKind::close_round, TimerKind::complete_run, TimerKind::close_run})
        fire(kind);
    write(send);
}

void Agency::live(int days) {
    for (int day = 0; day < days; ++day) {
        open_day();
        everybody_answers(members_);
        close_day();
    }
}

Inbound Agency::line_of(int member, std::string words) {
    auto number = std::to_string(++requests_);
    return {
        connection,
        "U" + std::to_string(member),
        {"event-" + number, "message-" + number},
        now_,
        entropy_.seed(),
        Said{std::move(words), "line-" + number, std::nullopt}};
}

RunId Agency::newest_run() {
    auto find = [](View& view) { return view.runs_of(view.teams()[0].id, Instant{}).back().id; };
    return look(find);
}

void Agency::fire(TimerKind kind) {
    auto all = [this, kind](Transaction& transaction) -> Result<int> {
        for (const auto& timer : transaction.due_timers(now_, 10'000)) {
            if (timer.kind != kind) continue;
            IdSource ids{entropy_.seed()};
            auto decision = on_timer(transaction, timer, now_, ids);
            transaction.timer_fired(timer.kind, timer.ref, timer.due);
            transaction.apply(decision, now_);
        }
        return 0;
    };
    write(all);
}

}  // namespace muster::bench
