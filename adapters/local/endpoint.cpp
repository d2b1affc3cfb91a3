#include "adapters/local/endpoint.hpp"

#include <algorithm>

#include "adapters/local/render.hpp"
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
http::Response failed(Errc error);

const queries::DirectoryPerson* find(const queries::Directory& directory, std::string_view account);
bool is_channel(const queries::Directory& directory, std::string_view place);
Value shown_people(const queries::Directory& directory);
Value shown_channels(const queries::Directory& directory);

}  // namespace

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
    auto known = co_await directory();
    auto asked_as = request.parameter("as").value_or("");
    const auto* me = find(known, asked_as);
    auto first_asked = std::ranges::find_if(known.people, &queries::DirectoryPerson::asked);
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
    auto done = co_await carry_out(std::move(*sent), request.arrived_at);
    if (!done) co_return failed(done.error());
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
    bool only_among_people = false;
    if (*line) only_among_people = !co_await concerns_muster(**line);
    if (auto* edited = std::get_if<Edited>(&sent.event); edited && *line)
        edited->thread = (*line)->thread;
    if (!only_among_people) {
        auto inbound = inbound_of(sent, parts_.connection, at, parts_.entropy.seed());
        auto taken = co_await parts_.intake.take(std::move(inbound), arrived);
        if (!taken) co_return taken.error();
        reply = std::move(taken->reply);
    }
    // The line comes after the answer is safe: trying again then does both, and neither twice.
    if (*line) {
        bool stored = co_await parts_.workspace.put(std::move(**line));
        if (!stored) co_return Errc::store_failed;
    }
    auto said = co_await remember(reply, std::move(sent));
    co_return local::show(reply, said, parts_.catalogue);
}

// What the workspace will remember of this act; none when it is no line. Refuses what is not this
// person's to say.
Task<Result<std::optional<RememberedMessage>>> LocalEndpoint::line_of(
    local::Sent sent, Instant at
) {
    auto known = co_await directory();
    if (!find(known, sent.account)) co_return Errc::not_found;
    bool here = sent.place.empty() || sent.place == sent.account || is_channel(known, sent.place);
    if (!here) co_return Errc::not_found;

    Result<RememberedMessage> line = Errc::not_found;
    if (auto* said = std::get_if<Said>(&sent.event)) {
        line = co_await new_line(sent, *said, at);
    } else if (auto* edited = std::get_if<Edited>(&sent.event)) {
        line = co_await own_line(sent.account, edited->message);
        if (line) line->line = edited->text;
        if (line) line->edited_at = at;
    } else if (auto* deleted = std::get_if<Deleted>(&sent.event)) {
        line = co_await own_line(sent.account, deleted->message);
        if (line) line->removed = true;
    } else {
        co_return std::optional<RememberedMessage>();
    }
    if (!line) co_return line.error();
    co_return std::optional(std::move(*line));
}

Task<Result<RememberedMessage>> LocalEndpoint::new_line(local::Sent sent, Said said, Instant at) {
    auto same = co_await parts_.workspace.recall_one(said.message);
    if (same && same->author != sent.account) co_return Errc::conflict;
    if (same) at = same->at;
    if (said.thread) {
        auto root = co_await parts_.workspace.recall_one(*said.thread);
        if (!root || root->place != sent.place) co_return Errc::not_found;
    }
    co_return RememberedMessage{
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
}

Task<Result<RememberedMessage>> LocalEndpoint::own_line(std::string account, std::string message) {
    auto line = co_await parts_.workspace.recall_one(std::move(message));
    bool own = line && !line->author.empty() && line->author == account;
    if (!own) co_return Errc::not_found;
    co_return std::move(*line);
}

// Muster reads its direct messages and the threads of what it posted; what people say to each other
// in a channel stays between them.
Task<bool> LocalEndpoint::concerns_muster(RememberedMessage line) {
    if (line.place == line.author) co_return true;
    if (!line.thread) co_return false;
    auto root = co_await parts_.workspace.recall_one(*line.thread);
    co_return root && root->delivery;
}

// A Say is kept in the person's direct messages; a replacement takes the place of the message whose
// button was pressed. Losing either costs a look, never an answer, so a failure here is no error.
Task<std::optional<RememberedMessage>> LocalEndpoint::remember(Reply reply, local::Sent sent) {
    if (auto* say = std::get_if<Say>(&reply)) {
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
    auto* replaced = std::get_if<ReplaceMessage>(&reply);
    auto* pressed = std::get_if<Pressed>(&sent.event);
    if (!replaced || !pressed) co_return std::nullopt;
    auto shown = co_await parts_.workspace.recall_one(pressed->message);
    if (!shown || shown->removed || !shown->message) co_return std::nullopt;
    shown->message = std::move(replaced->message);
    shown->edited_at = parts_.clock.now();
    co_await parts_.workspace.put(std::move(*shown));
    co_return std::nullopt;
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
    auto known = co_await directory();
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

Task<queries::Directory> LocalEndpoint::directory() {
    auto connection = parts_.connection;
    auto look = [connection](View& view) { return queries::directory(view, connection); };
    co_return co_await parts_.store.read(look);
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

http::Response failed(Errc error) {
    auto status = [error] {
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
            case Errc::unreachable: return 503;
        }
        return 503;
    };
    return answer(Object{{"problem", name(error)}}, status());
}

const queries::DirectoryPerson* find(
    const queries::Directory& directory, std::string_view account
) {
    auto found = std::ranges::find(directory.people, account, [](const auto& person) {
        return person.external_id;
    });
    return found == directory.people.end() ? nullptr : &*found;
}

bool is_channel(const queries::Directory& directory, std::string_view place) {
    return std::ranges::any_of(directory.channels, [place](const auto& channel) {
        return channel.external_id == place;
    });
}

Value shown_people(const queries::Directory& directory) {
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

Value shown_channels(const queries::Directory& directory) {
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
