#include "bot/cli/command_line.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "bot/cli/refusal.hpp"
#include "bot/domain/nearest.hpp"
#include "config/peers.hpp"

namespace muster::cli {
namespace {

constexpr auto about_config = "Configuration file. Left out: the file that MUSTER_CONFIG names";
constexpr auto about_data = "Data folder of a demo, instead of --config";

[[noreturn]] void refuse(const std::string& words) {
    throw Refusal(exit_code::usage, "muster: " + words);
}

// "There is no X. Did you mean Y? See Z."
[[noreturn]] void refuse_unknown(
    const std::string& kind,
    const std::string& typed,
    const std::vector<std::string>& known,
    const std::string& see
) {
    std::vector<std::string_view> words(known.begin(), known.end());
    auto sentence = "there is no " + kind + " \"" + typed + "\".";
    if (auto near = nearest_word(typed, words))
        sentence += " Did you mean \"" + std::string{*near} + "\"?";
    refuse(sentence + " See: " + see);
}

LocalDate date_of(const std::string& option, const std::string& typed) {
    auto date = date_from(typed);
    if (!date) refuse(option + " takes a date such as 2026-11-24, not \"" + typed + "\".");
    return *date;
}

std::optional<LocalDate> optional_date_of(const std::string& option, const std::string& typed) {
    if (typed.empty()) return std::nullopt;
    return date_of(option, typed);
}

// What CLI11 writes into, and how it becomes a command.
class CommandLine {
public:
    CommandLine();

    Asked read(int count, const char* const* words);

private:
    using Finish = std::function<Asked()>;

    CLI::App* command(const char* name, const char* what, const char* example, Finish finish);
    void add_place(CLI::App*);
    void add_out(CLI::App*);
    void add_running();
    void add_settings();
    void add_looking();
    void add_copies();
    void add_platforms();
    void add_tokens();

    Asked exported();
    Asked told_for_slack();
    Asked about_tokens();
    Asked simulated();

    void refuse_unknown_words(const std::vector<std::string>& words) const;
    Asked failed(const CLI::ParseError&) const;
    std::string chosen() const;

    CLI::App app_{"Muster runs stand-ups in the chat that your teams already use.", "muster"};
    std::map<std::string, Finish> finish_;

