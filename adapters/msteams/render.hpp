#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/json/strict.hpp"
#include "bot/domain/message.hpp"

// Microsoft's JSON begins here: Message and Form as Adaptive Cards (protocols/teams.md 5.2, 6).
// Pure.
//
// What people typed can become neither a mention nor markup, and a link only where it is a plain
// address: it stands in elements that nothing is parsed in, and is shown as it was typed.
namespace muster::msteams {

// One activity. `summary` is the notification; the card holds everything.
struct Post {
    std::string summary;
    json::Object card;
};

// As many as it needs, one at least: split at blocks, then at lines, then at words, never cut.
// `delivery`: none for a reply.
std::vector<Post> render(const Message&, std::optional<DeliveryId> delivery, const Catalogue&);

// What opens above the chat (a task module).
struct Dialog {
    std::string title;
    json::Object card;
};

Dialog render(const Form&, const Catalogue&);

// Once more, with what was entered and what is wrong.
Dialog render(Form, const FormErrors&, const FormValues& entered, const Catalogue&);

// The form where no dialog can open, as a card in the chat.
json::Object render_as_card(const Form&, const Catalogue&);

// A message where a dialog is open already. Its buttons work there.
Dialog render_as_dialog(const Message&, const Catalogue&);

}  // namespace muster::msteams
