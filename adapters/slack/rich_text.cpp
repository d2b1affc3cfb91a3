#include "adapters/slack/rich_text.hpp"

#include <algorithm>
#include <iterator>

#include "adapters/words/lengths.hpp"

namespace muster::slack {
namespace {

using json::Array;
using json::Object;
using json::Value;

// In room(). A leaf stays below the 3,000 characters that other texts may have. All blocks of a
// post together have a limit too (render_messages.cpp), of which one takes three quarters at most.
constexpr std::size_t longest_leaf = 2'900;
constexpr std::size_t longest_block = 9'000;

// What stands around the words, at most; of a list, on average.
constexpr std::size_t around_words = 60;
constexpr std::size_t around_a_time = 180;

// ---- where words are cut

bool goes_on(const Leaf& leaf, const Leaf& next) {
    return leaf.kind == Leaf::Kind::words && next.kind == Leaf::Kind::words &&
           leaf.bold == next.bold;
}

enum class End { none, word, line };

// What is not cut: a word with its space, a link, a time.
struct Token {
    Leaf leaf;
    End end = End::none;
    std::size_t size = 0;
};

using Tokens = std::vector<Token>;

End end_of(std::string_view word) {
    if (word.ends_with('\n')) return End::line;
    return word.ends_with(' ') ? End::word : End::none;
}

std::string_view first_word(std::string_view words) {
    constexpr auto ends = " \n";
    auto at = words.find_first_of(ends);
    while (at != std::string_view::npos && !is_border(words, at + 1))
        at = words.find_first_of(ends, at + 1);
    return at == std::string_view::npos ? words : words.substr(0, at + 1);
}

void add_word(Tokens& tokens, const Leaf& style, std::string_view word, std::size_t longest) {
    while (!word.empty()) {
        const auto part = beginning(word, longest, room);
        word.remove_prefix(part.size());
        auto token = style;
        token.words = part;
        const auto end = word.empty() ? end_of(part) : End::none;
        tokens.push_back({std::move(token), end, length_of(part, room)});
    }
}

void add_words(Tokens& tokens, const Leaf& leaf, std::size_t longest) {
    const auto first = tokens.size();
    Leaf style;
    style.bold = leaf.bold;
    for (std::string_view rest = leaf.words; !rest.empty();) {
        const auto word = first_word(rest);
        add_word(tokens, style, word, longest);
        rest.remove_prefix(word.size());
    }
    if (first < tokens.size()) tokens[first].size += around_words;
}

Tokens tokens_of(const Leaves& leaves, std::size_t longest_word = longest_leaf) {
    Tokens tokens;
    for (const auto& leaf : leaves) {
        if (leaf.kind == Leaf::Kind::words) {
            add_words(tokens, leaf, longest_word);
        } else {
            tokens.push_back({leaf, End::none, length_of(leaf.words, room) + around_a_time});
        }
    }
    return tokens;
}

// After the last line of what fits, else after the last word, else where it is full. What lies
// behind the cut is looked at again, but the work grows as the text does: any three pieces that
// follow each other are longer together than one may be.
std::size_t end_of_piece(const Tokens& tokens, std::size_t first, std::size_t most) {
    std::size_t taken = 0;
    std::size_t line = first;
    std::size_t word = first;
    for (auto at = first; at < tokens.size(); ++at) {
        taken += tokens[at].size;
        if (taken > most && at > first) return line > first ? line : word > first ? word : at;
        if (tokens[at].end == End::line) line = at + 1;
        if (tokens[at].end == End::word) word = at + 1;
    }
    return tokens.size();
}

class Joining {
public:
    void add(Token token) {
        if (!leaves_.empty() && goes_on(leaves_.back(), token.leaf) &&
            size_ + token.size <= longest_leaf + around_words) {
            leaves_.back().words += token.leaf.words;
            size_ += token.size;
        } else {
            leaves_.push_back(std::move(token.leaf));
            size_ = token.size;
        }
    }

