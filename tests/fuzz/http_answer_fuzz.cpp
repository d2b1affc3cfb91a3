#include "adapters/http/answer_reader.hpp"
#include "adapters/http/message.hpp"
#include "tests/fuzz/fuzz.hpp"

// An answer means the same in whatever pieces it comes. Input: a line with the method and, after a
// space, the sizes of the pieces as letters; then what the server sends, until it closes.
namespace muster::http {
namespace {

using fuzz::promise;
using State = AnswerReader::State;

struct Outcome {
    State state = State::unfinished;
    HttpAnswer answer;
};

Outcome outcome_of(AnswerReader& reader, State state) {
    if (state == State::unfinished) state = reader.end();
    Outcome outcome{state, {}};
    if (state == State::finished) outcome.answer = reader.answer();
    return outcome;
}

Outcome read_at_once(std::string_view method, std::string_view bytes) {
    AnswerReader reader{method};
    return outcome_of(reader, reader.take(bytes));
}

Outcome read_in_pieces(std::string_view method, std::string_view bytes, std::string_view sizes) {
    AnswerReader reader{method};
    auto state = State::unfinished;
    for (std::size_t turn = 0; !bytes.empty() && state == State::unfinished; ++turn) {
        auto letter = sizes.empty() ? 'a' : sizes[turn % sizes.size()];
        auto size = std::size_t{1} + static_cast<unsigned char>(letter) % 64;
        auto piece = bytes.substr(0, size);
        bytes.remove_prefix(piece.size());
        state = reader.take(piece);
    }
    return outcome_of(reader, state);
}

void expect_sound(const HttpAnswer& answer) {
    promise(answer.status >= 200 && answer.status <= 999, "a status that ends an answer");
    promise(answer.body.size() <= longest_answer_body, "a body that is not too long");
    for (const auto& [name, value] : answer.headers) {
        promise(name == lower_case(name), "names in lower case");
        promise(value.find_first_of("\r\n") == value.npos, "a header is one line");
    }
}

void expect_the_same_in_pieces(
    std::string_view method, std::string_view sizes, std::string_view bytes
) {
    auto whole = read_at_once(method, bytes);
    promise(whole.state != State::unfinished, "what ends is judged");
    if (whole.state == State::finished) expect_sound(whole.answer);

    auto pieces = read_in_pieces(method, bytes, sizes);
    promise(pieces.state == whole.state, "judged as in one piece");
    promise(pieces.answer.status == whole.answer.status, "the same status");
    promise(pieces.answer.headers == whole.answer.headers, "the same headers");
    promise(pieces.answer.body == whole.answer.body, "the same body");
}

}  // namespace
}  // namespace muster::http

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    auto input = muster::fuzz::text_of(bytes, size);
    auto line = muster::fuzz::take_until('\n', input);
    auto method = muster::fuzz::take_until(' ', line);
    muster::http::expect_the_same_in_pieces(method, line, input);
    return 0;
}
