#pragma once

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "adapters/json/strict.hpp"
#include "config/texts.hpp"

// What a platform gets, file by file: a change of it is seen in a review, and the files are checked
// and drawn with the platform's own tools. Each platform that shows these scenes offers, in a
// header of its own: MUSTER_GOLDEN_SUITE, `platform`, expect_direct(), expect_in_channel(),
// expect_form() and expect_in_place_of_a_form().
namespace muster::golden {

inline const Catalogue& catalogue() {
    static const auto real = config::load_texts();
    return real;
}

inline std::string content_of(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

// What differs is written beside the build, to be looked at and then copied.
inline void expect_golden(const std::string& name, const json::Value& made) {
    const auto expected = content_of(MUSTER_GOLDEN_FOLDER "/" + name + ".json");
    const auto actual = json::pretty(made);
    if (actual == expected) return;
    std::ofstream(MUSTER_GOLDEN_MADE "/" + name + ".json") << actual;
    ADD_FAILURE() << name << ".json is not what is made now: look at " MUSTER_GOLDEN_MADE "/"
                  << name << ".json";
}

// "prompt", or of several parts "prompt.2".
inline std::string name_of_part(const std::string& name, std::size_t part, std::size_t parts) {
    return parts == 1 ? name : name + "." + std::to_string(part + 1);
}

}  // namespace muster::golden
