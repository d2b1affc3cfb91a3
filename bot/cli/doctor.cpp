#include <cstdio>

#include <fmt/format.h>

#include "bot/cli/at_the_office.hpp"
#include "bot/cli/errands.hpp"
#include "bot/cli/examination.hpp"
#include "bot/cli/exit_code.hpp"
#include "bot/cli/plain_text.hpp"
#include "bot/cli/serve.hpp"

namespace muster::cli {
namespace {

constexpr std::size_t line_width = 98;

std::string network_words(const config::Configuration& configuration) {
    if (auto missing = config::missing_adapter(configuration, built_platforms)) return *missing;
    if (!configuration.slack.empty())
        return "not tried. When Slack refuses the token, the log of muster serve says so.";
    return "nothing to call. The local workspace needs no network.";
}

}  // namespace

int run(const Doctor& command) {
    auto configuration = configuration_of(command.place);
    if (command.network) fmt::print("Network: {}\n", network_words(configuration));
    std::fflush(stdout);
    return at_the_office(configuration, doctor_errand(), to_terminal());
}

Errand doctor_errand() {
    return {"doctor"};
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

Task<int> do_doctor(Office::Parts parts, Output& output) {
    auto connections = config::connections_of(parts.configuration);
    auto now = parts.clock.now();
    auto look = [connections, now](View& view) { return examine(view, connections, now); };
    auto examination = co_await parts.store.read(look);
    co_await output.out(to_text(examination));
    co_return examination.ailments.empty() ? exit_code::ok : exit_code::finding;
}

}  // namespace muster::cli
