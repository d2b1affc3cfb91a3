#include "tests/sim/slack_side.hpp"

#include <algorithm>

#include "adapters/slack/app.hpp"
#include "adapters/slack/socket_mode.hpp"
#include "bot/app/queries.hpp"
#include "tests/sim/slack_marks.hpp"
#include "tests/sim/topology.hpp"
#include "tests/sim/watched_platform.hpp"

namespace muster::sim {
namespace {

using namespace std::chrono_literals;
using fake_slack::AppAnswer;
using fake_slack::AppRequest;

constexpr auto patience = 3s;  // Slack's, with an answer to what it tells

bool is_event(const AppRequest& request) {
    return request.kind == AppRequest::Kind::event;
}

fake_slack::Installation installation_in(const SlackWeather& weather) {
    fake_slack::Installation installation;
    if (weather.shows_channels) installation.scopes.insert({"channels:history", "groups:history"});
    if (weather.short_pages) installation.longest_page = 2;
    return installation;
}

std::string with(std::string text, const std::string& old, const std::string& other) {
    for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at + other.size()))
        text.replace(at, old.size(), other);
    return text;
}

}  // namespace

// What of the adapter belongs to one process.
struct SlackSide::Adapter {
    Adapter(SlackSide& side, Process& process)
        : app(settings_of(side.slack_.workspace().installation),
              {side.client_,
               side.catalogue_,
               side.around_.clock,
               side.around_.trace,
               process.requests}),
          platform(app.platform(), side.around_, side.words_),
          queries(process.store),
          dispatcher(
              {process.service.intake(),
               queries,
               side.around_.clock,
               side.around_.entropy,
               process.metrics}
          ),
          endpoint({dispatcher, side.around_.clock, process.metrics}) {
        if (side.weather_.sockets) {
            slack::SocketMode::Parts parts{
                side.client_,
                side.sockets_,
                dispatcher,
                side.around_.clock,
                side.around_.entropy,
                side.around_.trace,
                process.metrics,
                process.requests};
            const auto& installation = side.slack_.workspace().installation;
            slack::SocketModeSettings settings{
                "main", installation.api, installation.app_token, {}};
            socket.emplace(std::move(settings), parts);
            socket->add(app.installation());
        }
        endpoint.add(app.installation());
        endpoint.add_to(routes);
    }

    static slack::AppSettings settings_of(const fake_slack::Installation& installation) {
        return {
            ConnectionId{1},
            installation.api,
            installation.token,
            {{installation.signing_secret, std::nullopt}},
            {"hooks.slack.com"}};
    }

    slack::App app;
    WatchedPlatform platform;
    Queries queries;
    slack::Dispatcher dispatcher;
    slack::Endpoint endpoint;
    std::optional<slack::SocketMode> socket;
    http::Routes routes;
};

// A request under way.
struct SlackSide::Exchange {
    AppRequest request;
    std::shared_ptr<Input> input;
    std::optional<AppAnswer> answer{};
    Bell is_answered{};
};

// What the bot was told by a request, as far as that is needed to look up what became of it.
struct SlackSide::Heard {
    std::vector<std::string> keys;
    bool must_be_kept = false;  // what it answers can mean nothing else
    bool is_refused = false;    // the form stays open, with a word on what to do
};

SlackSide::SlackSide(
    Surroundings around,
    std::uint64_t seed,
    const SlackWeather& weather,
    InputFaults input_faults,
    const settings::Wanted& wanted
)
    : around_(std::move(around)),
      input_faults_(input_faults),
      weather_(weather),
      time_(around_.clock),
      slack_(installation_in(weather)),
      client_(slack_, time_, around_.tasks, Random{seed + 2'000'000}),
      sockets_(slack_, time_, around_.tasks, Random{seed + 9'000'000}),
      gusts_(seed + 10'000'000),
      acts_(slack_, around_.random) {
    settle_in(wanted);
    for (const auto& [kind, rate] : weather_.calls)
        client_.troubles().happen(kind, rate);
    if (weather_.sockets) around_.tasks.spawn(blow());
    if (weather_.slow_hello) sockets_.greet_late(8s);
    client_.on_call([this](const HttpCall&) { around_.endanger(); });
    slack_.outbox().drift(weather_.payloads_drift);
    slack_.outbox().on_request([this](AppRequest request) {
        if (is_acting_) return caused_.push_back(std::move(request));
        around_.tasks.spawn(tell(std::move(request), nullptr));
    });
}

SlackSide::~SlackSide() = default;

