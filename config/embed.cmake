# muster_embed(<target> <name> <file>...) compiles files into <target>, so that the program is one binary.
# It writes generated/<name>.hpp, which declares
#   std::span<const muster::embedded::File> muster::embedded::<name>();   // file name (no folder) and bytes, sorted by name
set(MUSTER_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake)

function(muster_embed target name)
    set(header ${CMAKE_BINARY_DIR}/generated/${name}.hpp)
    set(source ${CMAKE_BINARY_DIR}/generated/${name}.cpp)
    add_custom_command(
        OUTPUT ${source} ${header}
        COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DSOURCE=${source} -DHEADER=${header} "-DFILES=${ARGN}" -P ${MUSTER_EMBED_SCRIPT}
        DEPENDS ${ARGN} ${MUSTER_EMBED_SCRIPT}
        VERBATIM)
    target_sources(${target} PRIVATE ${source} ${header})
endfunction()
