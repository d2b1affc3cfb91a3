#pragma once

#include <filesystem>
#include <variant>

#include "bot/cli/place.hpp"

// Every command as a value, and what carries it out: one run() in the file of that name. Returns
// the exit code (exit_code.hpp) or throws a Refusal.
namespace muster::cli {

struct Serve {
    Place place;
};

struct Demo {
    std::filesystem::path data = "var";
    std::string listen = "127.0.0.1:8080";
    std::optional<std::string> admin_listen;  // none: the usual one, or any that is free
};

struct Apply {
    Place place;
    std::filesystem::path settings;
    bool dry_run = false;
    bool prune = false;
};

struct ExportSettings {
    Place place;
    std::filesystem::path out;  // "" = stdout
};

struct ExportAnswers {
    Place place;
    std::string format = "csv";  // csv, jsonl, markdown
    std::string team;            // key; "" = all
    std::optional<LocalDate> from, to;
    std::filesystem::path out;
};

struct CheckConfig {
    std::filesystem::path file;
};

struct Doctor {
    Place place;
    bool network = false;
};

struct Simulate {
    std::filesystem::path settings;
    LocalDate from{};
    int days = 0;
    bool everybody_answers = false;
};

struct Backup {
    Place place;
    std::filesystem::path target;  // "" = a dated file in the folder of the backups
};

struct Restore {
    Place place;
    std::filesystem::path backup;
};

struct Verify {
    Place place;
};

struct Healthcheck {
    Place place;
};

struct SlackManifest {
    std::string public_url;  // "" = none, and over Socket Mode
    bool is_over_socket = false;
};

struct SlackPermissions {};

struct TokenKey {
    std::filesystem::path out;  // must not exist
};

struct ReencryptTokens {
    Place place;
    std::filesystem::path old_key;
    std::filesystem::path new_key;
};

// --help, --version.
struct Tell {
    std::string words;
};

using Asked = std::variant<
    Serve,
    Demo,
    Apply,
    ExportSettings,
    ExportAnswers,
    CheckConfig,
    Doctor,
    Simulate,
    Backup,
    Restore,
    Verify,
    Healthcheck,
    SlackManifest,
    SlackPermissions,
    TokenKey,
    ReencryptTokens,
    Tell>;

int run(const Serve&);
int run(const Demo&);
int run(const Apply&);
int run(const ExportSettings&);
int run(const ExportAnswers&);
int run(const CheckConfig&);
int run(const Doctor&);
int run(const Simulate&);
int run(const Backup&);
int run(const Restore&);
int run(const Verify&);
int run(const Healthcheck&);
int run(const SlackManifest&);
int run(const SlackPermissions&);
int run(const TokenKey&);
int run(const ReencryptTokens&);
int run(const Tell&);

}  // namespace muster::cli
