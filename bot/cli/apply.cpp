#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "bot/app/settings_change.hpp"
#include "bot/cli/at_the_office.hpp"
#include "bot/cli/differences.hpp"
#include "bot/cli/errands.hpp"
#include "bot/cli/exit_code.hpp"
#include "config/section.hpp"
#include "config/settings_file.hpp"

namespace muster::cli {

int run(const Apply& command) {
    auto configuration = configuration_of(command.place);
    auto text = config::read_text(command.settings);
    if (!text) refuse(text.error());
    FilesRead read;
    auto remember = [&read,
                     beside = config::files_beside(command.settings)](const std::string& path) {
        auto content = beside(path);
        if (content) read[path] = *content;
        return content;
    };
    auto file = config::settings_from(*text, command.settings.string(), remember);
    if (!file) refuse(file.error());
    return at_the_office(configuration, apply_errand(command, *text, read), to_terminal(), true);
}

// The files go along: whoever carries it out may stand in another folder, and may not read them.
Errand apply_errand(const Apply& command, const std::string& text, const FilesRead& files) {
    Errand errand{
        "apply",
        command.settings.string(),
        text,
        command.dry_run ? "dry-run" : "",
        command.prune ? "prune" : "",
    };
    for (const auto& [path, content] : files) {
        errand.push_back(path);
        errand.push_back(content);
    }
    return errand;
}

namespace {

config::FileReader files_in(const Errand& errand) {
    constexpr std::size_t first = 5;
    FilesRead files;
    for (auto at = first; at + 1 < errand.size(); at += 2)
        files[errand[at]] = errand[at + 1];
    return [files = std::move(files)](const std::string& path) {
        auto found = files.find(path);
        return found == files.end() ? std::nullopt : std::optional{found->second};
    };
}

Task<settings::ChangeResult> look(Office::Parts parts, settings::Wanted wanted, bool prune) {
    IdSource ids{parts.entropy.seed()};
    auto compare = [wanted = std::move(wanted), prune, ids](View& view) mutable {
        return settings::change(settings_document(view), wanted, prune, std::nullopt, ids);
    };
    co_return co_await parts.store.read(std::move(compare));
}

Task<settings::ChangeResult> change(Office::Parts parts, settings::Wanted wanted, bool prune) {
    auto now = parts.clock.now();
    IdSource ids{parts.entropy.seed()};
    auto admins = parts.configuration.admins;
    auto work = [wanted = std::move(wanted), admins, prune, now, ids](Transaction& transaction
                ) mutable -> Result<settings::ChangeResult> {
        auto changed = change_settings(transaction, wanted, prune, now, ids);
        if (changed) transaction.apply(administrators_change(transaction, admins), now);
        return changed;
    };
    auto changed = co_await parts.store.write(std::move(work));
    if (!changed)
        throw std::runtime_error(std::string{"nothing was stored: "} + name(changed.error()));
    co_return *std::move(changed);
}

}  // namespace

Task<int> do_apply(Office::Parts parts, Errand errand, Output& output) {
    errand.resize(std::max<std::size_t>(errand.size(), 5));
    auto is_dry_run = errand[3] == "dry-run";
    auto prune = errand[4] == "prune";
    auto file = config::settings_from(errand[2], errand[1], files_in(errand));
    auto problems = file ? config::Problems{} : file.error();
    if (file) {
        settings::ChangeResult changed = std::vector<settings::Problem>{};
        if (is_dry_run)
            changed = co_await look(parts, file->wanted, prune);
        else
            changed = co_await change(parts, file->wanted, prune);
        if (changed) {
            co_await output.out(differences_text(changed->differences, is_dry_run));
            co_return exit_code::ok;
        }
        problems = file->locate(changed.error());
    }
    for (const auto& problem : problems)
        co_await output.err(to_text(problem) + "\n");
    co_await output.err("Nothing was changed.\n");
    co_return exit_code::usage;
}

}  // namespace muster::cli
