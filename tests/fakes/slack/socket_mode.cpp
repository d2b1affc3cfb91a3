#include "tests/fakes/slack/socket_mode.hpp"

#include <algorithm>

#include "tests/fakes/slack/api_call.hpp"
#include "tests/fakes/slack/form.hpp"
#include "tests/fakes/slack/slack_json.hpp"
#include "tests/fakes/slack/web_methods.hpp"

namespace muster::fake_slack {
namespace {

constexpr std::size_t most_lines = 10;
constexpr auto ticket_is_good_for = 30s;
constexpr auto patience = 3s;
constexpr auto on_the_way = 500ms;  // an answer that was in time when it left

const char* type_of(AppRequest::Kind kind) {
    switch (kind) {
        case AppRequest::Kind::event: return "events_api";
        case AppRequest::Kind::interaction: return "interactive";
        case AppRequest::Kind::command: return "slash_commands";
    }
    return "";
}

json::Value payload_of(const AppRequest& request) {
    if (request.kind == AppRequest::Kind::event) return *json::parse(request.body);
    auto fields = *decoded(request.body);
    if (request.kind == AppRequest::Kind::interaction) return *json::parse(fields.front().second);
    json::Object payload;
    for (const auto& [name, value] : fields)
        payload.push_back({name, value});
    return payload;
}

}  // namespace

json::Object SocketMode::open_connection(const HttpCall& call, Instant now) {
    const auto& installation = workspace_.installation;
    ++times_asked_;
    auto authorization = header_of(call, "authorization");
    auto is_of_before = [&](const std::string& token) {
        return authorization == "Bearer " + token;
    };
    if (std::ranges::any_of(workspace_.tokens_of_before, is_of_before))
        return refused("token_revoked");
    if (authorization != "Bearer " + installation.app_token) {
        blame(now, "is asked for a connection without the app-level token");
        return refused("not_allowed_token_type");
    }
    if (!call.body.empty()) blame(now, "is asked for a connection with arguments");
    if (!refusal.empty()) return refused(refusal);
    auto ticket = workspace_.new_id("ticket");
    tickets_[ticket] = now;
    ++tickets_given_;
    return {{"ok", true}, {"url", installation.socket + "?ticket=" + ticket}};
}

std::optional<SocketMode::LineId> SocketMode::connect(const std::string& url, Instant now) {
    auto ticket = url.substr(std::min(url.size(), url.find('=') + 1));
    auto known = tickets_.find(ticket);
    if (known == tickets_.end()) {
        blame(now, "a connection with a ticket that is used or was never given");
        return std::nullopt;
    }
    auto is_good = now - known->second <= ticket_is_good_for;
    tickets_.erase(known);
    if (!is_good || lines_.size() >= most_lines) return std::nullopt;
    lines_[++last_line_] = {};
    return last_line_;
}

std::string SocketMode::hello() const {
    json::Object info{{"app_id", workspace_.installation.app}};
    return written(json::Object{
        {"type", "hello"},
        {"num_connections", static_cast<std::int64_t>(lines_.size())},
        {"connection_info", std::move(info)},
        {"debug_info", json::Object{{"host", "applink-1"}, {"approximate_connection_time", 300}}}});
}

std::string SocketMode::disconnect(LineId line, const std::string& reason) {
    lines_.at(line).was_told = reason != "link_disabled";
    return written(json::Object{
        {"type", "disconnect"},
        {"reason", reason},
        {"debug_info", json::Object{{"host", "applink-1"}}}});
}

void SocketMode::gone(LineId id, Closer closer, Instant now) {
    auto line = lines_.find(id);
    if (line == lines_.end()) return;
    auto was_told = line->second.was_told;
    lines_.erase(line);
    if (closer == Closer::app && was_told && lines_.empty())
        blame(now, "the app closes its connection before it has another");
}

std::optional<SocketMode::Sent> SocketMode::send(
    const AppRequest& request, Instant now, bool is_copy
) {
    std::vector<LineId> open;
    for (const auto& [id, line] : lines_)
        open.push_back(id);
    if (open.empty()) return std::nullopt;
    auto next = std::ranges::upper_bound(open, last_used_);
    last_used_ = next == open.end() ? open.front() : *next;

    Envelope envelope{request, last_used_, now};
    auto is_command = request.kind == AppRequest::Kind::command;
    envelope.takes_payload = is_command || !request.view.empty();
    envelope.is_copy = is_copy;
    auto id = workspace_.new_id("envelope-");
    json::Object frame{
        {"envelope_id", id},
        {"payload", payload_of(request)},
        {"type", type_of(request.kind)},
        {"accepts_response_payload", envelope.takes_payload}};
    if (request.kind == AppRequest::Kind::event) {
        frame.push_back({"retry_attempt", request.retries});
        frame.push_back({"retry_reason", request.retries > 0 ? "timeout" : ""});
    }
    envelopes_[id] = std::move(envelope);
    return Sent{last_used_, id, written(frame)};
}

void SocketMode::hear(LineId line, std::string_view frame, Instant now) {
    auto parsed = json::parse(frame);
    if (!parsed || !parsed->object()) return blame(now, "is told what is no JSON object");
    auto known = envelopes_.find(parsed->text_of("envelope_id"));
    if (known == envelopes_.end()) return blame(now, "an unknown envelope is acknowledged");
    auto& envelope = known->second;
    if (envelope.is_acknowledged) return blame(now, "an envelope is acknowledged twice");
    if (envelope.line != line) blame(now, "an envelope is acknowledged on another connection");
    if (now - envelope.sent_at > patience + on_the_way)
        blame(now, "an envelope is acknowledged too late");
    if (now - envelope.sent_at > patience) return;
    const auto* payload = parsed->find("payload");
    if (payload && !envelope.takes_payload)
        blame(now, "an envelope that takes no payload is answered with one");
    envelope.is_acknowledged = true;
    ++acknowledged_;
    AppAnswer answer{200, {}, ""};
    if (payload && !payload->object()->empty()) {
        answer.headers.emplace_back("content-type", "application/json; charset=utf-8");
        answer.body = written(*payload);
    }
    envelope.answer = answer;
    if (!envelope.is_copy) answers_.hear(envelope.request, answer, now);
}

std::optional<Again> SocketMode::give_up(const std::string& id, Instant now) {
    auto& envelope = envelopes_.at(id);
    if (envelope.is_acknowledged || envelope.is_copy) return std::nullopt;
    return answers_.hear(envelope.request, {}, now);
}

std::optional<AppAnswer> SocketMode::answer_to(const std::string& id) const {
    const auto& envelope = envelopes_.at(id);
    return envelope.is_acknowledged ? std::optional{envelope.answer} : std::nullopt;
}

std::set<SocketMode::LineId> SocketMode::lines() const {
    std::set<LineId> all;
    for (const auto& [id, line] : lines_)
        all.insert(id);
    return all;
}

}  // namespace muster::fake_slack
