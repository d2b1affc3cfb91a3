#pragma once

#include <optional>

#include "adapters/slack/inbound.hpp"

// The frames of Socket Mode (protocols/slack.md 6). Pure.
namespace muster::slack {

// What Slack asks to be answered.
struct Envelope {
    enum class Kind { event, command, interaction };

    Kind kind = Kind::event;
    std::string id;
    json::Value payload;  // as a webhook bears it
    bool takes_payload = false;
};

// Of the envelopes, for measures: "events_api".
std::string_view name_of(Envelope::Kind);

// What the payload says.
Heard heard_in(const Envelope& envelope, const std::vector<Identity>& ours);

// The connection counts from now on.
struct Hello {};

// Slack is going to close the connection.
struct Disconnect {
    enum class Reason { renewal, disabled };

    Reason reason = Reason::renewal;
};

// Of no kind that we know.
struct UnknownFrame {};

using Frame = std::variant<Hello, Disconnect, Envelope, UnknownFrame>;

Frame frame_in(std::string_view text);

// What Slack is answered; `body` = the JSON that the webhook would be answered with, "" = none.
std::string acknowledgement_of(const Envelope& envelope, std::string_view body);

}  // namespace muster::slack
