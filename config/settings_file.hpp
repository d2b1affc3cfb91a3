#pragma once

#include <filesystem>
#include <functional>
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

// The files that a settings file names (calendars), by what stands there; none: it is not to be
// had.
using FileReader = std::function<std::optional<std::string>(const std::string& path)>;

// Reads them from the disk; relative paths resolve against the settings file.
FileReader files_beside(const std::filesystem::path& settings_file);

// Everything that is wrong with the file itself, at once. Whether people and connections exist is
// for settings::change to say.
Checked<SettingsFile> read_settings(const std::filesystem::path& file);
Checked<SettingsFile> settings_from(
    std::string_view text, const std::string& file_name, const FileReader& files = {}
);

// Writes a file that reads as the same; what is usual is left out.
std::string settings_text(const settings::Wanted&);

}  // namespace muster::config
