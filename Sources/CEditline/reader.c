#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static int columns(void) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
}

/* One more character at a column; counts the rows that it opens. */
static void advance(wchar_t character, int width, int *column, int *rows) {
    if (character == L'\n') {
        *column = 0;
        *rows += 1;
        return;
    }
    int cells = wcwidth(character);
    if (cells < 0) cells = 2; /* shown as ^X */
    if (*column + cells > width) {
        *column = 0;
        *rows += 1;
    }
    *column += cells;
    if (*column >= width) {
        *column = 0;
        *rows += 1;
    }
}

/* How many rows of prompt and line stand above the cursor's row. */
static int rows_above_cursor(ce_editor *editor) {
    int width = columns(), column = 0, rows = 0;
    bool hidden = false;
    mbstate_t state = {0};
    const char *rest = editor->prompt;
    size_t left = strlen(rest);
    while (left > 0) {
        wchar_t character;
        size_t used = mbrtowc(&character, rest, left, &state);
        if (used == 0 || used > left) break;
        rest += used;
        left -= used;
        if (character == 1)
            hidden = !hidden;
        else if (!hidden)
            advance(character, width, &column, &rows);
    }
    const LineInfoW *line = el_wline(editor->el);
    for (const wchar_t *at = line->buffer; at < line->cursor; at++) advance(*at, width, &column, &rows);
    return rows;
}

static void print_above(ce_editor *editor, const char *text, size_t length) {
    if (editor->can_clear) {
        int rows = rows_above_cursor(editor);
        if (rows > 0) fprintf(stdout, "\033[%dA", rows);
        fputs("\r\033[J", stdout);
    } else {
        fputs("\r\n", stdout);
    }
    fwrite(text, 1, length, stdout);
    if (text[length - 1] != '\n') fputs("\n", stdout);
    fflush(stdout);
    el_set(editor->el, EL_REFRESH);
}

static void draw_again(ce_editor *editor) {
    fputs(editor->can_clear ? "\r\033[J" : "\r\n", stdout);
    fflush(stdout);
    el_resize(editor->el);
    el_set(editor->el, EL_REFRESH);
}

static void drain(int wake) {
    uint64_t count;
    ssize_t got = read(wake, &count, sizeof count);
    (void)got; /* it is not blocking, and empty is fine */
}

bool ce_take_marks(ce_editor *editor) {
    drain(editor->wake);
    pthread_mutex_lock(&editor->lock);
    char *text = editor->pending;
    size_t length = editor->pending_length;
    bool resized = editor->resized, resumed = editor->resumed, terminated = editor->terminated;
    editor->pending = NULL;
    editor->pending_length = 0;
    editor->resized = editor->resumed = false;
    pthread_mutex_unlock(&editor->lock);
    if (resumed) { /* stopped from outside: libedit does not know that its modes are gone */
        el_set(editor->el, EL_PREP_TERM, 0);
        el_set(editor->el, EL_PREP_TERM, 1);
    }
    if (length > 0) print_above(editor, text, length);
    if ((resized || resumed) && !terminated) draw_again(editor);
    free(text);
    return terminated;
}

void ce_wait_resumed(ce_editor *editor, int milliseconds) {
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (;;) {
        pthread_mutex_lock(&editor->lock);
        bool resumed = editor->resumed;
        editor->resumed = false;
        pthread_mutex_unlock(&editor->lock);
        clock_gettime(CLOCK_MONOTONIC, &now);
        long left = milliseconds - (now.tv_sec - start.tv_sec) * 1000 - (now.tv_nsec - start.tv_nsec) / 1000000;
        if (resumed || left <= 0) return;
        struct pollfd source = {editor->wake, POLLIN, 0};
        if (poll(&source, 1, (int)(left < 20 ? left : 20)) > 0) usleep(1000); /* other marks stay for the reader */
    }
}

static int hang_up(ce_editor *editor) {
    pthread_mutex_lock(&editor->lock);
    editor->terminated = true;
    pthread_mutex_unlock(&editor->lock);
    return 0;
}

int ce_read_character(EditLine *el, wchar_t *character) {
    ce_editor *editor = ce_self(el);
    char bytes[8];
    size_t count = 0;
    for (;;) {
        struct pollfd sources[2] = {{STDIN_FILENO, POLLIN, 0}, {editor->wake, POLLIN, 0}};
        if (poll(sources, 2, -1) < 0) {
            if (errno == EINTR) continue;
            return -1;
        }
        if (sources[1].revents && ce_take_marks(editor)) return 0;
        if (!sources[0].revents) continue;
        ssize_t got = read(STDIN_FILENO, bytes + count, 1);
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (got < 0) return hang_up(editor);
        if (got == 0) return (sources[0].revents & POLLHUP) ? hang_up(editor) : 0;
        count++;
        mbstate_t state = {0};
        size_t used = mbrtowc(character, bytes, count, &state);
        if (used == (size_t)-2 && count < sizeof bytes) continue;
        if (used == (size_t)-1 || used == (size_t)-2) { /* not UTF-8: forget it */
            count = 0;
            continue;
        }
        return 1;
    }
}
