# Called by muster_embed: turns FILES into SOURCE.
set(named "")
foreach(file IN LISTS FILES)
    get_filename_component(basename ${file} NAME)
    list(APPEND named "${basename}|${file}")
endforeach()
list(SORT named)

set(bytes "")
set(rows "")
set(count 0)
foreach(pair IN LISTS named)
    string(REPLACE "|" ";" pair "${pair}")
    list(GET pair 0 basename)
    list(GET pair 1 file)
    file(READ ${file} hex HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" text "${hex}")
    string(APPEND bytes "constexpr char file_${count}[] = \"${text}\";\n")
    string(APPEND rows "    {\"${basename}\", {file_${count}, sizeof file_${count} - 1}},\n")
    math(EXPR count "${count} + 1")
endforeach()

file(WRITE ${SOURCE} "#include \"${NAME}.hpp\"

#include <array>

namespace {
${bytes}
constexpr std::array<muster::embedded::File, ${count}> files{{
${rows}}};
}  // namespace

std::span<const muster::embedded::File> muster::embedded::${NAME}() { return files; }
")
