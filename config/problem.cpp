#include "config/problem.hpp"

#include <stdexcept>

namespace muster::config {

std::string to_text(const Problem& problem) {
    auto text = problem.file;
    if (problem.line > 0) text += ":" + std::to_string(problem.line);
    if (!problem.pointer.empty()) text += ": " + problem.pointer;
    return text + ": expected " + problem.expected;
}

void throw_exception_from_error(const Problems& problems, const boost::source_location&) {
    std::string said = "value() of a file that was refused";
    for (const auto& problem : problems)
        said += "\n" + to_text(problem);
    throw std::logic_error(said);
}

}  // namespace muster::config
