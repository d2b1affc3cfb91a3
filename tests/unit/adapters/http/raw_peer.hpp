#pragma once

#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace muster::http {

// A browser that sends whatever bytes it likes and waits as long as a test may take.
class RawPeer {
public:
    RawPeer() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        timeval patience{60, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    }

    explicit RawPeer(std::uint16_t port) : RawPeer() { connect(port); }

    ~RawPeer() { ::close(socket_); }

    RawPeer(const RawPeer&) = delete;
    RawPeer& operator=(const RawPeer&) = delete;

    void connect(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot connect");
    }

    // False when the server has already cut the connection.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    void finish() { ::shutdown(socket_, SHUT_WR); }

    // Head and body of one response that says its length.
    std::string response() {
        while (unread_.find("\r\n\r\n") == unread_.npos)
            if (!read_more()) return take(unread_.size());
        auto head = unread_.find("\r\n\r\n") + 4;
        auto field = unread_.find("Content-Length: ");
        auto length = field < head ? std::strtoul(unread_.c_str() + field + 16, nullptr, 10) : 0;
        while (unread_.size() < head + length)
            if (!read_more()) break;
        return take(head + length);
    }

    // Everything until the server closes.
    std::string rest() {
        while (read_more()) {
        }
        return take(unread_.size());
    }

    // Reads until `text` has come, and returns everything up to its end.
    std::string until(std::string_view text) {
        while (unread_.find(text) == unread_.npos)
            if (!read_more()) return take(unread_.size());
        return take(unread_.find(text) + text.size());
    }

private:
    bool read_more() {
        char bytes[4096];
        auto size = ::recv(socket_, bytes, sizeof bytes, 0);
        if (size <= 0) return false;
        unread_.append(bytes, static_cast<std::size_t>(size));
        return true;
    }

    std::string take(std::size_t size) {
        auto taken = unread_.substr(0, size);
        unread_.erase(0, size);
        return taken;
    }

    int socket_;
    std::string unread_;
};

}  // namespace muster::http