    Leaves take() { return std::move(leaves_); }

private:
    Leaves leaves_;
    std::size_t size_ = 0;
};

struct Piece {
    Leaves leaves;
    std::size_t size = 0;
};

std::vector<Piece> split(Tokens tokens, std::size_t most) {
    std::vector<Piece> pieces;
    for (std::size_t first = 0; first < tokens.size();) {
        const auto end = end_of_piece(tokens, first, most);
        Joining joining;
        Piece piece;
        for (; first < end; ++first) {
            piece.size += tokens[first].size;
            joining.add(std::move(tokens[first]));
        }
        piece.leaves = joining.take();
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

std::string words_of(const Leaves& leaves) {
    std::string words;
    for (const auto& leaf : leaves)
        words += leaf.words;
    return words;
}

// ---- as JSON

Value leaf_value(const Leaf& leaf) {
    Object value;
    switch (leaf.kind) {
        case Leaf::Kind::words: value = {{"type", "text"}, {"text", leaf.words}}; break;
        case Leaf::Kind::link: value = {{"type", "link"}, {"url", leaf.words}}; break;
        case Leaf::Kind::time:
            value = {
                {"type", "date"},
                {"timestamp",
                 std::chrono::floor<std::chrono::seconds>(leaf.at.time_since_epoch()).count()},
                {"format", leaf.format},
                {"fallback", leaf.words}};
            break;
    }
    if (leaf.bold) value.push_back({"style", Object{{"bold", true}}});
    return value;
}

Value section(const Leaves& leaves) {
    Array elements;
    for (const auto& leaf : leaves)
        elements.push_back(leaf_value(leaf));
    return Object{{"type", "rich_text_section"}, {"elements", std::move(elements)}};
}

Value rich_text(Value element) {
    return Object{{"type", "rich_text"}, {"elements", Array{std::move(element)}}};
}

// Items in as few lists as hold them.
class Lists {
public:
    void add(const Leaves& item) {
        auto pieces = split(tokens_of(item), longest_block);
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (i == 0) {
                add_bullet(pieces[i]);
            } else {
                close();
                done_.push_back({rich_text(section(pieces[i].leaves)), words_of(pieces[i].leaves)});
            }
        }
    }

    std::vector<Worded> take() {
        close();
        return std::move(done_);
    }

private:
    void add_bullet(const Piece& piece) {
        if (size_ + piece.size > longest_block) close();
        items_.push_back(section(piece.leaves));
        words_ += (words_.empty() ? "" : "\n") + words_of(piece.leaves);
        size_ += piece.size;
    }

    void close() {
        if (items_.empty()) return;
        Object list{
            {"type", "rich_text_list"},
            {"style", "bullet"},
            {"elements", std::exchange(items_, {})}};
        done_.push_back({rich_text(std::move(list)), std::exchange(words_, {})});
        size_ = 0;
    }

    std::vector<Worded> done_;
    Array items_;
    std::string words_;
    std::size_t size_ = 0;
};

}  // namespace

void append(Leaves& leaves, Leaf leaf) {
    if (leaf.words.empty()) return;
    if (!leaves.empty() && goes_on(leaves.back(), leaf)) {
        leaves.back().words += leaf.words;
    } else {
        leaves.push_back(std::move(leaf));
    }
}

void append_words(Leaves& leaves, std::string_view words, bool bold) {
    Leaf leaf;
    leaf.words = words;
    leaf.bold = bold;
    append(leaves, std::move(leaf));
}

std::vector<Worded> paragraph(const Leaves& leaves) {
    std::vector<Worded> blocks;
    for (const auto& piece : split(tokens_of(leaves), longest_block))
        blocks.push_back({rich_text(section(piece.leaves)), words_of(piece.leaves)});
    return blocks;
}

std::vector<Worded> bullets(const std::vector<Leaves>& items) {
    Lists lists;
    for (const auto& item : items)
        lists.add(item);
    return lists.take();
}

std::vector<std::string> pieces_of(std::string_view words, std::size_t most) {
    Leaves leaves;
    append_words(leaves, words);
    std::vector<std::string> pieces;
    const auto longest_word = std::min(longest_leaf, most - around_words);
    for (const auto& piece : split(tokens_of(leaves, longest_word), most))
        pieces.push_back(words_of(piece.leaves));
    return pieces;
}

}  // namespace muster::slack
