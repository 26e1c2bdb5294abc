#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

bool ce_use_utf8(void) {
    if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return true;
    return setlocale(LC_CTYPE, "C.UTF-8") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

ce_editor *ce_self(EditLine *el) {
    void *self = NULL;
    el_get(el, EL_CLIENTDATA, &self);
    return self;
}

static char *prompt_of(EditLine *el) { return (char *)ce_prompt(ce_self(el)); }

static bool set_up(ce_editor *editor, const char *program) {
    editor->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (editor->wake < 0) return false;
    editor->history = history_init();
    editor->el = el_init(program, stdin, stdout, stderr);
    if (!editor->history || !editor->el) return false;

    EditLine *el = editor->el;
    el_set(el, EL_CLIENTDATA, editor);
    el_set(el, EL_PROMPT_ESC, prompt_of, '\1');
    el_set(el, EL_RPROMPT, ce_hint);
    el_set(el, EL_EDITOR, "emacs");
    el_set(el, EL_HIST, history, editor->history);
    el_set(el, EL_SIGNAL, 0);
    el_set(el, EL_GETCFN, ce_read_character);
    el_source(el, NULL); /* the user's editrc first: it must not undo what follows */
    el_set(el, EL_EDITMODE, 1);
    /* No signal keys, and Enter as it is typed: libedit would have the terminal exchange CR and LF, also in pastes. */
    el_set(el, EL_SETTY, "-d", "-isig", "-icrnl", "-inlcr", NULL);
    ce_bind_keys(editor);

    char *clear = NULL;
    editor->can_clear = el_get(el, EL_GETTC, "cd", &clear, NULL) == 0 && clear && *clear;
    return true;
}

ce_editor *ce_open(const char *program) {
    ce_editor *editor = calloc(1, sizeof *editor);
    if (!editor) return NULL;
    editor->wake = -1;
    editor->prefill = "";
    pthread_mutex_init(&editor->lock, NULL);
    ce_use_utf8();
    if (set_up(editor, program)) {
        ce_hide_typing(editor);
        return editor;
    }
    int failure = errno;
    ce_close(editor);
    errno = failure;
    return NULL;
}

bool ce_is_vi(ce_editor *editor) {
    const char *keys = NULL;
    return el_get(editor->el, EL_EDITOR, &keys) == 0 && keys && strcmp(keys, "vi") == 0;
}

void ce_close(ce_editor *editor) {
    ce_show_typing(editor);
    if (editor->el) el_end(editor->el);
    if (editor->history) history_end(editor->history);
    if (editor->wake >= 0) close(editor->wake);
    pthread_mutex_destroy(&editor->lock);
    free(editor->pending);
    free(editor->paste);
    free(editor->hint);
    free(editor->prompt);
    free(editor);
}

static void set_editing(ce_editor *editor, bool editing) {
    pthread_mutex_lock(&editor->lock);
    editor->editing = editing;
    if (!editing && editor->pending_length > 0) {
        fwrite(editor->pending, 1, editor->pending_length, stdout);
        fflush(stdout);
        editor->pending_length = 0;
    }
    pthread_mutex_unlock(&editor->lock);
}

static bool is_terminated(ce_editor *editor) {
    pthread_mutex_lock(&editor->lock);
    bool terminated = editor->terminated;
    pthread_mutex_unlock(&editor->lock);
    return terminated;
}

static void begin(ce_editor *editor, const char *prefill, const ce_keys *keys) {
    editor->prefill = prefill;
    editor->keys = keys;
    editor->interrupted = editor->leaving = editor->grabs = false;
    set_editing(editor, true);
    keys->prompt(keys->context); /* what is printed later makes it anew */
    ce_watch_stop(editor);
    ce_set_modes(editor, true);
    ce_show_typing(editor);
    el_set(editor->el, EL_PREP_TERM, 1); /* el_gets would show the prompt first, and lose a key that comes at once */
    if (*prefill) el_wpush(editor->el, (wchar_t[]){KEY_PREFILL, 0});
}

static void finish(ce_editor *editor) {
    if (is_terminated(editor)) {
        ce_move_to_last_row(editor);
        fputs("\n", stdout);
    }
    ce_set_modes(editor, false);
    fflush(stdout);
    ce_unwatch_stop();
    set_editing(editor, false);
    ce_set_prompt(editor, NULL);
    editor->prefill = "";
    editor->keys = NULL;
    free(editor->paste);
    editor->paste = NULL;
    editor->paste_length = editor->paste_room = 0;
}

ce_outcome ce_read_line(ce_editor *editor, const char *prefill, const ce_keys *keys, const char **line) {
    *line = "";
    if (is_terminated(editor)) return CE_TERMINATED;
    begin(editor, prefill, keys);
    int count = 0;
    const char *text = el_gets(editor->el, &count);
    finish(editor);
    if (is_terminated(editor)) return CE_TERMINATED;
    if (editor->interrupted) return CE_INTERRUPTED;
    if (!text || count <= 0) return CE_END;

    char *end = (char *)text + count - 1; /* libedit's own buffer, rewritten by the next read */
    if (*end == '\n') *end = '\0';
    *line = text;
    return CE_LINE;
}

static void wake(ce_editor *editor) {
    uint64_t one = 1;
    ssize_t written = write(editor->wake, &one, sizeof one);
    (void)written; /* it fails only when the count is already not zero */
}

void ce_print(ce_editor *editor, const char *text, size_t length) {
    if (length == 0) return;
    pthread_mutex_lock(&editor->lock);
    char *grown = editor->editing ? realloc(editor->pending, editor->pending_length + length) : NULL;
    if (grown) {
        memcpy(grown + editor->pending_length, text, length);
        editor->pending = grown;
        editor->pending_length += length;
    } else {
        fwrite(text, 1, length, stdout);
        fflush(stdout);
    }
    pthread_mutex_unlock(&editor->lock);
    if (grown) wake(editor);
}

static void mark(ce_editor *editor, bool *flag) {
    pthread_mutex_lock(&editor->lock);
    *flag = true;
    pthread_mutex_unlock(&editor->lock);
    wake(editor);
}

void ce_resized(ce_editor *editor) { mark(editor, &editor->resized); }
void ce_resumed(ce_editor *editor) { mark(editor, &editor->resumed); }
void ce_terminate(ce_editor *editor) { mark(editor, &editor->terminated); }
