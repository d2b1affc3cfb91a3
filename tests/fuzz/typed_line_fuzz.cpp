#include <algorithm>

#include "bot/domain/absence.hpp"
#include "bot/domain/blocker.hpp"
#include "bot/domain/command.hpp"
#include "bot/domain/plain_reply.hpp"
#include "config/texts.hpp"
#include "tests/fuzz/fuzz.hpp"

// Whatever is typed is a command with values that can be, an answer, or is met with a sentence.
// Input: a line, or several, as typed by somebody of the team Payments on a Tuesday.
namespace muster {
namespace {

using fuzz::promise;

constexpr std::size_t most_answers = 40;
constexpr std::ptrdiff_t longest_beginning = 8 + 3;  // bytes of a letter and a colon

Typist amira() {
    Typist typist;
    typist.today = std::chrono::year{2026} / 11 / 24;
    typist.letters = {"t", "y", "b"};
    typist.teams = {"Payments", "Passport renewals"};
    typist.dates_wait = true;
    return typist;
}

bool is_part_of(std::string_view words, std::string_view typed) {
    return !words.empty() && typed.find(words) != typed.npos;
}

struct ExpectPossible {
    std::string_view typed;

    void operator()(const command::Away& away) const {
        promise(away.days.from.ok() && away.days.to.ok(), "days that exist");
        auto length = days_between(away.days.from, away.days.to);
        promise(length >= 0 && length < 366, "a year at most, and not backwards");
        promise(days_between(away.days.to, amira().today) <= 7, "not long over");
        auto kept = absence::days_away_from(absence::to_text(away.days));
        promise(kept == away.days, "days are kept as they are");
    }

    void operator()(const command::Snooze& snooze) const {
        promise(snooze.length >= 5min && snooze.length <= 240min, "a snooze of 5 to 240 minutes");
    }

    void operator()(const command::Why& why) const {
        promise(!why.blocker || *why.blocker > 0, "blockers are counted from one");
        promise(why.person.empty() || is_part_of(why.person, typed), "a person who was typed");
    }

    void operator()(const command::RaiseBlocker& raised) const {
        promise(is_part_of(raised.text, typed), "the words of a blocker are those that were typed");
    }

    void operator()(const command::UpdateBlocker& update) const {
        promise(update.number > 0, "blockers are counted from one");
        promise(is_part_of(update.text, typed), "the words of a note are those that were typed");
    }

    void operator()(const command::ClearBlocker& clear) const { promise(clear.number > 0, "one"); }

    template <class Any>
    void operator()(const Any&) const {}
};

void expect_possible(const Command& command, std::string_view typed) {
    std::visit(ExpectPossible{typed}, command);
}

void expect_a_sentence(const NotUnderstood& slip) {
    static const auto texts = config::load_texts();
    auto words = texts.plain(slip.explanation, Reader{});
    promise(words.size() > 2 && words != "[" + slip.explanation.key + "]", "a slip has a sentence");
}

void expect_answer(const command::AnswerLine& answer) {
    auto letters = amira().letters;
    promise(std::ranges::find(letters, answer.letter) != letters.end(), "to a question that is");
}

// Every word of a message of several answers is in one of them.
void expect_nothing_lost(const std::vector<command::AnswerLine>& answers, std::string_view typed) {
    promise(answers.size() <= most_answers, "so many answers and no more");
    auto visible = [](std::string_view text) {
        auto is_space = [](char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); };
        return std::ranges::count_if(text, [&](char byte) { return !is_space(byte); });
    };
    std::ptrdiff_t kept = 0;
    for (const auto& answer : answers) {
        expect_answer(answer);
        promise(!answer.text.empty(), "an answer has words");
        kept += visible(answer.text);
    }
    auto lost = visible(typed) - kept;
    auto most_before_answers = longest_beginning * static_cast<std::ptrdiff_t>(answers.size());
    promise(
        answers.empty() || (lost > 0 && lost <= most_before_answers),
        "nothing that was typed is lost but letters and colons"
    );
}

void expect_understood(std::string_view line) {
    auto typist = amira();
    auto answers = answers_in(line, typist);
    expect_nothing_lost(answers, line);

    auto said = command_in_line(line, typist);
    promise(!said || answers.empty(), "a line is a command or answers, not both");
    if (said) expect_possible(*said, line);
    if (auto slip = slip_in_line(line, typist)) expect_a_sentence(*slip);

    auto asked = parse_command(line, typist);
    if (const auto* command = std::get_if<Command>(&asked)) expect_possible(*command, line);
    if (const auto* slip = std::get_if<NotUnderstood>(&asked)) expect_a_sentence(*slip);
    if (const auto* answer = std::get_if<command::AnswerLine>(&asked)) expect_answer(*answer);
}

void expect_compared(std::string_view line) {
    promise(same_words(line, line), "words are the same as themselves");
    auto half = line.substr(0, line.size() / 2);
    auto alike = similarity(line, half);
    promise(alike >= 0 && alike <= 1, "likeness is from 0 to 1");
    static_cast<void>(means_nothing(line));
    static_cast<void>(sounds_like_a_blocker(line));
    if (auto number = plain::number_in(std::string{line}))
        promise(is_part_of(std::to_string(*number), line), "a number that was typed");
}

}  // namespace
}  // namespace muster

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto line = muster::fuzz::text_of(bytes, size);
    muster::expect_understood(line);
    muster::expect_compared(line);
    return 0;
}
