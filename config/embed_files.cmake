# Called by muster_embed: turns FILES into SOURCE and HEADER.
list(SORT FILES)
set(arrays "")
set(rows "")
set(index 0)
foreach(file IN LISTS FILES)
    get_filename_component(basename ${file} NAME)
    file(READ ${file} hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
    string(APPEND arrays "const unsigned char file_${index}[] = {${bytes}0};\n")
    string(APPEND rows "    {\"${basename}\", {reinterpret_cast<const char*>(file_${index}), sizeof(file_${index}) - 1}},\n")
    math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${HEADER} "#pragma once
#include <span>
#include <string_view>

#ifndef MUSTER_EMBEDDED_FILE
#define MUSTER_EMBEDDED_FILE
namespace muster::embedded {
struct File {
    std::string_view name;
    std::string_view content;
};
}  // namespace muster::embedded
#endif

namespace muster::embedded {
std::span<const File> ${NAME}();
}
")
file(WRITE ${SOURCE} "#include \"${NAME}.hpp\"

namespace {
${arrays}
const muster::embedded::File files[] = {
${rows}};
}  // namespace

std::span<const muster::embedded::File> muster::embedded::${NAME}() { return files; }
")
