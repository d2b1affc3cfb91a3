#pragma once

#include "config/configuration.hpp"

namespace muster::cli {

// Which Muster a command is about: a configuration file, or the data folder of a demo. Neither: the
// file that the environment variable MUSTER_CONFIG names.
struct Place {
    std::string config;
    std::string data;
};

// Throws a Refusal with every problem of the file.
config::Configuration configuration_of(const Place&);

// What `muster demo` runs with.
config::Configuration demo_configuration(const std::filesystem::path& data);

// All problems, one a line, as a Refusal of usage.
[[noreturn]] void refuse(const config::Problems&);

}  // namespace muster::cli
