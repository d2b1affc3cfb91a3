#include <utility>

#include "adapters/msteams/elements.hpp"
#include "adapters/msteams/render.hpp"
#include "adapters/words/lengths.hpp"

namespace muster::msteams {
namespace {

using json::Array;
using json::Value;

// In UTF-16 units. Of an activity, 40,000 are certainly taken: the rest is for what stands around
// the elements, and for the words of older hosts.
constexpr std::size_t most_room = 28'000;
constexpr std::size_t longest_summary = 1'000;

// The last version that each kind of card needs: an older host shows the words instead.
constexpr const char* with_buttons = "1.4";
constexpr const char* without_buttons = "1.2";

constexpr const char* name_of_the_bot = "Muster";

// An element, and whether it stays with the one above it.
struct Part {
    Value element;
    std::string words;
    bool belongs = false;
    bool is_row = false;
};

// "Today: Test refunds".
Runs fact_runs(const std::pair<Text, Text>& row, const Phrasing& phrasing) {
    auto runs = phrasing.runs(row.first, true);
    auto label = phrasing.words(row.first);
    auto is_a_sentence = label.find_last_of("?!.:") + 1 == label.size();
    append(runs, {is_a_sentence ? " " : ": ", true});
    for (auto& run : phrasing.runs(row.second))
        append(runs, std::move(run));
    return runs;
}

// One neutral block after the other. What answers to a paragraph, or lists what it announces,
// belongs to it, and everything to its heading.
class Composer {
public:
    Composer(const Phrasing& phrasing, std::optional<DeliveryId> delivery)
        : phrasing_(phrasing), delivery_(delivery) {}

    // Names of teams and people may hold anything: then it only looks like a heading.
    void operator()(const Heading& told) {
        auto words = phrasing_.words(told.text);
        if (words.empty()) return;
        if (mean_themselves(words)) {
            auto gap = parts_.empty() ? Gap::usual : Gap::wide;
            parts_.push_back({heading(words, gap), words});
        } else {
            add(phrasing_.runs(told.text, true), Size::large, false);
        }
        after_heading_ = true;
    }

    void operator()(const Paragraph& told) { add(phrasing_.runs(told.text), Size::usual, false); }

    void operator()(const Quiet& told) { add(phrasing_.runs(told.text), Size::small, false); }

    void operator()(const Facts& facts) {
        auto is_first = true;
        for (const auto& row : facts.rows)
            add(fact_runs(row, phrasing_), Size::usual, true, !std::exchange(is_first, false));
    }

    void operator()(const Items& list) {
        auto is_first = true;
        for (const auto& item : list.items) {
            Runs runs{{"• "}};
            for (auto& run : phrasing_.runs(item))
                append(runs, std::move(run));
            add(runs, Size::usual, true, !std::exchange(is_first, false));
        }
    }

    void operator()(const Buttons& row) {
        if (row.buttons.empty()) return;
        parts_.push_back({row_of(row, delivery_, phrasing_), "", true, true});
    }

    std::vector<Part> take() { return std::move(parts_); }

private:
    void add(const Runs& runs, Size size, bool belongs, bool is_next_of_a_list = false) {
        if (std::exchange(after_heading_, false)) belongs = true;
        auto gap = is_next_of_a_list ? Gap::small : Gap::usual;
        for (const auto& line : lines_of(runs)) {
            std::string words;
            for (const auto& run : line)
                words += run.words;
            auto element = paragraph(line, size, std::exchange(gap, Gap::none));
            parts_.push_back({std::move(element), std::move(words), belongs});
            belongs = false;
        }
    }

    const Phrasing& phrasing_;
    std::optional<DeliveryId> delivery_;
    std::vector<Part> parts_;
    bool after_heading_ = false;
};

std::vector<Part> parts_of(
    const Message& message, std::optional<DeliveryId> delivery, const Phrasing& phrasing
) {
    Composer composer{phrasing, delivery};
    for (const auto& block : message.blocks)
        std::visit(composer, block);
    if (message.blocks.empty()) composer(Paragraph{message.notification});
    if (message.edited) composer(Quiet{text("message.edited")});
    return composer.take();
}

std::size_t room_of_all(const std::vector<Part>& parts) {
    std::size_t taken = 0;
    for (const auto& part : parts)
        taken += room_of(part.element);
    return taken;
}

// Where the post ends that begins with parts[first]: before what does not come in, and what that
// belongs to, unless that is all.
std::size_t end_of_post(const std::vector<Part>& parts, std::size_t first) {
    std::size_t taken = 0;
    auto end = first;
    while (end < parts.size()) {
        taken += room_of(parts[end].element);
        if (taken > most_room && end > first) break;
        ++end;
    }
    if (end == parts.size()) return end;
    auto apart = end;
    while (apart > first && parts[apart].belongs)
        --apart;
    return apart > first ? apart : end;
}

Post post_of(std::vector<Part>& parts, std::size_t first, std::size_t end) {
    Array body;
    std::string words;
    auto has_buttons = false;
    for (; first < end; ++first) {
        has_buttons = has_buttons || parts[first].is_row;
        if (!words.empty() && !parts[first].words.empty()) words += '\n';
        words += parts[first].words;
        body.push_back(std::move(parts[first].element));
    }
    Post post;
    post.summary = shortened(words, longest_summary);
    auto version = has_buttons ? with_buttons : without_buttons;
    post.card = card_of(std::move(body), {}, version, std::move(words));
    return post;
}

}  // namespace

std::vector<Post> render(
    const Message& message, std::optional<DeliveryId> delivery, const Catalogue& catalogue
) {
    const Phrasing phrasing{catalogue, message.reader};
    auto parts = parts_of(message, delivery, phrasing);
    // In several, nothing tells which of them arrived.
    if (delivery && room_of_all(parts) > most_room)
        parts = parts_of(message, std::nullopt, phrasing);
    std::vector<Post> posts;
    for (std::size_t first = 0; first < parts.size() || posts.empty();) {
        auto end = end_of_post(parts, first);
        posts.push_back(post_of(parts, first, end));
        first = end;
    }
    auto words = phrasing.words(message.notification);
    if (!words.empty()) posts.front().summary = shortened(words, longest_summary);
    return posts;
}

Dialog render_as_dialog(const Message& message, const Catalogue& catalogue) {
    auto posts = render(message, std::nullopt, catalogue);
    return {name_of_the_bot, std::move(posts.front().card)};
}

}  // namespace muster::msteams
