#include <iterator>

#include "adapters/slack/blocks.hpp"
#include "adapters/words/lengths.hpp"

namespace muster::slack {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::size_t most_blocks = 50;
constexpr std::size_t most_blocks_of_a_view = 100;
constexpr std::size_t longest_heading = 150;
constexpr std::size_t longest_notification = 4'000;
constexpr std::size_t longest_title = 24;

// Of all blocks of a post, in room_in_json(). Slack refuses more than some number that it does not
// tell (msg_blocks_too_long): people met it at 13,297 characters of Markdown, and with much rich
// text at 11,341 without its JSON, so that it counts the JSON.
constexpr std::size_t most_room = 12'000;
// Of a view it does: 250 kB.
constexpr std::size_t most_room_of_a_view = 200'000;

constexpr const char* name_of_the_bot = "Muster";

std::size_t room_of(const Value& block) {
    return length_of(json::dump(block), room_in_json);
}

// ---- blocks

// Never without a block: Slack takes no empty message, and the mark needs one.
std::vector<Worded> told(std::string_view words) {
    Leaves leaves;
    append_words(leaves, words.empty() ? "…" : words);
    return paragraph(leaves);
}

// "Today: Test refunds". A value of several lines begins on a line of its own.
Leaves fact_leaves(const std::pair<Text, Text>& row, const Phrasing& phrasing) {
    auto leaves = phrasing.leaves(row.first, true);
    const auto label = phrasing.words(row.first);
    const bool is_a_sentence = label.find_last_of("?!.:") + 1 == label.size();
    const bool has_lines = phrasing.words(row.second).find('\n') != std::string::npos;
    if (!is_a_sentence) append_words(leaves, ":", true);
    append_words(leaves, has_lines ? "\n" : " ");
    for (auto& leaf : phrasing.leaves(row.second))
        append(leaves, std::move(leaf));
    return leaves;
}

// One neutral block after the other. What answers to a paragraph, or lists what it announces,
// belongs to it, and everything to its heading.
class Composer {
public:
    explicit Composer(const Phrasing& phrasing) : phrasing_(phrasing) {}

    void operator()(const Heading& heading) {
        const auto words = phrasing_.words(heading.text);
        if (length_of(words, units) > longest_heading) {
            add(paragraph(phrasing_.leaves(heading.text, true)), false);
        } else if (!words.empty()) {
            Object header{{"type", "header"}, {"text", plain_text(words, longest_heading)}};
            parts_.push_back({std::move(header), words, false});
        }
        after_heading_ = true;
    }

    void operator()(const Paragraph& told) { add(paragraph(phrasing_.leaves(told.text)), false); }

    void operator()(const Quiet& quiet) { add(small_print(phrasing_.words(quiet.text)), false); }

    void operator()(const Facts& facts) {
        Leaves leaves;
        for (const auto& row : facts.rows) {
            if (!leaves.empty()) append_words(leaves, "\n");
            for (auto& leaf : fact_leaves(row, phrasing_))
                append(leaves, std::move(leaf));
        }
        add(paragraph(leaves), true);
    }

    void operator()(const Items& list) {
        std::vector<Leaves> items;
        for (const auto& item : list.items)
            items.push_back(phrasing_.leaves(item));
        add(bullets(items), true);
    }

    void operator()(const Buttons& row) {
        if (!row.buttons.empty()) parts_.push_back({row_of(row, phrasing_), "", true});
    }

    std::vector<Part> take() { return std::move(parts_); }

private:
    void add(std::vector<Worded>&& blocks, bool belongs) {
        if (std::exchange(after_heading_, false)) belongs = true;
        for (auto& [block, words] : blocks)
            parts_.push_back({std::move(block), std::move(words), std::exchange(belongs, false)});
    }

