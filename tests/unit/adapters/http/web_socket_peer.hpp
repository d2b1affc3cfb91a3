#pragma once

#include <array>

#include <openssl/evp.h>
#include <openssl/sha.h>

#include "tests/unit/adapters/http/scripted_server.hpp"

namespace muster::http {

// The other end of a web socket, by RFC 6455 and by hand: it can do what no library would.
class WebSocketPeer {
public:
    enum Kind : unsigned char { more = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

    struct Frame {
        Kind kind = text;
        std::string words;
        bool is_masked = false;
    };

    explicit WebSocketPeer(Conversation& conversation) : conversation_(conversation) {}

    // Answers the request for a web socket, and keeps it.
    bool open() {
        asked = conversation_.request();
        if (asked.empty()) return false;
        return conversation_.say(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Accept: " +
            answer_to(field("Sec-WebSocket-Key")) + "\r\n\r\n"
        );
    }

    bool say(std::string_view words) { return send(text, words); }

    bool send(Kind kind, std::string_view words, bool is_last = true) {
        return conversation_.say(head(kind, words.size(), is_last) + std::string{words});
    }

    // Bytes of what would be a frame, whatever follows.
    static std::string head(Kind kind, std::size_t size, bool is_last = true) {
        std::string bytes{static_cast<char>((is_last ? 0x80 : 0) | kind)};
        auto add = [&](int count) {
            for (int shift = 8 * (count - 1); shift >= 0; shift -= 8)
                bytes += static_cast<char>((size >> shift) & 0xff);
        };
        if (size < 126) {
            add(1);
        } else if (size < 65'536) {
            bytes += static_cast<char>(126);
            add(2);
        } else {
            bytes += static_cast<char>(127);
            add(8);
        }
        return bytes;
    }

    // The next frame of the client; a close without words when it has gone.
    Frame hear() {
        auto start = conversation_.bytes(2);
        if (start.empty()) return {close, "", false};
        Frame frame;
        frame.kind = static_cast<Kind>(start[0] & 0x0f);
        frame.is_masked = (start[1] & 0x80) != 0;
        auto size = static_cast<std::size_t>(start[1] & 0x7f);
        if (size >= 126) {
            auto longer = conversation_.bytes(size == 126 ? 2 : 8);
            size = 0;
            for (auto byte : longer)
                size = size << 8 | static_cast<unsigned char>(byte);
        }
        auto mask = frame.is_masked ? conversation_.bytes(4) : std::string(4, '\0');
        frame.words = size > 0 ? conversation_.bytes(size) : "";
        for (std::size_t at = 0; at < frame.words.size(); ++at)
            frame.words[at] = static_cast<char>(frame.words[at] ^ mask[at % 4]);
        return frame;
    }

    // The next text; pings are passed over.
    std::string hear_text() {
        auto frame = hear();
        while (frame.kind == ping || frame.kind == pong)
            frame = hear();
        return frame.kind == text ? frame.words : "";
    }

    std::string field(const std::string& name) const {
        auto begin = asked.find("\r\n" + name + ": ");
        if (begin == asked.npos) return "";
        begin += name.size() + 4;
        return asked.substr(begin, asked.find("\r\n", begin) - begin);
    }

    std::string asked;  // the request

private:
    static std::string answer_to(const std::string& key) {
        auto joined = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
        std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
        SHA1(reinterpret_cast<const unsigned char*>(joined.data()), joined.size(), digest.data());
        std::array<unsigned char, 32> encoded{};
        EVP_EncodeBlock(encoded.data(), digest.data(), SHA_DIGEST_LENGTH);
        return reinterpret_cast<const char*>(encoded.data());
    }

    Conversation& conversation_;
};

}  // namespace muster::http
