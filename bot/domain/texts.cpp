#include "bot/domain/texts.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace muster {
namespace {

using Spans = std::vector<Span>;
using Languages = std::map<std::string, Catalogue::Language>;

constexpr const char* verbatim_key = "verbatim";
constexpr const char* fallback_language = "en";

constexpr std::array weekday_keys{
    "date.monday",
    "date.tuesday",
    "date.wednesday",
    "date.thursday",
    "date.friday",
    "date.saturday",
    "date.sunday",
};

constexpr std::array month_keys{
    "date.january",
    "date.february",
    "date.march",
    "date.april",
    "date.may",
    "date.june",
    "date.july",
    "date.august",
    "date.september",
    "date.october",
    "date.november",
    "date.december",
};

void add_plain(Spans& spans, std::string_view words) {
    if (words.empty()) return;
    if (!spans.empty() && spans.back().kind == Span::Kind::plain) {
        spans.back().words += words;
    } else {
        spans.push_back({.kind = Span::Kind::plain, .words = std::string(words)});
    }
}

void add_all(Spans& spans, Spans more) {
    for (auto& span : more) {
        if (span.kind == Span::Kind::plain) {
            add_plain(spans, span.words);
        } else {
            spans.push_back(std::move(span));
        }
    }
}

std::string words_of(const Spans& spans) {
    std::string words;
    for (const auto& span : spans)
        words += span.words;
    return words;
}

// Welsh says "ac" for "a" (and) before a vowel, also where a numeral is read with one: un, wyth, un
// deg tri.
bool sounds_like_a_vowel(std::string_view words) {
    if (words.empty()) return false;
    if (words.front() >= '0' && words.front() <= '9') {
        const int number = std::atoi(std::string(words.substr(0, 9)).c_str());
        return number == 1 || number == 8 || (number >= 11 && number <= 19) ||
               (number >= 80 && number <= 89);
    }
    return std::string_view("aeiouyAEIOUY").find(words.front()) != std::string_view::npos;
}

// Puts one text, with all that it holds, into the words of one reader.
class Phrasing {
public:
    Phrasing(const Languages& languages, const Reader& reader)
        : languages_(languages), reader_(reader) {}

    Spans phrase(const Text& text) const {
        if (text.key == verbatim_key) return as_typed(text);
        Spans spans;
        if (auto form = form_of(text)) {
            complete(*form, text, spans);
        } else {
            add_plain(spans, "[" + text.key + "]");
        }
        return spans;
    }

private:
    static Spans as_typed(const Text& text) {
        if (text.arguments.empty()) return {};
        const auto* typed = std::get_if<UserText>(&text.arguments.front().second);
        if (typed == nullptr || typed->value.empty()) return {};
        return {Span{.kind = Span::Kind::user, .words = typed->value}};
    }

    std::optional<std::string_view> form_of(const Text& text) const {
        if (auto form = form_in(reader_.language, text)) return form;
        return form_in(fallback_language, text);
    }

    std::optional<std::string_view> form_in(const std::string& language, const Text& text) const {
        auto sentences = languages_.find(language);
        if (sentences == languages_.end()) return std::nullopt;
        auto entry = sentences->second.find(text.key);
        if (entry == sentences->second.end()) return std::nullopt;
        const auto& forms = entry->second.forms;
        auto form = forms.find(plural_category(language, counted(entry->second.plural_by, text)));
        if (form == forms.end()) form = forms.find("other");
        if (form == forms.end()) return std::nullopt;
        return form->second;
    }

    static std::int64_t counted(const std::string& name, const Text& text) {
        const auto* argument = argument_of(name, text);
        if (argument == nullptr) return 0;
        if (const auto* count = std::get_if<std::int64_t>(argument)) return *count;
        if (const auto* list = std::get_if<TextList>(argument)) {
            return static_cast<std::int64_t>(list->size());
        }
        return 0;
    }

    static const Argument* argument_of(std::string_view name, const Text& text) {
        for (const auto& [argument_name, argument] : text.arguments) {
            if (argument_name == name) return &argument;
        }
        return nullptr;
    }

    // Only the catalogue's sentence is searched for placeholders: braces that a person typed stay
    // braces.
    void complete(std::string_view sentence, const Text& text, Spans& spans) const {
        while (!sentence.empty()) {
            const auto open = sentence.find('{');
            const auto close = sentence.find('}', open == sentence.npos ? 0 : open);
            if (open == sentence.npos || close == sentence.npos) break;
            add_plain(spans, sentence.substr(0, open));
            put(sentence.substr(open + 1, close - open - 1), text, spans);
            sentence.remove_prefix(close + 1);
        }
        add_plain(spans, sentence);
    }

    void put(std::string_view placeholder, const Text& text, Spans& spans) const {
        const auto bar = placeholder.find('|');
        const auto name = placeholder.substr(0, bar);
        const auto style =
            bar == placeholder.npos ? std::string_view{} : placeholder.substr(bar + 1);
        const auto* argument = argument_of(name, text);
        if (argument == nullptr) return add_plain(spans, "[" + std::string(name) + "]");
        auto put_value = [&](const auto& value) { add(value, style, spans); };
        std::visit(put_value, *argument);
    }

