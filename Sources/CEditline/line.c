#define _GNU_SOURCE
#include "internal.h"

#include <stdlib.h>
#include <string.h>

/* What the functions of ce_keys see and change: the line, the prompt before it and the hint behind it. */

const char *ce_line(ce_editor *editor, size_t *length, size_t *cursor) {
    const LineInfo *line = el_line(editor->el);
    *length = (size_t)(line->lastchar - line->buffer);
    *cursor = (size_t)(line->cursor - line->buffer);
    return line->buffer;
}

/* How many characters so many bytes of UTF-8 are. */
static int characters(const char *text, size_t bytes) {
    int count = 0;
    for (size_t i = 0; i < bytes && text[i]; i++) count += (text[i] & 0xC0) != 0x80;
    return count;
}

void ce_set_line(ce_editor *editor, const char *text, size_t cursor) {
    EditLine *el = editor->el;
    const LineInfoW *line = el_wline(el);
    el_cursor(el, (int)(line->lastchar - line->cursor));
    el_deletestr(el, (int)(line->lastchar - line->buffer));
    el_insertstr(el, text);
    el_cursor(el, characters(text, cursor) - characters(text, strlen(text)));
}

static void replace(char **place, const char *text) {
    free(*place);
    *place = text ? strdup(text) : NULL;
}

const char *ce_prompt(ce_editor *editor) { return editor->prompt ? editor->prompt : ""; }

void ce_set_prompt(ce_editor *editor, const char *prompt) { replace(&editor->prompt, prompt); }

void ce_set_hint(ce_editor *editor, const char *text) { replace(&editor->hint, text); }

void ce_grab(ce_editor *editor, bool on) { editor->grabs = on; }

/* libedit shows a hint beside the first row only, so a longer line need not ask for one. */
static bool has_room_for_hint(ce_editor *editor) {
    const LineInfoW *line = el_wline(editor->el);
    return line->lastchar - line->buffer < editor->columns && !ce_has_rows(editor);
}

bool ce_has_rows(ce_editor *editor) {
    const LineInfoW *line = el_wline(editor->el);
    size_t length = (size_t)(line->lastchar - line->buffer);
    return length > 0 && wmemchr(line->buffer, L'\n', length) != NULL;
}

char *ce_hint(EditLine *el) {
    static char none[] = "";
    ce_editor *editor = ce_self(el);
    const char *hint = has_room_for_hint(editor) ? ce_current_hint(editor) : NULL;
    return hint ? editor->hint : none;
}

const char *ce_current_hint(ce_editor *editor) {
    if (!editor->keys || editor->leaving || !editor->can_clear) return NULL;
    editor->keys->hint(editor->keys->context);
    return editor->hint;
}
