#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

#include <stdexcept>

namespace muster {

// What can go wrong that someone can act on. A refusal that a person must be told is not here: it is a
// Decision with a reply. What should never happen (a corrupt row) is an exception.
enum class Errc {
    not_found = 1,  // no such row, or the asker may not know of it
    bad_input,      // the bytes do not mean what they should; the caller knows which
    not_allowed,    // the actor's role does not include this verb
    conflict,       // the state has moved on since the actor looked
    store_full,     // the write queue is at its bound: try again (HTTP 503)
    store_failed,   // the disk refused the commit; nothing of the write is stored
    too_late,       // no commit within the time a platform waits for
    locked,         // another process owns the database (exit code 75)
    newer_schema,   // the database was written by a newer Muster
    unreachable,    // a peer could not be reached; nothing was sent
};

const char* name(Errc);  // "not_found", for logs

template <class T>
using Result = boost::system::result<T, Errc>;

[[noreturn]] inline void throw_exception_from_error(Errc error, const boost::source_location&) {
    throw std::logic_error(std::string("value() of a failed Result: ") + name(error));
}

}  // namespace muster
