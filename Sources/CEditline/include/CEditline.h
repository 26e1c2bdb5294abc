#ifndef CEDITLINE_H
#define CEDITLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A line editor over libedit's native API, for standard input and output.
 *
 * libedit's own calls take variable arguments, which Swift cannot make; every call below is a plain function.
 * One thread, the editor's thread, opens, reads and closes. The calls marked "any thread" may come from elsewhere,
 * those marked "in a key" only from the functions of ce_keys. Lines are UTF-8, and a cursor counts their bytes. */
typedef struct ce_editor ce_editor;

typedef enum {
    CE_LINE = 0,        /* a line was entered */
    CE_INTERRUPTED = 1, /* Ctrl-C: the line was dropped */
    CE_END = 2,         /* Ctrl-D on an empty line, or the end of the input */
    CE_TERMINATED = 3,  /* ce_terminate was called, or the terminal went away */
} ce_outcome;

/* The keys whose work is not libedit's. */
typedef enum {
    CE_ENTER,     /* Enter */
    CE_NEWLINE,   /* Alt-Enter */
    CE_TAB,       /* Tab */
    CE_UP,        /* Up, Ctrl-P */
    CE_DOWN,      /* Down, Ctrl-N */
    CE_ROW_START, /* Home, Ctrl-A */
    CE_ROW_END,   /* End, Ctrl-E */
    CE_UNDO,      /* Ctrl-_ */
    CE_SEARCH,    /* Ctrl-R */
    CE_PREFIX,    /* Alt-P */
    CE_PASTE,     /* ce_pasted has what the terminal pasted */
    CE_GRABBED,   /* any character, while ce_grab is on */
} ce_key;

/* What follows a key. */
typedef enum {
    CE_KEEP,    /* nothing has changed */
    CE_REFRESH, /* the line or the prompt has changed */
    CE_BEEP,    /* the key cannot do anything here */
    CE_ACCEPT,  /* the line is entered */
    CE_AGAIN,   /* the grabbed character acts as the key that it is */
} ce_next;

/* What the editor calls while it reads a line, on its thread. */
typedef struct {
    void *context;
    ce_next (*key)(void *context, ce_key key, uint32_t character);
    void (*hint)(void *context);   /* a time to call ce_set_hint */
    void (*before)(void *context); /* a word has ended, or a key comes that may change more than one character */
    void (*prompt)(void *context); /* the line begins, or text was written above it: a time to call ce_set_prompt */
} ce_keys;

/* The editor, or NULL with errno set. Reads the user's editrc before it binds its own keys. */
ce_editor *ce_open(const char *program);

/* Whether the user's editrc has chosen the keys of vi. */
bool ce_is_vi(ce_editor *editor);

/* Restores the terminal's modes of ce_open and frees the editor. */
void ce_close(ce_editor *editor);

/* Reads one line, which begins as `prefill`. It has no newline at its end and lives until the next call. */
ce_outcome ce_read_line(ce_editor *editor, const char *prefill, const ce_keys *keys, const char **line);

/* The line as it is, until the next call on this editor. In a key. */
const char *ce_line(ce_editor *editor, size_t *length, size_t *cursor);

/* Replaces the line. In a key. */
void ce_set_line(ce_editor *editor, const char *text, size_t cursor);

/* Shows a prompt before the line. Parts of it between two bytes 1 take no room on the screen (colours). In a key. */
void ce_set_prompt(ce_editor *editor, const char *prompt);

/* Shows a text at the right edge while there is room for it. In a key. */
void ce_set_hint(ce_editor *editor, const char *text);

/* Has every character come as CE_GRABBED, or no longer. In a key. */
void ce_grab(ce_editor *editor, bool on);

/* The bytes of the paste; NULL if it was longer than this program takes. In a key. */
const char *ce_pasted(ce_editor *editor, size_t *length);

/* Whether nobody sees a character in a line, or it turns the line's order around. */
bool ce_is_unseen(uint32_t character);

/* Whether a character that is typed or pasted gets into a line. */
bool ce_is_kept(uint32_t character);

/* Where the last line begins that has the text, -1 for none; with `folds` its small letters find capitals too.
 * bytes[length] can be written, and is as before. */
ptrdiff_t ce_last_line(char *bytes, size_t length, const char *text, bool folds);

/* Whether the bytes have the text somewhere. */
bool ce_holds(const char *bytes, size_t length, const char *text);

/* Writes whole lines above the line being edited. In a key, before the line is changed. */
void ce_print_above(ce_editor *editor, const char *text, size_t length);

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
