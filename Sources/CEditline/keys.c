#define _GNU_SOURCE
#include "internal.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

/* The signal keys are off while a line is edited: a signal would end the process or lose the line, and libedit
 * would not see the key. So Ctrl-C and Ctrl-Z are keys like others, and these functions do their work. */

static unsigned char on_interrupt(EditLine *el, int key) {
    (void)key;
    const LineInfoW *line = el_wline(el);
    ce_self(el)->interrupted = true;
    /* Shown as text at the end of the line, then ended by the editor's own newline: it alone knows the rows. */
    el_cursor(el, (int)(line->lastchar - line->cursor));
    el_insertstr(el, "^C");
    el_push(el, "\n");
    return CC_REFRESH;
}

static unsigned char on_suspend(EditLine *el, int key) {
    (void)key;
    ce_editor *editor = ce_self(el);
    pthread_mutex_lock(&editor->lock);
    editor->resumed = false;
    pthread_mutex_unlock(&editor->lock);
    el_set(el, EL_PREP_TERM, 0);
    kill(0, SIGTSTP);
    ce_wait_resumed(editor, 200); /* not at all when no shell would ever continue the process */
    el_set(el, EL_PREP_TERM, 1);
    el_resize(el);
    fputs("\r", stdout);
    el_set(el, EL_REFRESH);
    return CC_NORM;
}

static unsigned char on_end(EditLine *el, int key) {
    (void)key;
    const LineInfoW *line = el_wline(el);
    if (line->lastchar == line->buffer) {
        fputs("\n", stdout);
        fflush(stdout);
        return CC_EOF;
    }
    if (line->cursor == line->lastchar) return CC_NORM;
    el_cursor(el, 1);
    el_deletestr(el, 1);
    return CC_REFRESH;
}

static void bind_both(EditLine *el, const char *key, const char *function) {
    el_set(el, EL_BIND, key, function, NULL);
    el_set(el, EL_BIND, "-a", key, function, NULL);
}

void ce_bind_keys(ce_editor *editor) {
    EditLine *el = editor->el;
    el_set(el, EL_ADDFN, "ce-interrupt", "drop the line", on_interrupt);
    el_set(el, EL_ADDFN, "ce-suspend", "suspend the program", on_suspend);
    el_set(el, EL_ADDFN, "ce-end", "end the input, or delete the next character", on_end);
    bind_both(el, "^C", "ce-interrupt");
    bind_both(el, "^Z", "ce-suspend");
    bind_both(el, "^D", "ce-end");
    bind_both(el, "^M", "ed-newline");
    bind_both(el, "^J", "ed-newline");
    el_set(el, EL_BIND, "^R", "em-inc-search-prev", NULL);
    /* Two default keys lead out of the prompt: to libedit's own commands, and to $EDITOR.
     * Nothing may begin with ESC for a user of vi keys: it would no longer leave the insert mode. */
    const char *keys = NULL;
    bool is_emacs = el_get(el, EL_EDITOR, &keys) == 0 && keys && strcmp(keys, "emacs") == 0;
    if (is_emacs) el_set(el, EL_BIND, "\\ex", "ed-unassigned", NULL);
    el_set(el, EL_BIND, "-a", "v", "ed-unassigned", NULL);
}
