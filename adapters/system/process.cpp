#include "adapters/system/process.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

namespace muster {
namespace {

// Places in /proc/self/stat after the name of the program, which may hold anything (proc(5)).
constexpr std::size_t user_ticks = 11;
constexpr std::size_t system_ticks = 12;
constexpr std::size_t start_ticks = 19;

std::vector<double> numbers_of_this_process() {
    std::ifstream file{"/proc/self/stat"};
    std::string text;
    std::getline(file, text);
    std::istringstream rest{text.substr(text.rfind(')') + 1)};
    std::string state;
    rest >> state;
    std::vector<double> numbers{0};  // the place of the state
    for (double number = 0; rest >> number;)
        numbers.push_back(number);
    return numbers;
}

std::optional<double> resident_bytes() {
    std::ifstream file{"/proc/self/statm"};
    double all = 0;
    double resident = 0;
    if (!(file >> all >> resident)) return std::nullopt;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double now_by(clockid_t clock) {
    ::timespec time{};
    ::clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

std::optional<double> open_files() {
    std::error_code problem;
    std::filesystem::directory_iterator entries{"/proc/self/fd", problem};
    if (problem) return std::nullopt;
    auto count = std::distance(begin(entries), end(entries));
    return static_cast<double>(count - 1);  // without the one that is looking
}

std::optional<double> most_open_files() {
    ::rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::nullopt;
    return static_cast<double>(limit.rlim_cur);
}

}  // namespace

ProcessFigures look_at_this_process() {
    ProcessFigures figures;
    figures.resident_bytes = resident_bytes();
    figures.open_files = open_files();
    figures.most_open_files = most_open_files();
    auto numbers = numbers_of_this_process();
    if (numbers.size() <= start_ticks) return figures;
    auto ticks_a_second = static_cast<double>(::sysconf(_SC_CLK_TCK));
    figures.processor_seconds = (numbers[user_ticks] + numbers[system_ticks]) / ticks_a_second;
    auto booted = now_by(CLOCK_REALTIME) - now_by(CLOCK_BOOTTIME);
    figures.started_at = booted + numbers[start_ticks] / ticks_a_second;
    return figures;
}

void leave_no_core() {
    ::rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
}

}  // namespace muster
