#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "bot/cli/at_the_office.hpp"
#include "bot/cli/errands.hpp"
#include "bot/cli/examination.hpp"
#include "bot/cli/exit_code.hpp"
#include "bot/cli/network_check.hpp"
#include "bot/cli/plain_text.hpp"
#include "bot/cli/token_keys.hpp"

namespace muster::cli {
namespace {

constexpr std::size_t line_width = 98;

constexpr auto over_the_network = "network";

}  // namespace

int run(const Doctor& command) {
    return at_the_office(configuration_of(command.place), doctor_errand(command), to_terminal());
}

Errand doctor_errand(const Doctor& command) {
    Errand errand{"doctor"};
    if (command.network) errand.emplace_back(over_the_network);
    return errand;
}

namespace {

std::string to_text(const Examination& examination) {
    auto looked_at = fmt::format(
        "Looked at {}, {} and {} over the next 14 days: ",
        people_counted(examination.people),
        counted(examination.teams, "team"),
        counted(examination.ceremonies, "stand-up")
    );
    if (examination.ailments.empty()) return looked_at + "all is well.\n";
    std::string words;
    for (const auto& [what, fix] : examination.ailments) {
        words += "! " + wrapped(one_line(what), line_width, "  ") + "\n";
        words += "  Fix: " + wrapped(one_line(fix), line_width - 7, "       ") + "\n";
    }
    return words + "\n" + looked_at + counted(examination.ailments.size(), "finding") + ".\n";
}

}  // namespace

Task<int> do_doctor(Office::Parts parts, Errand errand, Output& output) {
    SqliteInstallations installed{parts.store};
    auto installations = co_await installed.all();
    auto key = token_key_of(parts.configuration);
    auto connections = config::connections_of(parts.configuration);
    for (const auto& installation : installations)
        if (parts.configuration.slack_app && token_of(installation, key))
            connections.push_back({installation.workspace, "slack"});
    auto now = parts.clock.now();
    auto look = [connections, now](View& view) { return examine(view, connections, now); };
    auto examination = co_await parts.store.read(look);
    auto unreadable = unreadable_tokens(installations, key);
    std::ranges::move(unreadable, std::back_inserter(examination.ailments));
    if (parts.secrets)
        std::ranges::move(parts.secrets->ailments(), std::back_inserter(examination.ailments));
    if (std::ranges::find(errand, over_the_network) != errand.end()) {
        auto refused = co_await ask_the_platforms(parts, output);
        std::ranges::move(refused, std::back_inserter(examination.ailments));
    }
    co_await output.out(to_text(examination));
    co_return examination.ailments.empty() ? exit_code::ok : exit_code::finding;
}

}  // namespace muster::cli
