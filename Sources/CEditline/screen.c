#define _GNU_SOURCE
#include "internal.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static struct winsize size(void) {
    struct winsize size = {0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 2) size.ws_col = 80;
    if (size.ws_row == 0) size.ws_row = 24;
    return size;
}

/* One more character at a column; counts the rows that it opens. */
static void advance(wchar_t character, int width, int *column, int *rows) {
    if (character == L'\n') {
        *column = 0;
        *rows += 1;
        return;
    }
    int cells = character == L'\t' ? 8 - *column % 8 : wcwidth(character);
    if (cells < 0) cells = character < 0x100 ? 2 : character > 0xFFFF ? 8 : 7; /* shown as ^X or \U+1234 */
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

/* How many rows prompt and line open before a place in the line. */
static int rows_before(ce_editor *editor, const wchar_t *place, int width) {
    int column = 0, rows = 0;
    bool hidden = false;
    mbstate_t state = {0};
    const char *rest = ce_prompt(editor);
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
    for (const wchar_t *at = el_wline(editor->el)->buffer; at < place; at++) advance(*at, width, &column, &rows);
    return rows;
}

static int least(int one, int other) { return one < other ? one : other; }

enum { most_marked = 2000 }; /* characters: what is open in more of them is not looked for while somebody types */

/* The cells of a text. */
static int cells(const char *text) {
    int count = 0;
    mbstate_t state = {0};
    wchar_t character;
    for (size_t left = strlen(text), used; left > 0; text += used, left -= used) {
        used = mbrtowc(&character, text, left, &state);
        if (used == 0 || used > left) break;
        count += wcwidth(character) > 0 ? wcwidth(character) : 0;
    }
    return count;
}

/* Writes at a column of the line's last row, and leaves the cursor where it was. */
static void write_beside(ce_editor *editor, int column, const char *text) {
    const LineInfoW *line = el_wline(editor->el);
    int width = editor->columns;
    int rows = rows_before(editor, line->lastchar, width) - rows_before(editor, line->cursor, width);
    fputs("\0337", stdout);
    if (rows > 0) fprintf(stdout, "\033[%dB", rows);
    fprintf(stdout, "\r\033[%dC%s\0338", column, text);
    fflush(stdout);
}

void ce_draw_mark(ce_editor *editor) {
    const LineInfoW *line = el_wline(editor->el);
    if (!ce_has_rows(editor) || line->lastchar - line->buffer > most_marked) return;
    const char *hint = ce_current_hint(editor);
    if (!hint || !*hint || rows_before(editor, line->lastchar, editor->columns) >= size().ws_row) return;
    editor->mark_column = editor->columns - cells(hint) - 1;
    if (editor->mark_column > 0) write_beside(editor, editor->mark_column, hint);
}

void ce_clear_mark(ce_editor *editor) {
    if (editor->mark_column > 0) write_beside(editor, editor->mark_column, "\033[K");
    editor->mark_column = 0;
}

/* Takes prompt and line off the screen; the cursor stands where they began. */
static void erase(ce_editor *editor, int rows) {
    editor->mark_column = 0;
    if (!editor->can_clear) {
        fputs("\r\n", stdout);
        return;
    }
    if (rows > 0) fprintf(stdout, "\033[%dA", rows);
    fputs("\r\033[J", stdout);
}

void ce_print_above(ce_editor *editor, const char *text, size_t length) {
    if (length == 0) return;
    struct winsize now = size();
    erase(editor, least(rows_before(editor, el_wline(editor->el)->cursor, now.ws_col), now.ws_row - 1));
    fwrite(text, 1, length, stdout);
    if (text[length - 1] != '\n') fputs("\n", stdout);
    fflush(stdout);
    editor->keys->prompt(editor->keys->context);
    el_set(editor->el, EL_REFRESH);
}

void ce_draw_again(ce_editor *editor, bool resumed) {
    /* Some terminals fold a row anew that has become too long, some do not. The smaller number erases nothing that
     * is not ours. */
    int width = size().ws_col;
    const wchar_t *cursor = el_wline(editor->el)->cursor;
    int rows = least(rows_before(editor, cursor, width), rows_before(editor, cursor, editor->columns));
    erase(editor, resumed ? 0 : least(rows, size().ws_row - 1));
    fflush(stdout);
    editor->columns = width;
    el_resize(editor->el);
    el_set(editor->el, EL_REFRESH);
}

void ce_move_to_last_row(ce_editor *editor) {
    struct winsize now = size();
    const LineInfoW *line = el_wline(editor->el);
    int rows = rows_before(editor, line->lastchar, now.ws_col) - rows_before(editor, line->cursor, now.ws_col);
    if (editor->can_clear && rows > 0) fprintf(stdout, "\033[%dB", least(rows, now.ws_row - 1));
    fflush(stdout);
}

void ce_set_modes(ce_editor *editor, bool editing) {
    if (editing) editor->columns = size().ws_col;
    if (editor->can_clear) {
        fputs(editing ? "\033[?2004h" : "\033[?2004l", stdout);
        fflush(stdout);
    }
}
