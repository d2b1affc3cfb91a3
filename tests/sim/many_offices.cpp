#include "tests/sim/many_offices.hpp"

#include <algorithm>
#include <charconv>

#include "bot/app/settings_change.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "tests/sim/topology.hpp"

namespace muster::sim {
namespace {

fake_slack::Installation installation_number(int number) {
    fake_slack::Installation installation;
    installation.team = "T" + std::to_string(number);
    installation.token += std::to_string(number);
    installation.posts_per_minute = posts_per_minute;
    return installation;
}

std::string office_key(ConnectionId connection) {
    return "office-" + std::to_string(connection.value);
}

Instant instant_of(const std::string& ts) {
    auto number = std::int64_t{0};
    auto digits = ts;
    std::erase(digits, '.');
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return Instant{std::chrono::duration_cast<milliseconds>(std::chrono::microseconds{number})};
}

}  // namespace

Task<Outcome> Ear::deliver(DeliveryId delivery, Destination to, Message message) {
    auto outcome = co_await platform_.deliver(delivery, to, std::move(message));
    if (to.direct && outcome.kind == Outcome::Kind::sent) on_told_(to.address);
    co_return outcome;
}

Task<Outcome> Ear::update(
    DeliveryId delivery, Destination to, std::string provider_id, Message message
) {
    return platform_.update(delivery, std::move(to), std::move(provider_id), std::move(message));
}

Task<Outcome> Ear::remove(DeliveryId delivery, Destination to, std::string provider_id) {
    return platform_.remove(delivery, std::move(to), std::move(provider_id));
}

Task<Found> Ear::find(DeliveryId delivery, Destination to, Instant since) {
    return platform_.find(delivery, std::move(to), since);
}

Office::Office(int number, Clock& clock, TaskGroup& tasks, Random random)
    : connection{number}, slack(installation_number(number)), client(slack, clock, tasks, random) {
    slack.outbox().on_request([](const fake_slack::AppRequest&) {});
}

ManyOffices::ManyOffices(const OfficesOptions& options)
    : options_(options),
      clock_(loop_, options.start),
      entropy_(options.seed),
      random_(options.seed),
      trace_(clock_),
      tasks_(loop_.get_executor(), [](std::exception_ptr problem) {
          std::rethrow_exception(problem);
      }) {
    for (int number = 1; number <= options.workspaces; ++number)
        offices_.push_back(std::make_unique<Office>(
            number, clock_, tasks_, Random{options.seed + static_cast<std::uint64_t>(number)}
        ));
    settle_in();
}

ManyOffices::~ManyOffices() {
    end_process();
    tasks_.cancel();
    clock_.run_until(clock_.now());
}

// ---- who there is

void ManyOffices::settle_in() {
    settings::Wanted wanted;
    for (int number = 0; number < options_.members; ++number)
        wanted.people.push_back(somebody(number));
    for (auto& office : offices_)
        form_teams(*office, wanted);
    apply(wanted);
}

settings::WantedPerson ManyOffices::somebody(int number) {
    auto& office = *offices_[static_cast<std::size_t>(number % options_.workspaces)];
    auto person = a_person("P" + std::to_string(number));
    person.accounts.front().connection = office_key(office.connection);
    auto account = account_of(person.key);
    office.people.push_back(account);
    office.slack.workspace().add(fake_slack::User{
        .id = account, .name = person.key, .real_name = person.name});
    return person;
}

void ManyOffices::form_teams(Office& office, settings::Wanted& wanted) {
    const auto size = static_cast<std::size_t>(options_.members_of_a_team);
    for (std::size_t first = 0; first < office.people.size(); first += size) {
        settings::WantedTeam team;
        auto last = std::min(first + size, office.people.size());
        team.key = office_key(office.connection) + "-" + std::to_string(first / size);
        team.name = "Team " + team.key;
        team.zone = "Europe/London";
        team.channels = {{platform_key, office_key(office.connection), channel_of(team.key)}};
        team.ceremonies = {a_stand_up()};
        std::vector<std::string> accounts{office.slack.workspace().installation.bot_user};
        for (auto at = first; at < last; ++at) {
            accounts.push_back(office.people[at]);
            team.members.push_back(office.people[at].substr(account_of("").size()));
        }
        team.roles[Role::delivery_manager] = {{team.members.front(), {}}};
        office.slack.workspace().add(fake_slack::Channel{
            .id = channel_of(team.key), .name = team.key, .members = std::move(accounts)});
        wanted.teams.push_back(std::move(team));
    }
}

void ManyOffices::apply(const settings::Wanted& wanted) {
    auto store = open();
    IdSource ids{entropy_.seed()};
    auto set = [&](Transaction& transaction) -> Result<int> {
        Decision ground;
        ground.changes = {Organisation{OrganisationId{1}, "Example Agency"}};
        for (const auto& office : offices_)
            ground.changes.push_back(Connection{
                office->connection, OrganisationId{1}, office_key(office->connection), platform_key}
            );
        transaction.apply(ground, clock_.now());
        auto changed = change_settings(transaction, wanted, false, clock_.now(), ids);
        if (changed) return 0;
        const auto& problem = changed.error().front();
        throw std::runtime_error(problem.where + ": " + problem.expected);
    };
    auto write = [](Store& opened, decltype(set)& work) -> Task<> {
        co_await opened.write(work);
        co_await opened.close();
    };
    run_now(write(*store, set));
}

// ---- the bot

std::unique_ptr<Store> ManyOffices::open() {
    StoreOptions options{
        .path = folder_.path() + "/muster.db",
        .threads = false,
        .backup_dir = folder_.path(),
        .salt_seed = entropy_.seed()};
    return SqliteStore::open(loop_, std::move(options)).value();
}

void ManyOffices::begin_process() {
    bot_ = std::make_unique<Process>(
        loop_.get_executor(), open(), clock_, entropy_, trace_, random_, 0
    );
    Platforms platforms;
    for (auto& office : offices_)
        platforms[office->connection] = &move_in(*office);
    auto begin = [](Process& bot, Platforms served) -> Task<> {
        co_await bot.service.start(std::move(served));
    };
    bot_->requests.spawn(begin(*bot_, std::move(platforms)));
    clock_.run_until(clock_.now());
}

ChatPlatform& ManyOffices::move_in(Office& office) {
    office.slack.new_caller();
    const auto& installation = office.slack.workspace().installation;
    slack::AppSettings settings{
        office.connection,
        installation.api,
        installation.token,
        {{installation.signing_secret, std::nullopt}},
        {"hooks.slack.com"}};
    slack::App::Parts parts{office.client, catalogue_, clock_, trace_, bot_->requests};
    office.app.emplace(std::move(settings), parts);
    auto on_told = [this, &office](const std::string& person) {
        if (office.told.insert(person).second && on_first_told_) on_first_told_(office, person);
    };
    office.ear.emplace(office.app->platform(), std::move(on_told));
    return *office.ear;
}

void ManyOffices::end_process() {
    if (!bot_) return;
    bot_->store.die();
    auto end = [](Process& bot) -> Task<> {
        bot.requests.cancel();
        co_await bot.service.stop();
        co_await bot.requests.join();
    };
    run_now(end(*bot_));
    for (auto& office : offices_) {
        office->ear.reset();
        office->app.reset();
    }
    bot_.reset();
}

void ManyOffices::look_by(std::function<void(View&)> work) {
    auto read = [&work](View& view) {
        work(view);
        return 0;
    };
    auto alone = bot_ ? nullptr : open();
    auto task = [](Store& store, decltype(read)& reading, bool is_ours) -> Task<> {
        co_await store.read(reading);
        if (is_ours) co_await store.close();
    };
    auto& store = alone ? *alone : static_cast<Store&>(bot_->store);
    run_now(task(store, read, alone != nullptr));
}

// Runs a task that needs no time.
void ManyOffices::run_now(Task<> task) {
    tasks_.spawn(std::move(task));
    clock_.run_until(clock_.now());
}

// ---- what there is

std::vector<MessageOfOurs> messages_of_ours(Office& office) {
    std::vector<MessageOfOurs> ours;
    auto& workspace = office.slack.workspace();
    for (const auto& [place, messages] : workspace.messages)
        for (const auto& [ts, message] : messages) {
            auto mark = marked(message);
            if (!mark || mark->part != 1) continue;
            ours.push_back(
                {message, mark->delivery, workspace.channels.at(place).person, instant_of(ts)}
            );
        }
    return ours;
}

}  // namespace muster::sim
