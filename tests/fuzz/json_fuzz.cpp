#include <cmath>
#include <set>

#include <nlohmann/json.hpp>

#include "adapters/json/strict.hpp"
#include "tests/fuzz/fuzz.hpp"

// What is taken is JSON for others too, and means the same; what is refused is no JSON, or beyond a
// limit that is written down. Input: a text.
namespace muster::json {
namespace {

using fuzz::promise;

int depth_of(const Value& value) {
    int inside = 0;
    if (const auto* array = value.array())
        for (const auto& each : *array)
            inside = std::max(inside, depth_of(each));
    if (const auto* object = value.object())
        for (const auto& each : *object)
            inside = std::max(inside, depth_of(each.value));
    return value.array() || value.object() ? inside + 1 : 0;
}

bool is_same(const Value& ours, const nlohmann::json& theirs);

bool is_same_number(const Value& ours, const nlohmann::json& theirs) {
    if (const auto* whole = ours.number()) return theirs == *whole;
    if (const auto* number = std::get_if<double>(&ours.content))
        return theirs == *number || (std::isnan(*number) && theirs.is_number());
    return ours.text() != nullptr;  // beyond what programs keep exactly: its digits
}

bool is_same_object(const Object& ours, const nlohmann::json& theirs) {
    if (!theirs.is_object() || theirs.size() != ours.size()) return false;
    for (const auto& [key, value] : ours)
        if (!theirs.contains(key) || !is_same(value, theirs[key])) return false;
    return true;
}

bool is_same_array(const Array& ours, const nlohmann::json& theirs) {
    if (!theirs.is_array() || theirs.size() != ours.size()) return false;
    for (std::size_t at = 0; at < ours.size(); ++at)
        if (!is_same(ours[at], theirs[at])) return false;
    return true;
}

bool is_same(const Value& ours, const nlohmann::json& theirs) {
    if (theirs.is_number()) return is_same_number(ours, theirs);
    if (ours.is_null()) return theirs.is_null();
    if (const auto* flag = ours.flag()) return theirs == *flag;
    if (const auto* text = ours.text()) return theirs.is_string() && theirs == *text;
    if (const auto* array = ours.array()) return is_same_array(*array, theirs);
    return ours.object() && is_same_object(*ours.object(), theirs);
}

void expect_understood(std::string_view text, const Value& value) {
    promise(fuzz::is_utf8(text) && text.find('\0') == text.npos, "what is taken is text");
    promise(depth_of(value) <= deepest, "what is taken is not too deep");
    auto theirs = nlohmann::json::parse(text, nullptr, false);
    promise(!theirs.is_discarded(), "what is taken is JSON");
    promise(is_same(value, theirs), "and means the same to others");

    auto again = parse(dump(value));
    promise(again && *again == value, "what is written reads back");
    auto pretty_one = parse(pretty(value));
    promise(pretty_one && *pretty_one == value, "what is written for people reads back");
}

bool has_an_escaped_nul(std::string_view text) {
    return text.find("\\u0000") != text.npos;
}

// Without looking into it: whatever comes of reading it is forgotten at once.
class Judge final : public nlohmann::json_sax<nlohmann::json> {
public:
    bool is_within_limits() const { return is_within_limits_; }

    bool null() override { return count(); }

    bool boolean(bool) override { return count(); }

    bool number_integer(number_integer_t) override { return count(); }

    bool number_unsigned(number_unsigned_t) override { return count(); }

    bool number_float(number_float_t, const string_t&) override { return count(); }

    bool string(string_t& text) override { return hold(text.size() <= longest_string) && count(); }

    bool binary(binary_t&) override { return false; }

    bool start_object(std::size_t) override { return open(); }

    bool start_array(std::size_t) override { return open(); }

    bool key(string_t& key) override {
        hold(key.size() <= longest_string);
        return hold(keys_.back().insert(key).second);
    }

    bool end_object() override { return close(); }

    bool end_array() override { return close(); }

    bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
        return false;
    }

private:
    bool hold(bool fits) {
        is_within_limits_ = is_within_limits_ && fits;
        return true;
    }

    bool count() { return hold(++values_ <= most_values); }

    bool open() {
        keys_.emplace_back();
        return hold(keys_.size() <= std::size_t{deepest}) && count();
    }

    bool close() {
        keys_.pop_back();
        return true;
    }

    std::vector<std::set<std::string>> keys_;
    int values_ = 0;
    bool is_within_limits_ = true;
};

void expect_rightly_refused(std::string_view text, const Problem& problem) {
    promise(problem.line >= 1 && problem.column >= 1, "a problem has its place");
    promise(!problem.words.empty() && fuzz::is_utf8(problem.words), "a problem has words");
    Judge judge;
    bool is_json = nlohmann::json::sax_parse(text, &judge);
    promise(
        !is_json || !judge.is_within_limits() || text.starts_with("\xEF\xBB\xBF") ||
            has_an_escaped_nul(text) || text.find('\0') != text.npos,
        "what is refused is no JSON, or beyond a limit"
    );
}

}  // namespace
}  // namespace muster::json

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    namespace json = muster::json;
    auto text = muster::fuzz::text_of(bytes, size);
    if (auto parsed = json::parse(text))
        json::expect_understood(text, *parsed);
    else
        json::expect_rightly_refused(text, parsed.error());
    static_cast<void>(json::parse(text, json::Comments::allowed));
    return 0;
}
