#include "adapters/msteams/runs.hpp"

#include <algorithm>

#include "adapters/words/lengths.hpp"
#include "adapters/words/typed.hpp"

namespace muster::msteams {
namespace {

// In UTF-16 units. Of a post's room it takes a small part, even where each is escaped in JSON.
constexpr std::size_t longest_line = 3'000;

bool look_the_same(const Run& one, const Run& other) {
    return one.is_bold == other.is_bold && !one.is_address && !other.is_address;
}

// What comes into a line: up to a space where there is one, and never within a character.
std::string_view fitting(std::string_view words, std::size_t room) {
    auto fits = beginning(words, room, units);
    if (fits.size() == words.size()) return fits;
    auto space = fits.find_last_of(" ");
    return space == std::string_view::npos ? fits : fits.substr(0, space + 1);
}

class Lines {
public:
    void add(const Run& run) {
        for (std::string_view rest{run.words}; !rest.empty();) {
            auto end = std::min(rest.find('\n'), rest.size());
            add_to_line(run, rest.substr(0, end));
            if (end < rest.size()) close();
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }

    std::vector<Runs> take() {
        close();
        return std::move(lines_);
    }

private:
    void add_to_line(const Run& style, std::string_view words) {
        while (!words.empty()) {
            if (length_ >= longest_line) close();
            auto part = style.is_address ? words : fitting(words, longest_line - length_);
            if (part.empty()) {
                close();
                continue;
            }
            append(line_, {std::string{part}, style.is_bold, style.is_address});
            length_ += length_of(part, units);
            words.remove_prefix(part.size());
        }
    }

    void close() {
        if (!line_.empty()) lines_.push_back(std::exchange(line_, {}));
        length_ = 0;
    }

    std::vector<Runs> lines_;
    Runs line_;
    std::size_t length_ = 0;
};

}  // namespace

std::string Phrasing::words(const Text& text) const {
    std::string words;
    for (const auto& span : catalogue_.phrase(text, reader_))
        words += span.words + closing(span.words);
    return words;
}

Runs Phrasing::runs(const Text& text, bool is_bold) const {
    Runs runs;
    for (const auto& span : catalogue_.phrase(text, reader_)) {
        if (span.kind != Span::Kind::user) {
            append(runs, {span.words + closing(span.words), is_bold});
            continue;
        }
        for (const auto& part : parts_of_typed(span.words))
            append(runs, {std::string{part.words}, is_bold, part.is_address});
        append(runs, {closing(span.words), is_bold});
    }
    return runs;
}

bool Phrasing::is_our_own(const Text& text) const {
    auto is_typed = [](const Span& span) {
        return span.kind == Span::Kind::user || span.kind == Span::Kind::person;
    };
    return std::ranges::none_of(catalogue_.phrase(text, reader_), is_typed);
}

void append(Runs& runs, Run run) {
    if (run.words.empty()) return;
    if (!runs.empty() && look_the_same(runs.back(), run))
        runs.back().words += run.words;
    else
        runs.push_back(std::move(run));
}

std::vector<Runs> lines_of(const Runs& runs) {
    Lines lines;
    for (const auto& run : runs)
        lines.add(run);
    return lines.take();
}

}  // namespace muster::msteams
