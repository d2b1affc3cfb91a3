#pragma once

#include "bot/domain/result.hpp"

namespace muster {

// Why a database cannot be used, for the program and for the operator.
struct OpenProblem {
    Errc error =
        Errc::store_failed;  // locked: another process has it; newer_schema; store_failed: all else
    std::string sentence;    // what is wrong and what to do
};

template <class T>
using Opened = boost::system::result<T, OpenProblem>;

[[noreturn]] inline void
throw_exception_from_error(const OpenProblem& problem, const boost::source_location&) {
    throw std::runtime_error(problem.sentence);
}

}  // namespace muster
