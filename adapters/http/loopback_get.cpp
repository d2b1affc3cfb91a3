#include "adapters/http/loopback_get.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace muster::http {

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace {

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t most_buffered = 16 * 1024;
constexpr std::uint64_t longest_body = 1024 * 1024;

std::optional<asio::ip::address> loopback(const std::string& host) {
    boost::system::error_code error;
    auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
    if (error || !address.is_loopback()) return std::nullopt;
    return address;
}

Errc meaning_of(const boost::system::error_code& error) {
    return error == beast::error::timeout ? Errc::too_late : Errc::bad_input;
}

}  // namespace

Task<Result<Answer>> get(
    std::string host, std::uint16_t port, std::string target, milliseconds time
) {
    auto address = loopback(host);
    if (!address) co_return Errc::bad_input;

    beast::tcp_stream stream{co_await asio::this_coro::executor};
    stream.expires_after(time);
    auto endpoint = asio::ip::tcp::endpoint{*address, port};
    auto [refused] = co_await stream.async_connect(endpoint, quietly);
    if (refused) co_return refused == beast::error::timeout ? Errc::too_late : Errc::unreachable;

    beast::http::request<beast::http::empty_body> request{beast::http::verb::get, target, 11};
    auto name = address->is_v6() ? "[" + host + "]" : host;
    request.set(beast::http::field::host, name + ":" + std::to_string(port));
    request.keep_alive(false);
    auto [unsent, sent] = co_await beast::http::async_write(stream, request, quietly);
    if (unsent) co_return meaning_of(unsent);

    beast::flat_buffer buffer{most_buffered};
    beast::http::response_parser<beast::http::string_body> parser;
    parser.body_limit(longest_body);
    auto [unread, received] = co_await beast::http::async_read(stream, buffer, parser, quietly);
    if (unread) co_return meaning_of(unread);

    Answer answer;
    answer.status = parser.get().result_int();
    answer.body = std::move(parser.get().body());
    co_return answer;
}

}  // namespace muster::http
