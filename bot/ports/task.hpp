#pragma once

#include <boost/asio/awaitable.hpp>

namespace muster {

// A coroutine of the one event loop. The only header of ours that knows Asio.
template <class T = void>
using Task = boost::asio::awaitable<T>;

}  // namespace muster