void SlackSide::settle_in(const settings::Wanted& wanted) {
    auto& workspace = slack_.workspace();
    std::vector<std::string> everybody{workspace.installation.bot_user};
    for (const auto& person : wanted.people) {
        auto id = account_of(person.key);
        workspace.add(fake_slack::User{
            .id = id, .name = person.key, .real_name = person.name, .tz = person.zone});
        everybody.push_back(id);
    }
    for (const auto& team : wanted.teams) {
        fake_slack::Channel place{.id = channel_of(team.key), .name = team.key, .members = {}};
        if (weather_.sets_up_in_chat) {  // who is there is who is asked; Muster is to be invited
            for (const auto& member : team.members)
                place.members.push_back(account_of(member));
        } else {
            place.members = everybody;
        }
        workspace.add(std::move(place));
    }
}

// ---- the bot

Reach SlackSide::meet(Process& process) {
    process_ = &process;
    ++processes_;
    slack_.new_caller();
    adapter_ = std::make_unique<Adapter>(*this, process);
    process.requests.spawn(adapter_->app.introduce());
    if (adapter_->socket) process.requests.spawn(adapter_->socket->run());
    return {adapter_->platform, &adapter_->app.directory(), &adapter_->app.history()};
}

void SlackSide::go_on_with_new_token() {
    if (!adapter_ || !process_->is_up()) return;
    adapter_->app.use(slack_.workspace().installation.token);
    process_->service.serve(ConnectionId{1}, adapter_->platform, adapter_->app.directory());
}

void SlackSide::leave() {
    adapter_.reset();
    process_ = nullptr;
}

// ---- what people do

// Slack tells of it in one request; what else it tells then is told of nobody's act.
bool SlackSide::is_done(Input& input) {
    caused_.clear();
    is_acting_ = true;
    auto is_done = acts_.does(input.inbound, time_.now());
    is_acting_ = false;
    return is_done && !caused_.empty();
}

void SlackSide::bring(std::shared_ptr<Input> input) {
    auto request = caused_.back();
    around_.tasks.spawn(tell(request, input));
    bring_copies(request, input);
}

void SlackSide::repeat(std::shared_ptr<Input> input) {
    auto request =
        fake_slack::signed_at(taken_by_.at(input), slack_.workspace().installation, time_.now());
    around_.tasks.spawn(ask_once_more(std::move(request)));
}

// Slack never repeats a request that it had an answer to. What repeats it all the same has the same
// body; of an event it may have another id.
void SlackSide::bring_copies(const AppRequest& request, std::shared_ptr<Input> input) {
    auto& random = around_.random;
    if (!input_faults_.repeat || !random.chance(0.3)) return;
    auto copies = random.chance(0.2) ? 10 : random.between(1, 2);
    for (std::int64_t number = 0; number < copies; ++number) {
        auto copy = request;
        if (is_event(copy) && random.chance(0.5))
            copy.body = with(copy.body, "\"Ev0", "\"Ev" + std::to_string(number + 1));
        auto longest = is_event(copy) ? milliseconds{2h} : 5min;  // a url is good for half an hour
        auto delay = random.between(0ms, random.chance(0.5) ? 5s : longest);
        around_.tasks.spawn(come_again(std::move(copy), input, delay));
    }
}

Task<> SlackSide::come_again(AppRequest request, std::shared_ptr<Input> input, milliseconds wait) {
    co_await time_.pause(wait);
    if (input && input->refused) co_return;
    request = fake_slack::signed_at(request, slack_.workspace().installation, time_.now());
    if (weather_.sockets) {
        co_await tell_by_socket(std::move(request), std::move(input), true);
    } else {
        co_await ask(std::move(request), std::move(input));
    }
}

// Over the webhook also where there are sockets: what becomes of it is the same, and at once.
Task<> SlackSide::ask_once_more(AppRequest request) {
    co_await ask(std::move(request), nullptr);
}

// As Slack does: an event is told again when it was not acknowledged, an interaction is not.
Task<> SlackSide::tell(AppRequest request, std::shared_ptr<Input> input) {
    auto longest = is_event(request) ? milliseconds{10min} : 1'500ms;
    if (input_faults_.reorder && around_.random.chance(0.15))
        co_await time_.pause(around_.random.between(1ms, longest));
    for (;;) {
        request = fake_slack::signed_at(request, slack_.workspace().installation, time_.now());
        auto again = co_await tell_once(request, input);
        if (!again) break;
        co_await time_.pause(std::max(again->at - time_.now(), milliseconds{0}));
        request = again->request;
    }
    if (!input || input->acknowledged) co_return;
    if (is_event(request)) {
        input->given_up = true;
        around_.invariants.note_given_up(*input);
        if (std::holds_alternative<Said>(input->inbound.event)) given_up_.push_back(input);
    } else {
        co_await insist(input);
    }
}

