#include <algorithm>
#include <array>
#include <fstream>

#include <gtest/gtest.h>

#include "bot/domain/recurrence.hpp"

// bot/domain/recurrence.cpp against python-dateutil: rules.txt and rules_samples.txt, explained in
// README.md.

using namespace muster;
using namespace std::chrono;

namespace {

constexpr int rules = 100'000;
constexpr int samples = 300;
constexpr std::uint64_t seed = 20'261'122;
constexpr std::size_t dates_of_a_rule = 12;

// A rule as rules.py makes it from the same number.
struct RandomRule {
    std::string text;
    std::optional<LocalDate> from;
    std::vector<LocalDate> probes;  // without `from` the last one is where the listing begins
};

RandomRule random_rule(int number);
std::string story(const RandomRule&);
std::string mark(const std::string& story);
std::vector<std::string> lines_of(const std::string& file);

TEST(RulesOracle, AgreesOnAHundredThousandRandomRules) {
    std::string marks;
    for (const auto& line : lines_of("rules.txt"))
        marks += line;
    ASSERT_EQ(marks.size(), std::size_t{rules} * 4);

    auto wrong = 0;
    for (int number = 0; number < rules; ++number) {
        const auto ours = story(random_rule(number));
        if (mark(ours) == marks.substr(static_cast<std::size_t>(number) * 4, 4)) continue;
        if (++wrong > 10) continue;
        ADD_FAILURE() << "we say " << ours << "\ndateutil says: oracle/rules.py --show " << number
                      << ' ' << number + 1;
    }
    EXPECT_EQ(wrong, 0);
}

TEST(RulesOracle, AgreesOnTheSamplesThatCanBeRead) {
    const auto lines = lines_of("rules_samples.txt");
    ASSERT_EQ(lines.size(), std::size_t{samples});
    for (int number = 0; number < samples; ++number)
        EXPECT_EQ(story(random_rule(number)), lines[static_cast<std::size_t>(number)]);
}

TEST(RulesOracle, RulesReadBackWhatTheyWrote) {
    for (int number = 0; number < rules; ++number) {
        const auto random = random_rule(number);
        const auto rule = parse_recurrence(random.text, random.from);
        ASSERT_TRUE(rule) << random.text;
        const auto again = parse_recurrence(to_text(*rule), random.from);
        ASSERT_TRUE(again) << to_text(*rule);
        ASSERT_EQ(*again, *rule) << random.text;
    }
}

// ---- what we say of a rule

std::string written(std::optional<LocalDate> date) {
    return date ? to_text(*date) : "none";
}

std::string story(const RandomRule& random) {
    const auto rule = parse_recurrence(random.text, random.from);
    if (!rule) return random.text + " is refused: " + rule.error().expected;

    auto told = random.text + '|' + written(random.from) + '|';
    auto earliest = random.from ? *random.from : random.probes.back();
    for (std::size_t count = 0; count < dates_of_a_rule; ++count) {
        const auto date = next_date(*rule, earliest);
        if (!date) break;
        if (count > 0) told += ',';
        told += written(date);
        earliest = add_days(*date, 1);
    }
    for (const auto probe : random.probes)
        told += '|' + written(probe) + '>' + written(next_date(*rule, probe));
    return told;
}

// ---- the same draws as rules.py

class SplitMix64 {
public:
    explicit SplitMix64(std::uint64_t start) : state_(start * 0xD1342543DE82EF95) {}

    int below(int limit) {
        state_ += 0x9E3779B97F4A7C15;
        auto value = state_;
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
        value = (value ^ value >> 27) * 0x94D049BB133111EB;
        value ^= value >> 31;
        return static_cast<int>(value % static_cast<std::uint64_t>(limit));
    }

private:
    std::uint64_t state_;
};

RandomRule random_rule(int number) {
    constexpr std::array frequencies{"DAILY", "WEEKLY", "MONTHLY"};
    constexpr std::array days{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    constexpr std::array ordinals{1, 2, 3, 4, 5, -1};

    SplitMix64 random(seed + static_cast<std::uint64_t>(number));
    const std::string frequency = frequencies[static_cast<std::size_t>(random.below(3))];
    const auto kind = random.below(20);
    const auto interval = kind < 10 ? 1 : kind < 17 ? 2 + random.below(4) : 6 + random.below(361);
    const auto start = add_days(2000y / January / 1, random.below(60 * 365));
    const auto ending = random.below(4);
    const auto until = ending == 2 ? add_days(start, random.below(4000)) : LocalDate{};
    const auto count = ending == 3 ? 1 + random.below(60) : 0;
    const auto day_bits = random.below(128);
    const auto month_kind = random.below(3);
    const auto drawn_day = random.below(32);
    const auto ordinal = ordinals[static_cast<std::size_t>(random.below(6))];
    const auto ordinal_day = days[static_cast<std::size_t>(random.below(7))];
    const auto has_start = random.below(10) != 0;
    const auto far = random.below(10) == 0 ? 9000 : 2500;

    RandomRule rule{"FREQ=" + frequency, start, {}};
    for (const auto limit : {450, 1500, far})
        rule.probes.push_back(add_days(start, random.below(limit) - 50));
    const auto needs_start = interval > 1 || count > 0 ||
                             (frequency == "WEEKLY" && day_bits == 0) ||
                             (frequency == "MONTHLY" && month_kind == 0);
    if (!has_start && !needs_start) {
        rule.probes.push_back(start);
        rule.from = std::nullopt;
    }

    if (interval > 1) rule.text += ";INTERVAL=" + std::to_string(interval);
    if (frequency == "WEEKLY")
        for (std::size_t day = 0, named = 0; day < days.size(); ++day)
            if (day_bits >> day & 1)
                rule.text += (named++ == 0 ? ";BYDAY=" : ",") + std::string(days[day]);
    if (frequency == "MONTHLY" && month_kind == 1)
        rule.text += ";BYMONTHDAY=" + std::to_string(drawn_day == 0 ? -1 : drawn_day);
    if (frequency == "MONTHLY" && month_kind == 2)
        rule.text += ";BYDAY=" + std::to_string(ordinal) + ordinal_day;
    if (ending == 2) {
        auto date = to_text(until);
        std::erase(date, '-');
        rule.text += ";UNTIL=" + date;
    }
    if (count > 0) rule.text += ";COUNT=" + std::to_string(count);
    return rule;
}

// ---- the table

// 24 bits of the story's FNV-1a hash.
std::string mark(const std::string& story) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::uint64_t value = 0xCBF29CE484222325;
    for (const char letter : story)
        value = (value ^ static_cast<unsigned char>(letter)) * 0x100000001B3;
    value ^= value >> 32;

    std::string text;
    for (const auto shift : {0, 6, 12, 18})
        text += letters[value >> shift & 63];
    return text;
}

std::vector<std::string> lines_of(const std::string& file) {
    std::ifstream stream(MUSTER_ORACLE_FOLDER "/" + file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

}  // namespace
