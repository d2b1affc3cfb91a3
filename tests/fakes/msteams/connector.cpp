#include "tests/fakes/msteams/connector.hpp"

#include <algorithm>
#include <array>

#include "tests/fakes/msteams/cards.hpp"

namespace muster::fake_teams {
namespace {

using namespace std::chrono_literals;
using json::Array;
using json::Object;
using json::Value;

constexpr std::size_t most_units = 40'000;  // UTF-16; documented as 100 KB, measured as less

struct Limit {
    milliseconds within;
    std::size_t most;
};

constexpr std::array limits{
    Limit{1s, 7},
    Limit{2s, 8},
    Limit{30s, 60},
    Limit{3'600s, 1'800},
};

HttpAnswer says(int status, Value body) {
    return {status, {{"content-type", "application/json; charset=utf-8"}}, json::dump(body)};
}

HttpAnswer refuses(int status, const std::string& code) {
    return says(status, Object{{"error", Object{{"code", code}, {"message", "no"}}}});
}

// The other shape: JSON in a text.
HttpAnswer refuses_in_a_text(int status, const std::string& code) {
    return says(
        status,
        Object{
            {"errorCode", 209},
            {"message", "{\r\n \"subCode\": \"" + code + "\", \"details\": null}"}}
    );
}

std::string unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%' && at + 2 < text.size()) {
            plain += static_cast<char>(std::stoi(std::string{text.substr(at + 1, 2)}, nullptr, 16));
            at += 2;
        } else {
            plain += text[at];
        }
    }
    return plain;
}

// Letters, digits and - . _ ~ stand as they are, everything else as %XX.
bool is_escaped_well(std::string_view segment) {
    constexpr std::string_view marks = "-._~%";
    return std::ranges::all_of(segment, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> pieces;
    for (;;) {
        auto end = text.find(at);
        pieces.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return pieces;
        text.remove_prefix(end + 1);
    }
}

const Value& in(const Value& value, std::string_view key) {
    static const Value null;
    const auto* member = value.find(key);
    return member ? *member : null;
}

std::size_t units_of(const std::string& utf8) {
    std::size_t units = 0;
    for (auto byte : utf8) {
        auto value = static_cast<unsigned char>(byte);
        if ((value & 0xC0) != 0x80) units += value >= 0xF0 ? 2 : 1;
    }
    return units;
}

Object member_value(const User& user) {
    return {
        {"id", user.mri()},
        {"aadObjectId", user.id},
        {"name", user.name},
        {"email", user.id + "@example.org"},
        {"userPrincipalName",
         user.is_guest ? user.id + "_other.org#EXT#@example.org" : user.id + "@example.org"},
        {"userRole", user.is_guest ? "guest" : "user"},
    };
}

}  // namespace

struct Connector::Asked {
    std::string method;
    std::vector<std::string> path;  // behind "v3", unescaped
    std::map<std::string, std::string> query;
    Value body;
    std::string raw;
    Instant now;
};

bool Connector::is_asked_by(const HttpCall& call) const {
    return call.url.starts_with(tenant_.installation.service_url);
}

std::string Connector::conversation_of(const HttpCall& call) const {
    if (!is_asked_by(call) || call.method == "GET") return "";
    auto path = split(call.url.substr(tenant_.installation.service_url.size()), '/');
    if (path.size() >= 4 && path[1] == "conversations") return unescaped(path[2]);
    auto body = json::parse(call.body);
    if (!body) return "";
    return in(in(*body, "channelData"), "channel").text_of("id");
}

HttpAnswer Connector::answer(const HttpCall& call, const std::string& token, Instant now) {
    Asked asked;
    asked.method = call.method;
    asked.now = now;
    asked.raw = call.body;
    auto rest = call.url.substr(tenant_.installation.service_url.size());
    auto question = rest.find('?');
    for (const auto& segment : split(rest.substr(0, question), '/')) {
        if (!is_escaped_well(segment)) complain(asked, "a path that is not escaped: " + rest);
        asked.path.push_back(unescaped(segment));
    }
    if (question != std::string::npos)
        for (const auto& pair : split(rest.substr(question + 1), '&')) {
            auto equals = pair.find('=');
            asked.query[pair.substr(0, equals)] = unescaped(pair.substr(equals + 1));
        }
    auto is_authorised = false;
    auto content_type = std::string{};
    for (const auto& [name, value] : call.headers) {
        if (name == "Authorization") is_authorised = value == "Bearer " + token;
        if (name == "Content-Type") content_type = value;
    }
    if (!is_authorised) return refuses(401, "BotNotRegistered");
    auto has_body = call.method == "POST" || call.method == "PUT";
    if (has_body && content_type != "application/json; charset=utf-8")
        complain(asked, "content type " + content_type);
    if (!has_body && !call.body.empty()) complain(asked, "a body that nobody reads");
    if (has_body) {
        auto body = json::parse(call.body);
        if (!body || !body->object()) {
            complain(asked, "a body that is no object");
            return refuses(400, "BadSyntax");
        }
        asked.body = *std::move(body);
    }
    if (asked.path.empty() || asked.path.front() != "v3") {
        complain(asked, "unknown path " + rest);
        return refuses(404, "NotFound");
    }
    return route(asked);
}

