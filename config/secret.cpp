#include "config/secret.hpp"

#include <sys/stat.h>

#include "config/section.hpp"

namespace muster::config {
namespace {

std::int64_t nanoseconds_of(const ::timespec& time) {
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

std::variant<Secret, std::string> read_secret(const std::filesystem::path& file) {
    struct ::stat status {};

    if (::stat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return "a file that exists";
    if ((status.st_mode & 077) != 0) return "a file that only its owner may read (chmod 600)";
    auto text = read_text(file);
    if (!text) return text.error().front().expected;
    while (text->ends_with('\n') || text->ends_with('\r'))
        text->pop_back();
    if (text->empty()) return "a file that is not empty";
    return Secret(std::move(*text), file);
}

FileMark mark_of(const std::filesystem::path& file) {
    struct ::stat status {};

    if (::stat(file.c_str(), &status) != 0) return {};
    return {
        status.st_dev,
        status.st_ino,
        static_cast<std::uint64_t>(status.st_size),
        status.st_mode,
        nanoseconds_of(status.st_mtim),
        nanoseconds_of(status.st_ctim)};
}

}  // namespace muster::config
