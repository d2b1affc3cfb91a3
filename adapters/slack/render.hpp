#pragma once

#include "adapters/json/strict.hpp"
#include "adapters/slack/names.hpp"
#include "bot/domain/inbound.hpp"

// Slack's JSON begins here: Message and Form as Block Kit (protocols/slack.md 4). Pure.
//
// What people typed can become neither a mention nor a link nor markup: it is escaped, and shown as
// it was typed.
namespace muster::slack {

// One post: at most 50 blocks. `text` is the notification, and what screen readers read.
struct Post {
    std::string text;
    json::Array blocks;
};

// As many posts as it needs: split at blocks, then at lines, then at words, never cut. The first
// block of the first carries its Mark.
std::vector<Post> render(const Message&, DeliveryId, const Catalogue&);

// Later parts are marked when the first part's ts is known.
void mark(Post&, const Mark&);

// A reply that is no delivery: the same without marks.
std::vector<Post> render(const Message&, const Catalogue&);

// The view of views.open, or of a response_action; private_metadata holds the FormContext and
// nothing else, since it is not to be trusted.
json::Value render(const Form&, const Catalogue&);

// A form that has become a message: what cannot be said otherwise after a form was sent.
json::Value render_as_view(const Message&, const Catalogue&);

// {"response_action":"errors","errors":{block id: words}}
json::Value render(const FormErrors&, const Catalogue&);

// The value of a button, and back; action_id is unique in its block.
std::string button_value(const Button&);
std::optional<Pressed> pressed_in(std::string_view value);

// mrkdwn: & < > escaped; nothing of it becomes a mention, a link, bold, a quote or a list.
std::string escaped(std::string_view words);

// What Slack sends is escaped, and names people and channels in <...>: as people read it.
std::string unescaped(std::string_view text);

}  // namespace muster::slack