HttpAnswer Connector::route(const Asked& asked) {
    const auto& path = asked.path;
    auto is = [&](const char* method, std::size_t length, const char* second, const char* fourth) {
        auto fits = asked.method == method && path.size() == length && path[1] == second &&
                    (length < 4 || path[3] == fourth);
        if (fits) ++calls_[std::string{method} + " " + (length < 4 ? second : fourth)];
        return fits;
    };
    if (is("POST", 2, "conversations", "")) return create(asked);
    if (is("POST", 4, "conversations", "activities")) return send(asked);
    if (is("PUT", 5, "conversations", "activities")) return edit(asked);
    if (is("DELETE", 5, "conversations", "activities")) return remove(asked);
    if (is("GET", 4, "conversations", "pagedmembers")) return list_members(asked);
    if (is("GET", 5, "conversations", "members")) return look_up_member(asked);
    if (is("GET", 3, "teams", "")) return look_up_team(asked);
    if (is("GET", 4, "teams", "conversations")) return list_channels(asked);
    complain(asked, "a call that nobody makes");
    return refuses(404, "NotFound");
}

// ---- conversations

HttpAnswer Connector::create(const Asked& asked) {
    const auto* is_group = in(asked.body, "isGroup").flag();
    if (asked.body.text_of("tenantId") != tenant_.installation.tenant) {
        complain(asked, "a conversation without its tenant");
        return refuses(400, "Bad Argument");
    }
    if (is_group && *is_group) return open_thread(asked);
    return open_chat(asked);
}

HttpAnswer Connector::open_chat(const Asked& asked) {
    const auto* members = in(asked.body, "members").array();
    if (!members || members->size() != 1) {
        complain(asked, "a chat with more or fewer than one person");
        return refuses(400, "BadSyntax");
    }
    auto* user = tenant_.user_called(members->front().text_of("id"));
    if (!user) return refuses(404, "MemberNotFoundInConversation");
    if (!user->has_app) return refuses(403, "BotNotInConversationRoster");
    return says(201, Object{{"id", tenant_.chat_with(*user)}});
}

HttpAnswer Connector::open_thread(const Asked& asked) {
    auto id = in(in(asked.body, "channelData"), "channel").text_of("id");
    const auto& activity = in(asked.body, "activity");
    if (id.empty() || !activity.object()) {
        complain(asked, "groups cannot be created, and threads begin with a message");
        return refuses(400, "BadSyntax");
    }
    if (auto refusal = refused_in(id)) return *refusal;
    if (auto refusal = too_soon(id, asked.now)) return *refusal;
    auto message = message_in(asked, activity);
    if (!message) return refuses(413, "MessageSizeTooBig");
    auto& posted = tenant_.post(*std::move(message), asked.now);
    posted.conversation = thread_of(id, posted.id);
    return says(201, Object{{"id", posted.conversation}, {"activityId", posted.id}});
}

// ---- messages

HttpAnswer Connector::send(const Asked& asked) {
    const auto& conversation = asked.path[2];
    if (auto refusal = refused_in(conversation)) return *refusal;
    if (auto refusal = too_soon(conversation, asked.now)) return *refusal;
    if (asked.body.text_of("type") == "typing") return says(202, Object{});
    auto message = message_in(asked, asked.body);
    if (!message) return refuses(413, "MessageSizeTooBig");
    message->conversation = conversation;
    auto& posted = tenant_.post(*std::move(message), asked.now);
    return says(201, Object{{"id", posted.id}});
}

HttpAnswer Connector::edit(const Asked& asked) {
    if (auto refusal = refused_in(asked.path[2])) return *refusal;
    auto* known = tenant_.message(asked.path[2], asked.path[4]);
    if (!known || known->is_deleted) return refuses(404, "ActivityNotFoundInConversation");
    if (!known->author.empty()) complain(asked, "an edit of what somebody else said");
    auto message = message_in(asked, asked.body);
    if (!message) return refuses(413, "MessageSizeTooBig");
    known->card = message->card;
    known->summary = message->summary;
    known->words = message->words;
    known->shown_to.clear();
    ++known->edits;
    return says(200, Object{{"id", known->id}});
}

HttpAnswer Connector::remove(const Asked& asked) {
    if (auto refusal = refused_in(asked.path[2])) return *refusal;
    auto* known = tenant_.message(asked.path[2], asked.path[4]);
    if (!known || known->is_deleted) return refuses(404, "ActivityNotFoundInConversation");
    if (!known->author.empty()) complain(asked, "a removal of what somebody else said");
    known->is_deleted = true;
    return {200, {}, ""};
}