// Who saw that it failed does it once more, as long as it can be done.
Task<> SlackSide::insist(std::shared_ptr<Input> input) {
    for (milliseconds pause : {milliseconds{20s}, milliseconds{2min}, milliseconds{20min}}) {
        co_await time_.pause(pause);
        if (input->acknowledged) co_return;
        if (!is_done(*input)) break;
        auto request = caused_.back();
        co_await tell_once(request, input);
        if (input->acknowledged) co_return;
    }
    input->given_up = true;
}

// ---- one request, and what the bot answers

Task<SlackSide::MaybeAgain> SlackSide::tell_once(AppRequest request, std::shared_ptr<Input> input) {
    if (weather_.sockets)
        co_return co_await tell_by_socket(std::move(request), std::move(input), false);
    auto answer = co_await ask(request, std::move(input));
    co_return slack_.hear(request, answer, time_.now());
}

Task<SlackSide::MaybeAgain> SlackSide::tell_by_socket(
    AppRequest request, std::shared_ptr<Input> input, bool is_copy
) {
    if (input_faults_.lose && around_.random.chance(0.1)) {
        co_await time_.pause(patience);
        if (is_copy) co_return std::nullopt;
        co_return slack_.hear(request, {}, time_.now());
    }
    auto listener = processes_;
    auto told = co_await sockets_.tell_once(request, is_copy);
    if (told.answer && input)
        co_await look_up(std::move(request), told.answer->body, std::move(input), listener);
    co_return told.again;
}

// In the store of the process that took it, or of one after it.
Task<> SlackSide::look_up(
    AppRequest asked, std::string answer, std::shared_ptr<Input> input, int listener
) {
    auto is_done = std::make_shared<bool>(false);
    for (;;) {
        auto knows_us = process_ && process_->is_up() && adapter_->app.installation().identity;
        if (knows_us)
            process_->requests.spawn(
                note_answer(asked, answer, input, listener == processes_, is_done)
            );
        co_await time_.pause(100ms);
        if (*is_done) co_return;
    }
}

Task<> SlackSide::note_answer(
    AppRequest asked,
    std::string answer,
    std::shared_ptr<Input> input,
    bool is_fresh,
    std::shared_ptr<bool> is_done
) {
    auto heard = heard_in(asked, answer);
    auto was_known = input->acknowledged;
    co_await note_taken(input, std::move(heard), is_fresh);
    if (!was_known && input->acknowledged) taken_by_[input] = asked;
    *is_done = true;
}

Task<AppAnswer> SlackSide::ask(AppRequest request, std::shared_ptr<Input> input) {
    auto exchange = std::make_shared<Exchange>(Exchange{std::move(request), std::move(input)});
    auto is_lost = input_faults_.lose && around_.random.chance(0.1);
    auto arrives = !is_lost && process_ && process_->is_up();
    auto listener = processes_;
    if (arrives) process_->requests.spawn(serve(exchange));
    auto void_at = time_.steady_now() + patience;
    while (!exchange->answer && time_.steady_now() < void_at)
        co_await time_.pause(void_at - time_.steady_now(), exchange->is_answered);
    if (exchange->answer) co_return *exchange->answer;
    auto still_runs = arrives && listener == processes_ && process_ && process_->is_up();
    if (still_runs) around_.invariants.violate("a request was not answered within 3 s");
    co_return AppAnswer{};
}

Task<> SlackSide::serve(std::shared_ptr<Exchange> exchange) {
    auto& process = *process_;
    const auto& asked = exchange->request;
    http::Request request;
    request.method = "POST";
    request.path = asked.path;
    for (const auto& [name, value] : asked.headers)
        request.headers.add(name, value);
    request.body = asked.body;
    request.remote = "127.0.0.1";
    request.received_at = around_.clock.now();
    request.arrived_at = around_.clock.steady_now();
    auto handler = adapter_->routes.at(asked.path)->at("POST").handler;
    auto response = co_await handler(std::move(request));
    process.store.go_on_living();

    if (response.status != 200 && response.status != 503)
        around_.invariants.violate(
            asked.path + " was answered " + std::to_string(response.status) + ": " + asked.body
        );
    if (response.status == 200 && exchange->input) {
        auto is_done = std::make_shared<bool>(false);
        co_await note_answer(asked, response.body, exchange->input, true, is_done);
    }
    AppAnswer answer{response.status, {}, response.body};
    answer.headers.emplace_back("content-type", response.content_type);
    for (const auto& [name, value] : response.headers)
        answer.headers.emplace_back(http::lower_case(name), value);
    exchange->answer = std::move(answer);
    exchange->is_answered.ring();
}

