#include "adapters/http/answer_reader.hpp"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "adapters/http/message.hpp"

namespace muster::http {

namespace beast = boost::beast;

struct AnswerReader::Parser : beast::http::response_parser<beast::http::string_body> {
    Parser(std::size_t head_limit, bool has_no_body) {
        header_limit(static_cast<std::uint32_t>(head_limit));
        body_limit(longest_answer_body);
        skip(has_no_body);
    }
};

AnswerReader::AnswerReader(std::string_view method)
    : has_no_body_(method == "HEAD" || method == "CONNECT"),
      parser_(std::make_unique<Parser>(longest_answer_head, has_no_body_)) {}

AnswerReader::~AnswerReader() = default;

AnswerReader::State AnswerReader::take(std::string_view bytes) {
    taken_ += bytes.size();
    if (taken_ > longest_answer_head + longest_answer_body) return State::too_long;
    unread_ += bytes;
    try {
        return advance();
    } catch (const std::exception&) {
        return State::unreadable;  // Beast throws where it did not expect such an answer
    }
}

AnswerReader::State AnswerReader::end() {
    if (!parser_->is_header_done() || !unread_.empty()) return State::unreadable;
    boost::system::error_code error;
    parser_->put_eof(error);
    return error ? State::unreadable : State::finished;
}

bool AnswerReader::has_begun() const {
    return taken_ > 0;
}

bool AnswerReader::has_left_over() const {
    return !unread_.empty();
}

bool AnswerReader::may_stay_open() const {
    return parser_->is_done() && parser_->keep_alive() && !has_left_over();
}

HttpAnswer AnswerReader::answer() {
    answer_.body = std::move(parser_->get().body());
    return std::move(answer_);
}

AnswerReader::State AnswerReader::advance() {
    while (!unread_.empty()) {
        auto before = unread_.size();
        bool was_in_head = !parser_->is_header_done();
        if (auto failure = parse()) return *failure;

        auto used = before - unread_.size();
        if (was_in_head) heads_ += used;
        auto state = parser_->is_done() ? State::finished : State::unfinished;
        if (was_in_head && parser_->is_header_done()) state = look_at_head();
        if (state != State::unfinished) return state;
        if (used == 0) break;
    }
    // What Beast cannot use yet is part of a head, a chunk's head or a trailer: none is that long.
    return unread_.size() > longest_answer_head ? State::too_long : State::unfinished;
}

std::optional<AnswerReader::State> AnswerReader::parse() {
    using beast::http::error;
    boost::system::error_code problem;
    auto used = parser_->put(boost::asio::buffer(unread_), problem);
    unread_.erase(0, used);
    if (problem == error::header_limit || problem == error::body_limit) return State::too_long;
    if (problem && problem != error::need_more) return State::unreadable;
    return std::nullopt;
}

// Its fields are taken now: Beast adds those of a trailer to them.
AnswerReader::State AnswerReader::look_at_head() {
    const auto& head = parser_->get();
    auto status = head.result_int();
    if (status < 100 || status == 101) return State::unreadable;
    if (status < 200) {
        if (heads_ >= longest_answer_head) return State::too_long;
        parser_ = std::make_unique<Parser>(longest_answer_head - heads_, has_no_body_);
        return State::unfinished;
    }
    // Beast takes an unknown coding for none, and would read its bytes as the body.
    auto codings = head.count(beast::http::field::transfer_encoding);
    bool is_chunked = codings == 1 && head.version() == 11 &&
                      same_word(head[beast::http::field::transfer_encoding], "chunked");
    if (codings > 0 && !is_chunked) return State::unreadable;

    answer_.status = static_cast<int>(status);
    for (const auto& field : head)
        answer_.headers.emplace_back(lower_case(field.name_string()), std::string{field.value()});
    parser_->eager(true);
    return parser_->is_done() ? State::finished : State::unfinished;
}

}  // namespace muster::http