    Place place_;
    Demo demo_;
    std::string admin_listen_;
    std::string file_;
    std::string out_;
    std::string what_;
    std::string format_ = "csv";
    std::string team_;
    std::string from_;
    std::string to_;
    std::string answers_ = "all";
    std::string url_;
    bool is_over_socket_ = false;
    std::string old_key_;
    std::string new_key_;
    int days_ = 14;
    bool dry_run_ = false;
    bool prune_ = false;
    bool network_ = false;
};

CommandLine::CommandLine() {
    app_.require_subcommand(1);
    app_.get_formatter()->label("REQUIRED", "");
    app_.get_formatter()->label("SUBCOMMAND", "COMMAND");
    app_.set_version_flag("--version", std::string{"muster "} + MUSTER_VERSION, "Show the version");
    app_.set_help_flag("-h,--help", "Show what there is, with an example");
    app_.footer(
        "Try it: muster demo\nEach command has its own help: muster apply --help\n"
        "Exit codes: 0 ok, 1 a finding, 2 bad usage or configuration, 70 store failure, "
        "75 locked by another process."
    );
    add_running();
    add_settings();
    add_looking();
    add_copies();
    add_platforms();
    add_tokens();
}

CLI::App* CommandLine::command(
    const char* name, const char* what, const char* example, Finish finish
) {
    auto* command = app_.add_subcommand(name, what);
    command->group("Commands");
    command->footer(std::string{"Example:\n  "} + example);
    finish_[name] = std::move(finish);
    return command;
}

void CommandLine::add_place(CLI::App* command) {
    command->add_option("--config", place_.config, about_config)->type_name("FILE");
    command->add_option("--data", place_.data, about_data)->type_name("DIR");
}

void CommandLine::add_out(CLI::App* command) {
    command->add_option("--out", out_, "Write to this file instead of the terminal")
        ->type_name("FILE");
}

void CommandLine::add_running() {
    auto* serve = command(
        "serve",
        "Run the bot until it is told to stop",
        "muster serve --config /etc/muster/muster.jsonc",
        [this] { return Serve{place_}; }
    );
    serve->add_option("--config", place_.config, about_config)->type_name("FILE");

    auto* demo = command(
        "demo",
        "Run a sample team in your browser, without any account",
        "muster demo --listen 127.0.0.1:8081",
        [this] {
            demo_.data = place_.data.empty() ? "var" : place_.data;
            if (!admin_listen_.empty()) demo_.admin_listen = admin_listen_;
            return demo_;
        }
    );
    demo->add_option("--data", place_.data, "Folder for everything that is kept (default: var)")
        ->type_name("DIR");
    demo->add_option("--listen", demo_.listen, "Where the page is (default: 127.0.0.1:8080)")
        ->type_name("HOST:PORT");
    demo->add_option(
            "--admin-listen",
            admin_listen_,
            "Where health and the clock are (default: 127.0.0.1:9090, or a free port)"
    )
        ->type_name("HOST:PORT");
}

void CommandLine::add_settings() {
    auto* apply = command(
        "apply",
        "Make people, teams and ceremonies equal to a file, and show what changed",
        "muster apply settings.jsonc --config muster.jsonc --dry-run",
        [this] {
            return Apply{place_, file_, dry_run_, prune_};
        }
    );
    apply->add_option("SETTINGS", file_, "The settings file")->required()->type_name("");
    add_place(apply);
    apply->add_flag("--dry-run", dry_run_, "Only show what would change");
    apply->add_flag(
        "--prune", prune_, "Also archive the people and teams that the file does not name"
    );

    auto* exporting = command(
        "export",
        "Write the settings file, or the answers that the team can see",
        "muster export settings --config muster.jsonc --out settings.jsonc\n"
        "  muster export answers --config muster.jsonc --format csv --team payments "
        "--from 2026-11-01",
        [this] { return exported(); }
    );
    exporting->add_option("WHAT", what_, "settings or answers")->required()->type_name("");
    add_place(exporting);
    exporting->add_option("--format", format_, "answers: csv (default), jsonl or markdown")
        ->type_name("FORMAT");
    exporting->add_option("--team", team_, "answers: of this team only")->type_name("KEY");
    exporting->add_option("--from", from_, "answers: stand-ups from this date on")
        ->type_name("DATE");
    exporting->add_option("--to", to_, "answers: up to this date, included")->type_name("DATE");
    add_out(exporting);
}

void CommandLine::add_looking() {
    auto* check = command(
        "check-config",
        "Check a configuration file and tell every problem",
        "muster check-config muster.jsonc",
        [this] { return CheckConfig{file_}; }
    );
    check->add_option("FILE", file_, "The configuration file")->required()->type_name("");

    auto* doctor = command(
        "doctor",
        "Check that everybody can be reached and will be asked in the next 14 days",
        "muster doctor --config muster.jsonc",
        [this] {
            return Doctor{place_, network_};
        }
    );
    add_place(doctor);
    doctor->add_flag("--network", network_, "Also call the platforms");

    auto* simulate = command(
        "simulate",
        "Show who a settings file would ask, and when, without asking anybody",
        "muster simulate settings.jsonc --from 2027-03-20 --days 14 --answers none",
        [this] { return simulated(); }
    );
    simulate->add_option("SETTINGS", file_, "The settings file")->required()->type_name("");
    simulate->add_option("--from", from_, "The first day, such as 2027-03-20")
        ->required()
        ->type_name("DATE");
    simulate->add_option("--days", days_, "How many days, 1 to 366 (default: 14)")->type_name("N");
    simulate
        ->add_option(
            "--answers", answers_, "all: everybody answers after 20 minutes (default); none: nobody"
        )
        ->type_name("WHO");

    auto* verify = command(
        "verify",
        "Check that nobody changed the log of what happened",
        "muster verify --config muster.jsonc",
        [this] { return Verify{place_}; }
    );
    add_place(verify);

    auto* healthcheck = command(
        "healthcheck",
        "Ask the running bot whether it is well",
        "muster healthcheck --config muster.jsonc",
        [this] { return Healthcheck{place_}; }
    );
    add_place(healthcheck);
}

void CommandLine::add_copies() {
    auto* backup = command(
        "backup",
        "Copy the database, also while the bot runs",
        "muster backup --config muster.jsonc /mnt/backups/muster.db",
        [this] {
            return Backup{place_, file_};
        }
    );
    backup->add_option("TARGET", file_, "File or folder (default: a dated file with the backups)")
        ->type_name("");
    add_place(backup);

    auto* restore = command(
        "restore",
        "Put a backup in the place of the database; the bot must not run",
        "muster restore var/backups/muster-20261124T093000Z.db --config muster.jsonc",
        [this] {
            return Restore{place_, file_};
        }
    );
    restore->add_option("BACKUP", file_, "The file that backup wrote")->required()->type_name("");
    add_place(restore);
}

void CommandLine::add_platforms() {
    auto* slack = command(
        "slack",
        "Write the manifest that makes the app in Slack, or say what its permissions are for",
        "muster slack manifest\n  muster slack manifest --url https://muster.example.org "
        "[--socket]\n"
        "  muster slack permissions",
        [this] { return told_for_slack(); }
    );
    slack->add_option("WHAT", what_, "manifest or permissions")->required()->type_name("");
    slack
        ->add_option(
            "--url",
            url_,
            "manifest: where Slack calls Muster; left out: Muster calls Slack (Socket Mode)"
        )
        ->type_name("URL");
    slack->add_flag(
        "--socket",
        is_over_socket_,
        "with --url: over Socket Mode, and browsers come to URL to install it"
    );
}

void CommandLine::add_tokens() {
    auto* tokens = command(
        "tokens",
        "Make a key for the tokens of installed workspaces, or change from one to another",
        "muster tokens key --out token.key\n"
        "  muster tokens reencrypt --old-key token.key --new-key new.key --config muster.jsonc",
        [this] { return about_tokens(); }
    );
    tokens->add_option("WHAT", what_, "key or reencrypt")->required()->type_name("");
    add_place(tokens);
    tokens->add_option("--out", out_, "key: write it to this file, which must not exist")
        ->type_name("FILE");
    tokens->add_option("--old-key", old_key_, "reencrypt: the key of now")->type_name("FILE");
    tokens->add_option("--new-key", new_key_, "reencrypt: the key of the future")
        ->type_name("FILE");
}

Asked CommandLine::read(int count, const char* const* words) {
    refuse_unknown_words({words + std::min(count, 1), words + count});
    try {
        app_.parse(count, words);
        if (!place_.config.empty() && !place_.data.empty())
            refuse("--config and --data both say which Muster is meant: give one of them.");
        return finish_.at(chosen())();
    } catch (const CLI::CallForVersion&) {
        return Tell{app_.version() + "\n"};
    } catch (const CLI::CallForHelp&) {
        return Tell{app_.help()};
    } catch (const CLI::ParseError& problem) {
        return failed(problem);
    }
}

Asked CommandLine::exported() {
    if (what_ != "settings" && what_ != "answers")
        refuse_unknown("export of", what_, {"settings", "answers"}, "muster export --help");
    auto of_answers = !team_.empty() || !from_.empty() || !to_.empty() || format_ != "csv";
    if (what_ == "settings") {
        if (of_answers)
            refuse("--format, --team, --from and --to belong to: muster export answers");
        return ExportSettings{place_, out_};
    }
    const std::vector<std::string> formats{"csv", "jsonl", "markdown"};
    if (std::ranges::find(formats, format_) == formats.end())
        refuse_unknown("format", format_, formats, "muster export --help");
    ExportAnswers answers;
    answers.place = place_;
    answers.format = format_;
    answers.team = team_;
    answers.from = optional_date_of("--from", from_);
    answers.to = optional_date_of("--to", to_);
    if (answers.from && answers.to && *answers.to < *answers.from)
        refuse("--to lies before --from.");
    answers.out = out_;
    return answers;
}

Asked CommandLine::told_for_slack() {
    if (what_ == "permissions") {
        if (!url_.empty()) refuse("--url belongs to: muster slack manifest");
        if (is_over_socket_) refuse("--socket belongs to: muster slack manifest");
        return SlackPermissions{};
    }
    if (what_ != "manifest")
        refuse_unknown("word for Slack", what_, {"manifest", "permissions"}, "muster slack --help");
    while (url_.ends_with('/'))
        url_.pop_back();
    if (!url_.empty() && !config::is_peer_url(url_))
        refuse("--url takes an address such as https://muster.example.org: Slack calls no other.");
    return SlackManifest{url_, is_over_socket_ || url_.empty()};
}

Asked CommandLine::about_tokens() {
    auto has_keys = !old_key_.empty() || !new_key_.empty();
    if (what_ == "key") {
        if (has_keys || !place_.config.empty() || !place_.data.empty())
            refuse("muster tokens key takes --out and nothing else.");
        if (out_.empty()) refuse("muster tokens key needs --out FILE: a key is never shown.");
        return TokenKey{out_};
    }
    if (what_ != "reencrypt")
        refuse_unknown("word for tokens", what_, {"key", "reencrypt"}, "muster tokens --help");
    if (!out_.empty()) refuse("--out belongs to: muster tokens key");
    if (old_key_.empty() || new_key_.empty())
        refuse("muster tokens reencrypt needs --old-key FILE and --new-key FILE.");
    return ReencryptTokens{place_, old_key_, new_key_};
}

Asked CommandLine::simulated() {
    if (answers_ != "all" && answers_ != "none")
        refuse_unknown("choice of --answers", answers_, {"all", "none"}, "muster simulate --help");
    if (days_ < 1 || days_ > 366) refuse("--days takes a number from 1 to 366.");
    return Simulate{file_, date_of("--from", from_), days_, answers_ == "all"};
}

// CLI11 would complain about what is missing before it says what it does not know.
void CommandLine::refuse_unknown_words(const std::vector<std::string>& words) const {
    if (words.empty()) throw Refusal(exit_code::usage, app_.help());
    auto is_option = [](const std::string& word) { return word.starts_with("-"); };
    auto named = std::ranges::find_if_not(words, is_option);
    std::vector<std::string> commands;
    for (const auto& [name, finish] : finish_)
        commands.push_back(name);
    if (named != words.end() && !finish_.contains(*named))
        refuse_unknown("command", *named, commands, "muster --help");

    const auto* command = named == words.end() ? &app_ : app_.get_subcommand(*named);
    std::vector<std::string> options;
    for (const auto* option : command->get_options())
        for (const auto& name : option->get_lnames())
            options.push_back("--" + name);
    for (const auto& word : words) {
        auto option = word.substr(0, word.find('='));
        if (word == "--") return;
        if (!option.starts_with("--") || std::ranges::find(options, option) != options.end())
            continue;
        auto see = named == words.end() ? "muster --help" : "muster " + *named + " --help";
        refuse_unknown("option", option, options, see);
    }
}

Asked CommandLine::failed(const CLI::ParseError& problem) const {
    auto see = chosen().empty() ? "muster --help" : "muster " + chosen() + " --help";
    refuse(std::string{problem.what()} + ". See: " + see);
}

std::string CommandLine::chosen() const {
    auto commands = app_.get_subcommands();
    return commands.empty() ? "" : commands.front()->get_name();
}

}  // namespace

Asked read_command_line(int count, const char* const* words) {
    return CommandLine{}.read(count, words);
}

}  // namespace muster::cli
