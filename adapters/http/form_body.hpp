#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

// application/x-www-form-urlencoded: what browsers send, and many services take. Pure.
namespace muster::http {

struct FormEntry {
    std::string name;
    std::string value;

    bool operator==(const FormEntry&) const = default;
};

inline constexpr std::size_t most_entries = 64;

// Decoded once, in the order of the body. Nothing when an escape is broken or hides a NUL, when a
// byte stands there that is not printable ASCII, when a name comes twice (two readers could then
// see two different forms), or when there are more than most_entries. The bytes of a value may
// still be no UTF-8. The caller bounds the size of the body.
std::optional<std::vector<FormEntry>> form_in(std::string_view body);

// Whatever is no letter, digit, "-", "_" or "." as "%7E": good in a form, a query and a segment of
// a path.
std::string escaped(std::string_view text);

// With each name and value escaped; also good as a query.
std::string form_of(const std::vector<FormEntry>& form);

}  // namespace muster::http
