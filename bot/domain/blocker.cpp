#include "bot/domain/blocker.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "bot/domain/nearest.hpp"
#include "bot/domain/plain_words.hpp"

namespace muster {
namespace {

constexpr std::size_t most_words_of_a_title = 60;
constexpr std::size_t longest_nothing = 8;  // words
constexpr std::size_t fewest_letters_of_a_misspelt_word = 5;

// "no, not stuck" -> no | not stuck
std::vector<std::string_view> phrases(std::string_view list) {
    constexpr std::string_view separator = ", ";
    std::vector<std::string_view> found;
    while (true) {
        const auto end = list.find(separator);
        found.push_back(list.substr(0, end));
        if (end == std::string_view::npos) return found;
        list.remove_prefix(end + separator.size());
    }
}

// Whole answers that raise nothing, in plain words. "n/a" reads "n a".
const auto nothings = phrases(
    "no, nope, nah, none, nil, nothing, na, n a, not applicable, 0, zero, no one, nothing "
    "new, none new, no change, nothing else, nothing more, nothing at all, none at all, "
    "nothing to report, nothing to add, nothing blocking, nothing blocking me, nothing "
    "stopping me, nothing is stopping me, nothing is blocking me, nothing blocks me, nothing "
    "stops me, not blocked, im not blocked, i am not blocked, unblocked, not stuck, not "
    "really, all good, all fine, all clear, all ok, im good, im fine, no blocker, no "
    "blockers, no blocks, no new blocker, no new blockers, zero blockers, 0 blockers, no "
    "issue, no issues, no new issues, no problem, no problems, no impediments, no obstacles, "
    "its fine, its all good, "
    // Welsh
    "nac oes, nag oes, nac ydw, nac ydy, naddo, nage, dim, dim byd, dim un, dim o gwbl, dim "
    "byd o gwbl, dim byd newydd, dim byd arall, dim byd iw adrodd, dim rhwystr, dim "
    "rhwystrau, dim rhwystrau newydd, dim blocwyr, dim problem, dim problemau, dim byd yn fy "
    "rhwystro, dim byd yn fy atal, does dim, does dim byd, popeth yn iawn, iawn, amherthnasol"
);

// What may follow without changing the meaning: "none today, thanks".
const auto trailing = phrases(
    "thanks, thank you, today, yet, now, right now, for now, currently, at present, at the "
    "moment, atm, so far, from me, for me, here, this morning, as of now, really, diolch, "
    "heddiw, eto, ar hyn o bryd, am nawr, am rwan, y bore ma"
);

const auto sounds = phrases(
    "waiting for, waiting on, wait for, awaiting, stuck, blocked, blocking me, blocking us, "
    "held up, on hold, no access, need access, needs access, lost access, i cant, i cannot, "
    "we cant, we cannot, unable to, still no, not heard back, no reply from, no answer from, "
    // Welsh
    "aros am, disgwyl am, yn sownd, wedi fy rhwystro, wedi ein rhwystro, dim mynediad, angen "
    "mynediad, methu, ffaelu, heb gael ateb"
);

// One of these before turns it round: "no longer stuck".
const auto turned_round = phrases("not, no longer, never, isnt, arent, wasnt, without, ddim, nid");

// Words that titles share without being about the same thing.
const auto weightless = phrases(
    "a, an, the, to, of, in, on, at, for, from, with, and, or, is, are, be, no, not, still, "
    "waiting, need, i, we, my, our, y, yr, yn, ir, ar, am, o, dim, aros"
);

using Words = std::vector<std::string>;

bool part_means_nothing(std::string_view part);
std::string joined(const Words&);
std::string without_last_addition(std::string words);
bool ends_with_words(std::string_view text, std::string_view words);
std::optional<std::size_t> place_of(
    std::string_view words, std::string_view text, std::size_t from
);
Words weighty_words(std::string_view title);
bool is_same_word(std::string_view a, std::string_view b);
double weight_of(const Words&);

}  // namespace

bool is_held(const Blocker& blocker, Instant now) {
    if (!blocker.held_until) return false;
    return blocker.state != BlockerState::open || now < *blocker.held_until;
}

bool is_public(const Blocker& blocker, Instant now) {
    if (blocker.only_delivery_manager || blocker.state == BlockerState::withdrawn) return false;
    return !is_held(blocker, now);
}

bool means_nothing(std::string_view answer) {
    // "None, all good - thanks": every part of it must.
    constexpr std::string_view part_ends = ".,;!()\r\n";
    while (true) {
        const auto end = answer.find_first_of(part_ends);
        if (!part_means_nothing(answer.substr(0, end))) return false;
        if (end == std::string_view::npos) return true;
        answer.remove_prefix(end + 1);
    }
}

bool same_words(std::string_view a, std::string_view b) {
    const auto run_together = [](std::string_view text) {
        const auto words = plain_words(text, std::string_view::npos);
        return std::accumulate(words.begin(), words.end(), std::string{});
    };
    return run_together(a) == run_together(b);
}

double similarity(std::string_view a, std::string_view b) {
    const auto words = weighty_words(a);
    auto others = weighty_words(b);
    const auto whole = weight_of(words) + weight_of(others);
    if (whole == 0) return 0;

    double shared = 0;
    for (const auto& word : words) {
        const auto twin = std::ranges::find_if(others, [&](const std::string& other) {
            return is_same_word(word, other);
        });
        if (twin == others.end()) continue;
        shared += static_cast<double>(word.size() + twin->size());
        others.erase(twin);  // each word is shared once
    }
    return shared / whole;
}

bool sounds_like_a_blocker(std::string_view line) {
    const auto text = joined(plain_words(line));
    return std::ranges::any_of(sounds, [&](std::string_view sound) {
        for (auto at = place_of(sound, text, 0); at; at = place_of(sound, text, *at + 1)) {
            const auto before = std::string_view{text}.substr(0, *at == 0 ? 0 : *at - 1);
            const auto is_turned_round = std::ranges::any_of(turned_round, [&](auto words) {
                return ends_with_words(before, words);
            });
            if (!is_turned_round) return true;
        }
        return false;
    });
}

namespace {

bool part_means_nothing(std::string_view part) {
    const auto words = plain_words(part, longest_nothing + 1);
    if (words.size() > longest_nothing) return false;
    auto text = joined(words);
    while (!text.empty() && std::ranges::count(nothings, text) == 0) {
        if (std::ranges::count(trailing, text) > 0) return true;
        const auto shorter = without_last_addition(text);
        if (shorter == text) return false;
        text = shorter;
    }
    return true;
}

std::string joined(const Words& words) {
    std::string text;
    for (const auto& word : words) {
        if (!text.empty()) text += ' ';
        text += word;
    }
    return text;
}

// "none today thanks" -> "none today"
std::string without_last_addition(std::string words) {
    const auto addition = std::ranges::find_if(trailing, [&](std::string_view found) {
        return words.size() > found.size() && ends_with_words(words, found);
    });
    if (addition != trailing.end()) words.resize(words.size() - addition->size() - 1);
    return words;
}

bool ends_with_words(std::string_view text, std::string_view words) {
    if (!text.ends_with(words)) return false;
    return text.size() == words.size() || text[text.size() - words.size() - 1] == ' ';
}

// Where the words stand in the text, as whole words.
std::optional<std::size_t> place_of(
    std::string_view words, std::string_view text, std::size_t from
) {
    for (auto at = text.find(words, from); at != std::string_view::npos;
         at = text.find(words, at + 1)) {
        const auto end = at + words.size();
        const auto starts = at == 0 || text[at - 1] == ' ';
        if (starts && (end == text.size() || text[end] == ' ')) return at;
    }
    return std::nullopt;
}

Words weighty_words(std::string_view title) {
    const auto all = plain_words(title, most_words_of_a_title);
    Words weighty;
    std::ranges::copy_if(all, std::back_inserter(weighty), [](std::string_view word) {
        return std::ranges::count(weightless, word) == 0;
    });
    return weighty.empty() ? all : weighty;
}

// One slip of the finger or a plural makes no other word, unless it is short or a number.
bool is_same_word(std::string_view a, std::string_view b) {
    if (a == b) return true;
    const auto has_digit = [](std::string_view word) {
        return std::ranges::any_of(word, [](char letter) {
            return letter >= '0' && letter <= '9';
        });
    };
    if (std::min(a.size(), b.size()) < fewest_letters_of_a_misspelt_word) {
        const auto is_plural = [](std::string_view one, std::string_view many) {
            return one.size() > 2 && many.size() == one.size() + 1 && many.starts_with(one) &&
                   many.back() == 's';
        };
        return is_plural(a, b) || is_plural(b, a);
    }
    return !has_digit(a) && !has_digit(b) && slips_between(a, b, 1) <= 1;
}

double weight_of(const Words& words) {
    return std::accumulate(words.begin(), words.end(), 0.0, [](double sum, const auto& word) {
        return sum + static_cast<double>(word.size());
    });
}

}  // namespace

}  // namespace muster
