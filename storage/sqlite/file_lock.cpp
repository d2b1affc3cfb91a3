#include "storage/sqlite/file_lock.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace muster::sqlite {
namespace {

OpenProblem cannot(const std::string& act, const std::string& path) {
    return {Errc::store_failed, "Cannot " + act + " " + path + ": " + std::strerror(errno) + "."};
}

}  // namespace

Opened<FileLock> FileLock::take(const std::string& database) {
    auto folder = std::filesystem::path(database).parent_path().string();

    struct statfs file_system {};

    if (::statfs(folder.empty() ? "." : folder.c_str(), &file_system) != 0)
        return cannot("use the folder", folder);
    if (auto network = network_file_system(static_cast<long>(file_system.f_type)))
        return OpenProblem{
            Errc::store_failed,
            "The database " + database + " lies on " + network +
                ", where file locks cannot be trusted. Move it to a local disk."};

    auto path = database + ".lock";
    auto descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return cannot("open", path);
    auto lock = FileLock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
    if (errno != EWOULDBLOCK) return cannot("lock", path);
    return OpenProblem{
        Errc::locked,
        "Another Muster uses the database " + database + ". Stop it first, or use another file."};
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

const char* network_file_system(long magic) {
    switch (static_cast<unsigned long>(magic) & 0xFFFFFFFF) {
        case 0x6969: return "NFS";
        case 0x517B:
        case 0xFF534D42:
        case 0xFE534D42: return "an SMB share";
        case 0x01021997: return "a 9p share";
        default: return nullptr;
    }
}

}  // namespace muster::sqlite
