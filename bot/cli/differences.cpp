#include "bot/cli/differences.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "bot/cli/plain_text.hpp"

namespace muster::cli {
namespace {

using settings::Difference;
using Kind = Difference::Kind;

std::string quoted(const std::string& value) {
    return value.empty() ? "nothing" : "\"" + one_line(value) + "\"";
}

std::string line_of(const Difference& difference) {
    auto what = one_line(difference.what);
    auto field = difference.field.empty() ? "" : ", " + difference.field;
    switch (difference.kind) {
        case Kind::added: return "+ " + what + field + "\n";
        case Kind::removed: return "- " + what + field + "\n";
        case Kind::changed: break;
    }
    return fmt::format(
        "~ {}{}: {} -> {}\n", what, field, quoted(difference.before), quoted(difference.after)
    );
}

}  // namespace

std::string differences_text(const std::vector<Difference>& differences, bool is_dry_run) {
    if (differences.empty()) return "Nothing to change: everything is already as the file says.\n";
    std::string lines;
    for (const auto& difference : differences)
        lines += line_of(difference);
    auto count = [&](Kind kind) {
        return std::ranges::count(differences, kind, &Difference::kind);
    };
    auto counts = fmt::format(
        "{} added, {} changed, {} removed",
        count(Kind::added),
        count(Kind::changed),
        count(Kind::removed)
    );
    if (is_dry_run)
        return lines + "\nThis was a dry run: nothing was changed. Without --dry-run: " + counts +
               ".\n";
    return lines + "\nDone: " + counts + ".\n";
}

}  // namespace muster::cli
