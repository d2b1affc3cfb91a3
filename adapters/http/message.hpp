#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/domain/instant.hpp"
#include "bot/ports/task.hpp"

namespace muster::http {

class EventStream;

struct Field {
    std::string name;
    std::string value;
};

// Header fields in their order of arrival; names are compared without case.
class Fields {
public:
    void add(std::string name, std::string value);

    // The value of a field that is there exactly once.
    std::optional<std::string_view> only(std::string_view name) const;
    std::size_t count(std::string_view name) const;

    std::size_t size() const { return fields_.size(); }

    auto begin() const { return fields_.begin(); }

    auto end() const { return fields_.end(); }

private:
    std::vector<Field> fields_;
};

struct Request {
    std::string method;
    std::string path;          // as sent: begins with '/', no escapes, no dot segments
    std::vector<Field> query;  // decoded, at most 64
    Fields headers;
    std::string body;
    std::string remote;        // the peer's address, without the port
    Instant received_at;       // when all of it was there
    SteadyInstant arrived_at;  // when its first byte came: the peer's patience counts from then

    // The value of a query parameter that is there exactly once.
    std::optional<std::string_view> parameter(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string content_type = "text/plain; charset=utf-8";
    std::string body;
    std::vector<Field> headers;           // one of the standard names replaces the server's own
    std::shared_ptr<EventStream> events;  // if set: the body, open until either side closes it
};

using Handler = std::function<Task<Response>(Request)>;

bool same_word(std::string_view one, std::string_view other);  // ASCII, without case
std::string lower_case(std::string_view);                      // ASCII
std::string_view reason_phrase(int status);                    // "Not Found"

}  // namespace muster::http
