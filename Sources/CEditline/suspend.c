#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

/* A SIGTSTP that somebody sends would stop the process at once and leave the shell a terminal in the editor's modes.
 * So the handler only leaves a note, and the editor's thread stops the process when all is put back. */

static volatile sig_atomic_t asked = 0;
static volatile sig_atomic_t waking = -1;
static struct sigaction before;

static void on_stop(int number) {
    (void)number;
    int saved = errno;
    uint64_t one = 1;
    asked = 1;
    ssize_t written = write(waking, &one, sizeof one);
    (void)written;
    errno = saved;
}

void ce_watch_stop(ce_editor *editor) {
    if (sigaction(SIGTSTP, NULL, &before) != 0 || before.sa_handler == SIG_IGN) return;
    struct sigaction action = {.sa_handler = on_stop, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    waking = editor->wake;
    sigaction(SIGTSTP, &action, NULL);
}

void ce_unwatch_stop(void) {
    if (before.sa_handler == SIG_IGN) return;
    sigaction(SIGTSTP, &before, NULL);
    if (ce_take_stop()) kill(getpid(), SIGTSTP);
}

bool ce_take_stop(void) {
    bool is_asked = asked;
    asked = 0;
    return is_asked;
}

/* Waits until the process was continued; not for ever, as no shell may be there to stop and continue it. */
static void wait_resumed(ce_editor *editor) {
    for (int milliseconds = 0; milliseconds < 200; milliseconds++) {
        pthread_mutex_lock(&editor->lock);
        bool resumed = editor->resumed;
        editor->resumed = false;
        pthread_mutex_unlock(&editor->lock);
        if (resumed) return;
        usleep(1000);
    }
}

void ce_suspend(ce_editor *editor, pid_t whom) {
    pthread_mutex_lock(&editor->lock);
    editor->resumed = false;
    pthread_mutex_unlock(&editor->lock);
    ce_move_to_last_row(editor);
    ce_set_modes(editor, false);
    el_set(editor->el, EL_PREP_TERM, 0);
    ce_unwatch_stop();
    kill(whom, SIGTSTP);
    wait_resumed(editor);
    ce_watch_stop(editor);
    el_set(editor->el, EL_PREP_TERM, 1);
    ce_set_modes(editor, true);
    ce_draw_again(editor, true);
}
