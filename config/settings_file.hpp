#pragma once

#include <filesystem>
#include <map>
#include <string_view>

#include "bot/domain/settings.hpp"
#include "config/problem.hpp"

// The declarative file of `muster apply`: people, teams, ceremonies, calendars.
namespace muster::config {

struct SettingsFile {
    settings::Wanted wanted;
    std::string name;                  // of the file, as it was given
    std::map<std::string, int> lines;  // JSON pointer -> line

    // What settings::change did not accept, as problems of this file.
    Problems locate(const std::vector<settings::Problem>&) const;
};

// Everything that is wrong with the file itself, at once. Whether people and connections exist is
// for settings::change to say.
Checked<SettingsFile> read_settings(const std::filesystem::path& file);
Checked<SettingsFile> settings_from(std::string_view text, const std::string& file_name);

// Writes a file that reads as the same; what is usual is left out.
std::string settings_text(const settings::Wanted&);

}  // namespace muster::config
