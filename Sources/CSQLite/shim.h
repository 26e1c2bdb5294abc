#include <linux/falloc.h>
#include <sqlite3.h>
#include <sys/types.h>

// Declared here because glibc shows it to _GNU_SOURCE only, which a module cannot set for its readers.
extern int fallocate(int fd, int mode, off_t offset, off_t length);

// Gives a connection that has run nothing memory of its own for small things: so many pieces of so many bytes.
static inline int csqlite_look_aside(sqlite3 *connection, int bytes, int pieces) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_LOOKASIDE, (void *)0, bytes, pieces);
}

// Gives a file disk blocks for a range that may lie behind its end, and leaves its size and bytes alone.
// Returns 0, or -1 with errno.
static inline int csqlite_reserve_blocks(int fd, off_t offset, off_t length) {
    return fallocate(fd, FALLOC_FL_KEEP_SIZE, offset, length);
}
