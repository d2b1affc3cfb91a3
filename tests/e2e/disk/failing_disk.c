// A disk that fails when told to: preloaded (LD_PRELOAD) into the program, between it and the C library.
// While the folder named by FAILING_DISK holds a file "full", nothing more fits on the disk; while it holds
// one "broken", what was written cannot be made to last.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static int is_told_to_be(const char* state) {
    const char* folder = getenv("FAILING_DISK");
    if (!folder) return 0;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, state);
    int error_before = errno;
    int is_there = access(path, F_OK) == 0;
    errno = error_before;
    return is_there;
}

ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t at) {
    static ssize_t (*real)(int, const void*, size_t, off64_t);
    if (!real) *(void**)&real = dlsym(RTLD_NEXT, "pwrite64");
    if (is_told_to_be("full")) {
        errno = ENOSPC;
        return -1;
    }
    return real(file, bytes, count, at);
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) *(void**)&real = dlsym(RTLD_NEXT, "fdatasync");
    if (is_told_to_be("broken")) {
        errno = EIO;
        return -1;
    }
    return real(file);
}
