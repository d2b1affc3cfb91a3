#include "adapters/msteams/inbound.hpp"

#include <algorithm>

#include "adapters/msteams/activity_parts.hpp"
#include "adapters/msteams/card_data.hpp"
#include "adapters/msteams/formats.hpp"
#include "bot/ports/provider_id.hpp"

namespace muster::msteams {
namespace {

using json::Value;

Where where_of(const Value& activity) {
    Where where;
    where.kind = kind_of_place(activity);
    where.conversation = in(activity, "conversation").text_of("id");
    where.service_url = activity.text_of("serviceUrl");
    where.bot = in(activity, "recipient").text_of("id");
    where.person = in(activity, "from").text_of("id");
    return where;
}

const Value& client_of(const Value& activity) {
    static const Value null;
    const auto* entities = in(activity, "entities").array();
    if (!entities) return null;
    auto is_client = [](const Value& one) { return one.text_of("type") == "clientInfo"; };
    auto found = std::ranges::find_if(*entities, is_client);
    return found == entities->end() ? null : *found;
}

std::vector<std::string> mentions_of_the_bot(const Value& activity) {
    std::vector<std::string> mentions;
    const auto* entities = in(activity, "entities").array();
    auto bot = in(activity, "recipient").text_of("id");
    if (entities)
        for (const auto& one : *entities)
            if (one.text_of("type") == "mention" && in(one, "mentioned").text_of("id") == bot)
                mentions.push_back(one.text_of("text"));
    return mentions;
}

// The same activity comes again with the same id (protocols/teams.md 1.1).
std::vector<std::string> keys_of(const Value& activity, std::string_view kind) {
    return {
        "a:" + in(activity, "conversation").text_of("id") + ":" + std::string{kind} + ":" +
        activity.text_of("id") + ":" + activity.text_of("timestamp")};
}

std::optional<Told> told_of(const Value& activity, std::string_view kind) {
    auto sent_at = instant_of(activity.text_of("timestamp"));
    Told told;
    told.account = in(activity, "from").text_of("aadObjectId");
    told.keys = keys_of(activity, kind);
    told.where = where_of(activity);
    told.zone = client_of(activity).text_of("timezone");
    if (!sent_at || activity.text_of("id").empty() || told.where.conversation.empty())
        return std::nullopt;
    told.sent_at = *sent_at;
    return told;
}

std::string message_at(const Value& activity, const std::string& id) {
    return provider_id(in(activity, "conversation").text_of("id"), id);
}

std::optional<std::string> thread_of(const Value& activity) {
    auto parent = activity.text_of("replyToId");
    if (parent.empty()) return std::nullopt;
    return message_at(activity, parent);
}

// What a card's button or form brought, with what was entered.
Heard heard_of_card(const Value& activity, const Value& data, Answered answered) {
    auto told = told_of(activity, answered == Answered::by_a_call ? "message" : "invoke");
    if (!told || told->account.empty()) return Nothing{why::unreadable};
    told->answered = answered;
    told->where.card = activity.text_of("replyToId");
    auto done = done_in(data);
    if (!done) return Nothing{why::unknown_button, std::move(told)};
    if (auto* pressed = std::get_if<Pressed>(&*done); pressed && !told->where.card.empty())
        pressed->message = message_at(activity, told->where.card);
    std::visit([&](auto& event) { told->event = std::move(event); }, *done);
    return *std::move(told);
}

Heard heard_of_line(const Value& activity) {
    auto told = told_of(activity, "message");
    if (!told || told->account.empty()) return Nothing{why::unreadable};
    auto words = typed_words(activity.text_of("text"), mentions_of_the_bot(activity));
    auto is_direct = told->where.kind == PlaceKind::personal;
    if (words.empty() && is_direct) return Nothing{why::no_line};
    if (is_direct)
        told->event =
            Said{words, message_at(activity, activity.text_of("id")), thread_of(activity)};
    else
        told->event = Commanded{words};
    return *std::move(told);
}

Heard heard_of_message(const Value& activity) {
    const auto& value = in(activity, "value");
    if (value.object()) return heard_of_card(activity, value, Answered::by_a_call);
    return heard_of_line(activity);
}

// Of a direct message: what people say in a channel is not kept, so that a change of it means
// nothing.
Heard heard_of_change(const Value& activity, std::string_view kind) {
    auto told = told_of(activity, kind);
    if (!told || told->account.empty()) return Nothing{why::unreadable};
    if (told->where.kind != PlaceKind::personal) return Nothing{why::unknown_event};
    auto message = message_at(activity, activity.text_of("id"));
    if (kind == "messageDelete") {
        told->event = Deleted{message};
        return *std::move(told);
    }
    auto words = typed_words(activity.text_of("text"), mentions_of_the_bot(activity));
    told->event = Edited{message, words, thread_of(activity)};
    return *std::move(told);
}

Heard heard_of_invoke(const Value& activity) {
    auto name = activity.text_of("name");
    const auto& value = in(activity, "value");
    if (name == "adaptiveCard/action")
        return heard_of_card(activity, in(in(value, "action"), "data"), Answered::on_the_card);
    if (name == "task/fetch")
        return heard_of_card(activity, in(value, "data"), Answered::by_a_dialog);
    if (name == "task/submit")
        return heard_of_card(activity, in(value, "data"), Answered::in_the_dialog);
    return Nothing{why::unknown_event};
}

Heard news(const Value& activity, std::string_view kind, InboundEvent event) {
    auto told = told_of(activity, kind);
    if (!told) return Nothing{why::unreadable};
    told->account.clear();
    told->answered = Answered::by_nothing;
    told->event = std::move(event);
    return *std::move(told);
}

Heard heard_of_installation(const Value& activity) {
    if (kind_of_place(activity) != PlaceKind::channel) return Nothing{why::unknown_event};
    auto action = activity.text_of("action");
    auto by = in(activity, "from").text_of("aadObjectId");
    if (action == "add")
        return news(activity, "installationUpdate", Joined{channel_in(activity), by});
    if (action == "remove") return news(activity, "installationUpdate", Left{channel_in(activity)});
    return Nothing{why::unknown_event};
}

Heard heard_of_conversation(const Value& activity) {
    auto kind = in(activity, "channelData").text_of("eventType");
    auto channel = in(in(activity, "channelData"), "channel").text_of("id");
    if (channel.empty()) return Nothing{why::unknown_event};
    if (kind == "channelDeleted") return news(activity, "conversationUpdate", Left{channel});
    if (kind == "channelRestored") return news(activity, "conversationUpdate", Reopened{channel});
    return Nothing{why::unknown_event};
}

}  // namespace

Heard read_activity(const Value& activity) {
    auto kind = activity.text_of("type");
    if (kind == "message") return heard_of_message(activity);
    if (kind == "invoke") return heard_of_invoke(activity);
    if (kind == "messageUpdate" || kind == "messageDelete") return heard_of_change(activity, kind);
    if (kind == "installationUpdate") return heard_of_installation(activity);
    if (kind == "conversationUpdate") return heard_of_conversation(activity);
    return Nothing{why::unknown_kind};
}

Origin origin_of(const Value& activity) {
    auto tenant = in(activity, "conversation").text_of("tenantId");
    auto told = in(in(activity, "channelData"), "tenant").text_of("id");
    if (tenant.empty()) tenant = told;
    // Two that differ are of nobody.
    if (!told.empty() && told != tenant) tenant = "";
    return {activity.text_of("serviceUrl"), activity.text_of("channelId"), tenant};
}

}  // namespace muster::msteams
