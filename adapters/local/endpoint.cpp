#include "adapters/local/endpoint.hpp"

#include <algorithm>

#include "adapters/local/render.hpp"
#include "bot/domain/refusals.hpp"
#include "local_page.hpp"

namespace muster {
namespace {

using json::Array;
using json::Object;
using json::Value;
using local::Act;

constexpr std::size_t longest_body = 256 * 1024;
constexpr auto longest_jump = 120s;
constexpr int shown_in_a_place = 300;
constexpr int looked_at_for_news = 20;

constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

bool from_own_page(const http::Request& request);
http::Response asset(const embedded::File& file);
http::Response answer(Value value, int status = 200);
int status_of(Errc error);

bool concerns_muster(const RememberedMessage& line);

const DirectoryPerson* find(const Directory& directory, std::string_view account);
Value shown_people(const Directory& directory);
Value shown_channels(const Directory& directory);

}  // namespace

// What somebody typed, as the workspace will remember it.
struct LocalEndpoint::Line {
    RememberedMessage message;
    bool is_for_muster = false;
};

void LocalEndpoint::add_to(http::Routes& routes) {
    auto get = [&](std::string path, http::Handler handler) {
        http::Route route;
        route.method = "GET";
        route.path = std::move(path);
        route.handler = std::move(handler);
        routes.add(std::move(route));
    };
    auto post = [&](std::string_view name, http::Handler handler, milliseconds deadline) {
        http::Route route;
        route.method = "POST";
        route.path = "/local/api/" + std::string(name);
        route.body_limit = longest_body;
        route.content_types = {"application/json"};
        route.handler = std::move(handler);
        route.deadline = deadline;
        routes.add(std::move(route));
    };

    for (const auto& file : embedded::local_page()) {
        auto show = [&file](http::Request) -> Task<http::Response> { co_return asset(file); };
        bool is_page = file.name == "index.html";
        get(is_page ? "/local" : "/local/page/" + std::string(file.name), show);
    }
    get("/local/api/state", [this](http::Request request) { return state(std::move(request)); });
    get("/local/api/events", [this](http::Request request) { return events(std::move(request)); });

    constexpr std::array<std::pair<std::string_view, Act>, 7> acts = {{
        {"say", Act::say},
        {"press", Act::press},
        {"submit", Act::submit},
        {"dismiss", Act::dismiss},
        {"command", Act::command},
        {"edit", Act::edit},
        {"delete", Act::remove},
    }};
    for (auto [name, kind] : acts) {
        auto take = [this, kind = kind](http::Request request) {
            return act(kind, std::move(request));
        };
        post(name, take, 10s);
    }
    if (!parts_.demo) return;
    auto move = [this](http::Request request) { return move_clock(std::move(request)); };
    post("clock", move, longest_jump);
}

Task<http::Response> LocalEndpoint::state(http::Request request) {
    auto known = co_await parts_.queries.directory(parts_.connection);
    auto asked_as = request.parameter("as").value_or("");
    const auto* me = find(known, asked_as);
    auto first_asked = std::ranges::find_if(known.people, &DirectoryPerson::asked);
    if (!me && first_asked != known.people.end()) me = &*first_asked;
    if (!me && !known.people.empty()) me = &known.people.front();

    Object messages;
    Object latest;
    for (const auto& channel : known.channels) {
        auto here = co_await messages_in(channel.external_id);
        messages.push_back({channel.external_id, std::move(here)});
    }
    for (const auto& person : known.people) {
        auto newest = co_await newest_of_muster(person.external_id);
        latest.push_back({person.external_id, newest.time_since_epoch().count()});
    }
    if (me) {
        auto direct = co_await messages_in(me->external_id);
        messages.push_back({me->external_id, std::move(direct)});
    }
    Object shown{
        {"now", parts_.clock.now().time_since_epoch().count()},
        {"demo", parts_.demo.has_value()},
        {"jumping", jumping_},
        {"me", me ? Value(me->external_id) : Value(nullptr)},
        {"people", shown_people(known)},
        {"channels", shown_channels(known)},
        {"messages", std::move(messages)},
        {"latest", std::move(latest)},
    };
    co_return answer(std::move(shown));
}

Task<http::Response> LocalEndpoint::events(http::Request) {
    auto stream = std::make_shared<http::EventStream>();
    parts_.workspace.add_listener(stream);
    http::Response response;
    response.content_type = "text/event-stream";
    response.events = std::move(stream);
    co_return response;
}

Task<http::Response> LocalEndpoint::act(Act act, http::Request request) {
    if (!from_own_page(request)) co_return failed(Errc::not_allowed);
    auto sent = local::read(act, request.body);
    if (!sent) co_return failed(sent.error());
    auto reader = co_await parts_.queries.reader(parts_.connection, sent->account);
    if (!reader) co_return failed(Errc::not_found);
    auto done = co_await carry_out(std::move(*sent), request.arrived_at);
    if (!done) co_return failed(done.error(), *reader);
    Object shown{{"reply", std::move(*done)}};
    co_return answer(std::move(shown));
}

Task<http::Response> LocalEndpoint::move_clock(http::Request request) {
    if (!from_own_page(request)) co_return failed(Errc::not_allowed);
    auto jumping = local::read_jump(request.body);
    if (!jumping) co_return failed(jumping.error());
    if (jumping_) co_return failed(Errc::conflict);

    jumping_ = true;
    parts_.workspace.tell_listeners();
    std::exception_ptr failure;
    Result<Instant> target = Errc::not_found;
    try {
        target = co_await target_of(std::move(*jumping));
        if (target) co_await parts_.demo->jump_to(*target);
    } catch (...) {
        failure = std::current_exception();
    }
    jumping_ = false;
    parts_.workspace.tell_listeners();
    if (failure) std::rethrow_exception(failure);
    Object shown{{"moved", target.has_value()}};
    co_return answer(std::move(shown));
}

Task<Result<Value>> LocalEndpoint::carry_out(local::Sent sent, SteadyInstant arrived) {
    auto at = parts_.clock.now();
    auto line = co_await line_of(sent, at);
    if (!line) co_return line.error();

    Reply reply;
    if (auto* edited = std::get_if<Edited>(&sent.event); edited && *line)
        edited->thread = (*line)->message.thread;
    if (!*line || (*line)->is_for_muster) {
        auto inbound = inbound_of(sent, parts_.connection, at, parts_.entropy.seed());
        auto taken = co_await parts_.intake.take(std::move(inbound), arrived);
        if (!taken) co_return taken.error();
        reply = std::move(taken->reply);
    }
    // The line comes after the answer is safe: trying again then does both, and neither twice.
    if (*line) {
        bool stored = co_await parts_.workspace.put(std::move((*line)->message));
        if (!stored) co_return Errc::store_failed;
    }
    auto said = co_await remember(reply, std::move(sent));
    co_return local::show(reply, said, parts_.catalogue);
}

// None when the act is no line. Refuses what is not this person's to say.
Task<Result<std::optional<LocalEndpoint::Line>>> LocalEndpoint::line_of(
    local::Sent sent, Instant at
) {
    bool is_theirs = sent.place.empty() || sent.place == sent.account;
    if (!is_theirs)
        is_theirs = co_await parts_.queries.knows_channel(parts_.connection, sent.place);
    if (!is_theirs) co_return Errc::not_found;

    Result<Line> line = Errc::not_found;
    if (auto* said = std::get_if<Said>(&sent.event)) {
        line = co_await new_line(sent, *said, at);
    } else if (auto* edited = std::get_if<Edited>(&sent.event)) {
        line = co_await own_line(sent.account, edited->message);
        if (line) line->message.line = edited->text;
        if (line) line->message.edited_at = at;
    } else if (auto* deleted = std::get_if<Deleted>(&sent.event)) {
        line = co_await own_line(sent.account, deleted->message);
        if (line) line->message.removed = true;
    } else {
        co_return std::optional<Line>();
    }
    if (!line) co_return line.error();
    co_return std::optional(std::move(*line));
}

Task<Result<LocalEndpoint::Line>> LocalEndpoint::new_line(local::Sent sent, Said said, Instant at) {
    auto same = co_await parts_.workspace.recall_one(said.message);
    if (same && same->author != sent.account) co_return Errc::conflict;
    if (same) at = same->at;
    if (said.thread) {
        auto root = co_await parts_.workspace.recall_one(*said.thread);
        if (!root || root->place != sent.place) co_return Errc::not_found;
    }
    RememberedMessage message{
        .id = said.message,
        .place = sent.place,
        .thread = said.thread,
        .author = sent.account,
        .message = std::nullopt,
        .line = said.text,
        .delivery = {},
        .at = at,
        .edited_at = std::nullopt,
    };
    bool is_for_muster = concerns_muster(message);
    co_return Line{std::move(message), is_for_muster};
}

Task<Result<LocalEndpoint::Line>> LocalEndpoint::own_line(
    std::string account, std::string message
) {
    auto own = co_await parts_.workspace.recall_one(std::move(message));
    if (!own || own->author.empty() || own->author != account) co_return Errc::not_found;
    bool is_for_muster = concerns_muster(*own);
    co_return Line{std::move(*own), is_for_muster};
}

// A Say is kept in the person's direct messages. Losing it costs a look, never an answer, so a
// failure here is no error.
Task<std::optional<RememberedMessage>> LocalEndpoint::remember(Reply reply, local::Sent sent) {
    auto* say = std::get_if<Say>(&reply);
    if (!say) co_return std::nullopt;
    RememberedMessage whisper{
        .id = local::whisper_id(sent.request),
        .place = sent.account,
        .thread = std::nullopt,
        .author = "",
        .message = std::move(say->message),
        .line = "",
        .delivery = {},
        .at = parts_.clock.now(),
        .edited_at = std::nullopt,
    };
    co_await parts_.workspace.put(whisper);
    co_return whisper;
}

// Not found: nothing is planned.
Task<Result<Instant>> LocalEndpoint::target_of(local::Jumping jumping) {
    auto now = parts_.clock.now();
    switch (jumping.to) {
        case local::Jump::one_hour: co_return now + 1h;
        case local::Jump::next_event: {
            auto next = co_await parts_.demo->next_event();
            if (!next) co_return Errc::not_found;
            co_return std::max(*next, now);
        }
        case local::Jump::tomorrow: break;
    }
    auto known = co_await parts_.queries.directory(parts_.connection);
    const auto* me = find(known, jumping.account);
    ZoneName zone = me ? me->zone : "Europe/London";
    for (const auto& channel : known.channels) {
        bool mine = me && std::ranges::find(me->teams, channel.team) != me->teams.end();
        if (!mine) continue;
        zone = channel.zone;
        break;
    }
    co_return local::tomorrow_morning(zone, now);
}

Task<Array> LocalEndpoint::messages_in(std::string place) {
    auto remembered = co_await parts_.workspace.recall(std::move(place), shown_in_a_place);
    std::ranges::stable_sort(remembered, {}, &RememberedMessage::at);
    Array shown;
    for (const auto& message : remembered) {
        shown.push_back(local::show(message, parts_.catalogue));
    }
    co_return shown;
}

Task<Instant> LocalEndpoint::newest_of_muster(std::string place) {
    auto remembered = co_await parts_.workspace.recall(std::move(place), looked_at_for_news);
    Instant newest{};
    for (const auto& message : remembered) {
        if (message.message) newest = std::max(newest, message.at);
    }
    co_return newest;
}

http::Response LocalEndpoint::failed(Errc error, const Reader& reader) const {
    auto words = parts_.catalogue.plain(words_for(error), reader);
    Object problem{{"problem", name(error)}, {"words", std::move(words)}};
    return answer(std::move(problem), status_of(error));
}

namespace {

// The server has checked that Host is ours; a page of another site has another origin.
bool from_own_page(const http::Request& request) {
    auto origin = request.headers.only("origin");
    auto host = request.headers.only("host");
    return origin && host && *origin == "http://" + std::string(*host);
}

http::Response asset(const embedded::File& file) {
    http::Response response;
    response.body = file.content;
    response.content_type = file.name.ends_with(".html")  ? "text/html; charset=utf-8"
                            : file.name.ends_with(".js")  ? "text/javascript; charset=utf-8"
                            : file.name.ends_with(".css") ? "text/css; charset=utf-8"
                                                          : "image/svg+xml";
    response.headers.push_back({"Content-Security-Policy", std::string(page_policy)});
    return response;
}

http::Response answer(Value value, int status) {
    http::Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = json::dump(value);
    return response;
}

int status_of(Errc error) {
    switch (error) {
        case Errc::bad_input: return 400;
        case Errc::not_allowed: return 403;
        case Errc::not_found: return 404;
        case Errc::conflict: return 409;
        case Errc::store_full:
        case Errc::store_failed:
        case Errc::too_late:
        case Errc::locked:
        case Errc::newer_schema:
        case Errc::unreachable: break;
    }
    return 503;
}

// Muster reads its direct messages; what people say to each other in a channel stays between them.
bool concerns_muster(const RememberedMessage& line) {
    return line.place == line.author;
}

const DirectoryPerson* find(const Directory& directory, std::string_view account) {
    auto found = std::ranges::find(directory.people, account, [](const auto& person) {
        return person.external_id;
    });
    return found == directory.people.end() ? nullptr : &*found;
}

Value shown_people(const Directory& directory) {
    Array people;
    for (const auto& person : directory.people) {
        Array teams(person.teams.begin(), person.teams.end());
        Array roles;
        for (auto role : person.roles)
            roles.emplace_back(name(role));
        people.push_back(Object{
            {"id", person.external_id},
            {"name", person.name},
            {"zone", person.zone},
            {"teams", std::move(teams)},
            {"roles", std::move(roles)},
            {"asked", person.asked},
        });
    }
    return people;
}

Value shown_channels(const Directory& directory) {
    Array channels;
    for (const auto& channel : directory.channels) {
        channels.push_back(Object{
            {"id", channel.external_id},
            {"team", channel.team},
            {"zone", channel.zone},
        });
    }
    return channels;
}

}  // namespace
}  // namespace muster
