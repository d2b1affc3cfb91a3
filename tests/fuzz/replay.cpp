#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/fuzz.hpp"

// Where no fuzzer is linked in: gives the target every file of the folders and every file that are
// named, once, in the order of their names.
namespace {

std::vector<std::filesystem::path> files_of(const std::filesystem::path& place) {
    if (!std::filesystem::is_directory(place)) return {place};
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{place})
        files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

void replay(const std::filesystem::path& file) {
    std::printf("%s\n", file.c_str());
    std::fflush(stdout);  // the last one named is the one that broke a promise
    std::ifstream stream{file, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{stream}, {}};
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

}  // namespace

int main(int count, char** arguments) {
    std::size_t inputs = 0;
    for (int at = 1; at < count; ++at) {
        for (const auto& file : files_of(arguments[at])) {
            replay(file);
            ++inputs;
        }
    }
    return inputs > 0 ? 0 : 2;  // an empty corpus proves nothing
}
