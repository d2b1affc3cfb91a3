#include "bot/cli/time_machine.hpp"

#include <algorithm>
#include <set>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "adapters/system/entropy.hpp"
#include "adapters/system/virtual_clock.hpp"
#include "bot/app/service.hpp"
#include "storage/sqlite/sqlite_store.hpp"

namespace muster::cli {
namespace {

namespace asio = boost::asio;

constexpr auto answering_after = 20min;
constexpr auto last_windows = 48h;   // what opened on the last day may close that much later
constexpr std::uint64_t chance = 1;  // the same journey every time

class SilentLog : public Log {
public:
    void write(Severity, std::string_view, const Fields&) override {}
};

std::set<ZoneName> zones_of(const settings::Wanted& wanted) {
    std::set<ZoneName> zones;
    for (const auto& person : wanted.people)
        zones.insert(person.zone);
    for (const auto& team : wanted.teams)
        zones.insert(team.zone);
    return zones;
}

Instant midnight(const ZoneName& zone, LocalDate date) {
    return instant_at(zone, date, 0min).value_or(Instant{std::chrono::sys_days{date}});
}

// Where the day begins first, and where it has ended last.
std::pair<Instant, Instant> ends_of(const settings::Wanted& wanted, const Journey& journey) {
    auto first = Instant{std::chrono::sys_days{journey.from}};
    auto after = add_days(journey.from, journey.days);
    auto last = Instant{std::chrono::sys_days{after}};
    for (const auto& zone : zones_of(wanted)) {
        first = std::min(first, midnight(zone, journey.from));
        last = std::max(last, midnight(zone, after));
    }
    return {first, last + last_windows};
}

// The file names connections by their keys; which they are is for the configuration, which nobody
// needs here.
Decision invented_connections(const settings::Wanted& wanted, IdSource& ids) {
    std::set<std::pair<std::string, std::string>> named;
    for (const auto& person : wanted.people)
        for (const auto& account : person.accounts)
            named.emplace(account.connection, account.platform);
    for (const auto& team : wanted.teams)
        for (const auto& channel : team.channels)
            named.emplace(channel.connection, channel.platform);
    Decision decision;
    Organisation organisation{ids.next<OrganisationId>(), "Simulated"};
    decision.changes.push_back(organisation);
    for (const auto& [key, platform] : named)
        decision.changes.push_back(Connection{
            ids.next<ConnectionId>(), organisation.id, key, platform});
    return decision;
}

std::string filled_in(const Field& field) {
    if (!field.choices.empty()) return field.choices.front().value;
    switch (field.kind) {
        case Field::Kind::line:
        case Field::Kind::paragraph: return "Simulated answer";
        case Field::Kind::yes_no: return "yes";
        case Field::Kind::choice:
        case Field::Kind::scale: return "1";
        case Field::Kind::several:
        case Field::Kind::date:
        case Field::Kind::time:
        case Field::Kind::person:
        case Field::Kind::people:
        case Field::Kind::group:
        case Field::Kind::tick:
        case Field::Kind::shown: break;
    }
    return "";
}

class Machine {
public:
    Machine(const settings::Wanted& wanted, const Journey& journey)
        : wanted_(wanted),
          journey_(journey),
          ends_(ends_of(wanted, journey)),
          clock_(loop_, ends_.first),
          store_(open()),
          entropy_(chance),
          platform_(
              clock_, [this](const Destination& to, const Message& message) { read(to, message); }
          ),
          service_(loop_.get_executor(), *store_, clock_, entropy_, log_, metrics_),
          people_(loop_.get_executor(), [this](std::exception_ptr failure) {
              failure_ = failure;
          }) {}

    std::variant<std::string, std::vector<settings::Problem>> travel(const Telling& tell) {
        run(begin());
        if (problems_.empty()) clock_.run_until(ends_.second);
        run(look(tell));
        run(end());
        if (failure_) std::rethrow_exception(failure_);
        if (!problems_.empty()) return problems_;
        return story_;
    }

private:
    std::unique_ptr<SqliteStore> open() {
        StoreOptions options;
        options.path = ":memory:";
        options.threads = false;
        options.salt_seed = Seed{chance, chance};
        auto opened = SqliteStore::open(loop_, options);
        if (!opened) throw std::runtime_error(opened.error().sentence);
        return *std::move(opened);
    }