    const Phrasing& phrasing_;
    std::vector<Part> parts_;
    bool after_heading_ = false;
};

// ---- posts

// Where the post ends that begins with parts[first]: before what does not come in, and what that
// belongs to, unless that is all.
std::size_t end_of_post(
    const std::vector<Part>& parts, const std::vector<std::size_t>& rooms, std::size_t first
) {
    std::size_t taken = 0;
    auto end = first;
    while (end < parts.size() && end - first < most_blocks) {
        taken += rooms[end];
        if (taken > most_room && end > first) break;
        ++end;
    }
    if (end == parts.size()) return end;
    auto apart = end;
    while (apart > first && parts[apart].belongs)
        --apart;
    return apart > first ? apart : end;
}

std::string notification_of(std::string_view words) {
    return escaped(shortened(words, longest_notification, units_escaped));
}

Post post_of(std::vector<Part>& parts, std::size_t first, std::size_t end) {
    Post post;
    std::string words;
    for (; first < end; ++first) {
        if (!words.empty() && !parts[first].words.empty()) words += '\n';
        words += parts[first].words;
        post.blocks.push_back(std::move(parts[first].block));
    }
    post.text = notification_of(words);
    return post;
}

std::vector<Post> posts_of(const Message& message, Readers readers, const Catalogue& catalogue) {
    const Phrasing phrasing(catalogue, message.reader, readers);
    auto parts = parts_of(message, phrasing);
    std::vector<std::size_t> rooms;
    rooms.reserve(parts.size());
    for (const auto& part : parts)
        rooms.push_back(room_of(part.block));
    std::vector<Post> posts;
    for (std::size_t first = 0; first < parts.size();) {
        const auto end = end_of_post(parts, rooms, first);
        posts.push_back(post_of(parts, first, end));
        first = end;
    }
    const auto words = phrasing.words(message.notification);
    if (!words.empty()) posts.front().text = notification_of(words);
    return posts;
}

}  // namespace

std::vector<Part> parts_of(const Message& message, const Phrasing& phrasing) {
    Composer composer(phrasing);
    for (const auto& block : message.blocks)
        std::visit(composer, block);
    auto parts = composer.take();
    if (parts.empty())
        for (auto& [block, words] : told(phrasing.words(message.notification)))
            parts.push_back({std::move(block), std::move(words), false});
    if (message.edited)
        for (auto& [block, words] : small_print(phrasing.words(text("message.edited"))))
            parts.push_back({std::move(block), std::move(words), true});
    return parts;
}

std::vector<Post> render(
    const Message& message, DeliveryId delivery, Readers readers, const Catalogue& catalogue
) {
    auto posts = posts_of(message, readers, catalogue);
    mark(posts.front(), {delivery, 1, static_cast<int>(posts.size()), ""});
    return posts;
}

json::Object arguments_of(Post post, std::string channel, std::string thread) {
    json::Object arguments{
        {"channel", std::move(channel)},
        {"text", std::move(post.text)},
        {"blocks", std::move(post.blocks)},
        {"parse", "none"},
        {"mrkdwn", false},
        {"unfurl_links", false},
        {"unfurl_media", false},
    };
    if (!thread.empty()) arguments.push_back({"thread_ts", std::move(thread)});
    return arguments;
}

std::vector<Post> render(const Message& message, const Catalogue& catalogue) {
    return posts_of(message, Readers::one, catalogue);
}

void mark(Post& post, const Mark& mark) {
    auto& block = std::get<Object>(post.blocks.front().content);
    std::erase_if(block, [](const json::Member& member) { return member.key == "block_id"; });
    block.insert(std::next(block.begin()), {"block_id", block_id(mark)});
}

namespace {

// What does not come into a view is left out, and a last line shows that there was more.
Array blocks_of_a_view(const Message& message, const Catalogue& catalogue) {
    const Phrasing phrasing(catalogue, message.reader, Readers::one);
    Array blocks;
    std::size_t taken = 0;
    for (auto& part : parts_of(message, phrasing)) {
        taken += room_of(part.block);
        const bool is_last = blocks.size() + 1 == most_blocks_of_a_view;
        if (is_last || taken > most_room_of_a_view) {
            blocks.push_back(told("").front().block);
            break;
        }
        blocks.push_back(std::move(part.block));
    }
    return blocks;
}

}  // namespace

Value render_as_view(const Message& message, const Catalogue& catalogue) {
    return Object{
        {"type", "modal"},
        {"title", plain_text(name_of_the_bot, longest_title)},
        {"blocks", blocks_of_a_view(message, catalogue)}};
}

Value render_as_home(const Message& message, const Catalogue& catalogue) {
    return Object{{"type", "home"}, {"blocks", blocks_of_a_view(message, catalogue)}};
}

}  // namespace muster::slack
