#include "bot/cli/program.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "adapters/http/server.hpp"
#include "adapters/local/endpoint.hpp"
#include "adapters/local/platform.hpp"
#include "adapters/system/entropy.hpp"
#include "adapters/system/process.hpp"
#include "adapters/system/redaction.hpp"
#include "adapters/system/stream_log.hpp"
#include "bot/app/loop_watch.hpp"
#include "bot/app/measured_platform.hpp"
#include "bot/app/sign_of_life.hpp"
#include "bot/cli/admin.hpp"
#include "bot/cli/at_the_office.hpp"
#include "bot/cli/backup_files.hpp"
#include "bot/cli/listening.hpp"
#include "bot/cli/peers.hpp"
#include "bot/cli/refusal.hpp"
#include "bot/cli/slack_secrets.hpp"
#include "bot/cli/teams_apps.hpp"
#include "bot/cli/time_source.hpp"
#include "bot/ports/measures.hpp"
#include "config/calendars.hpp"
#include "config/texts.hpp"
#include "storage/sqlite/contact_book.hpp"
#include "storage/sqlite/workspace_memory.hpp"

namespace muster::cli {
namespace {

namespace asio = boost::asio;

// With the 512 of the other listener, and who is called, within the 1024 descriptors that are
// usual.
constexpr std::size_t most_operators = 64;

void measure(Metrics& seen, std::string_view listener, const http::ServerStatistics& statistics) {
    auto number = [](auto count) { return static_cast<double>(count); };
    seen.set(measures::http_connections, {listener}, number(statistics.connections));
    seen.set(measures::http_streams, {listener}, number(statistics.streams));
    seen.count(measures::http_turned_away, {listener}, number(statistics.turned_away));
    seen.count(measures::http_timed_out, {listener}, number(statistics.timed_out));
    for (const auto& [status, count] : statistics.answered)
        seen.count(measures::http_responses, {listener, std::to_string(status)}, number(count));
}

// The bot and everything around it. Members are built top-down and go bottom-up; stop() ends what
// runs.
class Program {
public:
    Program(
        asio::io_context& loop,
        ProgramOptions options,
        Metrics& metrics,
        std::unique_ptr<SqliteStore> store
    )
        : loop_(loop.get_executor()),
          options_(std::move(options)),
          metrics_(metrics),
          store_(std::move(store)),
          catalogue_(config::load_texts()),
          time_(loop_, options_.configuration),
          clock_(time_.clock()),
          log_(clock_, stderr, options_.is_demo ? Log::Severity::warning : Log::Severity::info),
          memory_(*store_),
          contacts_(*store_),
          workspace_(memory_),
          local_(workspace_, clock_),
          service_(loop_, *store_, clock_, entropy_, log_, metrics_),
          queries_(*store_),
          peers_(loop_, configuration(), clock_),
          secrets_({secret_files_, clock_, log_}),
          office_(office_parts()),
          admin_(loop_, admin_parts()),
          loop_watch_(clock_, log_, metrics_),
          chores_(loop_, [this](const std::exception_ptr& failure) { tell(failure); }) {}

    Task<> start();
    Task<> stop();
    void say_where() const;

    // Somebody says that they have exchanged some.
    void look_at_secrets() { secrets_.look_now(); }

private:
    const config::Configuration& configuration() const { return options_.configuration; }

    Office::Parts office_parts() {
        return {*store_, clock_, entropy_, configuration(), peers_, &secrets_};
    }

    Admin::Parts admin_parts() {
        auto measure = [this](Metrics& seen) { measure_the_edges(seen); };
        return {*store_, clock_, time_.demo(), service_, metrics_, measure};
    }

    Task<Platforms> open(std::vector<Connection>);
    Platforms measured(Platforms platforms, const std::vector<Connection>&);
    void measure_the_edges(Metrics& seen) const;
    void open_slack(const Connection&, Platforms&);
    SlackApps& slack();
    Task<> open_teams(Connection, Platforms&);
    TeamsApps& teams();
    Task<> open_installed(Platforms&);
    void serve_workspace(ConnectionId, slack::App&);
    void watch_secrets(const std::vector<Connection>&);
    ChatPlatform& measured(ChatPlatform&, const std::string& platform);
    Task<> know_the_built_in_calendars();
    void open_local(ConnectionId);
    DemoControls demo_controls();
    Task<> apply_first_settings();
    void listen();
    std::unique_ptr<http::Server> serve(
        config::Listener&, const std::string& public_url, http::ServerOptions, http::Routes
    );
    void make_socket();
    void keep_backups();
    void give_signs_of_life();
    http::Server::Report report();
    void tell(const std::exception_ptr& failure);

