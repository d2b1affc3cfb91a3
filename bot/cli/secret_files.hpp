#pragma once

#include "adapters/system/side_thread.hpp"
#include "config/secret.hpp"

namespace muster::cli {

// The files that secrets lie in, for a loop that must not wait for a disk.
class SecretFiles {
public:
    virtual ~SecretFiles() = default;

    virtual Task<config::FileMark> mark_of(std::filesystem::path file) = 0;

    // Or what a file that is none should have been.
    virtual Task<std::variant<config::Secret, std::string>> read(std::filesystem::path file) = 0;
};

class SecretFilesOnDisk : public SecretFiles {
public:
    Task<config::FileMark> mark_of(std::filesystem::path file) override;
    Task<std::variant<config::Secret, std::string>> read(std::filesystem::path file) override;

private:
    SideThread disk_;
};

}  // namespace muster::cli
