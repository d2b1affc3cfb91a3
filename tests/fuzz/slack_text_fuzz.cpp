#include <algorithm>

#include "adapters/slack/render.hpp"
#include "adapters/slack/typed_words.hpp"
#include "adapters/words/lengths.hpp"
#include "adapters/words/typed.hpp"
#include "tests/fakes/slack/mrkdwn.hpp"
#include "tests/fuzz/fuzz.hpp"

// What somebody typed stays what it is: no mention, no markup, no link that leads elsewhere than it
// says, nothing lost where it is cut. Input: what was typed.
namespace muster::slack {
namespace {

using fuzz::promise;

void expect_no_markup(const std::string& typed) {
    auto text = escaped(typed);
    promise(text.find_first_of("<>") == text.npos, "nothing in it begins a mention");
    promise(fake_slack::mentions_and_links_in(text).empty(), "it names and links nothing");
    promise(fake_slack::as_read(text) == typed, "it is read as it was typed");
    promise(unescaped(text) == typed, "and understood as it was typed, when it comes back");
}

void expect_readable_whatever_comes(const std::string& sent) {
    auto words = unescaped(sent);
    promise(words.size() <= 2 * sent.size() + 1, "what is read is not longer than it can be");
    promise(!fuzz::is_utf8(sent) || fuzz::is_utf8(words), "and stays UTF-8");
}

bool is_plain_address(std::string_view words) {
    bool is_web = words.starts_with("https://") || words.starts_with("http://");
    auto host = words.substr(words.find("//") + 2);
    host = host.substr(0, host.find_first_of("/?#"));
    auto is_printable = [](char byte) { return byte > ' ' && byte <= '~'; };
    return is_web && host.find('@') == host.npos && host.find('.') != host.npos &&
           std::ranges::all_of(words, is_printable) && words.find_first_of("<>\"") == words.npos;
}

void expect_shown_as_typed(const std::string& typed) {
    Leaves leaves;
    append_typed(leaves, typed);
    std::string shown;
    for (const auto& leaf : leaves) {
        promise(!leaf.words.empty(), "no leaf is empty");
        promise(leaf.kind != Leaf::Kind::time, "nothing typed is a time");
        promise(leaf.kind == Leaf::Kind::words || is_plain_address(leaf.words), "a plain link");
        shown += leaf.words;
    }
    promise(shown == typed, "it is shown as it was typed");
}

void expect_nothing_left_open(const std::string& typed) {
    promise(closing(typed + closing(typed)).empty(), "what it opens is closed behind it");
}

void expect_whole_in_pieces(const std::string& typed) {
    constexpr std::size_t most = 300;
    std::string all;
    for (const auto& piece : slack::pieces_of(typed, most)) {
        promise(!piece.empty(), "no piece is empty");
        promise(length_of(piece, room) <= most, "each piece fits");
        all += piece;
    }
    promise(all == typed, "nothing is lost where it is cut");
}

void expect_short_where_it_is_cut(const std::string& typed) {
    for (std::size_t most : {1U, 24U, 75U}) {
        auto begins = beginning(typed, most, units);
        promise(typed.starts_with(begins), "a beginning is the beginning");
        promise(length_of(begins, units) <= most, "and fits");
        promise(length_of(shortened(typed, most), units) <= most, "as does what is shortened");
        promise(!fuzz::is_utf8(typed) || fuzz::is_utf8(begins), "no character is cut");
    }
}

}  // namespace
}  // namespace muster::slack

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string typed{muster::fuzz::text_of(bytes, size)};
    muster::slack::expect_no_markup(typed);
    muster::slack::expect_readable_whatever_comes(typed);
    muster::slack::expect_shown_as_typed(typed);
    muster::slack::expect_nothing_left_open(typed);
    muster::slack::expect_whole_in_pieces(typed);
    muster::slack::expect_short_where_it_is_cut(typed);
    return 0;
}
