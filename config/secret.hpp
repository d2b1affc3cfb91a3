#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <variant>

namespace muster::config {

// A token or password. It has no operator<< and no comparison, so that it cannot slip into a log or
// a test's output.
class Secret {
public:
    Secret() = default;

    explicit Secret(std::string value, std::filesystem::path file = {})
        : value_(std::move(value)), file_(std::move(file)) {}

    const std::string& reveal() const { return value_; }

    // Where it was read, and where another may take its place; "" = in no file.
    const std::filesystem::path& file() const { return file_; }

private:
    std::string value_;
    std::filesystem::path file_;
};

// The text of a file that only its owner may read, without its line breaks at the end; or what a
// file that is none should have been: "a file that exists".
std::variant<Secret, std::string> read_secret(const std::filesystem::path& file);

// What tells whether a file was written, or others let at it, since: without opening it. All zero:
// there is none.
struct FileMark {
    std::uint64_t device = 0, inode = 0, size = 0, mode = 0;
    std::int64_t written_at = 0, changed_at = 0;  // nanoseconds, as its file system counts them

    bool operator==(const FileMark&) const = default;
};

FileMark mark_of(const std::filesystem::path& file);

}  // namespace muster::config
