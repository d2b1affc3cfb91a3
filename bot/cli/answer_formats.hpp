#pragma once

#include "bot/cli/visible_answers.hpp"

// The ways in which answers are written. All carry the version of their form: it grows when a
// column changes its meaning or goes.
namespace muster::cli {

inline constexpr int answers_schema = 1;

enum class AnswerFormat { csv, jsonl, markdown };

std::optional<AnswerFormat> answer_format_from(std::string_view);  // "csv", "jsonl", "markdown"

std::string header(AnswerFormat);  // "" where there is none
// The answers of one run.
std::string answers_text(AnswerFormat, const std::vector<VisibleAnswer>&);

// RFC 4180; what a spreadsheet would take for a formula gets an apostrophe in front.
std::string csv_field(const std::string& text);
// As Markdown that shows exactly these characters.
std::string markdown_text(const std::string& text);

}  // namespace muster::cli
