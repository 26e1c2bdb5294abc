#ifndef CEDITLINE_H
#define CEDITLINE_H

#include <stdbool.h>
#include <stddef.h>

/* A line editor over libedit's native API, for standard input and output.
 *
 * libedit's own calls take variable arguments, which Swift cannot make; every call below is a plain function.
 * One thread, the editor's thread, opens, reads and closes. The calls marked "any thread" may come from elsewhere. */
typedef struct ce_editor ce_editor;

typedef enum {
    CE_LINE = 0,        /* a line was entered */
    CE_INTERRUPTED = 1, /* Ctrl-C: the line was dropped */
    CE_END = 2,         /* Ctrl-D on an empty line, or the end of the input */
    CE_TERMINATED = 3,  /* ce_terminate was called, or the terminal went away */
} ce_outcome;

/* The editor, or NULL with errno set. Reads the user's editrc before it binds its own keys. */
ce_editor *ce_open(const char *program);

/* Restores the terminal's modes of ce_open and frees the editor. */
void ce_close(ce_editor *editor);

/* Reads one line. Parts of the prompt between two bytes 1 take no room on the screen (colours).
 * The line is UTF-8 without its newline and lives until the next call. */
ce_outcome ce_read_line(ce_editor *editor, const char *prompt, const char **line);

/* Puts a line into the memory that the arrow keys recall. */
void ce_remember(ce_editor *editor, const char *line);

/* Writes text: above the line being edited, or at once when nothing is being edited. Any thread. */
void ce_print(ce_editor *editor, const char *text, size_t length);

/* Draws the line again for the terminal's new size. Any thread. */
void ce_resized(ce_editor *editor);

/* Takes the terminal back after the process was stopped and continued. Any thread. */
void ce_resumed(ce_editor *editor);

/* Ends the read that runs, and every later one, with CE_TERMINATED. Any thread. */
void ce_terminate(ce_editor *editor);

/* Uses a UTF-8 locale for characters: the user's, or C.UTF-8. False if neither is UTF-8. */
bool ce_use_utf8(void);

/* Sends each of the signals as one byte (its number) into a pipe and returns the pipe's reading end.
 * A signal that the process was started to ignore stays ignored.
 * -1 with errno set; EBUSY while an earlier call is not undone. */
int ce_signals_watch(const int *signals, int count);

/* Puts back what handled the signals before and closes the pipe's writing end; the reader closes its own. */
void ce_signals_restore(void);

#endif
