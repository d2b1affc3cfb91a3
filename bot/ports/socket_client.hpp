#pragma once

#include <memory>
#include <string>
#include <variant>

#include "bot/ports/task.hpp"

namespace muster {

// Why there is no web socket, or none any more: for the log, "wrong certificate", "closed by the
// peer"; never content, and never the address, which may be a secret.
struct SocketEnd {
    std::string reason;
};

// Text both ways over one web socket. Keeps itself alive: a peer that sends nothing for 30 s, not
// even an answer to a ping, is gone. Used from the loop only.
class Socket {
public:
    // Closes it, without a goodbye. Nobody may wait for it any more.
    virtual ~Socket() = default;

    // The next text, in the order in which they came, up to 4 MiB; or the end, when all that came
    // before it has been read. What is no text is left out. One reader at a time. Throws only
    // operation_aborted, and only when the task was cancelled: nothing is lost by that.
    virtual Task<std::variant<std::string, SocketEnd>> read() = 0;

    // Goes out after what was written before; does not wait for it. false: it will not, because
    // the socket is closed or closing, or because the peer has taken nothing for so long that too
    // much is waiting, which ends it. true promises nothing of what the peer does with it.
    virtual bool write(std::string text) = 0;

    // Sends what is waiting, then says goodbye. Whoever reads gets what had come, then the end.
    // Resumes when the peer has answered, within 2 s. Cancelled: it closes without a goodbye.
    virtual Task<> close() = 0;
};

// Web sockets to other people's servers, under the same rules as HttpClient's calls
// (spec/security.md E).
class SocketClient {
public:
    virtual ~SocketClient() = default;

    // `url`: "wss://...", or "ws://..." to this machine. Ends within 10 seconds, whatever the peer
    // does. Throws only operation_aborted, and only when the task was cancelled.
    virtual Task<std::variant<std::unique_ptr<Socket>, SocketEnd>> open(std::string url) = 0;
};

}  // namespace muster
