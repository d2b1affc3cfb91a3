#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <string_view>

#include "tests/sim/simulation.hpp"

namespace {

using muster::sim::Platform;
using muster::sim::Report;

struct Wish {
    std::uint64_t first = 1;
    std::uint64_t seeds = 200;
    int days = 10;
    bool verbose = false;
    Platform platform = Platform::model;
    bool twice = false;  // each seed, to see that it gives the same
};

const std::map<std::string_view, Platform> platforms{
    {"model", Platform::model}, {"slack", Platform::slack}};

bool is_platform(std::string_view name) {
    return platforms.contains(name);
}

std::optional<Wish> wish_from(int count, char** words) {
    Wish wish;
    for (int index = 1; index < count; ++index) {
        std::string_view word = words[index];
        auto number = [&]() -> std::uint64_t {
            return index + 1 < count ? std::strtoull(words[++index], nullptr, 10) : 0;
        };
        if (word == "--seeds")
            wish.seeds = number();
        else if (word == "--first")
            wish.first = number();
        else if (word == "--days")
            wish.days = static_cast<int>(number());
        else if (word == "--platform" && index + 1 < count && is_platform(words[index + 1]))
            wish.platform = platforms.at(words[++index]);
        else if (word == "--verbose")
            wish.verbose = true;
        else if (word == "--twice")
            wish.twice = true;
        else
            return std::nullopt;
    }
    if (wish.seeds == 0 || wish.days <= 0) return std::nullopt;
    return wish;
}

void tell(const Report& report, bool in_full, std::size_t events) {
    if (report.violations.empty()) return;
    std::cout << "seed " << report.seed << " FAILS: " << report.violations.front() << " ("
              << report.violations.size() << " in all)" << std::endl;
    if (!in_full) return;
    const auto& all = report.events;
    for (auto index = all.size() - std::min(events, all.size()); index < all.size(); ++index)
        std::cout << "    " << all[index] << "\n";
    for (const auto& violation : report.violations)
        std::cout << "  - " << violation << "\n";
}

}  // namespace

int main(int count, char** words) {
    auto wish = wish_from(count, words);
    if (!wish) {
        std::cerr
            << "usage: muster_sim [--seeds N] [--first S] [--days D] [--platform model|slack] "
               "[--twice] [--verbose]\n";
        return 2;
    }
    auto began = std::chrono::steady_clock::now();
    std::chrono::days length{wish->days};
    Report all;
    int failed = 0;
    for (auto seed = wish->first; seed < wish->first + wish->seeds; ++seed) {
        auto report = muster::sim::simulate(seed, length, wish->platform);
        // Some of the seeds always: what differs from itself cannot be replayed.
        if (wish->twice || seed % 20 == 0)
            if (muster::sim::simulate(seed, length, wish->platform).hash != report.hash)
                report.violations.push_back("I9: the same seed gave another history");
        if (!report.violations.empty()) ++failed;
        constexpr std::size_t last_events = 200;
        tell(report, wish->verbose || failed <= 3, wish->verbose ? SIZE_MAX : last_events);
        if (wish->verbose)
            std::cout << "seed " << seed << " hash " << std::hex << report.hash << std::dec
                      << " prompts " << report.prompts << " deaths " << report.deaths << "\n";
        all.simulated += report.simulated;
        all.prompts += report.prompts;
        all.answers += report.answers;
        all.inputs += report.inputs;
        all.deaths += report.deaths;
        all.mishaps += report.mishaps;
        all.teams_set_up += report.teams_set_up;
        all.read_back += report.read_back;
        all.healed += report.healed;
        all.possible_copies += report.possible_copies;
    }
    auto took = std::chrono::steady_clock::now() - began;
    auto seconds = std::chrono::duration<double>(took).count();
    std::cout << wish->seeds << " seeds, " << failed << " with violations; " << all.prompts
              << " prompts, " << all.answers << " reactions, " << all.inputs << " inputs repeated, "
              << all.deaths << " deaths, " << all.mishaps << " mishaps, " << all.read_back
              << " lines read back, " << all.teams_set_up << " teams set up in chat, " << all.healed
              << " duplicates healed, " << all.possible_copies << " possible ones; " << seconds
              << " s, " << std::chrono::duration<double>(all.simulated).count() / seconds
              << " times faster than life\n";
    return failed == 0 ? 0 : 1;
}
