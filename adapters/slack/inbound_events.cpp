#include <algorithm>
#include <array>

#include "adapters/slack/emoji.hpp"
#include "adapters/slack/inbound_parts.hpp"
#include "adapters/slack/render.hpp"
#include "adapters/slack/timestamps.hpp"

namespace muster::slack {
namespace {

using json::Value;

// One message as an event shows it: in itself, or as what it was before.
struct Line {
    std::string ts;
    std::string thread;  // ts of the message that it replies to
    std::string user;
    std::string bot;
    std::string subtype;
    std::string edited;   // when it was changed last
    std::string gesture;  // client_msg_id: the same for all that one press of Enter caused
};

struct Request {
    const Value& envelope;
    const Value& event;
    const std::vector<Identity>& ours;
};

Heard challenge_in(const Value& envelope);
Heard heard_of_message(const Request& request);
Heard heard_of_change(const Request& request);
Heard heard_of_deletion(const Request& request, const Line& deleted);
Heard heard_of_mention(const Request& request);
Heard heard_of_own(const Request& request, const Line& line);
Heard heard_of_news(const Request& request, std::variant<InboundEvent, Nothing> news);
Heard heard_of_home(const Request& request);
std::optional<Nothing> not_for_us(const Request& request, const Line& line);

Line line_in(const Value& message);
std::optional<std::string> words_in(const Value& message);
std::string without_mention(const std::string& text, const std::vector<Identity>& ours);
std::string stripped(std::string_view text);

bool is_own(const Request& request, const Line& line);
bool is_from_a_bot(const Line& line);
bool is_typed(const Line& line);
bool is_hidden(const Request& request);

std::optional<std::string> id_of(const Request& request, std::string_view ts);
Told told(const Request& request, const Line& line, InboundEvent event);
std::vector<Workspace> workspaces_of(const Value& envelope);
std::vector<Workspace> taken_away(const Value& event);

// From an app that an organisation has for all of its workspaces. A connection for all of them goes
// on for the others, so the organisation itself is not named.
std::vector<Workspace> taken_away(const Value& event) {
    std::vector<Workspace> workspaces;
    if (const auto* teams = in(event, "team_ids").array())
        for (const auto& team : *teams)
            if (team.text()) add_workspace(workspaces, *team.text(), "");
    return workspaces;
}

std::vector<std::string> keys_of(const Request& request, const Line& line);

}  // namespace

Heard read_event(std::string_view json_body, const std::vector<Identity>& ours) {
    auto parsed = json::parse(json_body);
    if (!parsed) return Malformed{parsed.error().is_too_large};
    return heard_in_event(*parsed, ours);
}

Heard heard_in_event(const json::Value& envelope, const std::vector<Identity>& ours) {
    if (!envelope.object()) return Malformed{};
    auto kind = envelope.text_of("type");
    if (kind == "url_verification") return challenge_in(envelope);
    if (kind == "app_rate_limited") return Nothing{why::rate_limited};
    if (kind != "event_callback") return Nothing{why::unknown_event};

    Request request{envelope, in(envelope, "event"), ours};
    auto type = request.event.text_of("type");
    if (type == "message") return heard_of_message(request);
    if (type == "app_mention") return heard_of_mention(request);
    if (type == "app_home_opened") return heard_of_home(request);
    if (auto news = news_in(request.event, ours)) return heard_of_news(request, std::move(*news));
    return Nothing{why::unknown_event};
}

std::vector<Told> told_by_history(
    const Value& message, std::string_view channel, const Identity& us
) {
    const auto* fields = message.object();
    if (!fields) return {};
    json::Object shown{{"channel", channel}, {"channel_type", "im"}};
    for (const auto& field : *fields)
        if (field.key != "edited" && !in(Value{shown}, field.key).text()) shown.push_back(field);
    const Value nothing;
    const Value event{std::move(shown)};
    const std::vector<Identity> ours{us};
    auto heard = heard_of_message(Request{nothing, event, ours});
    auto* line = std::get_if<Told>(&heard);
    const auto* said = line ? std::get_if<Said>(&line->event) : nullptr;
    if (!said) return {};
    auto edited = in(message, "edited").text_of("ts");
    auto edited_at = instant_of(edited);
    if (!edited_at) return {*line};

    // In whole seconds: none of the changes of that second that were told before is later.
    constexpr milliseconds rest_of_the_second{999};
    auto change = *line;
    change.event = Edited{said->message, said->text, said->thread};
    change.sent_at = *edited_at + rest_of_the_second;
    change.keys = {"m:" + std::string{channel} + ":" + message.text_of("ts") + ":" + edited};
    return {*line, std::move(change)};
}

namespace {

Heard challenge_in(const Value& envelope) {
    auto text = envelope.text_of("challenge");
    if (text.empty() || text.size() > longest_challenge) return Malformed{};
    return Challenge{std::move(text)};
}

Heard heard_of_message(const Request& request) {
    auto line = line_in(request.event);
    if (line.subtype == "message_changed") return heard_of_change(request);
    if (line.subtype == "message_deleted") {
        auto deleted = line_in(in(request.event, "previous_message"));
        deleted.ts = request.event.text_of("deleted_ts");
        return heard_of_deletion(request, deleted);
    }
    if (is_own(request, line)) return heard_of_own(request, line);
    if (auto nothing = not_for_us(request, line)) return *nothing;
    if (!is_typed(line) || is_hidden(request)) return Nothing{why::no_line};
    auto id = id_of(request, line.ts);
    auto words = words_in(request.event);
    if (!id || line.user.empty() || !words) return Nothing{why::unreadable};

    auto text = unescaped(with_emoji(*words, request.event));
    Said said{.text = std::move(text), .message = *id, .thread = id_of(request, line.thread)};
    return told(request, line, std::move(said));
}

Heard heard_of_change(const Request& request) {
    const auto& now = in(request.event, "message");
    const auto& before = in(request.event, "previous_message");
    auto line = line_in(now);
    auto older = line_in(before);
    if (line.ts.empty()) line.ts = older.ts;
    // A line with replies that is deleted leaves its place in the thread.
    if (line.subtype == "tombstone") {
        older.ts = line.ts;
        return heard_of_deletion(request, older);
    }
    if (auto nothing = not_for_us(request, line)) return *nothing;
    if (!is_typed(line)) return Nothing{why::no_line};
    auto id = id_of(request, line.ts);
    auto words = words_in(now);
    if (!id || line.user.empty() || !words) return Nothing{why::unreadable};
    // Slack sends the same event when it adds the preview of a link.
    if (line.edited.empty() || words_in(before) == words) return Nothing{why::no_change};

    // `edited` is in whole seconds: two changes within one are told apart by the times of the
    // events.
    if (auto changed_at = request.event.text_of("ts"); !changed_at.empty())
        line.edited = changed_at;
    auto text = unescaped(with_emoji(*words, now));
    Edited edited{.message = *id, .text = std::move(text), .thread = id_of(request, line.thread)};
    return told(request, line, std::move(edited));
}

Heard heard_of_deletion(const Request& request, const Line& deleted) {
    if (auto nothing = not_for_us(request, deleted)) return *nothing;
    auto id = id_of(request, deleted.ts);
    if (!id || deleted.user.empty()) return Nothing{why::unreadable};

    auto heard = told(request, deleted, Deleted{*id});
    heard.keys = keys_of(request, Line{});
    heard.keys.push_back("x:" + heard.way.channel + ":" + deleted.ts);
    return heard;
}

// "@Muster status": in channels too.
Heard heard_of_mention(const Request& request) {
    auto line = line_in(request.event);
    if (is_own(request, line)) return Nothing{why::from_us};
    if (is_from_a_bot(line)) return Nothing{why::from_a_bot};
    auto words = words_in(request.event);
    if (!id_of(request, line.ts) || line.user.empty() || !words) return Nothing{why::unreadable};

    // Slack tells of the mention again when its line is edited: it is one command all the same, and
    // is not carried out twice.
    line.edited.clear();
    auto text = with_emoji(without_mention(*words, request.ours), request.event);
    return told(request, line, Commanded{unescaped(text)});
}

// Proves that a message in one part arrived: its first block carries the delivery.
Heard heard_of_own(const Request& request, const Line& line) {
    auto mark = mark_of(request.event);
    auto id = id_of(request, line.ts);
    if (!mark || mark->parts != 1 || !id) return Nothing{why::from_us};
    auto heard = told(request, line, Seen{mark->delivery, *id});
    heard.account.clear();
    return heard;
}

// Slack tells of the tab with the messages too.
Heard heard_of_home(const Request& request) {
    if (request.event.text_of("tab") != "home") return Nothing{why::other_tab};
    Line opened;
    opened.user = request.event.text_of("user");
    if (opened.user.empty()) return Nothing{why::unreadable};
    auto is_blank = !in(request.event, "view").object();
    auto heard = told(request, opened, HomeOpened{is_blank});
    heard.sent_at = instant_of(request.event.text_of("event_ts")).value_or(Instant{});
    heard.way.home = true;
    return heard;
}

// Nobody did it: it has no account and no line.
Heard heard_of_news(const Request& request, std::variant<InboundEvent, Nothing> news) {
    if (const auto* nothing = std::get_if<Nothing>(&news)) return *nothing;
    auto heard = told(request, Line{}, std::get<InboundEvent>(std::move(news)));
    heard.sent_at = instant_of(request.event.text_of("event_ts")).value_or(Instant{});
    heard.way = {};
    if (request.event.text_of("type") == "team_access_revoked")
        heard.workspaces = taken_away(request.event);
    return heard;
}

std::optional<Nothing> not_for_us(const Request& request, const Line& line) {
    if (is_own(request, line)) return Nothing{why::from_us};
    if (is_from_a_bot(line)) return Nothing{why::from_a_bot};
    if (request.event.text_of("channel_type") != "im") return Nothing{why::not_for_us};
    return std::nullopt;
}

Line line_in(const Value& message) {
    Line line{
        .ts = message.text_of("ts"),
        .thread = message.text_of("thread_ts"),
        .user = message.text_of("user"),
        .bot = message.text_of("bot_id"),
        .subtype = message.text_of("subtype"),
        .edited = in(message, "edited").text_of("ts"),
        .gesture = message.text_of("client_msg_id"),
    };
    if (line.thread == line.ts) line.thread.clear();  // it only begins one
    return line;
}

// None where something else stands in their place: then nobody knows what was typed.
std::optional<std::string> words_in(const Value& message) {
    const auto& text = in(message, "text");
    if (text.is_null()) return "";
    return text.text() ? std::optional{*text.text()} : std::nullopt;
}

// The first mention of ours, "<@U1>" or "<@U1|muster>".
std::string without_mention(const std::string& text, const std::vector<Identity>& ours) {
    std::string_view all{text};
    for (auto begin = all.find("<@"); begin != all.npos; begin = all.find("<@", begin + 2)) {
        auto end = all.find('>', begin);
        if (end == all.npos) break;
        auto name = all.substr(begin + 2, end - begin - 2);
        auto user = name.substr(0, name.find('|'));
        if (user.empty() || std::ranges::find(ours, user, &Identity::bot_user) == ours.end())
            continue;
        auto before = stripped(all.substr(0, begin));
        auto after = stripped(all.substr(end + 1));
        return before + (before.empty() || after.empty() ? "" : " ") + after;
    }
    return text;
}

std::string stripped(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    auto begin = text.find_first_not_of(spaces);
    if (begin == text.npos) return {};
    return std::string{text.substr(begin, text.find_last_not_of(spaces) - begin + 1)};
}

bool is_own(const Request& request, const Line& line) {
    auto is_this = [&](const Identity& us) { return is_ours(us, line.user, line.bot); };
    return std::ranges::any_of(request.ours, is_this);
}

bool is_from_a_bot(const Line& line) {
    return !line.bot.empty() || line.subtype == "bot_message" || line.user == "USLACKBOT";
}

bool is_typed(const Line& line) {
    constexpr std::array<std::string_view, 4> typed{
        "", "file_share", "thread_broadcast", "me_message"};
    return std::ranges::find(typed, line.subtype) != typed.end();
}

bool is_hidden(const Request& request) {
    const auto* hidden = in(request.event, "hidden").flag();
    return hidden && *hidden;
}

std::optional<std::string> id_of(const Request& request, std::string_view ts) {
    return message_id(request.event.text_of("channel"), ts);
}

Told told(const Request& request, const Line& line, InboundEvent event) {
    Told told;
    told.workspaces = workspaces_of(request.envelope);
    told.event = std::move(event);
    told.account = line.user;
    told.keys = keys_of(request, line);
    // An edit and a deletion have a time of their own. `edited` is in whole seconds: a line that is
    // changed within a second would seem to be older than it was.
    told.sent_at = instant_of(request.event.text_of("ts")).value_or(Instant{});
    told.way.channel = request.event.text_of("channel");
    told.way.thread = line.thread;
    return told;
}

// In a channel shared with another company the outer ids may be theirs.
std::vector<Workspace> workspaces_of(const Value& envelope) {
    std::vector<Workspace> workspaces;
    if (const auto* authorizations = in(envelope, "authorizations").array())
        for (const auto& one : *authorizations)
            add_workspace(workspaces, one.text_of("team_id"), one.text_of("enterprise_id"));
    if (workspaces.empty())
        add_workspace(workspaces, envelope.text_of("team_id"), envelope.text_of("enterprise_id"));
    return workspaces;
}

std::vector<std::string> keys_of(const Request& request, const Line& line) {
    std::vector<std::string> keys;
    auto id = request.envelope.text_of("event_id");
    auto channel = request.event.text_of("channel");
    if (!id.empty()) keys.push_back("e:" + id);
    if (!line.ts.empty()) keys.push_back("m:" + channel + ":" + line.ts + ":" + line.edited);
    if (!line.gesture.empty())
        keys.push_back("c:" + channel + ":" + line.gesture + ":" + line.edited);
    return keys;
}

}  // namespace
}  // namespace muster::slack
