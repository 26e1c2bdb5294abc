#define _GNU_SOURCE
#include "internal.h"

#include <stdio.h>
#include <string.h>

/* What the key does, by the functions of ce_keys. */
static unsigned char act(EditLine *el, ce_key key) {
    ce_editor *editor = ce_self(el);
    switch (editor->keys->key(editor->keys->context, key, (uint32_t)editor->grabbed)) {
    case CE_REFRESH: return CC_REFRESH;
    case CE_BEEP: return CC_REFRESH_BEEP;
    case CE_ACCEPT: /* only libedit's own function ends a line well: it alone knows the rows */
        editor->leaving = true;
        el_wpush(el, (wchar_t[]){KEY_RUN, 0});
        return CC_REFRESH;
    case CE_AGAIN:
        el_wpush(el, (wchar_t[]){editor->grabbed, 0});
        return CC_REFRESH;
    default: return CC_NORM;
    }
}

#define KEY(name, key)                                                                                                 \
    static unsigned char name(EditLine *el, int character) {                                                          \
        (void)character;                                                                                               \
        return act(el, key);                                                                                           \
    }

KEY(on_enter, CE_ENTER)
KEY(on_newline, CE_NEWLINE)
KEY(on_tab, CE_TAB)
KEY(on_up, CE_UP)
KEY(on_down, CE_DOWN)
KEY(on_row_start, CE_ROW_START)
KEY(on_row_end, CE_ROW_END)
KEY(on_undo, CE_UNDO)
KEY(on_search, CE_SEARCH)
KEY(on_prefix, CE_PREFIX)
KEY(on_paste, CE_PASTE)
KEY(on_grabbed, CE_GRABBED)

/* A blank ends a word, so the hint may change. */
static unsigned char on_space(EditLine *el, int character) {
    (void)character;
    el_winsertstr(el, L" ");
    return CC_REFRESH;
}

static unsigned char on_prefill(EditLine *el, int character) {
    (void)character;
    ce_set_line(ce_self(el), ce_self(el)->prefill, strlen(ce_self(el)->prefill));
    return CC_REFRESH;
}

/* The signal keys are off while a line is edited: a signal would end the process or lose the line, and libedit
 * would not see the key. So Ctrl-C and Ctrl-Z are keys like others, and these functions do their work. */

static unsigned char on_interrupt(EditLine *el, int character) {
    (void)character;
    const LineInfoW *line = el_wline(el);
    ce_self(el)->interrupted = ce_self(el)->leaving = true;
    el_cursor(el, (int)(line->lastchar - line->cursor));
    el_insertstr(el, "^C");
    el_wpush(el, (wchar_t[]){KEY_RUN, 0});
    return CC_REFRESH;
}

static unsigned char on_suspend(EditLine *el, int character) {
    (void)character;
    ce_suspend(ce_self(el), 0);
    return CC_NORM;
}