// What the app is not in, or who does not take it.
std::optional<HttpAnswer> Connector::refused_in(const std::string& conversation) {
    if (auto* user = tenant_.owner_of(conversation)) {
        if (user->is_blocked) return refuses_in_a_text(403, "MessageWritesBlocked");
        if (!user->has_app) return refuses(403, "BotNotInConversationRoster");
        return std::nullopt;
    }
    auto* channel = tenant_.channel(channel_of(conversation));
    if (!channel || channel->is_deleted) return refuses(404, "ConversationNotFound");
    if (!channel->has_app) return refuses(403, "BotNotInConversationRoster");
    if (conversation == channel->id) return std::nullopt;
    auto root = conversation.substr(conversation.find('=') + 1);
    if (!tenant_.message(channel->id, root)) return refuses(404, "ConversationNotFound");
    return std::nullopt;
}

std::optional<HttpAnswer> Connector::too_soon(const std::string& conversation, Instant now) {
    auto& sends = sends_[conversation];
    while (!sends.empty() && sends.front() <= now - 3'600s)
        sends.pop_front();
    for (const auto& [within, most] : limits) {
        auto recent = std::ranges::count_if(sends, [&](Instant at) { return at > now - within; });
        if (static_cast<std::size_t>(recent) < most) continue;
        auto answer = refuses(429, "Throttled");
        auto seconds = std::max<std::int64_t>(1, within / 1s / 2);
        answer.headers.emplace_back("retry-after", std::to_string(seconds));
        return answer;
    }
    sends.push_back(now);
    return std::nullopt;
}

// nullopt: it is too big.
std::optional<Posted> Connector::message_in(const Asked& asked, const Value& activity) {
    constexpr std::array known{
        "type", "summary", "attachments", "text", "textFormat", "id", "replyToId"};
    for (const auto& member : *activity.object())
        if (std::ranges::find(known, member.key) == known.end())
            complain(asked, "nobody reads \"" + member.key + "\"");
    if (units_of(asked.raw) > most_units) {
        complain(asked, "too big");
        return std::nullopt;
    }
    Posted message;
    message.words = activity.text_of("text");
    message.summary = activity.text_of("summary");
    const auto* attachments = in(activity, "attachments").array();
    if (!attachments) {
        if (message.words.empty()) complain(asked, "an empty message");
        return message;
    }
    if (!message.words.empty()) complain(asked, "a text beside a card: Teams splits them");
    if (message.summary.empty()) complain(asked, "a card of which nobody is told what it is");
    const auto& card = attachments->front();
    auto is_card = attachments->size() == 1 && in(card, "content").object() &&
                   card.text_of("contentType") == "application/vnd.microsoft.card.adaptive";
    if (!is_card) {
        complain(asked, "an attachment that is no card");
        return message;
    }
    message.card = *in(card, "content").object();
    for (const auto& fault : faults_of(message.card, true))
        complain(asked, "a card: " + fault);
    return message;
}

// ---- who is there

HttpAnswer Connector::list_members(const Asked& asked) {
    constexpr std::size_t page = 2;  // a hint only: Teams gives fewer, too
    if (auto refusal = refused_in(asked.path[2])) return *refusal;
    auto from = asked.query.contains("continuationToken")
                    ? std::stoul(asked.query.at("continuationToken"))
                    : 0;
    Array members;
    const auto& users = tenant_.users();
    for (auto at = from; at < users.size() && members.size() < page; ++at)
        if (!users[at].is_away) members.push_back(member_value(users[at]));
    Object answer{{"members", std::move(members)}};
    if (from + page < users.size())
        answer.push_back({"continuationToken", std::to_string(from + page)});
    return says(200, std::move(answer));
}

HttpAnswer Connector::look_up_member(const Asked& asked) {
    if (auto refusal = refused_in(asked.path[2])) return *refusal;
    auto* user = tenant_.user_called(asked.path[4]);
    if (!user || user->is_away) return refuses(404, "MemberNotFoundInConversation");
    return says(200, member_value(*user));
}

HttpAnswer Connector::look_up_team(const Asked& asked) {
    if (asked.path[2] != tenant_.team) return refuses(404, "ConversationNotFound");
    return says(200, Object{{"id", tenant_.team}, {"name", "Example team"}});
}

HttpAnswer Connector::list_channels(const Asked& asked) {
    if (asked.path[2] != tenant_.team) return refuses(404, "ConversationNotFound");
    Array channels;
    for (const auto& channel : tenant_.channels())
        if (!channel.is_deleted)
            channels.push_back(Object{{"id", channel.id}, {"name", channel.name}});
    return says(200, Object{{"conversations", std::move(channels)}});
}

void Connector::complain(const Asked& asked, const std::string& what) {
    auto where = asked.method;
    for (const auto& segment : asked.path)
        where += "/" + segment;
    complaints_.add(asked.now, where, what);
}

}  // namespace muster::fake_teams
