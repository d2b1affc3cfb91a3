#include "tests/sim/fan_out.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <set>

#include <boost/asio/io_context.hpp>

#include "adapters/slack/app.hpp"
#include "adapters/system/entropy.hpp"
#include "adapters/system/virtual_clock.hpp"
#include "config/texts.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "tests/fakes/slack/client.hpp"
#include "tests/sim/process.hpp"
#include "tests/sim/scratch_folder.hpp"
#include "tests/sim/slack_marks.hpp"
#include "tests/sim/topology.hpp"
#include "tests/sim/trace.hpp"

namespace muster::sim {
namespace {

using namespace std::chrono_literals;
using Trouble = FanOutOptions::Trouble;

constexpr auto longest_morning = 80min;  // then the first reminders are due
constexpr auto away = 5s;                // from a death to the next start

// A Wednesday in June: nobody changes their clocks, nobody is off.
const auto start = Instant{std::chrono::sys_days{std::chrono::year{2026} / 6 / 10}} + 8h;
const auto due = start + 30min;  // 9:30 in London

milliseconds processor_time() {
    return milliseconds{std::clock() * 1'000 / CLOCKS_PER_SEC};
}

Instant instant_of(const std::string& ts) {
    auto number = std::int64_t{0};
    auto digits = ts;
    std::erase(digits, '.');
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return Instant{std::chrono::duration_cast<milliseconds>(std::chrono::microseconds{number})};
}

Lateness lateness_of(std::vector<milliseconds> all) {
    if (all.empty()) return {};
    std::ranges::sort(all);
    auto at = [&](double share) {
        auto rank = std::ceil(share * static_cast<double>(all.size()));
        return all[static_cast<std::size_t>(rank) - 1];
    };
    return {at(0.5), at(0.99), all.back()};
}

// Hears what arrives at people. The first that they are told of a morning is what they are asked.
class Ear final : public ChatPlatform {
public:
    Ear(ChatPlatform& platform, std::function<void(const std::string& person)> on_told)
        : platform_(platform), on_told_(std::move(on_told)) {}

    Task<Outcome> deliver(DeliveryId delivery, Destination to, Message message) override {
        auto outcome = co_await platform_.deliver(delivery, to, std::move(message));
        if (to.direct && outcome.kind == Outcome::Kind::sent) on_told_(to.address);
        co_return outcome;
    }

    Task<Outcome> update(
        DeliveryId delivery, Destination to, std::string provider_id, Message message
    ) override {
        return platform_.update(
            delivery, std::move(to), std::move(provider_id), std::move(message)
        );
    }

    Task<Outcome> remove(DeliveryId delivery, Destination to, std::string provider_id) override {
        return platform_.remove(delivery, std::move(to), std::move(provider_id));
    }

    Task<Found> find(DeliveryId delivery, Destination to, Instant since) override {
        return platform_.find(delivery, std::move(to), since);
    }

    Pace pace(Call call) const override { return platform_.pace(call); }

private:
    ChatPlatform& platform_;
    std::function<void(const std::string& person)> on_told_;
};

fake_slack::Installation installation_number(int number) {
    fake_slack::Installation installation;
    installation.team = "T" + std::to_string(number);
    installation.token += std::to_string(number);
    installation.posts_per_minute = posts_per_minute;
    return installation;
}

// One of Slack's workspaces, and what of the bot belongs to it.
struct Office {
    Office(int number, Clock& clock, TaskGroup& tasks, Random random)
        : connection{number},
          slack(installation_number(number)),
          client(slack, clock, tasks, random) {
        slack.outbox().on_request([](const fake_slack::AppRequest&) {});
    }

    void be_in(Trouble trouble) {
        if (trouble == Trouble::revoked) slack.workspace().token_is_revoked = true;
        if (trouble == Trouble::slow) client.troubles().happen(fake_slack::Trouble::Kind::slow, 1);
    }

    ConnectionId connection;
    fake_slack::FakeSlack slack;
    fake_slack::FakeSlackClient client;
    std::vector<std::string> people;          // external ids
    std::set<std::string> told;               // of them, those who were told anything
    std::map<std::string, Instant> typed_at;  // by those who answered
    std::optional<slack::App> app{};          // of the process that runs
    std::optional<Ear> ear{};
};

std::string office_key(ConnectionId connection) {
    return "office-" + std::to_string(connection.value);
}

class Morning {
public:
    explicit Morning(const FanOutOptions& options)
        : options_(options),
          clock_(loop_, start),
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

    ~Morning() {
        end_process();
        tasks_.cancel();
        clock_.run_until(clock_.now());
    }

    FanOutReport live() {
        begin_process();
        clock_.run_until(due - 1s);
        offices_.front()->be_in(options_.trouble);
        auto before = processor_time();
        while (!are_all_asked() && clock_.now() < due + longest_morning) {
            clock_.run_until(clock_.now() + 1s);
            if (is_time_to_die()) die();
        }
        auto took = processor_time() - before;
        // What is perhaps doubled is looked for twice, within a minute and a half.
        clock_.run_until(clock_.now() + 3min);
        return report(took);
    }

private:
    // ---- who there is

    void settle_in() {
        settings::Wanted wanted;
        for (int number = 0; number < options_.members; ++number)
            wanted.people.push_back(somebody(number));
        for (auto& office : offices_)
            form_teams(*office, wanted);
        apply(wanted);
    }

    settings::WantedPerson somebody(int number) {
        auto& office = *offices_[static_cast<std::size_t>(number % options_.workspaces)];
        auto person = a_person("P" + std::to_string(number));
        person.accounts.front().connection = office_key(office.connection);
        auto account = account_of(person.key);
        office.people.push_back(account);
        office.slack.workspace().add(fake_slack::User{
            .id = account, .name = person.key, .real_name = person.name});
        return person;
    }

    void form_teams(Office& office, settings::Wanted& wanted) {
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

    void apply(const settings::Wanted& wanted) {
        auto store = open();
        IdSource ids{entropy_.seed()};
        auto set = [&](Transaction& transaction) -> Result<int> {
            Decision ground;
            ground.changes = {Organisation{OrganisationId{1}, "Example Agency"}};
            for (const auto& office : offices_)
                ground.changes.push_back(Connection{
                    office->connection,
                    OrganisationId{1},
                    office_key(office->connection),
                    platform_key});
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

    std::unique_ptr<Store> open() {
        StoreOptions options{
            .path = folder_.path() + "/muster.db",
            .threads = false,
            .backup_dir = folder_.path(),
            .salt_seed = entropy_.seed()};
        return SqliteStore::open(loop_, std::move(options)).value();
    }

    void begin_process() {
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

    ChatPlatform& move_in(Office& office) {
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
            if (office.told.insert(person).second) may_answer(office, person);
        };
        office.ear.emplace(office.app->platform(), std::move(on_told));
        return *office.ear;
    }

    void end_process() {
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

    bool is_time_to_die() const {
        if (deaths_ == options_.deaths) return false;
        auto all = 60s * options_.members / options_.workspaces / posts_per_minute;
        return clock_.now() >= due + all * (deaths_ + 1) / (options_.deaths + 1);
    }

    // At some moment of the second: in the middle of whatever it is doing.
    void die() {
        clock_.run_until(clock_.now() + random_.between(0ms, 1'000ms));
        end_process();
        ++deaths_;
        clock_.run_until(clock_.now() + away);
        begin_process();
    }

    // ---- people

    void may_answer(Office& office, const std::string& person) {
        if (!random_.chance(options_.answering)) return;
        auto answer = [](Morning& self, Office& place, std::string who, milliseconds thinking
                      ) -> Task<> {
            co_await self.clock_.pause(thinking);
            co_await self.say(place, std::move(who));
        };
        bot_->requests.spawn(answer(*this, office, person, random_.between(1s, 60s)));
    }

    Task<> say(Office& office, std::string who) {
        auto now = clock_.now();
        auto line = "line-of-" + who;
        office.typed_at[who] = now;
        Inbound inbound{
            office.connection,
            who,
            {line},
            now,
            entropy_.seed(),
            Said{"Test refunds", "D" + who.substr(1) + "/" + line, std::nullopt}};
        co_await bot_->service.intake().take(std::move(inbound), clock_.steady_now());
    }

    // ---- what became of it

    bool is_in_trouble(const Office& office) const {
        return options_.trouble != Trouble::none && &office == offices_.front().get();
    }

    bool are_all_asked() const {
        for (const auto& office : offices_) {
            if (is_in_trouble(*office)) continue;
            const auto& workspace = office->slack.workspace();
            if (workspace.messages.size() < office->people.size()) return false;
        }
        return clock_.now() > due;
    }

    FanOutReport report(milliseconds took) {
        FanOutReport report;
        report.processor_time = took;
        report.deaths = deaths_;
        std::vector<milliseconds> elsewhere;
        for (const auto& office : offices_) {
            std::vector<milliseconds> prompts;
            report.workspaces.push_back(of(*office, prompts));
            if (!is_in_trouble(*office))
                elsewhere.insert(elsewhere.end(), prompts.begin(), prompts.end());
        }
        report.prompts_elsewhere = lateness_of(std::move(elsewhere));
        return report;
    }

    FanOutReport::OfWorkspace of(Office& office, std::vector<milliseconds>& prompts) {
        FanOutReport::OfWorkspace told;
        told.calls = office.client.calls();
        told.rejections = office.client.rejections();
        told.violations = office.slack.violations();
        std::vector<milliseconds> receipts;
        auto purposes = purposes_of(office);
        auto last = due;
        for (const auto& [place, messages] : office.slack.workspace().messages) {
            auto person = office.slack.workspace().channels.at(place).person;
            auto standing = 0;
            for (const auto& [ts, message] : messages) {
                auto mark = marked(message);
                if (!mark) continue;
                ++told.posts;
                last = std::max(last, instant_of(ts));
                auto purpose = purposes.at(mark->delivery);
                if (purpose == Purpose::receipt)
                    receipts.push_back(instant_of(ts) - office.typed_at.at(person));
                if (purpose != Purpose::prompt || message.is_deleted) continue;
                if (++standing == 1) prompts.push_back(instant_of(ts) - due);
            }
            if (standing > 0) ++told.asked;
            if (standing > 1) ++told.doubled;
        }
        told.missing = static_cast<int>(office.people.size()) - told.asked;
        told.prompts = lateness_of(prompts);
        told.receipts = lateness_of(std::move(receipts));
        auto ideal = 60'000ms * told.posts / posts_per_minute;
        told.against_ideal = static_cast<double>((last - due).count()) /
                             static_cast<double>(std::max<milliseconds>(ideal, 1ms).count());
        return told;
    }

    std::map<DeliveryId, Purpose> purposes_of(Office& office) {
        std::map<DeliveryId, Purpose> purposes;
        auto look_up = [&](View& view) {
            for (const auto& [place, messages] : office.slack.workspace().messages)
                for (const auto& [ts, message] : messages)
                    if (auto mark = marked(message))
                        purposes[mark->delivery] = view.delivery(mark->delivery)->key.purpose;
            return 0;
        };
        auto look = [](Store& store, decltype(look_up)& reading) -> Task<> {
            co_await store.read(reading);
        };
        run_now(look(bot_->store, look_up));
        return purposes;
    }

    // Runs a task that needs no time.
    void run_now(Task<> task) {
        tasks_.spawn(std::move(task));
        clock_.run_until(clock_.now());
    }

    const FanOutOptions options_;
    ScratchFolder folder_;
    boost::asio::io_context loop_;
    VirtualClock clock_;
    SeededEntropy entropy_;
    Random random_;
    Trace trace_;
    TaskGroup tasks_;  // everything but the bot
    Catalogue catalogue_ = config::load_texts();
    std::vector<std::unique_ptr<Office>> offices_;
    std::unique_ptr<Process> bot_;
    int deaths_ = 0;
};

}  // namespace

double FanOutReport::OfWorkspace::rejections_per_post() const {
    return static_cast<double>(rejections) / std::max(posts, 1);
}

FanOutReport fan_out(const FanOutOptions& options) {
    return Morning{options}.live();
}

}  // namespace muster::sim
