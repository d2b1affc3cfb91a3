#include "bot/cli/answer_formats.hpp"

#include <array>

#include <fmt/format.h>

#include "adapters/json/strict.hpp"

namespace muster::cli {
namespace {

std::string at_text(const VisibleAnswer& answer) {
    return answer.at ? to_text(*answer.at) : "";
}

std::string csv_row(const VisibleAnswer& answer) {
    return fmt::format(
        "{},{},{},{},{},{},{},{},{},{},{}\r\n",
        answers_schema,
        csv_field(answer.team),
        csv_field(answer.ceremony),
        to_text(answer.date),
        csv_field(answer.slot),
        csv_field(answer.person),
        csv_field(answer.question),
        csv_field(answer.asked),
        csv_field(answer.answer),
        at_text(answer),
        answer.is_late ? "yes" : "no"
    );
}

std::string json_line(const VisibleAnswer& answer) {
    auto nothing = json::Value{nullptr};
    json::Object object{
        {"schema", answers_schema},
        {"team", answer.team},
        {"ceremony", answer.ceremony},
        {"date", to_text(answer.date)},
        {"slot", answer.slot},
        {"person", answer.person.empty() ? nothing : json::Value{answer.person}},
        {"question", answer.question},
        {"asked", answer.asked},
        {"answer", answer.answer},
        {"at", answer.at ? json::Value{to_text(*answer.at)} : nothing},
        {"late", answer.is_late},
    };
    return json::dump(object) + "\n";
}

std::string markdown_run(const std::vector<VisibleAnswer>& answers) {
    const auto& run = answers.front();
    auto words = fmt::format(
        "\n## {}, {}, {}{}\n",
        markdown_text(run.team),
        markdown_text(run.ceremony),
        to_text(run.date),
        run.slot == "main" ? "" : ", " + markdown_text(run.slot)
    );
    std::string above = "\n";  // names no person and no question
    for (const auto& answer : answers) {
        const auto& title = answer.person.empty() ? answer.asked : answer.person;
        if (title != above) words += "\n### " + markdown_text(title) + "\n\n";
        above = title;
        auto label = answer.person.empty() ? "" : "**" + markdown_text(answer.question) + "** ";
        auto note = answer.is_late ? " (late)" : "";
        words += "- " + label + markdown_text(answer.answer) + note + "\n";
    }
    return words;
}

// What a spreadsheet may take for the beginning of a formula; the full-width forms as well.
bool looks_like_a_formula(std::string_view text) {
    constexpr std::array<std::string_view, 11> beginnings{
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "\xEF\xBC\x9D",
        "\xEF\xBC\x8B",
        "\xEF\xBC\x8D",
        "\xEF\xBC\xA0"};
    for (auto beginning : beginnings)
        if (text.starts_with(beginning)) return true;
    return false;
}

}  // namespace

std::optional<AnswerFormat> answer_format_from(std::string_view word) {
    if (word == "csv") return AnswerFormat::csv;
    if (word == "jsonl") return AnswerFormat::jsonl;
    if (word == "markdown") return AnswerFormat::markdown;
    return std::nullopt;
}

std::string header(AnswerFormat format) {
    switch (format) {
        case AnswerFormat::csv:
            return "schema,team,ceremony,date,slot,person,question,asked,answer,at,late\r\n";
        case AnswerFormat::jsonl: return "";
        case AnswerFormat::markdown: break;
    }
    return fmt::format(
        "# Answers\n\nSchema {}. Exported by Muster {}.\n", answers_schema, MUSTER_VERSION
    );
}

std::string answers_text(AnswerFormat format, const std::vector<VisibleAnswer>& answers) {
    if (answers.empty()) return "";
    if (format == AnswerFormat::markdown) return markdown_run(answers);
    std::string rows;
    for (const auto& answer : answers)
        rows += format == AnswerFormat::csv ? csv_row(answer) : json_line(answer);
    return rows;
}

std::string csv_field(const std::string& text) {
    auto field = (looks_like_a_formula(text) ? "'" : "") + text;
    if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
    std::string quoted = "\"";
    for (auto character : field) {
        if (character == '"') quoted += '"';
        quoted += character;
    }
    return quoted + "\"";
}

std::string markdown_text(const std::string& text) {
    constexpr std::string_view marks = "\\`*_{}[]<>()#+-.!|~&=:@\"'";
    std::string escaped;
    for (auto character : text) {
        if (character == '\r') continue;
        if (character == '\n') {
            escaped += "\\\n  ";
            continue;
        }
        if (marks.find(character) != std::string_view::npos) escaped += '\\';
        escaped += character;
    }
    return escaped;
}

}  // namespace muster::cli
