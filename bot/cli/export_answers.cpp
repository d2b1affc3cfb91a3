#include <algorithm>

#include "bot/cli/answer_formats.hpp"
#include "bot/cli/at_the_office.hpp"
#include "bot/cli/errands.hpp"
#include "bot/cli/exit_code.hpp"
#include "bot/cli/output_file.hpp"
#include "bot/domain/nearest.hpp"

namespace muster::cli {

int run(const ExportAnswers& command) {
    auto configuration = configuration_of(command.place);
    OutputFile file{command.out};
    return file.finish(at_the_office(configuration, export_answers_errand(command), file.sink()));
}

namespace {

std::string text_of(std::optional<LocalDate> date) {
    return date ? to_text(*date) : "";
}

}  // namespace

Errand export_answers_errand(const ExportAnswers& command) {
    return {
        "export-answers", command.format, command.team, text_of(command.from), text_of(command.to)};
}

namespace {

struct Chosen {
    AnswerFormat format = AnswerFormat::csv;
    std::string team;
    LocalDate from{};
    LocalDate to{};
};

Chosen chosen_by(const Errand& errand) {
    using namespace std::chrono;
    return {
        answer_format_from(errand[1]).value_or(AnswerFormat::csv),
        errand[2],
        date_from(errand[3]).value_or(year{1970} / January / 1),
        date_from(errand[4]).value_or(year{9999} / December / 31),
    };
}

// What to say when there is no such team; nothing when there is, or all are wanted.
std::optional<std::string> unknown_team(View& view, const std::string& wanted) {
    if (wanted.empty()) return std::nullopt;
    auto teams = view.teams();
    std::vector<std::string_view> keys;
    for (const auto& team : teams)
        keys.push_back(team.key);
    if (std::ranges::find(keys, wanted) != keys.end()) return std::nullopt;
    auto words = "There is no team \"" + wanted + "\".";
    if (auto near = nearest_word(wanted, keys))
        words += " Did you mean \"" + std::string{*near} + "\"?";
    return words + "\n";
}

// Runs by date, then by team.
std::vector<RunId> runs_in(View& view, const Chosen& chosen) {
    std::vector<std::tuple<LocalDate, std::string, Instant, RunId>> found;
    for (const auto& team : view.teams()) {
        if (!chosen.team.empty() && team.key != chosen.team) continue;
        for (const auto& run : view.runs_of(team.id, Instant{}))
            if (run.date >= chosen.from && run.date <= chosen.to)
                found.emplace_back(run.date, team.key, run.opens_at, run.id);
    }
    std::ranges::sort(found);
    std::vector<RunId> runs;
    for (const auto& row : found)
        runs.push_back(std::get<RunId>(row));
    return runs;
}

std::string text_of(View& view, RunId run, AnswerFormat format, Instant now) {
    auto board = view.board(run);
    if (!board) return "";
    auto ceremony = view.ceremony(board->run.ceremony);
    auto answers =
        visible_answers(*board, ceremony ? ceremony->key : board->run.ceremony_name, now);
    return answers_text(format, answers);
}

}  // namespace

// One run at a time, so that years of answers are never in memory at once.
Task<int> do_export_answers(Office::Parts parts, Errand errand, Output& output) {
    errand.resize(5);
    auto chosen = chosen_by(errand);
    auto look_for_team = [&chosen](View& view) { return unknown_team(view, chosen.team); };
    if (auto problem = co_await parts.store.read(look_for_team)) {
        co_await output.err(*problem);
        co_return exit_code::usage;
    }
    auto find = [&chosen](View& view) { return runs_in(view, chosen); };
    auto runs = co_await parts.store.read(find);
    co_await output.out(header(chosen.format));
    auto now = parts.clock.now();
    for (auto run : runs) {
        auto format = [run, now, &chosen](View& view) {
            return text_of(view, run, chosen.format, now);
        };
        auto words = co_await parts.store.read(format);
        if (!words.empty()) co_await output.out(std::move(words));
    }
    co_return exit_code::ok;
}

}  // namespace muster::cli
