#ifndef CEDITLINE_INTERNAL_H
#define CEDITLINE_INTERNAL_H

#include "CEditline.h"

#include <histedit.h>
#include <pthread.h>
#include <sys/types.h>
#include <termios.h>
#include <wchar.h>

/* Keys that nobody can type: the reader drops these characters, only el_wpush and the reader itself bring them. */
enum { KEY_RUN = 0x91, KEY_PREFILL = 0x92, KEY_PASTED = 0x93, KEY_GRABBED = 0x94 };

/* The most bytes that the reader gives back. */
enum { input_front = 8, input_size = 4096 };

struct ce_editor {
    EditLine *el;
    History *history; /* empty; vi's own history keys must find one */
    char *prompt; /* NULL while no line is read */
    const char *prefill;
    const ce_keys *keys; /* NULL while no line is read */
    char *hint;
    int columns;      /* the terminal's, when the line was last drawn */
    bool can_clear;   /* the terminal can clear to the end of the screen */
    bool interrupted; /* Ctrl-C ended the read that runs */
    bool leaving;     /* the line is entered or dropped: no hint stays on the screen */
    int mark_column;  /* where the hint stands beside the last row of several; 0 while it does not */
    bool grabs;
    wchar_t grabbed;
    int wake; /* an eventfd: something below changed */
    bool hides; /* no line was read yet, and the terminal shows nothing that is typed */
    struct termios shown;

    char input[input_front + input_size]; /* bytes read and not yet taken */
    size_t input_start, input_end;
    char *paste;
    size_t paste_length, paste_room;
    bool pasting;

    pthread_mutex_t lock; /* guards what follows */
    bool editing;
    bool resized;
    bool resumed;
    bool terminated;
    char *pending; /* text to print above the line */
    size_t pending_length;
};

ce_editor *ce_self(EditLine *el);

/* What stands before the line, and at the right edge. */
const char *ce_prompt(ce_editor *editor);
char *ce_hint(EditLine *el);
const char *ce_current_hint(ce_editor *editor);

/* Whether the line has several rows. */
bool ce_has_rows(ce_editor *editor);

/* libedit's reader: waits for the keyboard and for the wake-up, decodes UTF-8, takes pastes. */
int ce_read_character(EditLine *el, wchar_t *character);

/* Takes the marks that other threads left, and acts on them. True if the read must end. */
bool ce_take_marks(ce_editor *editor);

/* Has the terminal show nothing that is typed, and again what it showed before, which libedit must find. */
void ce_hide_typing(ce_editor *editor);
void ce_show_typing(ce_editor *editor);

/* Switches libedit's terminal modes and bracketed paste. */
void ce_set_modes(ce_editor *editor, bool editing);

/* Draws prompt and line again after the terminal has another size or belongs to this process again. */
void ce_draw_again(ce_editor *editor, bool resumed);

/* Puts the hint at the right edge of the last row of several, where libedit shows none, and takes it off again. */
void ce_draw_mark(ce_editor *editor);
void ce_clear_mark(ce_editor *editor);

/* Moves the terminal's cursor to the last row of the line. */
void ce_move_to_last_row(ce_editor *editor);

/* Sends SIGTSTP to the process (0: to its group) with the terminal as it was; goes on when it is continued. */
void ce_suspend(ce_editor *editor, pid_t whom);

/* Has a SIGTSTP from outside suspend the line first. */
void ce_watch_stop(ce_editor *editor);
void ce_unwatch_stop(void);
bool ce_take_stop(void);

/* Binds the keys that the prompt promises, over whatever the user's editrc did. */
void ce_bind_keys(ce_editor *editor);

#endif
