#include <cstdlib>
#include <iostream>
#include <string_view>

#include "tests/sim/overdue.hpp"

namespace {

using muster::milliseconds;
using muster::sim::OverdueOptions;
using muster::sim::OverdueReport;

constexpr auto usage =
    "usage: muster_overdue [--members N] [--workspaces N] [--back evening|morning] [--seed S]\n";

bool is_set(OverdueOptions& options, std::string_view word, std::string_view value) {
    auto number = std::atoi(value.data());
    if (word == "--members")
        options.members = number;
    else if (word == "--workspaces")
        options.workspaces = number;
    else if (word == "--seed")
        options.seed = static_cast<std::uint64_t>(number);
    else if (word == "--back" && (value == "evening" || value == "morning"))
        options.back =
            value == "evening" ? OverdueOptions::Back::evening : OverdueOptions::Back::morning;
    else
        return false;
    return options.members > 0 && options.workspaces > 0;
}

double seconds(milliseconds length) {
    return static_cast<double>(length.count()) / 1'000;
}

void tell(const char* title, const std::map<std::string, int>& fates) {
    std::cout << title;
    for (const auto& [fate, number] : fates)
        std::cout << "  " << fate << ": " << number;
    std::cout << "\n";
}

void tell(const OverdueReport& report) {
    std::cout << report.timers << " timers and " << report.deliveries << " deliveries of "
              << report.teams << " teams were overdue; settled in " << seconds(report.settled_in)
              << " s, all posted in " << seconds(report.drained_in) << " s, with "
              << seconds(report.processor_time) << " s of processor time until it was settled\n";
    tell("rounds of Tuesday:", report.asked_on_tuesday);
    tell("rounds since:     ", report.asked_later);
    std::cout << "posts since:      ";
    for (const auto& [purpose, number] : report.posts)
        std::cout << "  " << name(purpose) << ": " << number;
    std::cout << "\n\"I was away\" to one person: at most " << report.most_reports_of_one << "; "
              << report.rejections << " rejections\n";
    for (const auto& violation : report.violations)
        std::cout << "VIOLATION " << violation << "\n";
}

}  // namespace

int main(int count, char** words) {
    OverdueOptions options;
    for (int index = 1; index < count; index += 2)
        if (index + 1 == count || !is_set(options, words[index], words[index + 1])) {
            std::cerr << usage;
            return 2;
        }
    auto report = muster::sim::come_back(options);
    tell(report);
    return report.violations.empty() ? 0 : 1;
}
