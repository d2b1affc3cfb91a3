#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bot/ports/http_client.hpp"

namespace muster::http {

inline constexpr std::size_t longest_answer_head = 16 * 1024;
inline constexpr std::size_t longest_answer_body = 8 * 1024 * 1024;

// The bytes of one answer, as they come: a pure function in pieces.
class AnswerReader {
public:
    enum class State { unfinished, finished, unreadable, too_long };

    // HEAD and CONNECT are answered without a body.
    explicit AnswerReader(std::string_view method);
    ~AnswerReader();

    AnswerReader(const AnswerReader&) = delete;
    AnswerReader& operator=(const AnswerReader&) = delete;

    // Until it is no longer unfinished.
    State take(std::string_view bytes);

    // The peer has closed, in an orderly way: the end of an answer that says no length.
    State end();

    bool has_begun() const;
    bool has_left_over() const;  // bytes behind the end, which nobody asked for
    bool may_stay_open() const;  // finished: the connection can carry another request
    HttpAnswer answer();         // finished: the answer; leaves nothing

private:
    struct Parser;

    State advance();
    std::optional<State> parse();  // nothing: go on
    State look_at_head();

    bool has_no_body_;
    std::unique_ptr<Parser> parser_;
    std::string unread_;
    std::size_t taken_ = 0;
    std::size_t heads_ = 0;  // of the interim answers before
    HttpAnswer answer_;
};

}  // namespace muster::http
