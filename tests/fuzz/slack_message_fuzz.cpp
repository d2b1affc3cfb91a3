#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/rendered.hpp"
#include "tests/unit/adapters/slack/block_reader.hpp"

// Slack takes every message, in as many posts as it needs, and shows the words that were typed and
// no others. Input: a block a line. Its first letter says what it is: N the notification, H a
// heading, P a paragraph, Q small print, F facts, I items, B buttons; what has parts has '|'
// between them.
namespace muster::slack {
namespace {

using fuzz::promise;

constexpr std::size_t most_lines = 80;
constexpr std::string_view label = "Today";

// A message, and what of it a person sees.
struct Typed {
    Message message;
    std::string words;
    std::size_t buttons = 0;
};

void add_facts(Typed& typed, std::string_view line) {
    Facts facts;
    for (auto part : fuzz::pieces_of(line, '|')) {
        auto value = fuzz::with_line_breaks(part);
        bool has_lines = value.find('\n') != value.npos;
        typed.words += facts.rows.empty() ? "" : "\n";
        typed.words += std::string{label} + ":" + (has_lines ? "\n" : " ") + value;
        facts.rows.emplace_back(verbatim(std::string{label}), verbatim(std::move(value)));
    }
    typed.message.blocks.emplace_back(std::move(facts));
}

void add_items(Typed& typed, std::string_view line) {
    Items items;
    for (auto part : fuzz::pieces_of(line, '|')) {
        typed.words += fuzz::with_line_breaks(part);
        items.items.push_back(slack::typed(part));
    }
    typed.message.blocks.emplace_back(std::move(items));
}

void add_buttons(Typed& typed, std::string_view line) {
    Buttons row;
    for (auto part : fuzz::pieces_of(line, '|')) {
        if (row.buttons.size() == most_buttons_in_a_row) break;
        row.buttons.push_back(choice(Verb::choose_team, 20, slack::typed(part), 7));
    }
    typed.buttons += row.buttons.size();
    typed.message.blocks.emplace_back(std::move(row));
}

template <class Worded>
void add(Typed& typed, std::string_view line) {
    typed.words += fuzz::with_line_breaks(line);
    typed.message.blocks.emplace_back(Worded{slack::typed(line)});
}

void add_line(Typed& typed, std::string_view line) {
    if (line.empty()) return;
    auto kind = line.front();
    line.remove_prefix(1);
    switch (kind) {
        case 'N': typed.message.notification = slack::typed(line); break;
        case 'H': add<Heading>(typed, line); break;
        case 'P': add<Paragraph>(typed, line); break;
        case 'Q': add<Quiet>(typed, line); break;
        case 'F': add_facts(typed, line); break;
        case 'I': add_items(typed, line); break;
        case 'B': add_buttons(typed, line); break;
        default: break;
    }
}

Typed typed_in(std::string_view input) {
    Typed typed;
    typed.message.notification = verbatim("n");
    auto lines = fuzz::pieces_of(input, '\n');
    for (std::size_t at = 0; at < lines.size() && at < most_lines; ++at)
        add_line(typed, lines[at]);
    return typed;
}

// The marks that end what typed words leave open are ours.
std::string without_closing_marks(std::string words) {
    for (const std::string mark : {"\u202C", "\u2069"})
        for (auto at = words.find(mark); at != words.npos; at = words.find(mark, at))
            words.erase(at, mark.size());
    return words;
}

void expect_marked(const std::vector<Post>& posts, DeliveryId delivery) {
    promise(!posts.empty(), "a message is one post at least");
    auto mark = mark_in(posts.front().blocks.front().text_of("block_id"));
    promise(mark && mark->delivery == delivery && mark->part == 1, "its first post is marked");
    promise(mark->parts == static_cast<int>(posts.size()), "and says how many there are");
}

void expect_shown(const Typed& typed, Readers readers) {
    DeliveryId delivery{1'795'512'600'001};
    auto posts = render(typed.message, delivery, readers, real_texts());
    expect_marked(posts, delivery);
    BlockReader reader;
    for (const auto& post : posts) {
        expect_taken(post);
        reader.read(post.blocks, 50);
    }
    for (const auto& problem : reader.problems)
        promise(false, problem);
    promise(reader.buttons.size() == typed.buttons, "every button is there");
    if (typed.words.empty() && typed.buttons == 0) return;  // something is shown for it
    promise(
        without_closing_marks(reader.words) == without_closing_marks(typed.words),
        "the words that were typed, and no others"
    );
}

}  // namespace
}  // namespace muster::slack

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace muster::slack;
    auto input = muster::fuzz::text_of(bytes, size);
    if (!muster::fuzz::is_utf8(input)) return 0;  // adapters/json lets in nothing else
    auto typed = typed_in(input);
    expect_shown(typed, Readers::one);
    expect_shown(typed, Readers::many);
    return 0;
}
