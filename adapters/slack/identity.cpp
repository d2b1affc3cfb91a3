#include "adapters/slack/identity.hpp"

namespace muster::slack {

bool is_ours(const Identity& us, std::string_view user, std::string_view bot) {
    return (!user.empty() && user == us.bot_user) || (!bot.empty() && bot == us.bot);
}

}  // namespace muster::slack
