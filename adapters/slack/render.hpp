#pragma once

#include "adapters/json/strict.hpp"
#include "adapters/slack/names.hpp"
#include "bot/domain/button_value.hpp"

// Slack's JSON begins here: Message and Form as Block Kit (protocols/slack.md 4). Pure.
//
// What people typed can become neither a mention nor markup, and a link only where it is a plain
// address: it stands in texts that nothing is parsed in, and is shown as it was typed.
namespace muster::slack {

// Who reads a message decides whose time it tells.
enum class Readers {
    one,   // a direct message: in the zone of the message's reader
    many,  // a channel: in the zone of each reader's device
};

// One post, for chat.postMessage or chat.update: 1 to 50 blocks, and together no more than Slack
// takes. `text` is the notification, and what screen readers read: mrkdwn, escaped. Send it with
// parse "none" and, where the method has it, mrkdwn false: stars and addresses stay as typed.
struct Post {
    std::string text;
    json::Array blocks;
};

// For chat.postMessage. `thread` = ts of its parent; "" = in the conversation itself.
json::Object arguments_of(Post, std::string channel, std::string thread);

// As many posts as it needs, one at least: split at blocks, then at lines, then at words, never
// cut. The first block of the first carries its Mark.
std::vector<Post> render(const Message&, DeliveryId, Readers, const Catalogue&);

// Later parts are marked when the first part's ts is known.
void mark(Post&, const Mark&);

// A reply that is no delivery, to one person: the same without marks.
std::vector<Post> render(const Message&, const Catalogue&);

// The view of views.open, or of a response_action; private_metadata holds the FormContext and
// nothing else, since it is not to be trusted. An input's block_id is its field's key.
json::Value render(const Form&, const Catalogue&);

// The action_id of every input, and the value of a tick that is set.
inline constexpr std::string_view entry_action = "v";
inline constexpr std::string_view ticked = "yes";

// A form that has become a message: what cannot be said otherwise after a form was sent.
json::Value render_as_view(const Message&, const Catalogue&);

// A person's own page, for views.publish.
json::Value render_as_home(const Message&, const Catalogue&);

// {"response_action":"errors","errors":{block id: words}}
json::Value render(const FormErrors&, const Catalogue&);

// A button's action_id is its verb and its place in the row, its value button_value().

// For mrkdwn: & < > as entities, so that nothing of it becomes a mention or a link.
std::string escaped(std::string_view words);

// What Slack sends is escaped, and names people and channels in <...>: as people read it.
std::string unescaped(std::string_view text);

}  // namespace muster::slack
