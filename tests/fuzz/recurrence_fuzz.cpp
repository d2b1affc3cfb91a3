#include "bot/domain/recurrence.hpp"
#include "tests/fuzz/fuzz.hpp"

// A rule reads back as it is written, and its dates go on in order and come to an end. Input: the
// first date or nothing, a space, the rule; what follows a further space is where to begin to look.
namespace muster {
namespace {

using fuzz::promise;

constexpr int dates_looked_at = 200;
constexpr auto last_day = LocalDate{std::chrono::year{9999} / 12 / 31};

void expect_in_order(const Recurrence& rule, LocalDate earliest) {
    auto date = next_date(rule, earliest);
    for (int i = 0; date && i < dates_looked_at; ++i) {
        promise(date->ok() && *date <= last_day, "a date that exists");
        promise(*date >= earliest, "not before what was asked for");
        promise(!rule.from || *date >= *rule.from, "not before its first date");
        promise(!rule.until || *date <= *rule.until, "not after its last date");
        promise(takes_place_on(rule, *date), "it takes place on its dates");
        if (days_between(earliest, *date) > 0)
            promise(!takes_place_on(rule, earliest), "and on no date between them");
        if (*date == last_day) return;
        earliest = add_days(*date, 1);
        date = next_date(rule, earliest);
    }
}

void expect_no_more_than_counted(const Recurrence& rule) {
    if (!rule.count || *rule.count >= dates_looked_at) return;
    auto date = next_date(rule, *rule.from);
    int dates = 0;
    for (; date && dates <= *rule.count && *date < last_day; ++dates)
        date = next_date(rule, add_days(*date, 1));
    promise(dates <= *rule.count, "as often as it says, and no more");
}

void expect_sound(std::string_view text, std::optional<LocalDate> from, LocalDate earliest) {
    auto rule = parse_recurrence(text, from);
    if (!rule) {
        promise(!rule.error().expected.empty(), "a problem says what is expected");
        return;
    }
    auto again = parse_recurrence(to_text(*rule), from);
    promise(again && *again == *rule, "a rule reads back as it is written");
    promise(to_text(*again) == to_text(*rule), "and is written in one way");
    promise(to_text(*rule).size() <= 300, "within what may be read");
    expect_in_order(*rule, earliest);
    expect_no_more_than_counted(*rule);
}

}  // namespace
}  // namespace muster

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto input = muster::fuzz::text_of(bytes, size);
    auto from = muster::date_from(muster::fuzz::take_until(' ', input));
    auto rule = muster::fuzz::take_until(' ', input);
    auto usual = muster::LocalDate{std::chrono::year{2026} / 11 / 23};
    muster::expect_sound(rule, from, muster::date_from(input).value_or(from.value_or(usual)));
    return 0;
}
