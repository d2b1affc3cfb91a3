#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <map>
#include <string_view>

#include "tests/sim/fan_out.hpp"

namespace {

using muster::milliseconds;
using muster::sim::FanOutOptions;
using muster::sim::FanOutReport;

constexpr auto usage =
    "usage: muster_fan_out [--members N] [--workspaces N] [--trouble none|slow|revoked]\n"
    "                      [--answering SHARE] [--deaths N] [--seed S]\n";

const std::map<std::string_view, FanOutOptions::Trouble> troubles{
    {"none", FanOutOptions::Trouble::none},
    {"slow", FanOutOptions::Trouble::slow},
    {"revoked", FanOutOptions::Trouble::revoked}};

bool is_set(FanOutOptions& options, std::string_view word, const char* value) {
    if (word == "--members")
        options.members = std::atoi(value);
    else if (word == "--workspaces")
        options.workspaces = std::atoi(value);
    else if (word == "--answering")
        options.answering = std::atof(value);
    else if (word == "--deaths")
        options.deaths = std::atoi(value);
    else if (word == "--seed")
        options.seed = std::strtoull(value, nullptr, 10);
    else if (word == "--trouble" && troubles.contains(value))
        options.trouble = troubles.at(value);
    else
        return false;
    return options.members > 0 && options.workspaces > 0 && options.deaths >= 0;
}

double seconds(milliseconds length) {
    return static_cast<double>(length.count()) / 1'000;
}

void tell(const FanOutReport::OfWorkspace& told) {
    std::cout << "  asked " << told.asked << ", missing " << told.missing << ", doubled "
              << told.doubled << "; " << told.posts << " posts in " << told.against_ideal
              << " of the ideal time, " << told.calls << " calls, " << told.rejections
              << " rejections (" << told.rejections_per_post() << " a post)\n"
              << "  prompts: half within " << seconds(told.prompts.half) << " s, p99 "
              << seconds(told.prompts.p99) << " s, last " << seconds(told.prompts.last) << " s\n";
    if (told.receipts.last.count() > 0)
        std::cout << "  answers confirmed: half within " << seconds(told.receipts.half)
                  << " s, p99 " << seconds(told.receipts.p99) << " s, last "
                  << seconds(told.receipts.last) << " s\n";
    for (const auto& violation : told.violations)
        std::cout << "  VIOLATION " << violation << "\n";
}

}  // namespace

int main(int count, char** words) {
    FanOutOptions options;
    for (int index = 1; index < count; index += 2)
        if (index + 1 == count || !is_set(options, words[index], words[index + 1])) {
            std::cerr << usage;
            return 2;
        }
    auto report = muster::sim::fan_out(options);
    std::cout << std::setprecision(4);
    auto is_bad = false;
    constexpr std::size_t most_told = 3;
    for (std::size_t number = 0; number < report.workspaces.size(); ++number) {
        const auto& told = report.workspaces[number];
        is_bad = is_bad || told.doubled > 0 || !told.violations.empty();
        if (number >= most_told && told.violations.empty()) continue;
        std::cout << "workspace " << number + 1 << "\n";
        tell(told);
    }
    std::cout << "all but the one in trouble: p99 " << seconds(report.prompts_elsewhere.p99)
              << " s, last " << seconds(report.prompts_elsewhere.last) << " s; " << report.deaths
              << " deaths; " << seconds(report.processor_time) << " s of processor time, "
              << seconds(report.processor_time) * 1'000 / options.members << " ms a member\n";
    return is_bad ? 1 : 0;
}
