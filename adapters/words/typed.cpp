#include "adapters/words/typed.hpp"

#include <algorithm>

namespace muster {
namespace {

// ---- addresses

constexpr std::size_t longest_address = 2'000;

bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

bool stands_in_an_address(char byte) {
    constexpr std::string_view marks = "-._~:/?#[]@!$&'()*+,;=%";
    return is_letter(byte) || is_digit(byte) || marks.find(byte) != std::string_view::npos;
}

bool separates(char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return value <= 0x20 || value == 0x7F || byte == '<' || byte == '>' || byte == '"';
}

std::string_view run_at_front(std::string_view words) {
    return {words.begin(), std::ranges::find_if(words, separates)};
}

std::string_view separators_at_front(std::string_view words) {
    return {words.begin(), std::ranges::find_if_not(words, separates)};
}

// "example.org" or "example.org:8080": names with dots, the last of letters alone. So it is neither
// a number, nor a name within somebody's network, nor somebody's account at another place.
bool is_public_host(std::string_view host) {
    if (const auto colon = host.find(':'); colon != std::string_view::npos) {
        const auto port = host.substr(colon + 1);
        if (port.empty() || port.size() > 5 || !std::ranges::all_of(port, is_digit)) return false;
        host = host.substr(0, colon);
    }
    auto is_of_a_name = [](char byte) {
        return is_letter(byte) || is_digit(byte) || byte == '-' || byte == '.';
    };
    const auto dot = host.rfind('.');
    constexpr auto nowhere = std::string_view::npos;
    if (dot == 0 || dot == nowhere || host.find("..") != nowhere) return false;
    const auto last = host.substr(dot + 1);
    return std::ranges::all_of(host, is_of_a_name) && last.size() >= 2 &&
           std::ranges::all_of(last, is_letter);
}

std::size_t scheme_of(std::string_view run) {
    for (std::string_view scheme : {"https://", "http://"})
        if (run.starts_with(scheme)) return scheme.size();
    return 0;
}

// Marks behind an address belong to the sentence; a bracket does when it was opened before.
std::string_view without_marks_behind(std::string_view run) {
    constexpr std::string_view marks = ".,;:!?'*_~]";
    const auto opened = std::ranges::count(run, '(');
    auto closed = std::ranges::count(run, ')');
    while (!run.empty()) {
        const bool closes_too_much = run.back() == ')' && closed > opened;
        if (!closes_too_much && marks.find(run.back()) == std::string_view::npos) break;
        if (closes_too_much) --closed;
        run.remove_suffix(1);
    }
    return run;
}

// What of these words without a space is an address; "" = nothing.
std::string_view address_in(std::string_view run) {
    const auto scheme = scheme_of(run);
    if (scheme == 0 || !std::ranges::all_of(run, stands_in_an_address)) return {};
    const auto address = without_marks_behind(run);
    if (address.size() <= scheme || address.size() > longest_address) return {};
    const auto rest = address.substr(scheme);
    return is_public_host(rest.substr(0, rest.find_first_of("/?#"))) ? address : std::string_view{};
}

// Whatever stands before an address but letters and digits: "(https://...".
std::size_t beginning_of_address(std::string_view run) {
    const auto at = run.find("http");
    if (at == std::string_view::npos || at == 0) return at;
    const char before = run[at - 1];
    return is_letter(before) || is_digit(before) ? std::string_view::npos : at;
}

// ---- the direction of writing

enum class Mark { none, embedding, isolate, pop_embedding, pop_isolate };

// All marks are three bytes of UTF-8 that begin with this one.
constexpr char first_byte_of_marks = '\xE2';

Mark mark_at_front(std::string_view words) {
    if (words.size() < 3) return Mark::none;
    const auto bits = [&](std::size_t at) { return static_cast<unsigned char>(words[at]) & 0x3FU; };
    switch (0x2000U | (bits(1) << 6U) | bits(2)) {
        case 0x202A:
        case 0x202B:
        case 0x202D:
        case 0x202E: return Mark::embedding;
        case 0x202C: return Mark::pop_embedding;
        case 0x2066:
        case 0x2067:
        case 0x2068: return Mark::isolate;
        case 0x2069: return Mark::pop_isolate;
        default: return Mark::none;
    }
}

// What has been opened and not closed, in the order in which it was opened.
class Opened {
public:
    void take(Mark mark) {
        switch (mark) {
            case Mark::none: return;
            case Mark::embedding: open_.push_back(Mark::embedding); return;
            case Mark::isolate:
                open_.push_back(Mark::isolate);
                ++isolates_;
                return;
            case Mark::pop_embedding:
                if (!open_.empty() && open_.back() == Mark::embedding) open_.pop_back();
                return;
            case Mark::pop_isolate:
                if (isolates_ == 0) return;
                while (open_.back() == Mark::embedding)
                    open_.pop_back();
                open_.pop_back();
                --isolates_;
                return;
        }
    }

    std::string closing() const {
        std::string marks;
        auto close = [&](Mark mark) { marks += mark == Mark::isolate ? "\u2069" : "\u202C"; };
        std::for_each(open_.rbegin(), open_.rend(), close);
        return marks;
    }

private:
    std::vector<Mark> open_;
    std::size_t isolates_ = 0;
};

}  // namespace

std::vector<TypedPart> parts_of_typed(std::string_view typed) {
    std::vector<TypedPart> parts;
    auto add = [&](std::string_view words, bool is_address) {
        if (!words.empty()) parts.push_back({words, is_address});
    };
    while (!typed.empty()) {
        const auto run = run_at_front(typed);
        const auto before = std::min(beginning_of_address(run), run.size());
        const auto address = address_in(run.substr(before));
        add(run.substr(0, before), false);
        add(address, true);
        add(run.substr(before + address.size()), false);
        typed.remove_prefix(run.size());
        const auto separators = separators_at_front(typed);
        add(separators, false);
        typed.remove_prefix(separators.size());
    }
    return parts;
}

std::string closing(std::string_view typed) {
    Opened opened;
    while (true) {
        typed.remove_prefix(std::min(typed.find(first_byte_of_marks), typed.size()));
        if (typed.empty()) return opened.closing();
        opened.take(mark_at_front(typed));
        typed.remove_prefix(1);
    }
}

}  // namespace muster
