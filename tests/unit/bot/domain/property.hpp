#pragma once

#include <cstdlib>

#include <rapidcheck/gtest.h>

// Properties with the same draws in every run, because a build must not fail by luck. Others, for
// an afternoon: RC_PARAMS="max_success=100000" build/dev/unit_domain
inline const bool draws_are_repeatable =
    setenv("RC_PARAMS", "seed=20261122 max_success=200", 0) == 0;
