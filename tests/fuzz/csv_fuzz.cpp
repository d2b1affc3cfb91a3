#include <algorithm>
#include <array>

#include "adapters/json/strict.hpp"
#include "bot/cli/answer_formats.hpp"
#include "tests/fuzz/fuzz.hpp"

// What is exported reads back as it was typed, and a spreadsheet calculates nothing. Input: the
// columns of an answer, with '|' between them.
namespace muster::cli {
namespace {

using fuzz::promise;
using Row = std::vector<std::string>;

constexpr std::size_t columns = 11;

VisibleAnswer answer_in(std::string_view input) {
    auto next = [&] { return fuzz::with_line_breaks(fuzz::take_until('|', input)); };
    VisibleAnswer answer;
    answer.date = std::chrono::year{2026} / 11 / 24;
    answer.team = next();
    answer.ceremony = next();
    answer.slot = next();
    answer.person = next();
    answer.question = next();
    answer.asked = next();
    if (!answer.person.empty()) answer.at = Instant{1'795'512'600'000ms};
    answer.answer = fuzz::with_line_breaks(input);
    return answer;
}

// RFC 4180 to the letter: nothing else is taken.
class CsvReader {
public:
    explicit CsvReader(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }

    Row row() {
        Row row{field()};
        while (takes(","))
            row.push_back(field());
        promise(takes("\r\n"), "a row ends with CR LF");
        return row;
    }

private:
    std::string field() { return takes("\"") ? quoted() : plain(); }

    std::string quoted() {
        std::string text;
        while (true) {
            promise(!rest_.empty(), "a quoted field is closed");
            if (takes("\"\"")) {
                text += '"';
            } else if (takes("\"")) {
                return text;
            } else {
                text += rest_.front();
                rest_.remove_prefix(1);
            }
        }
    }

    std::string plain() {
        auto text = rest_.substr(0, rest_.find_first_of(",\r\n\""));
        rest_.remove_prefix(text.size());
        return std::string{text};
    }

    bool takes(std::string_view expected) {
        if (!rest_.starts_with(expected)) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }

    std::string_view rest_;
};

void expect_no_formula(std::string_view cell) {
    constexpr std::array<std::string_view, 11> beginnings{
        "=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    for (auto beginning : beginnings)
        promise(!cell.starts_with(beginning), "no cell is a formula");
}

void expect_cell(const std::string& cell, const std::string& typed) {
    expect_no_formula(cell);
    promise(cell == typed || cell == "'" + typed, "a cell says what was typed");
}

void expect_readable_rows(const VisibleAnswer& answer) {
    auto text = header(AnswerFormat::csv) + answers_text(AnswerFormat::csv, {answer, answer});
    CsvReader reader{text};
    promise(reader.row().size() == columns, "the columns have names");
    for (int i = 0; i < 2; ++i) {
        auto row = reader.row();
        promise(row.size() == columns, "nothing typed makes a column");
        expect_cell(row[1], answer.team);
        expect_cell(row[2], answer.ceremony);
        promise(row[3] == to_text(answer.date), "the date");
        expect_cell(row[4], answer.slot);
        expect_cell(row[5], answer.person);
        expect_cell(row[6], answer.question);
        expect_cell(row[7], answer.asked);
        expect_cell(row[8], answer.answer);
    }
    promise(reader.at_end(), "nothing typed makes a row");
}

void expect_readable_json(const VisibleAnswer& answer) {
    auto text = answers_text(AnswerFormat::jsonl, {answer});
    promise(std::ranges::count(text, '\n') == 1, "an answer is one line");
    auto read = json::parse(text);
    promise(read.has_value(), "which is JSON");
    promise(read->text_of("answer") == answer.answer, "and says what was typed");
    promise(read->text_of("person") == answer.person, "and who");
}

// CommonMark: a backslash before a punctuation mark, or at the end of a line that goes on.
std::string as_markdown_shows(std::string_view text) {
    constexpr std::string_view marks = "\\`*_{}[]<>()#+-.!|~&=:@\"'";
    constexpr std::string_view line_goes_on = "\\\n  ";
    std::string shown;
    while (!text.empty()) {
        if (text.starts_with(line_goes_on)) {
            shown += '\n';
            text.remove_prefix(line_goes_on.size());
            continue;
        }
        if (text.front() == '\\')
            text.remove_prefix(1);
        else
            promise(marks.find(text.front()) == marks.npos, "no mark is left to Markdown");
        promise(!text.empty() && text.front() != '\n', "no line ends by itself");
        shown += text.front();
        text.remove_prefix(1);
    }
    return shown;
}

void expect_plain_markdown(const VisibleAnswer& answer) {
    auto typed = answer.answer;
    std::erase(typed, '\r');
    promise(as_markdown_shows(markdown_text(answer.answer)) == typed, "shown as it was typed");
    promise(!answers_text(AnswerFormat::markdown, {answer, answer}).empty(), "a run has its words");
}

}  // namespace
}  // namespace muster::cli

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace muster::cli;
    auto input = muster::fuzz::text_of(bytes, size);
    // adapters/json lets in nothing else.
    if (!muster::fuzz::is_utf8(input) || input.find('\0') != input.npos) return 0;
    auto answer = answer_in(input);
    expect_readable_rows(answer);
    expect_readable_json(answer);
    expect_plain_markdown(answer);
    return 0;
}
