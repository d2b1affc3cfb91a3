#pragma once

#include <filesystem>
#include <string>

#include <unistd.h>

namespace muster::sim {

// A folder of one world, gone with it. In memory where there is some: nothing of the store's
// behaviour changes but the time that a sync takes.
class ScratchFolder {
public:
    ScratchFolder() : path_(new_path()) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }

    ~ScratchFolder() { std::filesystem::remove_all(path_); }

    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    std::string path() const { return path_.string(); }

private:
    static std::filesystem::path new_path() {
        namespace fs = std::filesystem;
        static int number = 0;
        auto root = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
        return root / ("muster_sim_" + std::to_string(::getpid()) + "_" + std::to_string(++number));
    }

    std::filesystem::path path_;
};

}  // namespace muster::sim
