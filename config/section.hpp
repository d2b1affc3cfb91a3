#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "adapters/json/strict.hpp"
#include "config/problem.hpp"

// How configuration.cpp and settings_file.cpp read objects: every key is asked for by name, and
// what nobody asked for is a problem.
namespace muster::config {

// Collects the problems of one file.
class Findings {
public:
    explicit Findings(std::string file) : file_(std::move(file)) {}

    void add(int line, std::string pointer, std::string expected);
    bool has_near(const std::string& pointer) const;  // there, inside, or at what holds it

    bool empty() const { return problems_.empty(); }

    Problems take();  // by line

private:
    std::string file_;
    Problems problems_;
};

// One value of the file and where it stands.
class Place {
public:
    Place(Findings& findings, const json::Value& value, std::string pointer)
        : findings_(&findings), value_(&value), pointer_(std::move(pointer)) {}

    const json::Value& value() const { return *value_; }

    const std::string& pointer() const { return pointer_; }

    void refuse(std::string expected) const;

    // The value, or a problem and the fallback.
    std::string text(const std::string& expected = "a text") const;
    bool flag() const;
    int number(int lowest, int highest) const;
    std::vector<Place> elements(const std::string& expected = "a list") const;
    std::vector<std::pair<std::string, Place>> members() const;  // of an object whose keys are free
    std::vector<std::string> texts() const;

    Findings& findings() const { return *findings_; }

private:
    Findings* findings_;
    const json::Value* value_;
    std::string pointer_;
};

// One object with known keys.
class Section {
public:
    explicit Section(Place place);
    Section(const Section&) = delete;  // a copy would not know what was asked
    Section& operator=(const Section&) = delete;

    // The member of that name. Absent: nothing, and with `need` a problem.
    std::optional<Place> find(std::string_view key);
    std::optional<Place> need(std::string_view key, const std::string& expected);

    std::string text(std::string_view key, std::string fallback = "");  // absent: the fallback
    std::string needed_text(std::string_view key, const std::string& expected);
    bool flag(std::string_view key, bool fallback);

    // A problem for each key that was not asked for, with the nearest that was. Call it last.
    void refuse_others();

    const Place& place() const { return place_; }

private:
    Place place_;
    std::vector<std::string> asked_;
};

// The whole text of a file of at most 4 MiB.
Checked<std::string> read_text(const std::filesystem::path& file);

// What strict JSON says about a text that is none.
Problem not_json(const std::string& file, const json::Problem&);

// "a, b or c" in quotes.
std::string one_of(const std::vector<std::string_view>& words);

}  // namespace muster::config
