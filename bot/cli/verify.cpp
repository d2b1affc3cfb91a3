#include <fmt/format.h>

#include "bot/cli/at_the_office.hpp"
#include "bot/cli/errands.hpp"
#include "bot/cli/exit_code.hpp"

namespace muster::cli {

int run(const Verify& command) {
    return at_the_office(configuration_of(command.place), verify_errand(), to_terminal());
}

Errand verify_errand() {
    return {"verify"};
}

Task<int> do_verify(Office::Parts parts, Output& output) {
    auto found = co_await parts.store.verify();
    if (!found.whole()) {
        auto words = fmt::format(
            "The event log is not whole: {}. {} rows before it are sound.\n"
            "Somebody changed the database by other means than Muster. Keep a copy of it, and "
            "compare it with a backup.\n",
            found.reason,
            found.rows
        );
        co_await output.out(words);
        co_return exit_code::finding;
    }
    auto words = fmt::format("The event log is whole: {} rows", found.rows);
    if (found.erased > 0) words += fmt::format(", {} of them erased on request", found.erased);
    co_await output.out(words + ".\n");
    co_return exit_code::ok;
}

}  // namespace muster::cli