    static void add(std::int64_t count, std::string_view, Spans& spans) {
        add_plain(spans, std::to_string(count));
    }

    static void add(const UserText& typed, std::string_view, Spans& spans) {
        if (!typed.value.empty()) {
            spans.push_back({.kind = Span::Kind::user, .words = typed.value});
        }
    }

    static void add(const NamedPerson& person, std::string_view, Spans& spans) {
        spans.push_back({.kind = Span::Kind::person, .words = person.name, .person = person.id});
    }

    void add(Instant instant, std::string_view style, Spans& spans) const {
        const auto local = local_time(is_zone(reader_.zone) ? reader_.zone : "UTC", instant);
        std::string words = time_words(local.time);
        if (style == "day") words = date_words(local.date, "day");
        if (style == "day_time") {
            words = plain(text(
                "date.day_time",
                {{"time", UserText{words}}, {"day", UserText{date_words(local.date, "day")}}}
            ));
        }
        spans.push_back({.kind = Span::Kind::instant, .words = words, .instant = instant});
    }

    void add(LocalDate date, std::string_view style, Spans& spans) const {
        add_plain(spans, date.ok() ? date_words(date, style) : "[" + to_text(date) + "]");
    }

    void add(minutes length, std::string_view style, Spans& spans) const {
        add_plain(spans, style == "clock" ? time_words(length) : length_words(length));
    }

    void add(const TextList& list, std::string_view style, Spans& spans) const {
        for (std::size_t i = 0; i < list.size(); ++i) {
            auto item = phrase(list[i]);
            if (i > 0) {
                add_plain(spans, separator(style, i + 1 == list.size(), words_of(item)));
            }
            add_all(spans, std::move(item));
        }
    }

    std::string separator(std::string_view style, bool last, std::string_view next) const {
        if (style == "lines") return "\n";
        if (style == "sentences") return " ";
        if (style == "commas" || !last) return between("list.comma");
        return between(sounds_like_a_vowel(next) ? "list.and_before_vowel" : "list.and");
    }

    // What the sentence "{first} and {last}" has in its middle.
    std::string between(const char* key) const {
        return plain(text(key, {{"first", UserText{}}, {"last", UserText{}}}));
    }

    // "11:30am", "2pm", "midday", "midnight".
    std::string time_words(TimeOfDay time) const {
        const auto of_day = ((time % 24h) + 24h) % 24h;
        if (of_day == 0min) return plain(text("date.midnight"));
        if (of_day == 12h) return plain(text("date.midday"));
        const auto hour = of_day / 60min;
        const auto minute = (of_day % 60min).count();
        std::string digits = std::to_string((hour + 11) % 12 + 1);
        if (minute != 0) digits += (minute < 10 ? ":0" : ":") + std::to_string(minute);
        return plain(
            text(hour < 12 ? "date.morning" : "date.afternoon", {{"time", UserText{digits}}})
        );
    }

    std::string date_words(LocalDate date, std::string_view style) const {
        const auto* weekday = weekday_keys[weekday_of(date).iso_encoding() - 1];
        if (style == "weekday") return plain(text(weekday));
        const auto* month = month_keys[static_cast<unsigned>(date.month()) - 1];
        return plain(text(
            style == "short" ? "date.short" : "date.day",
            {
                {"weekday", TextList{text(weekday)}},
                {"number", std::int64_t{static_cast<unsigned>(date.day())}},
                {"month", TextList{text(month)}},
            }
        ));
    }

    // The two largest units: "2 days and 3 hours", "1 hour and 30 minutes".
    std::string length_words(minutes length) const {
        const auto total = std::max(length, 0min);
        const std::int64_t days = total / 24h;
        const std::int64_t hours = (total % 24h) / 1h;
        const std::int64_t rest = (total % 1h).count();
        TextList units;
        if (days > 0) units.push_back(text("length.days", {{"count", days}}));
        if (hours > 0) units.push_back(text("length.hours", {{"count", hours}}));
        if (rest > 0 && days == 0) units.push_back(text("length.minutes", {{"count", rest}}));
        if (units.empty()) return plain(text("length.moment"));
        Spans spans;
        add(units, {}, spans);
        return words_of(spans);
    }

    std::string plain(const Text& text) const { return words_of(phrase(text)); }

    const Languages& languages_;
    const Reader& reader_;
};

}  // namespace

Text text(std::string key, std::vector<std::pair<std::string, Argument>> arguments) {
    return {std::move(key), std::move(arguments)};
}

Text verbatim(std::string user_text) {
    return {verbatim_key, {{"text", UserText{std::move(user_text)}}}};
}

Catalogue::Catalogue(std::map<std::string, Language> languages)
    : languages_(std::move(languages)) {}

std::vector<Span> Catalogue::phrase(const Text& text, const Reader& reader) const {
    return Phrasing(languages_, reader).phrase(text);
}

std::string Catalogue::plain(const Text& text, const Reader& reader) const {
    return words_of(phrase(text, reader));
}

std::string plural_category(std::string_view language, std::int64_t count) {
    if (language == "cy") {
        switch (count) {
            case 0: return "zero";
            case 1: return "one";
            case 2: return "two";
            case 3: return "few";
            case 6: return "many";
            default: return "other";
        }
    }
    return count == 1 ? "one" : "other";
}

}  // namespace muster
