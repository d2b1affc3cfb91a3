#include "bot/app/loop_watch.hpp"

#include <algorithm>

#include "bot/ports/measures.hpp"

namespace muster {
namespace {

constexpr milliseconds between_looks = 1s;
constexpr auto worth_an_alarm = 5s;  // platforms have given up waiting for an answer by then

}  // namespace

Task<> LoopWatch::run() {
    for (;;) {
        auto due = clock_.steady_now() + between_looks;
        co_await clock_.pause(between_looks);
        auto late = std::max<milliseconds>(0ms, clock_.steady_now() - due);
        metrics_.observe(measures::loop_lag, {}, late);
        if (late > worth_an_alarm)
            log_.alarm("loop.was_stuck", {{"ms", std::to_string(late.count())}});
    }
}

}  // namespace muster
