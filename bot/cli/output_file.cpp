#include "bot/cli/output_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "bot/cli/refusal.hpp"

namespace muster::cli {

OutputFile::OutputFile(std::filesystem::path target) : target_(std::move(target)) {
    if (target_.empty()) {
        file_ = stdout;
        return;
    }
    unfinished_ = target_.string() + ".unfinished";
    auto descriptor = ::open(unfinished_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor >= 0) file_ = ::fdopen(descriptor, "w");
    if (!file_)
        throw Refusal(
            exit_code::usage, "Cannot write " + target_.string() + ": " + std::strerror(errno) + "."
        );
}

OutputFile::~OutputFile() {
    if (target_.empty()) return;
    if (file_) std::fclose(file_);
    std::error_code gone_already;
    std::filesystem::remove(unfinished_, gone_already);
}

TextSink OutputFile::sink() {
    return [this](std::string_view text) {
        if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) failed_ = true;
    };
}

int OutputFile::finish(int code) {
    if (std::fflush(file_) != 0) failed_ = true;
    if (failed_)
        throw Refusal(
            exit_code::store, "The output could not be written: the disk or the reader refused it."
        );
    if (target_.empty() || code != exit_code::ok) return code;
    std::filesystem::rename(unfinished_, target_);
    return code;
}

}  // namespace muster::cli
