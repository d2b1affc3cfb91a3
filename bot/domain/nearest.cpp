#include "bot/domain/nearest.hpp"

#include <algorithm>
#include <vector>

namespace muster {
namespace {

constexpr int most_slips = 3;
constexpr int letters_for_a_slip = 3;

int length(std::string_view word) {
    return static_cast<int>(std::min<std::size_t>(word.size(), 1u << 30));
}

}  // namespace

int slips_between(std::string_view a, std::string_view b, int limit) {
    if (a.size() > b.size()) std::swap(a, b);
    const auto rows = length(a);
    const auto columns = length(b);
    const auto too_many = limit + 1;
    if (columns - rows > limit) return too_many;

    // Row i of the table holds the slips between the first i bytes of `a` and each beginning of
    // `b`. Only the band within `limit` of the diagonal can matter; the rest stays at too_many.
    const auto width = static_cast<std::size_t>(columns) + 1;
    std::vector<int> above_that(width, too_many), above(width, too_many), row(width, too_many);
    for (int column = 0; column <= std::min(columns, limit); ++column)
        above[static_cast<std::size_t>(column)] = column;

    for (int i = 1; i <= rows; ++i) {
        const auto first = std::max(i - limit, 0);
        const auto last = std::min(i + limit, columns);
        if (first > 0) row[static_cast<std::size_t>(first) - 1] = too_many;
        for (int j = first; j <= last; ++j) {
            const auto at = static_cast<std::size_t>(j);
            if (j == 0) {
                row[at] = i;
                continue;
            }
            const auto letter = a[static_cast<std::size_t>(i) - 1];
            const auto other = b[at - 1];
            auto slips = above[at - 1] + (letter == other ? 0 : 1);
            slips = std::min({slips, above[at] + 1, row[at - 1] + 1});
            const auto is_swapped = i > 1 && j > 1 && letter == b[at - 2] &&
                                    a[static_cast<std::size_t>(i) - 2] == other;
            if (is_swapped) slips = std::min(slips, above_that[at - 2] + 1);
            row[at] = std::min(slips, too_many);
        }
        if (last < columns) row[static_cast<std::size_t>(last) + 1] = too_many;
        std::swap(above_that, above);
        std::swap(above, row);
    }
    return above.back();
}

std::optional<std::string_view> nearest_word(
    std::string_view typed, std::span<const std::string_view> known
) {
    auto limit = std::min(length(typed) / letters_for_a_slip, most_slips);
    std::optional<std::string_view> nearest;
    for (const auto word : known) {
        const auto slips = slips_between(typed, word, limit);
        if (slips > limit) continue;
        nearest = word;
        limit = slips - 1;  // only a nearer one is better
        if (limit < 0) break;
    }
    return nearest;
}

}  // namespace muster
