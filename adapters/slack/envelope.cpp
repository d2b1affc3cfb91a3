#include "adapters/slack/envelope.hpp"

#include "adapters/slack/inbound_parts.hpp"

namespace muster::slack {
namespace {

constexpr std::size_t longest_id = 200;

std::optional<Envelope::Kind> kind_of(std::string_view type) {
    using Kind = Envelope::Kind;
    for (auto kind : {Kind::event, Kind::command, Kind::interaction})
        if (type == name_of(kind)) return kind;
    return std::nullopt;
}

}  // namespace

std::string_view name_of(Envelope::Kind kind) {
    switch (kind) {
        case Envelope::Kind::event: return "events_api";
        case Envelope::Kind::command: return "slash_commands";
        case Envelope::Kind::interaction: return "interactive";
    }
    return "";
}

Heard heard_in(const Envelope& envelope, const std::vector<Identity>& ours) {
    switch (envelope.kind) {
        case Envelope::Kind::event: return heard_in_event(envelope.payload, ours);
        case Envelope::Kind::command: return heard_in_command(envelope.payload);
        case Envelope::Kind::interaction: return heard_in_interaction(envelope.payload);
    }
    return Malformed{};
}

Frame frame_in(std::string_view text) {
    auto parsed = json::parse(text);
    if (!parsed || !parsed->object()) return UnknownFrame{};
    auto type = parsed->text_of("type");
    if (type == "hello") return Hello{};
    if (type == "disconnect") {
        auto is_off = parsed->text_of("reason") == "link_disabled";
        return Disconnect{is_off ? Disconnect::Reason::disabled : Disconnect::Reason::renewal};
    }
    auto kind = kind_of(type);
    auto id = parsed->text_of("envelope_id");
    if (!kind || id.empty() || id.size() > longest_id) return UnknownFrame{};
    const auto* takes_payload = in(*parsed, "accepts_response_payload").flag();
    return Envelope{*kind, std::move(id), in(*parsed, "payload"), takes_payload && *takes_payload};
}

std::string acknowledgement_of(const Envelope& envelope, std::string_view body) {
    json::Object acknowledgement{{"envelope_id", envelope.id}};
    auto payload = body.empty() ? json::Parsed{json::Value{}} : json::parse(body);
    if (payload && payload->object() && envelope.takes_payload)
        acknowledgement.push_back({"payload", std::move(*payload)});
    return json::dump(acknowledgement);
}

}  // namespace muster::slack
