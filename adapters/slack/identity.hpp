#pragma once

#include <string>
#include <string_view>

namespace muster::slack {

// Who we are in one workspace: auth.test says it.
struct Identity {
    std::string team;        // "T..."; "" where the app is installed for a whole organisation
    std::string enterprise;  // "E..."; "" = none
    std::string bot_user;    // "U..."
    std::string bot;         // "B..."
};

// Whether we are the author of a message, as it names them; "" = it does not.
bool is_ours(const Identity& us, std::string_view user, std::string_view bot);

}  // namespace muster::slack