    asio::any_io_executor loop_;
    ProgramOptions options_;
    Metrics& metrics_;
    std::unique_ptr<SqliteStore> store_;
    Catalogue catalogue_;
    SystemEntropy entropy_;
    TimeSource time_;
    Clock& clock_;
    StreamLog log_;
    SqliteWorkspaceMemory memory_;
    SqliteContactBook contacts_;
    LocalWorkspace workspace_;
    LocalPlatform local_;
    std::vector<std::unique_ptr<MeasuredPlatform>> measured_;
    Platforms measured_by_connection_;
    Service service_;
    Queries queries_;
    Peers peers_;
    SecretFilesOnDisk secret_files_;
    SecretWatch secrets_;
    std::unique_ptr<SignOfLife> sign_of_life_;
    std::unique_ptr<SlackApps> slack_;         // none: no workspace is configured
    std::unique_ptr<SlackInstalls> installs_;  // none: nobody may install it
    std::unique_ptr<TeamsApps> teams_;         // none: no tenant is configured
    Directories directories_;
    Office office_;
    Admin admin_;
    LoopWatch loop_watch_;
    std::unique_ptr<LocalEndpoint> local_endpoint_;
    std::unique_ptr<http::Server> server_;
    std::unique_ptr<http::Server> admin_server_;
    std::unique_ptr<CommandSocket> socket_;
    std::unique_ptr<BackupKeeper> backups_;
    TaskGroup chores_;
};

// Listens before anything is sent: who cannot be answered is not asked.
Task<> Program::start() {
    make_socket();
    auto connections = co_await record_connections(office_parts());
    auto platforms = co_await open(connections);
    if (configuration().slack_app) co_await open_installed(platforms);
    platforms = measured(std::move(platforms), connections);
    chores_.spawn(loop_watch_.run());
    listen();
    co_await apply_first_settings();
    co_await know_the_built_in_calendars();
    if (slack_) slack_->start();
    if (teams_) teams_->start();
    auto histories = slack_ ? slack_->histories() : Histories{};
    co_await service_.start(std::move(platforms), directories_, std::move(histories));
    if (installs_) installs_->start();
    watch_secrets(connections);
    admin_.open();
    socket_->start();
    keep_backups();
    give_signs_of_life();
    metrics_.set(measures::build_info, {MUSTER_VERSION}, 1);
    log_.info("muster.started", {{"version", MUSTER_VERSION}});
}

Task<> Program::stop() {
    if (socket_) co_await socket_->stop();
    if (server_) co_await server_->stop();
    if (admin_server_) co_await admin_server_->stop();
    co_await admin_.stop();
    chores_.cancel();
    co_await chores_.join();
    if (slack_) co_await slack_->stop();
    if (teams_) co_await teams_->stop();
    co_await service_.stop(3s);
    co_await peers_.stop();
    co_await store_->close();
    log_.info("muster.stopped");
}

void Program::say_where() const {
    const auto& listen = configuration().server.listen;
    if (!options_.is_demo) return;
    fmt::print(
        "Muster is running. Open http://{}:{}/local in your browser.\n", listen.host, listen.port
    );
    fmt::print(
        "Everything is kept in {}. Press Ctrl+C to stop.\n",
        configuration().storage.sqlite.parent_path().string()
    );
    std::fflush(stdout);
}

Task<Platforms> Program::open(std::vector<Connection> connections) {
    Platforms platforms;
    for (const auto& connection : connections) {
        if (connection.platform == "slack") open_slack(connection, platforms);
        if (connection.platform == "msteams") co_await open_teams(connection, platforms);
        if (connection.platform != "local" || !configuration().local_enabled) continue;
        platforms[connection.id] = &local_;
        open_local(connection.id);
    }
    co_return platforms;
}

Platforms Program::measured(Platforms platforms, const std::vector<Connection>& connections) {
    for (auto& [id, platform] : platforms) {
        auto connection = std::ranges::find(connections, id, &Connection::id);
        platform = &measured(*platform, connection->platform);
    }
    measured_by_connection_ = platforms;
    return platforms;
}

ChatPlatform& Program::measured(ChatPlatform& platform, const std::string& name) {
    return *measured_.emplace_back(
        std::make_unique<MeasuredPlatform>(platform, name, clock_, metrics_)
    );
}

// What only this process sees: its listeners, and the pauses that platforms asked for.
void Program::measure_the_edges(Metrics& seen) const {
    if (server_) measure(seen, "public", server_->statistics());
    if (admin_server_) measure(seen, "admin", admin_server_->statistics());
    std::map<std::string, milliseconds> blocked;
    for (const auto& platform : measured_)
        blocked[platform->provider()] =
            std::max(blocked[platform->provider()], platform->blocked());
    for (const auto& [provider, length] : blocked)
        seen.set(
            measures::provider_blocked, {provider}, std::chrono::duration<double>{length}.count()
        );
}

void Program::open_slack(const Connection& connection, Platforms& platforms) {
    for (const auto& configured : configuration().slack)
        if (configured.name == connection.key)
            slack().open(connection.id, configured, platforms, directories_);
}

SlackApps& Program::slack() {
    if (!slack_) {
        SlackApps::Parts parts{
            peers_, service_.intake(), queries_, catalogue_, clock_, entropy_, log_, metrics_};
        slack_ = std::make_unique<SlackApps>(loop_, parts);
    }
    return *slack_;
}

Task<> Program::open_teams(Connection connection, Platforms& platforms) {
    for (const auto& configured : configuration().msteams)
        if (configured.name == connection.key)
            co_await teams().open(connection.id, configured, platforms, directories_);
}

TeamsApps& Program::teams() {
    if (!teams_) {
        TeamsApps::Parts parts{
            peers_,
            contacts_,
            service_.intake(),
            queries_,
            catalogue_,
            clock_,
            entropy_,
            log_,
            metrics_};
        teams_ = std::make_unique<TeamsApps>(loop_, parts);
    }
    return *teams_;
}

Task<> Program::open_installed(Platforms& platforms) {
    auto serve = [this](ConnectionId connection, slack::App& app) {
        serve_workspace(connection, app);
    };
    SlackInstalls::Parts parts{
        *store_, configuration(), peers_, slack(), clock_, entropy_, log_, serve};
    installs_ = std::make_unique<SlackInstalls>(std::move(parts));
    co_await installs_->open(platforms, directories_);
}

void Program::serve_workspace(ConnectionId connection, slack::App& app) {
    auto& platform = measured_by_connection_[connection];
    if (!platform) platform = &measured(app.platform(), "slack");
    service_.serve(connection, *platform, app.directory());
}

void Program::watch_secrets(const std::vector<Connection>& connections) {
    auto serve = [this](ConnectionId connection, slack::App& app) {
        serve_workspace(connection, app);
    };
    auto& configured = options_.configuration;
    if (slack_) watch_slack(secrets_, configured, connections, *slack_, installs_.get(), serve);
    if (teams_) watch_teams(secrets_, configured, connections, *teams_);
    if (slack_ || teams_) chores_.spawn(secrets_.run());
}

void Program::open_local(ConnectionId connection) {
    LocalParts parts{
        service_.intake(),
        queries_,
        workspace_,
        catalogue_,
        clock_,
        entropy_,
        connection,
        std::nullopt};
    if (time_.demo()) parts.demo = demo_controls();
    local_endpoint_ = std::make_unique<LocalEndpoint>(std::move(parts));
}

DemoControls Program::demo_controls() {
    DemoControls controls;
    controls.next_event = [this]() -> Task<std::optional<Instant>> {
        auto next = [](View& view) { return next_event(view); };
        return store_->read(next);
    };
    controls.jump_to = [this](Instant target) -> Task<> { return admin_.jump_to(target); };
    return controls;
}

Task<> Program::apply_first_settings() {
    if (!options_.first_settings) co_return;
    auto is_empty = [](View& view) { return view.people().empty(); };
    auto is_new = co_await store_->read(is_empty);
    if (!is_new) co_return;
    auto changed = co_await service_.change(*options_.first_settings, false);
    if (!changed || !*changed) throw std::runtime_error("the sample settings do not fit");
}

// A team that is set up in chat chooses from them. What a file says of one stays.
Task<> Program::know_the_built_in_calendars() {
    auto find_known = [](View& view) { return *view.calendars(); };
    auto known = co_await store_->read(find_known);
    settings::Wanted wanted;
    for (auto& calendar : config::builtin_calendars())
        if (!known.contains(calendar.key)) wanted.calendars.push_back(std::move(calendar));
    if (wanted.calendars.empty()) co_return;
    auto changed = co_await service_.change(std::move(wanted), false);
    if (!changed || !*changed) log_.warning("calendars.not_stored");
}

void Program::listen() {
    auto& server = options_.configuration.server;
    http::Routes routes;
    if (local_endpoint_) local_endpoint_->add_to(routes);
    if (slack_) slack_->add_to(routes);
    if (installs_) installs_->add_to(routes);
    if (teams_) teams_->add_to(routes);
    http::ServerOptions options;
    options.proxies = server.trusted_proxies;
    server_ = serve(server.listen, server.public_url, options, std::move(routes));

    http::Routes admin_routes;
    admin_.add_to(admin_routes);
    http::ServerOptions admin_options;
    admin_options.most_connections = most_operators;
    admin_server_ = serve(server.admin_listen, "", admin_options, std::move(admin_routes));
}

std::unique_ptr<http::Server> Program::serve(
    config::Listener& listener,
    const std::string& public_url,
    http::ServerOptions options,
    http::Routes routes
) {
    listener.port = port_of(listener);
    options.address = address_of(listener);
    options.port = listener.port;
    options.hosts = hosts_of(listener, public_url);
    options.is_behind_tls = public_url.starts_with("https://");
    auto server = std::make_unique<http::Server>(
        loop_, std::move(options), std::move(routes), clock_, report()
    );
    try {
        server->start();
        return server;
    } catch (const boost::system::system_error& problem) {
        auto where = listener.host + ":" + std::to_string(listener.port);
        if (problem.code() == boost::system::errc::address_in_use)
            throw Refusal(
                exit_code::usage, "could not listen: " + where + " is in use by another program"
            );
        throw Refusal(
            exit_code::usage, "could not listen: " + where + ": " + problem.code().message()
        );
    }
}

void Program::make_socket() {
    auto carry_out = [this](Errand errand, Output& output) {
        return office_.run(std::move(errand), output);
    };
    try {
        auto path = socket_of(configuration());
        socket_ = std::make_unique<CommandSocket>(loop_, path, carry_out, report());
    } catch (const std::invalid_argument& too_long) {
        throw Refusal(exit_code::usage, std::string{"could not listen: "} + too_long.what());
    }
}

void Program::keep_backups() {
    const auto& backup = configuration().storage.backup;
    if (!backup) return;
    backups_ = std::make_unique<BackupKeeper>(*store_, clock_, log_, metrics_, *backup);
    chores_.spawn(backups_->run());
}

void Program::give_signs_of_life() {
    const auto& url = configuration().heartbeat_url;
    if (url.empty()) return;
    auto is_ready = [this] { return admin_.is_ready(); };
    sign_of_life_ =
        std::make_unique<SignOfLife>(peers_.client(), clock_, log_, metrics_, url, is_ready);
    chores_.spawn(sign_of_life_->run());
}

http::Server::Report Program::report() {
    return [this](std::string_view event, std::string_view reason) {
        log_.warning(event, {{"reason", std::string{reason}}});
    };
}

void Program::tell(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& problem) {
        log_.alarm("chore.ended", {{"error", problem.what()}});
    }
}

// Whatever happens at the start, what runs by then is stopped before it is told.
Task<> run_until_signal(Program& program, asio::signal_set& signals) {
    std::exception_ptr problem;
    try {
        co_await program.start();
        program.say_where();
        for (;;) {
            auto signal = co_await signals.async_wait(asio::use_awaitable);
            if (signal != SIGHUP) break;
            program.look_at_secrets();
        }
    } catch (...) {
        problem = std::current_exception();
    }
    co_await program.stop();
    if (problem) std::rethrow_exception(problem);
}

// A task that failed has taken the loop with it, in the middle of everything: nothing can be
// stopped in order any more, and what is stored is whole without that.
void run_to_its_end(asio::io_context& loop) {
    try {
        loop.run();
    } catch (const std::exception& problem) {
        fmt::print(stderr, "muster: ended by a failure: {}\n", redacted(problem.what()));
        std::fflush(stdout);
        std::_Exit(exit_code::store);
    }
}

}  // namespace

int run_program(ProgramOptions options) {
    leave_no_core();
    asio::io_context loop{1};
    asio::signal_set signals{loop, SIGINT, SIGTERM};
    // A demo ends with its terminal.
    if (!options.is_demo) signals.add(SIGHUP);
    Metrics metrics;
    auto store_options = store_options_of(options.configuration);
    store_options.metrics = &metrics;
    auto opened = SqliteStore::open(loop, store_options);
    if (!opened) {
        auto is_locked = opened.error().error == Errc::locked;
        throw Refusal(is_locked ? exit_code::locked : exit_code::store, opened.error().sentence);
    }
    auto code = exit_code::ok;
    auto stop_broken = [&code] {
        code = exit_code::store;
        std::raise(SIGTERM);  // as cleanly as the disk allows; a supervisor starts us anew
    };
    (*opened)->on_broken(stop_broken);
    Program program{loop, std::move(options), metrics, *std::move(opened)};
    std::exception_ptr failure;
    auto finished = [&](std::exception_ptr problem) { failure = problem; };
    asio::co_spawn(loop, run_until_signal(program, signals), finished);
    run_to_its_end(loop);
    if (failure) std::rethrow_exception(failure);
    return code;
}

}  // namespace muster::cli
