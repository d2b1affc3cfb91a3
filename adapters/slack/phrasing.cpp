#include "adapters/slack/phrasing.hpp"

#include "adapters/slack/typed_words.hpp"
#include "adapters/words/typed.hpp"

namespace muster::slack {
namespace {

// In Slack's terms, which become the words of each reader's device there.
constexpr const char* day_there = "{date_short_pretty}";
constexpr const char* time_there = "{time}";

}  // namespace

std::string Phrasing::words(const Text& text) const {
    std::string words;
    for (const auto& span : catalogue_.phrase(text, reader_))
        words += span.words + closing(span.words);
    return words;
}

Leaves Phrasing::leaves(const Text& text, bool bold) const {
    Leaves leaves;
    for (const auto& span : catalogue_.phrase(text, reader_)) {
        switch (span.kind) {
            case Span::Kind::plain: append_words(leaves, span.words, bold); break;
            case Span::Kind::person:
                append_words(leaves, span.words + closing(span.words), bold);
                break;
            case Span::Kind::user:
                append_typed(leaves, span.words, bold);
                append_words(leaves, closing(span.words), bold);
                break;
            case Span::Kind::instant: append_time(leaves, span, bold); break;
        }
    }
    return leaves;
}

// A day without its time stays as it is: nothing on a device tells it in a sentence.
void Phrasing::append_time(Leaves& leaves, const Span& span, bool bold) const {
    const auto time = catalogue_.plain(text("date.at_time", {{"at", span.instant}}), reader_);
    const bool has_time = span.words.find(time) != std::string::npos;
    if (readers_ == Readers::one || !has_time) return append_words(leaves, span.words, bold);
    const auto day_and_time =
        text("date.time_on_day", {{"day", UserText{day_there}}, {"time", UserText{time_there}}});
    append(
        leaves,
        {.kind = Leaf::Kind::time,
         .words = span.words,
         .bold = bold,
         .at = span.instant,
         .format = catalogue_.plain(day_and_time, reader_)}
    );
}

}  // namespace muster::slack
