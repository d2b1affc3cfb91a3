#pragma once

#include "adapters/json/strict.hpp"
#include "bot/domain/instant.hpp"

// Words as Slack's rich text: blocks whose leaves nothing is ever parsed in (protocols/slack.md
// 4.1). Pure.
namespace muster::slack {

struct Leaf {
    enum class Kind {
        words,
        link,  // the words are its address
        time,  // shown in the zone of each reader's device, or as the words
    };

    Kind kind = Kind::words;
    std::string words;
    bool bold = false;
    Instant at{};          // kind time
    std::string format{};  // kind time: in Slack's terms
};

using Leaves = std::vector<Leaf>;

// At the end of them; words go on with the words before.
void append(Leaves&, Leaf);
void append_words(Leaves&, std::string_view words, bool bold = false);

// A block and the words that stand in it.
struct Worded {
    json::Value block;
    std::string words;
};

// One paragraph: several blocks where one does not hold it, none where it has no words. Together
// they show exactly these words.
std::vector<Worded> paragraph(const Leaves&);

// The same with bullets. An item that one block does not hold goes on without one.
std::vector<Worded> bullets(const std::vector<Leaves>&);

// Cut after lines where that is possible, else after words, else between two characters: into
// pieces that take at most `most` room, which is at least some hundreds.
std::vector<std::string> pieces_of(std::string_view words, std::size_t most);

}  // namespace muster::slack
