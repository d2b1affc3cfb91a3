#include "bot/cli/secret_watch.hpp"

#include <fmt/format.h>

namespace muster::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto between_looks = 30s;
constexpr auto until_written = 1s;  // nobody writes a secret for longer without a pause
constexpr int most_looks = 10;      // at one that is being written

}  // namespace

void SecretWatch::watch(std::string name, config::Secret& secret, Use use) {
    if (secret.file().empty()) return;
    watched_.push_back({std::move(name), &secret, std::move(use)});
}

Task<> SecretWatch::run() {
    for (;;) {
        for (auto& watched : watched_)
            co_await look_at(watched);
        co_await parts_.clock.pause(between_looks, bell_);
    }
}

Task<> SecretWatch::look_at(Watched& watched) {
    auto file = watched.secret->file();
    auto mark = co_await parts_.files.mark_of(file);
    auto is_another = watched.mark && mark != *watched.mark;
    if (watched.mark && !is_another && !watched.is_undecided) co_return;
    if (is_another) mark = co_await mark_at_rest(file);
    watched.mark = mark;
    auto found = co_await parts_.files.read(file);
    watched.is_undecided = false;
    if (auto* expected = std::get_if<std::string>(&found)) {
        keep_old(watched, std::move(*expected));
    } else {
        co_await take(watched, std::get<config::Secret>(std::move(found)));
    }
}

// What is read while somebody writes is half a secret.
Task<config::FileMark> SecretWatch::mark_at_rest(std::filesystem::path file) {
    auto mark = co_await parts_.files.mark_of(file);
    for (int looks = 1; looks < most_looks; ++looks) {
        co_await parts_.clock.pause(until_written);
        auto later = co_await parts_.files.mark_of(file);
        if (std::exchange(mark, later) == later) break;
    }
    co_return mark;
}

Task<> SecretWatch::take(Watched& watched, config::Secret found) {
    if (found.reveal() == watched.secret->reveal()) {
        watched.expected.clear();
        co_return;
    }
    auto expected = co_await watched.use(found.reveal());
    if (!expected.empty()) {
        watched.is_undecided = true;
        keep_old(watched, std::move(expected));
        co_return;
    }
    watched.expected.clear();
    *watched.secret = std::move(found);
    parts_.log.info("secret.renewed", {{"secret", watched.name}});
}

void SecretWatch::keep_old(Watched& watched, std::string expected) {
    if (expected == watched.expected) return;
    watched.expected = std::move(expected);
    parts_.log.alarm(
        "secret.not_renewed",
        {{"secret", watched.name},
         {"file", watched.secret->file().string()},
         {"expected", watched.expected}}
    );
}

std::vector<Ailment> SecretWatch::ailments() const {
    std::vector<Ailment> ailments;
    for (const auto& watched : watched_) {
        if (watched.expected.empty()) continue;
        ailments.push_back(
            {fmt::format(
                 "The new {} is not used, and the one of before still is: Muster expected {}.",
                 watched.name,
                 watched.expected
             ),
             fmt::format(
                 "Correct the file {}. Muster looks again within 30 seconds; a restart is not "
                 "needed.",
                 watched.secret->file().string()
             )}
        );
    }
    return ailments;
}

}  // namespace muster::cli