static unsigned char on_end(EditLine *el, int character) {
    (void)character;
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

static const struct {
    const char *name;
    unsigned char (*function)(EditLine *, int);
} functions[] = {
    {"sw-enter", on_enter},         {"sw-newline", on_newline},     {"sw-tab", on_tab},
    {"sw-up", on_up},               {"sw-down", on_down},           {"sw-row-start", on_row_start},
    {"sw-row-end", on_row_end},     {"sw-undo", on_undo},           {"sw-search", on_search},
    {"sw-prefix", on_prefix},       {"sw-paste", on_paste},         {"sw-grabbed", on_grabbed},
    {"sw-space", on_space},         {"sw-prefill", on_prefill},     {"sw-interrupt", on_interrupt},
    {"sw-suspend", on_suspend},     {"sw-end", on_end},
};

typedef struct {
    const char *keys;
    const char *function;
} binding;

/* Also in vi's two modes. */
static const binding in_each_mode[] = {
    {"^M", "sw-enter"},         {"^J", "sw-enter"},           {"^C", "sw-interrupt"},
    {"^Z", "sw-suspend"},       {"^D", "sw-end"},             {"^R", "sw-search"},
    {"^P", "sw-up"},            {"^N", "sw-down"},            {"^_", "sw-undo"},
    {"\\221", "ed-newline"},    {"\\222", "sw-prefill"},      {"\\223", "sw-paste"},
    {"\\224", "sw-grabbed"},
};

static const binding while_inserting[] = {{"^I", "sw-tab"}, {" ", "sw-space"}};

/* Every key that the prompt promises: libedit's defaults differ from build to build. */
static const binding in_emacs_mode[] = {
    {"\\e^M", "sw-newline"},            {"\\e^J", "sw-newline"},
    {"\\e[A", "sw-up"},                 {"\\eOA", "sw-up"},
    {"\\e[B", "sw-down"},               {"\\eOB", "sw-down"},
    {"^A", "sw-row-start"},             {"\\e[H", "sw-row-start"},
    {"\\eOH", "sw-row-start"},          {"\\e[1~", "sw-row-start"},
    {"^E", "sw-row-end"},               {"\\e[F", "sw-row-end"},
    {"\\eOF", "sw-row-end"},            {"\\e[4~", "sw-row-end"},
    {"^B", "ed-prev-char"},             {"^F", "ed-next-char"},
    {"\\e[D", "ed-prev-char"},          {"\\eOD", "ed-prev-char"},
    {"\\e[C", "ed-next-char"},          {"\\eOC", "ed-next-char"},
    {"\\eb", "ed-prev-word"},           {"\\ef", "em-next-word"},
    {"\\e[1;5D", "ed-prev-word"},       {"\\e[1;5C", "em-next-word"},
    {"^H", "ed-delete-prev-char"},      {"^?", "ed-delete-prev-char"},
    {"\\e[3~", "ed-delete-next-char"},  {"^W", "ed-delete-prev-word"},
    {"\\e^?", "ed-delete-prev-word"},   {"\\ed", "em-delete-next-word"},
    {"^K", "ed-kill-line"},             {"^U", "vi-kill-line-prev"},
    {"^Y", "em-yank"},                  {"^T", "ed-transpose-chars"},
    {"^L", "ed-clear-screen"},          {"\\ep", "sw-prefix"},
    {"\\ex", "ed-unassigned"},          {"\\eX", "ed-unassigned"}, /* libedit's own commands: a way out of the prompt */
};

/* After ESC, which for a user of vi keys must lead nowhere else. */
static const binding in_command_mode[] = {
    {"[A", "sw-up"},     {"[B", "sw-down"},   {"k", "sw-up"}, {"j", "sw-down"},
    {"/", "sw-search"},  {"?", "sw-search"},
    {"v", "ed-unassigned"}, {":", "ed-unassigned"}, /* $EDITOR and libedit's own commands: ways out of the prompt */
};

#define COUNT(table) (sizeof table / sizeof *table)

static void bind_all(EditLine *el, const binding *table, size_t count) {
    for (size_t i = 0; i < count; i++) el_set(el, EL_BIND, table[i].keys, table[i].function, NULL);
}

static void bind_commands(EditLine *el, const binding *table, size_t count) {
    for (size_t i = 0; i < count; i++) el_set(el, EL_BIND, "-a", table[i].keys, table[i].function, NULL);
}

void ce_bind_keys(ce_editor *editor) {
    EditLine *el = editor->el;
    for (size_t i = 0; i < COUNT(functions); i++)
        el_set(el, EL_ADDFN, functions[i].name, functions[i].name, functions[i].function);
    bind_all(el, in_each_mode, COUNT(in_each_mode));
    bind_all(el, while_inserting, COUNT(while_inserting));
    if (ce_is_vi(editor)) {
        bind_commands(el, in_each_mode, COUNT(in_each_mode));
        bind_commands(el, in_command_mode, COUNT(in_command_mode));
    } else {
        bind_all(el, in_emacs_mode, COUNT(in_emacs_mode));
    }
}
