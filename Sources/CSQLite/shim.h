#include <linux/falloc.h>
#include <sqlite3.h>
#include <sys/types.h>

// Declared here because glibc shows it to _GNU_SOURCE only, which a module cannot set for its readers.
extern int fallocate(int fd, int mode, off_t offset, off_t length);

// Gives a file disk blocks for a range that may lie behind its end, and leaves its size and bytes alone.
// Returns 0, or -1 with errno.
static inline int csqlite_reserve_blocks(int fd, off_t offset, off_t length) {
    return fallocate(fd, FALLOC_FL_KEEP_SIZE, offset, length);
}
