#pragma once

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <list>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "tests/unit/adapters/http/certificates.hpp"

namespace muster::http {

// How a server speaks TLS: well, or as badly as a test wants.
struct TlsManners {
    const Identity* identity = nullptr;
    const Identity* between = nullptr;  // the authority between it and the known one
    int version_to = 0;                 // 0: the newest
};

// One connection, seen from the server. What a client sent is kept in the server's `heard`.
class Conversation {
public:
    Conversation(int socket, std::string& heard, std::mutex& guard)
        : socket_(socket), heard_(heard), guard_(guard) {
        timeval patience{60, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }

    ~Conversation() { hang_up(); }

    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    // A second time: inside the first.
    bool shake_hands(const TlsManners& manners) {
        auto context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>{
            SSL_CTX_new(TLS_server_method()), &SSL_CTX_free};
        SSL_CTX_set_security_level(context.get(), 0);
        SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context.get(), manners.version_to);
        SSL_CTX_use_certificate(context.get(), manners.identity->certificate());
        SSL_CTX_use_PrivateKey(context.get(), manners.identity->key());
        if (manners.between) SSL_CTX_add1_chain_cert(context.get(), manners.between->certificate());
        auto layer = Layer{SSL_new(context.get()), &SSL_free};
        if (layers_.empty()) {
            SSL_set_fd(layer.get(), socket_);
        } else {
            auto* below = BIO_new(BIO_f_ssl());
            BIO_set_ssl(below, layers_.back().get(), BIO_NOCLOSE);
            SSL_set_bio(layer.get(), below, below);
        }
        layers_.push_back(std::move(layer));
        return SSL_accept(layers_.back().get()) == 1;
    }

    std::string asked_name() const {  // by SNI
        auto* name = SSL_get_servername(layers_.back().get(), TLSEXT_NAMETYPE_host_name);
        return name ? name : "";
    }

    // Head and body; "" when the client has gone.
    std::string request() {
        while (unread_.find("\r\n\r\n") == unread_.npos)
            if (!read_more()) return "";
        auto head = unread_.find("\r\n\r\n") + 4;
        auto field = unread_.find("Content-Length: ");
        auto length = field < head ? std::strtoul(unread_.c_str() + field + 16, nullptr, 10) : 0;
        while (unread_.size() < head + length)
            if (!read_more()) return "";
        auto result = unread_.substr(0, head + length);
        unread_.erase(0, result.size());
        return result;
    }

    // So many bytes; "" when the client has gone.
    std::string bytes(std::size_t size) {
        while (unread_.size() < size)
            if (!read_more()) return "";
        auto result = unread_.substr(0, size);
        unread_.erase(0, size);
        return result;
    }

    bool say(std::string_view bytes) {
        if (!layers_.empty()) {
            auto size = static_cast<int>(bytes.size());
            return bytes.empty() || SSL_write(layers_.back().get(), bytes.data(), size) == size;
        }
        auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        return sent == static_cast<ssize_t>(bytes.size());
    }

    // Says that no more comes, and leaves the connection open.
    void say_goodbye() {
        if (layers_.empty())
            ::shutdown(socket_, SHUT_WR);
        else
            SSL_shutdown(layers_.back().get());
    }

    // Returns when all that was said lies in the client's machine.
    void wait_until_received() const {
        for (int waiting = 1; waiting > 0; std::this_thread::yield())
            ::ioctl(socket_, SIOCOUTQ, &waiting);
    }

