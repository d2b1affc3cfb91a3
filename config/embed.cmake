# muster_embed(<target> <name> <file>...) compiles files into <target>, so that the program is one binary.
# It makes the header <name>.hpp, for files of the same folder to include, which declares
#   std::span<const muster::embedded::File> muster::embedded::<name>();   // sorted by name (without folder)
# No file at all is an empty span.
set(MUSTER_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake)

function(muster_embed target name)
    set(header ${CMAKE_BINARY_DIR}/generated/${name}.hpp)
    set(source ${CMAKE_BINARY_DIR}/generated/${name}.cpp)
    # The header knows no content, so a changed file compiles one source again and nobody else.
    file(CONFIGURE OUTPUT ${header} @ONLY CONTENT [[#pragma once

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
std::span<const File> @name@();
}
]])
    add_custom_command(
        OUTPUT ${source}
        COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DSOURCE=${source} "-DFILES=${ARGN}" -P ${MUSTER_EMBED_SCRIPT}
        DEPENDS ${ARGN} ${MUSTER_EMBED_SCRIPT}
        COMMENT "Embedding ${name}"
        VERBATIM)
    target_sources(${target} PRIVATE ${source})
endfunction()
