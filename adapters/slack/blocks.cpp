#include "adapters/slack/blocks.hpp"

#include "adapters/words/lengths.hpp"

namespace muster::slack {
namespace {

using json::Array;
using json::Object;
using json::Value;

// In room(), which is never less than the 3,000 characters that Slack counts.
constexpr std::size_t longest_small_print = 3'000;

}  // namespace

// Without `emoji`, ":name:" stays as somebody typed it.
Value plain_text(std::string_view words, std::size_t most) {
    return Object{
        {"type", "plain_text"},
        {"text", words.empty() ? std::string{"…"} : shortened(words, most)},
        {"emoji", false}};
}

std::vector<Worded> small_print(const std::string& words) {
    std::vector<Worded> blocks;
    for (auto& piece : pieces_of(words, longest_small_print)) {
        Array elements{plain_text(piece, longest_small_print)};
        Object context{{"type", "context"}, {"elements", std::move(elements)}};
        blocks.push_back({std::move(context), std::move(piece)});
    }
    return blocks;
}

}  // namespace muster::slack