// What the store keeps of it says what the person was answered, in neutral words. What came of it
// is looked at only while nothing else can have happened since.
Task<> SlackSide::note_taken(std::shared_ptr<Input> input, Heard heard, bool is_fresh) {
    auto& process = *process_;
    std::optional<Reply> reply;
    if (heard.is_refused) reply = FormErrors{};
    auto now = around_.clock.now();
    auto look = [&](Transaction& transaction) -> Result<int> {
        auto kept = transaction.seen(ConnectionId{1}, heard.keys, now);
        if (kept) reply = kept->reply;
        return Errc::store_failed;  // nothing is to be changed
    };
    co_await process.file->write(look);
    process.store.go_on_living();
    if (!reply && heard.must_be_kept)
        around_.invariants.violate("I1: acknowledged, and not kept: of " + input->inbound.account);
    if (!reply) co_return;
    auto check = [&](View& view) {
        around_.invariants.after_input(view, *input, *reply);
        return 0;
    };
    if (is_fresh) co_await process.store.read(check);
    if (std::exchange(input->acknowledged, true)) co_return;
    input->acknowledged_at = around_.clock.now();
    input->refused = std::holds_alternative<FormErrors>(*reply);
    if (input->on_reply) input->on_reply(*reply);
}

// A form or a command that was not stored is answered 200 too, with words that say so.
SlackSide::Heard SlackSide::heard_in(const AppRequest& request, const std::string& answer) const {
    std::vector<slack::Identity> ours;
    if (const auto& identity = adapter_->app.installation().identity) ours.push_back(*identity);
    auto read = is_event(request) ? slack::read_event(request.body, ours)
                : request.path == "/slack/interactions"
                    ? slack::read_interaction(request.body, ours)
                    : slack::read_command(request.body, ours);
    Heard heard;
    if (auto* told = std::get_if<slack::Told>(&read)) heard.keys = told->keys;
    heard.must_be_kept = answer.empty();
    heard.is_refused = answer.find("\"response_action\":\"errors\"") != std::string::npos;
    return heard;
}

// ---- what people see

void SlackSide::let_people_look() {
    if (!on_seen_ || calls_seen_ == client_.calls()) return;
    auto& workspace = slack_.workspace();
    std::vector<Posted> fresh;
    for (auto& [place, messages] : workspace.messages) {
        auto& seen = seen_up_to_[place];
        for (auto next = messages.upper_bound(seen); next != messages.end(); ++next) {
            seen = next->first;
            const auto& message = next->second;
            auto mark = marked(message);
            if (!mark || mark->part != 1 || message.is_deleted) continue;
            const auto& channel = workspace.channels.at(place);
            Posted posted;
            posted.id = id_of(message);
            posted.place = channel.is_direct() ? channel.person : channel.id;
            posted.direct = channel.is_direct();
            posted.delivery = mark->delivery;
            posted.message = words_.at(mark->delivery);
            fresh.push_back(std::move(posted));
        }
    }
    calls_seen_ = client_.calls();
    for (const auto& posted : fresh)
        on_seen_(posted);
}

std::vector<Posted> SlackSide::copies() {
    return copies_in(slack_.workspace()).all;
}

// In channels, unless the bot may read their history.
bool SlackSide::may_be_doubled(const Posted& message) {
    return !message.direct && (!weather_.shows_channels || weather_.shuts_out);
}

std::vector<Unheard> SlackSide::unheard() {
    auto& workspace = slack_.workspace();
    std::vector<Unheard> lines;
    for (const auto& input : given_up_) {
        const auto& id = std::get<Said>(input->inbound.event).message;
        auto* line = workspace.message(id.substr(0, id.find('/')), id.substr(id.find('/') + 1));
        if (input->acknowledged || !line || line->is_deleted) continue;
        auto key = "m:" + line->channel + ":" + line->ts + ":";
        lines.push_back({input->inbound.account, std::move(key), input->inbound.sent_at});
    }
    return lines;
}

int SlackSide::replies_shown() {
    const auto& workspace = slack_.workspace();
    auto shown = static_cast<int>(workspace.views.size());
    for (const auto& ephemeral : workspace.ephemerals)
        if (ephemeral.through != "command") ++shown;
    for (const auto& [place, messages] : workspace.messages)
        for (const auto& [ts, message] : messages)
            if (workspace.is_ours(message) && !marked(message)) ++shown;
    return shown;
}

std::vector<std::string> SlackSide::violations() {
    auto violations = slack_.violations();
    const auto& workspace = slack_.workspace();
    for (const auto& [place, messages] : workspace.messages)
        for (const auto& [ts, message] : messages)
            if (!workspace.channels.at(place).is_direct() && workspace.is_ours(message) &&
                !marked(message))
                violations.push_back("everybody in " + place + " reads what one was answered");
    auto finishes = !weather_.shuts_out && !weather_.loses_channels && weather_.shows_channels;
    if (finishes)
        for (const auto& broken : copies_in(slack_.workspace()).broken)
            violations.push_back("half a message stands: " + broken);
    return violations;
}

}  // namespace muster::sim
