#include "bot/cli/place.hpp"

#include <cstdlib>

#include "bot/cli/refusal.hpp"

namespace muster::cli {
namespace {

config::Configuration read(const std::filesystem::path& file) {
    auto configuration = config::read_configuration(file);
    if (!configuration) refuse(configuration.error());
    return *std::move(configuration);
}

}  // namespace

config::Configuration configuration_of(const Place& place) {
    if (!place.data.empty()) return demo_configuration(place.data);
    if (!place.config.empty()) return read(place.config);
    if (const auto* named = std::getenv("MUSTER_CONFIG"); named && *named) return read(named);
    throw Refusal(
        exit_code::usage,
        "Say which Muster is meant: --config FILE, or the environment variable MUSTER_CONFIG. For "
        "a demo: --data DIR."
    );
}

config::Configuration demo_configuration(const std::filesystem::path& data) {
    config::Configuration configuration;
    configuration.organisation = "Example Agency";
    configuration.storage.sqlite = data / "muster.db";
    configuration.local_enabled = true;
    configuration.clock_adjustable = true;
    return configuration;
}

void refuse(const config::Problems& problems) {
    std::string words;
    for (const auto& problem : problems) {
        if (!words.empty()) words += '\n';
        words += to_text(problem);
    }
    throw Refusal(exit_code::usage, words);
}

}  // namespace muster::cli
