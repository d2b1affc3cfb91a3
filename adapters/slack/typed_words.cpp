#include "adapters/slack/typed_words.hpp"

#include "adapters/words/typed.hpp"

namespace muster::slack {

void append_typed(Leaves& leaves, std::string_view typed, bool bold) {
    for (const auto& part : parts_of_typed(typed)) {
        Leaf leaf;
        leaf.kind = part.is_address ? Leaf::Kind::link : Leaf::Kind::words;
        leaf.words = part.words;
        leaf.bold = bold;
        append(leaves, std::move(leaf));
    }
}

}  // namespace muster::slack