    // As when the machine has forgotten the connection.
    void reset() {
        linger hard{1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        hang_up();
    }

    // Ends the connection without a word of TLS.
    void hang_up() {
        std::lock_guard lock{guard_};
        if (socket_ < 0) return;
        while (!layers_.empty())
            layers_.pop_back();
        ::close(socket_);
        socket_ = -1;
    }

    // From another thread: whatever the script waits for does not come.
    void interrupt() {
        std::lock_guard lock{guard_};
        if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
    }

    // Returns when the client has gone.
    void wait_for_the_end() {
        while (read_more()) {
        }
    }

    // Waits a moment for the client to go.
    bool has_ended() {
        pollfd socket{socket_, POLLIN, 0};
        char byte = 0;
        return ::poll(&socket, 1, 1) > 0 && ::recv(socket_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0;
    }

private:
    using Layer = std::unique_ptr<SSL, decltype(&SSL_free)>;

    bool read_more() {
        char bytes[4096];
        auto size = layers_.empty() ? ::recv(socket_, bytes, sizeof bytes, 0)
                                    : SSL_read(layers_.back().get(), bytes, sizeof bytes);
        if (size <= 0) return false;
        unread_.append(bytes, static_cast<std::size_t>(size));
        std::lock_guard lock{guard_};
        heard_.append(bytes, static_cast<std::size_t>(size));
        return true;
    }

    int socket_;
    std::vector<Layer> layers_;
    std::string unread_;
    std::string& heard_;
    std::mutex& guard_;
};

// A server on loopback that does with each connection what its script says.
class ScriptedServer {
public:
    using Script = std::function<void(Conversation&)>;

    explicit ScriptedServer(Script script)
        : script_(std::move(script)), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        ::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to clients that have gone
        auto address = here(0);
        socklen_t size = sizeof address;
        auto* raw = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, raw, size) != 0 || ::listen(listener_, 64) != 0)
            throw std::runtime_error("cannot listen");
        ::getsockname(listener_, raw, &size);
        port = ntohs(address.sin_port);
        acceptor_ = std::thread{[this] { accept(); }};
    }

    ~ScriptedServer() {
        is_ending_ = true;
        knock();
        acceptor_.join();
        for (auto& visit : visits_)
            visit.conversation->interrupt();
        for (auto& visit : visits_)
            visit.thread.join();
        ::close(listener_);
    }

    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    // All bytes that came through, without their encryption.
    std::string heard() {
        std::lock_guard lock{guard_};
        return heard_;
    }

    // How many ever came, without this look itself: who came before it has been counted.
    int connections() {
        auto knocks = ++knocks_;
        knock();
        while (strangers_ < knocks)
            std::this_thread::yield();
        return accepted_ - knocks;
    }

    std::uint16_t port = 0;

private:
    static sockaddr_in here(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }

    // From another address of this machine, so that accept() knows us.
    void knock() const {
        auto socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        auto from = here(0);
        from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
        auto to = here(port);
        ::bind(socket, reinterpret_cast<sockaddr*>(&from), sizeof from);
        ::connect(socket, reinterpret_cast<sockaddr*>(&to), sizeof to);
        ::close(socket);
    }

    void accept() {
        while (true) {
            sockaddr_in from{};
            socklen_t size = sizeof from;
            auto socket =
                ::accept4(listener_, reinterpret_cast<sockaddr*>(&from), &size, SOCK_CLOEXEC);
            if (socket < 0) continue;
            ++accepted_;
            if (from.sin_addr.s_addr != htonl(INADDR_LOOPBACK)) {
                ::close(socket);
                ++strangers_;
                if (is_ending_) return;
                continue;
            }
            auto& visit = visits_.emplace_back();
            visit.conversation = std::make_unique<Conversation>(socket, heard_, guard_);
            visit.thread = std::thread{[this, with = visit.conversation.get()] {
                script_(*with);
                with->hang_up();
            }};
        }
    }

    struct Visit {
        std::unique_ptr<Conversation> conversation;
        std::thread thread;
    };

    Script script_;
    int listener_;
    std::atomic<bool> is_ending_ = false;
    std::atomic<int> accepted_ = 0;
    std::atomic<int> strangers_ = 0;
    int knocks_ = 0;
    std::mutex guard_;
    std::string heard_;
    std::list<Visit> visits_;
    std::thread acceptor_;
};

}  // namespace muster::http
