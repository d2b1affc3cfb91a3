#include <algorithm>

#include "tests/unit/adapters/slack/block_reader.hpp"
#include "tests/unit/adapters/slack/golden.hpp"
#include "tests/unit/bot/domain/property.hpp"

// Whatever people type, Slack takes it, and shows it and nothing else (spec/security.md F).
namespace muster::slack {
namespace {

using golden::catalogue;

// NOLINTBEGIN(misc-misleading-bidirectional): words that mislead are what this is about
const std::vector<std::string> attacks{
    "<!channel>",
    "<!here|here>",
    "<@U1>",
    "<#C1|general>",
    "<!subteam^S1>",
    "<https://evil.example|bank>",
    "https://bank.example@evil.example/",
    "https://example.org/a_(b)?c=d&e=f",
    "*bold*",
    "_it_ ~no~",
    "`code` ```block```",
    "> quote",
    "- item",
    ":rocket:",
    "&lt;!here&gt;",
    "&amp;amp;",
    "\u202Eright to left\u202C",
    "\u202Eopen",
    "\u2067\u202Bopen",
    "\u05E9\u05DC\u05D5\u05DD",
    "zero\u200Bwidth\u200D\u2060\uFEFF",
    "👨‍👩‍👧‍👦",
    "🚀",
    "e\u0301\u0327",
    "\u0301",
    R"("quoted\")",
    "{time} {date|day}",
    "\t\x01\x1B[31m",
    "\r\n",
    "\n",
    "\n\n",
    " ",
    "  ",
    "word",
};

// NOLINTEND(misc-misleading-bidirectional)

int up_to(int most) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, most + 1));
}

// Some attacks behind each other, now and then one of them many times.
std::string typed_words() {
    std::string words;
    for (int left = up_to(6); left > 0; --left) {
        const auto attack = *rc::gen::elementOf(attacks);
        const int times = up_to(9) == 0 ? up_to(900) : 1;
        for (int i = 0; i < times; ++i)
            words += attack;
    }
    return words;
}

TextList typed_texts(int most) {
    TextList texts;
    for (int left = up_to(most); left > 0; --left)
        texts.push_back(verbatim(typed_words()));
    return texts;
}

Facts typed_facts() {
    Facts facts;
    for (auto& value : typed_texts(4))
        facts.rows.emplace_back(verbatim("Today"), std::move(value));
    return facts;
}

Buttons typed_buttons() {
    Buttons row;
    for (const auto& label : typed_texts(most_buttons_in_a_row))
        row.buttons.push_back(choice(Verb::choose_team, 20, label, 7));
    return row;
}

Block typed_block() {
    switch (up_to(5)) {
        case 0: return Heading{verbatim(typed_words())};
        case 1: return Quiet{verbatim(typed_words())};
        case 2: return Items{typed_texts(8)};
        case 3: return typed_facts();
        case 4: return typed_buttons();
        default: return Paragraph{verbatim(typed_words())};
    }
}

std::string typed_in(const Text& text) {
    return text.arguments.empty() ? "" : std::get<UserText>(text.arguments.front().second).value;
}

struct Shown {
    std::string operator()(const Heading& heading) const { return typed_in(heading.text); }

    std::string operator()(const Paragraph& paragraph) const { return typed_in(paragraph.text); }

    std::string operator()(const Quiet& quiet) const { return typed_in(quiet.text); }

    std::string operator()(const Items& list) const {
        std::string words;
        for (const auto& item : list.items)
            words += typed_in(item);
        return words;
    }

    std::string operator()(const Facts& facts) const {
        std::string words;
        for (const auto& [label, value] : facts.rows) {
            const auto typed = typed_in(value);
            const bool has_lines = typed.find('\n') != std::string::npos;
            words += (words.empty() ? "Today:" : "\nToday:") + std::string(has_lines ? "\n" : " ") +
                     typed;
        }
        return words;
    }

    std::string operator()(const Buttons&) const { return ""; }
};

// The marks that end what typed words leave open are ours, so they are left out on both sides.
std::string without_closing_marks(std::string words) {
    for (const std::string mark : {"\u202C", "\u2069"})
        for (auto at = words.find(mark); at != std::string::npos; at = words.find(mark, at))
            words.erase(at, mark.size());
    return words;
}

// Slack's reading of entities, and nothing else.
std::string read_entities(std::string_view text) {
    std::string words;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '&') {
            RC_ASSERT(text[at] != '<');
            RC_ASSERT(text[at] != '>');
            words += text[at];
            continue;
        }
        const auto end = text.find(';', at);
        RC_ASSERT(end != std::string_view::npos);
        const auto name = text.substr(at + 1, end - at - 1);
        RC_ASSERT(name == "amp" || name == "lt" || name == "gt");
        words += name == "amp" ? '&' : name == "lt" ? '<' : '>';
        at = end;
    }
    return words;
}

