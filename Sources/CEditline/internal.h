#ifndef CEDITLINE_INTERNAL_H
#define CEDITLINE_INTERNAL_H

#include "CEditline.h"

#include <histedit.h>
#include <pthread.h>
#include <wchar.h>

struct ce_editor {
    EditLine *el;
    History *history;
    const char *prompt;
    bool can_clear;   /* the terminal can clear to the end of the screen */
    bool interrupted; /* Ctrl-C ended the read that runs */
    int wake;         /* an eventfd: something below changed */

    pthread_mutex_t lock; /* guards what follows */
    bool editing;
    bool resized;
    bool resumed;
    bool terminated;
    char *pending; /* text to print above the line */
    size_t pending_length;
};

ce_editor *ce_self(EditLine *el);

/* libedit's reader: waits for the keyboard and for the wake-up, decodes UTF-8. */
int ce_read_character(EditLine *el, wchar_t *character);

/* Takes the marks that other threads left, and acts on them. True if the read must end. */
bool ce_take_marks(ce_editor *editor);

/* Waits until the process was continued, at most that long. */
void ce_wait_resumed(ce_editor *editor, int milliseconds);

/* Binds the keys that the prompt promises, over whatever the user's editrc did. */
void ce_bind_keys(ce_editor *editor);

#endif
