#pragma once

#include <cstdio>
#include <filesystem>

#include "adapters/system/command_socket.hpp"

namespace muster::cli {

// Where --out sends what a command writes: a file of that name that is there only when it is whole,
// readable by its owner alone; or stdout when the name is empty.
class OutputFile {
public:
    explicit OutputFile(std::filesystem::path target);
    ~OutputFile();

    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    TextSink sink();

    // Puts the file in place when the command succeeded; returns the exit code. Throws a Refusal
    // when the disk refuses.
    int finish(int code);

private:
    std::filesystem::path target_;
    std::filesystem::path unfinished_;
    std::FILE* file_ = nullptr;
    bool failed_ = false;
};

}  // namespace muster::cli
