#include "config/section.hpp"

#include <algorithm>
#include <fstream>
#include <limits>

#include "bot/domain/nearest.hpp"

namespace muster::config {
namespace {

constexpr std::size_t largest_file = 16 * 1024 * 1024;

}  // namespace

void Findings::add(int line, std::string pointer, std::string expected) {
    problems_.push_back({file_, line, std::move(pointer), std::move(expected)});
}

bool Findings::has_near(const std::string& pointer) const {
    auto around = pointer.substr(0, pointer.rfind('/'));
    return std::ranges::any_of(problems_, [&](const Problem& problem) {
        return problem.pointer == pointer || problem.pointer == around ||
               problem.pointer.starts_with(pointer + "/");
    });
}

Problems Findings::take() {
    std::ranges::stable_sort(problems_, {}, &Problem::line);
    return std::move(problems_);
}

void Place::refuse(std::string expected) const {
    findings_->add(value_->line, pointer_, std::move(expected));
}

std::string Place::text(const std::string& expected) const {
    if (const auto* text = value_->text()) return *text;
    refuse(expected);
    return "";
}

bool Place::flag() const {
    if (const auto* flag = value_->flag()) return *flag;
    refuse("true or false");
    return false;
}

int Place::number(int lowest, int highest) const {
    const auto* number = value_->number();
    if (number && *number >= lowest && *number <= highest) return static_cast<int>(*number);
    refuse("a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest));
    return lowest;
}

std::vector<Place> Place::elements(const std::string& expected) const {
    std::vector<Place> places;
    const auto* array = value_->array();
    if (!array) {
        refuse(expected);
        return places;
    }
    for (std::size_t i = 0; i < array->size(); ++i)
        places.emplace_back(*findings_, (*array)[i], json::pointer_to(pointer_, i));
    return places;
}

std::vector<std::pair<std::string, Place>> Place::members() const {
    std::vector<std::pair<std::string, Place>> places;
    const auto* object = value_->object();
    if (!object) {
        refuse("an object");
        return places;
    }
    for (const auto& [key, value] : *object)
        places.emplace_back(key, Place(*findings_, value, json::pointer_to(pointer_, key)));
    return places;
}

std::vector<std::string> Place::texts() const {
    std::vector<std::string> texts;
    for (const auto& element : elements("a list of texts"))
        texts.push_back(element.text());
    return texts;
}

Section::Section(Place place) : place_(std::move(place)) {
    if (!place_.value().object()) place_.refuse("an object");
}

std::optional<Place> Section::find(std::string_view key) {
    asked_.emplace_back(key);
    const auto* value = place_.value().find(key);
    if (!value) return std::nullopt;
    return Place(place_.findings(), *value, json::pointer_to(place_.pointer(), key));
}

std::optional<Place> Section::need(std::string_view key, const std::string& expected) {
    auto found = find(key);
    if (!found && place_.value().object())
        place_.refuse("the key \"" + std::string(key) + "\": " + expected);
    return found;
}

std::string Section::text(std::string_view key, std::string fallback) {
    auto found = find(key);
    return found ? found->text() : fallback;
}

std::string Section::needed_text(std::string_view key, const std::string& expected) {
    auto found = need(key, expected);
    if (!found) return "";
    auto text = found->text(expected);
    if (text.empty() && found->value().text()) found->refuse(expected);
    return text;
}

bool Section::flag(std::string_view key, bool fallback) {
    auto found = find(key);
    return found ? found->flag() : fallback;
}

void Section::refuse_others() {
    const auto* object = place_.value().object();
    if (!object) return;
    std::vector<std::string_view> known(asked_.begin(), asked_.end());
    std::ranges::sort(known);
    for (const auto& [key, value] : *object) {
        if (std::ranges::find(known, key) != known.end()) continue;
        auto expected = "one of the keys " + one_of(known);
        if (auto near = nearest_word(key, known))
            expected += "; did you mean \"" + std::string(*near) + "\"?";
        place_.findings().add(value.line, json::pointer_to(place_.pointer(), key), expected);
    }
}

Checked<std::string> read_text(const std::filesystem::path& file) {
    auto refuse = [&](std::string expected) {
        return Problems{{file.string(), 0, "", std::move(expected)}};
    };
    std::error_code failure;
    if (!std::filesystem::is_regular_file(file, failure)) return refuse("a file that exists");
    std::ifstream stream(file, std::ios::binary);
    auto size = std::filesystem::file_size(file, failure);
    std::string text(std::min<std::uintmax_t>(size, largest_file) + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!stream.is_open() || stream.bad()) return refuse("a file that Muster may read");
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > largest_file) return refuse("a file of at most 16 MiB");
    return text;
}

Problem not_json(const std::string& file, const json::Problem& problem) {
    auto column = std::to_string(problem.column);
    return {
        file, problem.line, "", "JSON with comments; in column " + column + ": " + problem.words};
}

std::string one_of(const std::vector<std::string_view>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
        text += "\"" + std::string(words[i]) + "\"";
    }
    return text;
}

}  // namespace muster::config
