#include "adapters/system/process.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "adapters/system/system_clock.hpp"

namespace muster {
namespace {

TEST(ProcessFigures, AreThoseOfThisProcess) {
    auto figures = look_at_this_process();
    auto now =
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();

    EXPECT_GT(*figures.resident_bytes, 1'000'000);
    EXPECT_LT(*figures.resident_bytes, 4e9);
    EXPECT_GE(*figures.processor_seconds, 0);
    EXPECT_LE(*figures.started_at, now + 2);
    EXPECT_GT(*figures.started_at, now - 3'600);
    EXPECT_LE(*figures.open_files, *figures.most_open_files);
}

TEST(ProcessFigures, CountAFileThatIsOpenedAndNotTheLookItself) {
    auto before = *look_at_this_process().open_files;
    EXPECT_EQ(*look_at_this_process().open_files, before);
    auto file = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    EXPECT_EQ(*look_at_this_process().open_files, before + 1);
    ::close(file);
}

}  // namespace
}  // namespace muster
