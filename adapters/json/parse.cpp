#include <cassert>
#include <iterator>
#include <stdexcept>
#include <unordered_set>

#include <nlohmann/json.hpp>

#include "adapters/json/strict.hpp"

namespace muster::json {
namespace {

constexpr std::int64_t largest_exact = (std::int64_t{1} << 53) - 1;

std::string with_commas(int number) {
    auto digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

// Says how far the lexer has read, so that every event knows its line.
class Cursor {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Cursor(const char* at, const char** furthest) : at_(at), furthest_(furthest) {}

    reference operator*() const { return *at_; }

    Cursor& operator++() {
        *furthest_ = ++at_;
        return *this;
    }

    Cursor operator++(int) {
        auto before = *this;
        ++*this;
        return before;
    }

    bool operator==(const Cursor& other) const { return at_ == other.at_; }

private:
    const char* at_;
    const char** furthest_;
};

Problem problem_at(std::string_view text, std::size_t offset, std::string words) {
    Problem problem{1, 1, std::move(words)};
    for (char letter : text.substr(0, offset)) {
        ++problem.column;
        if (letter == '\n') {
            ++problem.line;
            problem.column = 1;
        }
    }
    return problem;
}

// Builds the value; returns false to stop at the first thing that is refused.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
public:
    Builder(std::string_view text, const char*& read, int most)
        : text_(text), read_(read), most_(most) {}

    bool null() override { return add(nullptr); }

    bool boolean(bool value) override { return add(value); }

    bool number_integer(number_integer_t value) override {
        if (value < -largest_exact) return add(std::to_string(value));
        return add(std::int64_t{value});
    }

    bool number_unsigned(number_unsigned_t value) override {
        if (value > static_cast<number_unsigned_t>(largest_exact))
            return add(std::to_string(value));
        return add(static_cast<std::int64_t>(value));
    }

    bool number_float(number_float_t value, const string_t& digits) override {
        if (digits.find_first_not_of("-0123456789") == std::string::npos) return add(digits);
        return add(value);
    }

    bool string(string_t& value) override { return is_allowed(value) && add(std::move(value)); }

    bool binary(binary_t&) override { return refuse("this is not JSON"); }

    bool start_object(std::size_t) override { return open(Object{}); }

    bool start_array(std::size_t) override { return open(Array{}); }

    bool key(string_t& key) override {
        if (!is_allowed(key)) return false;
        if (!open_.back().keys.insert(key).second) return refuse("this key stands here twice");
        open_.back().key = std::move(key);
        open_.back().key_line = line();
        return true;
    }

    bool end_object() override { return close(); }

    bool end_array() override { return close(); }

    bool parse_error(
        std::size_t position, const std::string&, const nlohmann::json::exception& error
    ) override {
        problem_ = problem_at(text_, position == 0 ? 0 : position - 1, words_of(error.what()));
        return false;
    }

    Value take() { return std::move(*root_); }

    Problem problem() const { return problem_; }

private:
    struct Open {
        Value value;
        std::string key;
        int key_line = 0;
        std::unordered_set<std::string> keys;
    };

    // What the library says without what it read: that may be somebody's answer.
    static std::string words_of(std::string said) {
        if (auto at = said.find(" - "); at != std::string::npos) said.erase(0, at + 3);
        if (auto read = said.find("; last read: "); read != std::string::npos) {
            auto expected = said.rfind("'; expected ");
            said =
                said.substr(0, read) +
                (expected == std::string::npos || expected < read ? "" : said.substr(expected + 1));
        }
        return "this is not JSON: " + said;
    }

    bool refuse(std::string words) {
        auto offset = static_cast<std::size_t>(read_ - text_.data());
        problem_ = problem_at(text_, offset == 0 ? 0 : offset - 1, std::move(words));
        return false;
    }

    bool refuse_as_too_large(std::string words) {
        refuse(std::move(words));
        problem_.is_too_large = true;
        return false;
    }

    bool is_allowed(const std::string& value) {
        if (value.size() > longest_string)
            return refuse_as_too_large("a text is longer than 256 KiB");
        if (value.find('\0') != std::string::npos)
            return refuse("a text contains the character NUL");
        return true;
    }

    bool open(Value::Content empty) {
        if (open_.size() >= deepest) return refuse("more than 64 levels inside each other");
        if (++values_ > most_)
            return refuse_as_too_large("more than " + with_commas(most_) + " values");
        auto& opened = open_.emplace_back();
        opened.value.content = std::move(empty);
        opened.value.line = line();
        return true;
    }

    bool close() {
        auto value = std::move(open_.back().value);
        open_.pop_back();
        place(std::move(value));
        return true;
    }

    bool add(Value::Content content) {
        if (++values_ > most_)
            return refuse_as_too_large("more than " + with_commas(most_) + " values");
        Value value;
        value.content = std::move(content);
        value.line = line();
        place(std::move(value));
        return true;
    }

    void place(Value value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return;
        }
        auto& around = open_.back();
        if (auto* array = std::get_if<Array>(&around.value.content)) {
            array->push_back(std::move(value));
            return;
        }
        value.line = around.key_line;
        std::get<Object>(around.value.content).push_back({std::move(around.key), std::move(value)});
    }

    // The lexer may have read one character past a number, perhaps the end of its line: it does not
    // count.
    int line() {
        for (; counted_ < read_ - 1; ++counted_) {
            if (*counted_ == '\n') ++line_;
        }
        return line_;
    }

    std::string_view text_;
    const char*& read_;
    const char* counted_ = text_.data();
    int line_ = 1;
    int values_ = 0;
    int most_;
    std::vector<Open> open_;
    std::optional<Value> root_;
    Problem problem_;
};

// The length of the character that begins here; 0 = these bytes are not UTF-8.
std::size_t character_length(std::string_view text) {
    auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    auto follows = [&](std::size_t i, unsigned lowest = 0x80, unsigned highest = 0xBF) {
        return byte(i) >= lowest && byte(i) <= highest;
    };
    auto first = byte(0);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        auto lowest = first == 0xE0 ? 0xA0u : 0x80u;   // shorter forms exist
        auto highest = first == 0xED ? 0x9Fu : 0xBFu;  // surrogates
        return follows(1, lowest, highest) && follows(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        auto lowest = first == 0xF0 ? 0x90u : 0x80u;
        auto highest = first == 0xF4 ? 0x8Fu : 0xBFu;  // beyond U+10FFFF
        return follows(1, lowest, highest) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

std::optional<Problem> problem_of_bytes(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF"))
        return problem_at(text, 0, "the text begins with a byte order mark");
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '\0') return problem_at(text, at, "the text contains the character NUL");
        auto length = character_length(text.substr(at));
        if (length == 0) return problem_at(text, at, "the text is not UTF-8");
        at += length;
    }
    return std::nullopt;
}

}  // namespace

Parsed parse(std::string_view text, Comments comments, int most) {
    if (auto problem = problem_of_bytes(text)) return *problem;
    const char* read = text.data();
    Builder builder(text, read, most);
    Cursor begin(text.data(), &read);
    Cursor end(text.data() + text.size(), &read);
    bool taken = nlohmann::json::sax_parse(
        begin,
        end,
        &builder,
        nlohmann::json::input_format_t::json,
        true,
        comments == Comments::allowed
    );
    if (!taken) return builder.problem();
    return builder.take();
}

void throw_exception_from_error(const Problem& problem, const boost::source_location&) {
    throw std::logic_error(
        "value() of JSON that was refused at line " + std::to_string(problem.line) + ": " +
        problem.words
    );
}

}  // namespace muster::json
