#pragma once

#include "bot/domain/command.hpp"

// Amira types commands on Tuesday 24 November 2026.
namespace muster::typed {

constexpr LocalDate date(int year, unsigned month, unsigned day) {
    return {std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
}

constexpr LocalDate nov(unsigned day) {
    return date(2026, 11, day);
}

constexpr LocalDate dec(unsigned day) {
    return date(2026, 12, day);
}

inline constexpr auto tuesday = nov(24);

inline Typist typist_on(LocalDate today) {
    Typist typist;
    typist.today = today;
    typist.letters = {"t", "y"};
    return typist;
}

inline const Typist amira = typist_on(tuesday);

inline DaysAway days(LocalDate from, LocalDate to) {
    return {.from = from, .to = to};
}

inline std::optional<DaysAway> away(std::string_view line, const Typist& typist = amira) {
    const auto parsed = command_in_line(line, typist);
    const auto* found = parsed ? std::get_if<command::Away>(&*parsed) : nullptr;
    if (!found) return std::nullopt;
    return found->days;
}

// The key of the sentence that says what is wrong; "" = it was understood.
inline std::string refused(std::string_view text, const Typist& typist = amira) {
    const auto parsed = parse_command(text, typist);
    const auto* not_understood = std::get_if<NotUnderstood>(&parsed);
    return not_understood ? not_understood->explanation.key : "";
}

}  // namespace muster::typed
