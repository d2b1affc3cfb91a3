#pragma once

#include <variant>

#include "adapters/msteams/contacts.hpp"
#include "adapters/msteams/conversations.hpp"

namespace muster::msteams {

// A chat, or why there is none: what Microsoft answered, or "not_installed", which was not sent:
// nothing was told of that person yet, or the app was taken away for them.
using Reached = std::variant<Reach, ConnectorAnswer>;

// The chats with one person each: they open when somebody installs the app, or when they are needed
// first. The same person has the same chat for ever.
class DirectChats {
public:
    struct Settings {
        std::string app_id;
        std::string tenant;
    };

    // Both must outlive it.
    DirectChats(Settings settings, Connector& connector, Contacts& contacts)
        : settings_(std::move(settings)), connector_(connector), contacts_(contacts) {}

    Task<Reached> with(std::string account);

    // The chat that we know is there no more: it is opened anew.
    Task<Reached> anew_with(std::string account);

private:
    Task<Reached> open(Contact person);

    Settings settings_;
    Connector& connector_;
    Contacts& contacts_;
};

}  // namespace muster::msteams
