#include "adapters/system/demo_clock.hpp"

#include <cerrno>
#include <charconv>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "adapters/system/bell_watch.hpp"

namespace muster {
namespace {

constexpr auto longest_offset = milliseconds{std::chrono::years{100}};
constexpr int most_steps_at_one_instant = 1'000;

milliseconds read_offset(const std::filesystem::path& file) {
    if (!std::filesystem::exists(file)) return 0ms;
    auto broken = [&] {
        return std::runtime_error(
            file.string() + ": expected the demo clock's offset in milliseconds, a whole number"
        );
    };
    auto input = std::ifstream{file};
    auto line = std::string{};
    if (!std::getline(input, line) || input.peek() != EOF) throw broken();

    std::int64_t offset = 0;
    auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), offset);
    if (error != std::errc{} || end != line.data() + line.size()) throw broken();
    if (offset < 0 || milliseconds{offset} > longest_offset) throw broken();
    return milliseconds{offset};
}

[[noreturn]] void throw_errno(const std::filesystem::path& path) {
    throw std::system_error(errno, std::generic_category(), path.string());
}

class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags)
        : path_(path), value_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (value_ < 0) throw_errno(path_);
    }

    ~Descriptor() { ::close(value_); }

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    void write(std::string_view text) {
        if (::write(value_, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
            throw_errno(path_);
    }

    void sync() {
        if (::fsync(value_) != 0) throw_errno(path_);
    }

private:
    std::filesystem::path path_;
    int value_;
};

// All of the new text or all of the old one, whenever the power fails.
void replace_file(const std::filesystem::path& file, const std::string& text) {
    auto fresh = std::filesystem::path{file}.concat(".new");
    {
        Descriptor written{fresh, O_WRONLY | O_CREAT | O_TRUNC};
        written.write(text);
        written.sync();
    }
    std::filesystem::rename(fresh, file);
    auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path{"."};
    Descriptor{folder, O_RDONLY | O_DIRECTORY}.sync();
}

class Listed {
public:
    Listed(std::set<Bell*>& list, Bell& bell) : list_(list), bell_(bell) { list_.insert(&bell_); }

    ~Listed() { list_.erase(&bell_); }

    Listed(const Listed&) = delete;
    Listed& operator=(const Listed&) = delete;

private:
    std::set<Bell*>& list_;
    Bell& bell_;
};

}  // namespace

DemoClock::DemoClock(Clock& base, std::filesystem::path offset_file)
    : base_(base), file_(std::move(offset_file)), offset_(read_offset(file_)) {}

Instant DemoClock::now() const {
    return base_.now() + offset_;
}

SteadyInstant DemoClock::steady_now() const {
    return base_.steady_now() + offset_;  // a jump is time that passed, not a clock that was set
}

Task<> DemoClock::sleep_until(Instant when, Bell& bell) {
    while (!bell.take() && now() < when) {
        Bell either;  // the caller's bell or a moved offset
        BellWatch watch{bell, [&either] { either.ring(); }};
        Listed listed{sleepers_, either};
        co_await base_.sleep_until(when - offset_, either);
    }
}

Task<> DemoClock::pause(milliseconds length) {
    return base_.pause(length);
}

Task<> DemoClock::pause(milliseconds length, Bell& bell) {
    return base_.pause(length, bell);
}

void DemoClock::set_offset(milliseconds offset) {
    if (offset < offset_) throw std::invalid_argument("the demo clock never goes back");
    if (offset > longest_offset) throw std::invalid_argument("the demo clock ends in 100 years");
    if (offset == offset_) return;

    replace_file(file_, std::to_string(offset.count()) + "\n");
    offset_ = offset;
    for (auto* sleeper : sleepers_)
        sleeper->ring();
}

Task<> DemoClock::jump_to(Instant target, NextTimer next, Settled settled) {
    auto last = now();
    int steps = 0;
    while (true) {
        auto due = co_await next();
        if (!due || *due > target) break;
        move_to(*due);
        co_await settled();

        steps = *due > last ? 0 : steps + 1;
        last = std::max(last, *due);
        if (steps > most_steps_at_one_instant)
            throw std::runtime_error("the timer due at " + to_text(*due) + " does not go away");
    }
    move_to(target);
    co_await settled();
}

void DemoClock::move_to(Instant when) {
    if (when > now()) set_offset(offset_ + (when - now()));
}

}  // namespace muster