void assert_well_told(const std::string& notification, const std::string& words) {
    const auto told = read_entities(notification);
    if (told == words) return;
    RC_ASSERT(told.ends_with("…"));
    const auto beginning = told.substr(0, told.size() - std::string("…").size());
    RC_ASSERT(words.starts_with(beginning));
    RC_ASSERT(BlockReader::units(words) > 700U);  // what is short is told whole
}

RC_GTEST_PROP(SlackRender, ShowsExactlyWhatWasTyped, ()) {
    Message message;
    message.notification = verbatim("n");
    for (int left = up_to(1) == 0 ? up_to(8) : up_to(70); left > 0; --left)
        message.blocks.push_back(typed_block());
    std::string typed;
    std::size_t buttons = 0;
    for (const auto& block : message.blocks) {
        typed += std::visit(Shown{}, block);
        if (const auto* row = std::get_if<Buttons>(&block)) buttons += row->buttons.size();
    }

    BlockReader reader;
    for (const auto& post : render(message, DeliveryId{1}, Readers::one, catalogue())) {
        reader.read(post.blocks, 50);
        RC_ASSERT(golden::refused(post) == "");
        read_entities(post.text);
        RC_ASSERT(BlockReader::units(post.text) <= 4'000U);
    }

    RC_ASSERT(reader.problems == std::vector<std::string>{});
    RC_ASSERT(reader.buttons.size() == buttons);
    if (!typed.empty() || buttons > 0)
        RC_ASSERT(without_closing_marks(reader.words) == without_closing_marks(typed));
    for (const auto& link : reader.links)
        RC_ASSERT(
            typed.find(link) != std::string::npos && link.starts_with("https://example.org/")
        );
}

RC_GTEST_PROP(SlackRender, NotifiesInTheWordsThatWereTyped, ()) {
    const auto typed = typed_words();
    Message message;
    message.notification = verbatim(typed);
    const auto post = render(message, DeliveryId{1}, Readers::one, catalogue()).front();
    const auto words = typed.empty() ? std::string{"…"} : typed;
    RC_ASSERT(BlockReader::units(post.text) <= 4'000U);
    assert_well_told(without_closing_marks(post.text), without_closing_marks(words));
}

RC_GTEST_PROP(SlackRender, ReadsBackWhatItEscaped, ()) {
    const auto typed = typed_words();
    RC_ASSERT(unescaped(escaped(typed)) == typed);
    RC_ASSERT(read_entities(escaped(typed)) == typed);
}

RC_GTEST_PROP(SlackRender, AsksInFormsThatSlackTakes, ()) {
    Form form;
    form.context = {FormKind::answer, 50, 1};
    form.title = verbatim(typed_words());
    form.submit = verbatim(typed_words());
    for (int number = up_to(5); number > 0; --number) {
        Field field;
        field.key = "field" + std::to_string(number);
        field.kind = static_cast<Field::Kind>(up_to(10));
        field.label = verbatim(typed_words());
        field.hint = verbatim(typed_words());
        field.initial = clipped(typed_words(), longest_entry);
        for (const auto& label : typed_texts(8))
            field.choices.push_back({"c" + std::to_string(field.choices.size()), label});
        form.fields.push_back(std::move(field));
    }

    const auto view = render(form, catalogue());

    auto fits = [](const json::Value* text, std::size_t most) {
        const auto words = text->text_of("text");
        return !words.empty() && BlockReader::units(words) <= most;
    };
    RC_ASSERT(golden::refused(view) == "");
    RC_ASSERT(fits(view.find("title"), 24));
    RC_ASSERT(fits(view.find("submit"), 24));
    RC_ASSERT(view.find("blocks")->array()->size() <= 100U);
    RC_ASSERT(json::dump(view).size() < 250'000U);
    for (const auto& block : *view.find("blocks")->array()) {
        if (block.text_of("type") != "input") continue;
        RC_ASSERT(fits(block.find("label"), 2'000));
        RC_ASSERT(fits(block.find("hint"), 2'000));
        const auto& element = *block.find("element");
        RC_ASSERT(BlockReader::units(element.text_of("initial_value")) <= 3'000U);
        const auto* options = element.find("options");
        if (options == nullptr) continue;
        RC_ASSERT(options->array()->size() >= 1U && options->array()->size() <= 100U);
        for (const auto& option : *options->array()) {
            RC_ASSERT(fits(option.find("text"), 75));
            if (const auto* more = option.find("description")) RC_ASSERT(fits(more, 75));
        }
    }
}

TEST(SlackRender, TakesAMillionEmojiInParts) {
    std::string emoji;
    for (int i = 0; i < 1'000'000; ++i)
        emoji += "🚀";
    Message message;
    message.notification = verbatim(emoji);
    message.blocks = {Paragraph{verbatim(emoji)}};
    BlockReader reader;
    const auto posts = render(message, DeliveryId{1}, Readers::one, catalogue());
    for (const auto& post : posts)
        reader.read(post.blocks, 50);
    EXPECT_TRUE(reader.words == emoji);
    EXPECT_TRUE(reader.problems.empty());
    EXPECT_LE(posts.size(), 2'000U);
}

}  // namespace
}  // namespace muster::slack
