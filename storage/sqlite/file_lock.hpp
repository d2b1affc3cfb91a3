#pragma once

#include "storage/sqlite/open_problem.hpp"

namespace muster::sqlite {

// Keeps a second process out of a database: an flock on "<database>.lock", held for as long as this
// lives and released by the kernel when the process dies.
class FileLock {
public:
    // Does not wait: Errc::locked when somebody has it. Refuses file systems whose locks cannot be
    // trusted.
    static Opened<FileLock> take(const std::string& database);

    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

// The name of a network file system by the magic number of statfs(2), where locks and the shared
// memory of the write-ahead log do not work; nullptr for others.
const char* network_file_system(long magic);

}  // namespace muster::sqlite
