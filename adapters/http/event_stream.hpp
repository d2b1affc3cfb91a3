#pragma once

#include <deque>
#include <functional>
#include <string>
#include <string_view>

namespace muster::http {

// Server-Sent Events to one browser. The handler keeps a shared pointer and sends; the server
// writes. Used from the loop only.
class EventStream {
public:
    static constexpr std::size_t most_waiting = 256;

    // `event` may be empty; `data` may have several lines. False once the stream is closed: the
    // client has gone, or was `most_waiting` events behind and has been dropped.
    bool send(std::string_view event, std::string_view data);

    // What was sent before still goes out.
    void close();

    bool is_open() const { return open_; }

    // For the server: all waiting text at once; the queue is then empty.
    std::string take();

    // For the server: a comment that keeps proxies from closing a silent connection.
    void keep_alive();

    // For the server: the stream ended by itself, because its client was too slow.
    bool is_dropped() const { return dropped_; }

    // For the server: called after a send, a close or a drop; {} when it no longer listens.
    void on_change(std::function<void()> changed) { changed_ = std::move(changed); }

private:
    bool push(std::string text);
    void tell() const;

    std::deque<std::string> waiting_;
    std::function<void()> changed_;
    bool open_ = true;
    bool dropped_ = false;
};

}  // namespace muster::http
