#include "adapters/http/event_stream.hpp"

namespace muster::http {
namespace {

// A line break inside a field would begin the next one: each line becomes a field of its own.
void add_field(std::string& text, std::string_view name, std::string_view value) {
    while (true) {
        auto line = value.substr(0, value.find_first_of("\r\n"));
        text.append(name).append(": ").append(line).append("\n");
        if (line.size() == value.size()) return;
        bool is_pair = value.substr(line.size()).starts_with("\r\n");
        value.remove_prefix(line.size() + (is_pair ? 2 : 1));
    }
}

std::string_view first_line(std::string_view text) {
    return text.substr(0, text.find_first_of("\r\n"));
}

}  // namespace

bool EventStream::send(std::string_view event, std::string_view data) {
    std::string text;
    if (!event.empty()) add_field(text, "event", first_line(event));
    add_field(text, "data", data);
    return push(text + "\n");
}

void EventStream::close() {
    open_ = false;
    tell();
}

std::string EventStream::take() {
    std::string text;
    for (const auto& event : waiting_)
        text += event;
    waiting_.clear();
    return text;
}

void EventStream::keep_alive() {
    if (waiting_.empty()) push(": keep-alive\n\n");
}

bool EventStream::push(std::string text) {
    if (!open_) return false;
    if (waiting_.size() == most_waiting) {
        waiting_.clear();
        dropped_ = true;
        open_ = false;
    } else {
        waiting_.push_back(std::move(text));
    }
    tell();
    return open_;
}

void EventStream::tell() const {
    if (changed_) changed_();
}

}  // namespace muster::http