    void run(Task<> task) {
        auto finished = [this](std::exception_ptr failure) {
            if (failure && !failure_) failure_ = failure;
        };
        asio::co_spawn(loop_, std::move(task), finished);
        clock_.run_until(clock_.now());
        if (failure_) std::rethrow_exception(failure_);
    }

    Task<> begin() {
        auto now = clock_.now();
        IdSource ids{entropy_.seed()};
        auto open = [wanted = wanted_, now, ids](Transaction& transaction
                    ) mutable -> Result<std::vector<Connection>> {
            transaction.apply(invented_connections(wanted, ids), now);
            return transaction.connections();
        };
        auto connections = co_await store_->write(open);
        auto changed = co_await service_.change(wanted_, false);
        if (!changed) throw std::runtime_error("the database in memory refused the settings");
        if (!*changed) {
            problems_ = changed->error();
            co_return;
        }
        Platforms platforms;
        for (const auto& connection : *connections)
            platforms[connection.id] = &platform_;
        co_await service_.start(std::move(platforms));
    }

    Task<> look(Telling tell) {
        if (!problems_.empty()) co_return;
        auto read = [&](View& view) { return tell(view, platform_.posts()); };
        story_ = co_await store_->read(read);
    }

    Task<> end() {
        people_.cancel();
        co_await people_.join();
        co_await service_.stop();
        co_await store_->close();
    }

    // Somebody reads a message; a prompt can be answered.
    void read(const Destination& to, const Message& message) {
        if (!journey_.everybody_answers || !to.direct) return;
        for (const auto& block : message.blocks)
            if (const auto* row = std::get_if<Buttons>(&block))
                for (const auto& button : row->buttons)
                    if (button.verb == Verb::answer && asked_.insert(button.subject).second)
                        people_.spawn(answer(to, button.subject));
    }

    Task<> answer(Destination to, std::int64_t round) {
        co_await clock_.pause(answering_after);
        Pressed pressed;
        pressed.verb = Verb::answer;
        pressed.subject = round;
        auto reply = co_await act(to, pressed);
        while (const auto* open = std::get_if<OpenForm>(&reply)) {
            if (open->form.context.kind != FormKind::answer) break;
            Submitted submitted;
            submitted.form = open->form.context;
            for (const auto& field : open->form.fields)
                if (field.kind != Field::Kind::shown)
                    submitted.values.emplace_back(
                        field.key, field.required ? filled_in(field) : ""
                    );
            reply = co_await act(to, submitted);
        }
    }

    Task<Reply> act(Destination to, InboundEvent event) {
        Inbound inbound;
        inbound.connection = to.connection;
        inbound.account = to.address;
        inbound.keys = {"simulated:" + std::to_string(++acts_)};
        inbound.sent_at = clock_.now();
        inbound.seed = entropy_.seed();
        inbound.event = std::move(event);
        auto taken = co_await service_.intake().take(std::move(inbound), clock_.steady_now());
        if (!taken)
            throw std::runtime_error(std::string{"an answer was refused: "} + name(taken.error()));
        co_return std::move(taken->reply);
    }

    settings::Wanted wanted_;
    Journey journey_;
    std::pair<Instant, Instant> ends_;
    asio::io_context loop_{1};
    VirtualClock clock_;
    std::unique_ptr<SqliteStore> store_;
    SeededEntropy entropy_;
    SilentLog log_;
    Metrics metrics_;
    RecordingPlatform platform_;
    Service service_;
    TaskGroup people_;
    std::set<std::int64_t> asked_;  // rounds
    int acts_ = 0;
    std::vector<settings::Problem> problems_;
    std::string story_;
    std::exception_ptr failure_;
};

}  // namespace

std::variant<std::string, std::vector<settings::Problem>> travel(
    const settings::Wanted& wanted, const Journey& journey, Telling tell
) {
    return Machine{wanted, journey}.travel(tell);
}

}  // namespace muster::cli
