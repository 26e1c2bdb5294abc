#define _GNU_SOURCE
#include "internal.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    patience_for_keys = 25,     /* milliseconds in which a key's further bytes follow its ESC */
    rest = 30,                  /* milliseconds without a key after which the last row has its hint */
    patience_for_paste = 1000,  /* milliseconds after which a paste that goes on is told of */
    patience_for_interrupt = 100, /* milliseconds in which nothing follows a key, and a paste goes on */
    most_pasted = 16 * 1048576, /* bytes */
    long_line = 2000,           /* characters */
    interrupt = 3               /* Ctrl-C */
};

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
        ce_set_modes(editor, true);
    }
    if (length > 0) ce_print_above(editor, text, length);
    if ((resized || resumed) && !terminated) ce_draw_again(editor, resumed);
    free(text);
    if (ce_take_stop() && !terminated) ce_suspend(editor, getpid());
    return terminated;
}

static bool hang_up(ce_editor *editor) {
    pthread_mutex_lock(&editor->lock);
    editor->terminated = true;
    pthread_mutex_unlock(&editor->lock);
    return false;
}

typedef enum { BYTE, TOO_LATE, OVER } arrival;

/* More bytes than one are read only of a paste: what is typed ahead belongs to whoever reads next. */
static arrival fill(ce_editor *editor, int milliseconds) {
    for (bool rests = milliseconds < 0 && !editor->pasting;;) {
        struct pollfd sources[2] = {{STDIN_FILENO, POLLIN, 0}, {editor->wake, POLLIN, 0}};
        int ready = poll(sources, 2, rests ? rest : milliseconds);
        if (ready < 0 && errno != EINTR) return OVER;
        if (ready == 0 && !rests) return TOO_LATE;
        if (ready == 0) ce_draw_mark(editor);
        rests = rests && ready != 0;
        if (ready <= 0) continue;
        if (sources[1].revents) {
            rests = milliseconds < 0 && !editor->pasting;
            if (ce_take_marks(editor)) return OVER;
        }
        if (!sources[0].revents) continue;
        ce_clear_mark(editor);
        ssize_t got = read(STDIN_FILENO, editor->input + input_front, editor->pasting ? input_size : 1);
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (got < 0 || (got == 0 && (sources[0].revents & POLLHUP))) hang_up(editor);
        if (got <= 0) return OVER;
        editor->input_start = input_front;
        editor->input_end = input_front + (size_t)got;
        return BYTE;
    }
}

/* The next byte of the keyboard; waits that long, or for ever (-1). */
static arrival take(ce_editor *editor, int milliseconds, char *byte) {
    if (editor->input_start == editor->input_end) {
        arrival filled = fill(editor, milliseconds);
        if (filled != BYTE) return filled;
    }
    *byte = editor->input[editor->input_start++];
    return BYTE;
}

/* Gives back the last bytes that were taken, at most input_front. */
static void give_back(ce_editor *editor, const char *bytes, size_t count) {
    editor->input_start -= count;
    memcpy(editor->input + editor->input_start, bytes, count);
}

bool ce_is_unseen(uint32_t character) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x61C, 0x61C},   {0x200B, 0x200B}, {0x200E, 0x200F},   {0x2028, 0x202E},
        {0x2060, 0x206F}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (character >= ranges[i].first && character <= ranges[i].last) return true;
    return false;
}

bool ce_is_kept(uint32_t character) {
    if (ce_is_unseen(character)) return false;
    if (character >= 0x80 && character <= 0x9F) return false;       /* the editor's private keys are of these */
    if (character >= 0xFE00 && character <= 0xFE0F) return false;   /* libedit draws what these change twice */
    return character != 0 && character != 0x200D && character != 0xFEFF; /* joiners put its columns wrong */
}

static bool take_character(ce_editor *editor, wchar_t *character) {
    char bytes[8];
    size_t count = 0;
    while (take(editor, -1, bytes + count) == BYTE) {
        count++;
        mbstate_t state = {0};
        size_t used = mbrtowc(character, bytes, count, &state);
        if (used == (size_t)-2 && count < sizeof bytes) continue;
        if (used != (size_t)-1 && used != (size_t)-2) return true;
        if (count > 1) give_back(editor, bytes + count - 1, 1); /* not UTF-8: forgotten, but for what comes after */
        count = 0;
    }
    return false;
}

static void keep_pasted(ce_editor *editor, char byte) {
    if (editor->paste_length == editor->paste_room && editor->paste_room < most_pasted) {
        size_t room = editor->paste_room ? editor->paste_room * 2 : input_size;
        char *grown = realloc(editor->paste, room);
        if (grown) {
            editor->paste = grown;
            editor->paste_room = room;
        }
    }
    if (editor->paste_length < editor->paste_room) editor->paste[editor->paste_length] = byte;
    editor->paste_length++;
}

/* The next byte of a paste. One that stops without its end looks like a dead keyboard, so that is told of once. */
static arrival take_pasted(ce_editor *editor, bool *is_told, char *byte) {
    static const char remark[] = "A paste has begun and has not ended: Ctrl-C drops it.\n";
    arrival arrived = take(editor, *is_told ? -1 : patience_for_paste, byte);
    if (arrived != TOO_LATE) return arrived;
    ce_print_above(editor, remark, sizeof remark - 1);
    *is_told = true;
    return take(editor, -1, byte);
}

/* Whether Ctrl-C was pressed: within a paste more would follow at once. */
static bool is_pressed(ce_editor *editor, char byte) {
    return byte == interrupt && editor->input_start == editor->input_end
        && fill(editor, patience_for_interrupt) == TOO_LATE;
}

/* Takes all up to the end mark; what it gives acts as a key, 0 ends the read. Nothing in a paste is a key, so nothing of
 * it can run; but where the end was lost, Ctrl-C leads out. */
static wchar_t take_paste(ce_editor *editor) {
    static const char mark[] = "\033[201~";
    size_t matched = 0;
    bool is_told = false, is_dropped = false;
    char byte;
    editor->paste_length = 0;
    editor->pasting = true;
    while (!is_dropped && matched < sizeof mark - 1 && take_pasted(editor, &is_told, &byte) == BYTE) {
        keep_pasted(editor, byte);
        matched = byte == mark[matched] ? matched + 1 : byte == mark[0];
        is_dropped = is_pressed(editor, byte);
    }
    editor->pasting = false;
    editor->paste_length -= matched;
    if (is_dropped) return interrupt;
    return matched == sizeof mark - 1 ? KEY_PASTED : 0;
}

const char *ce_pasted(ce_editor *editor, size_t *length) {
    *length = editor->paste_length;
    return editor->paste_length <= editor->paste_room ? editor->paste : NULL;
}

/* Whether the mark of a paste follows an ESC. Bound as a key it would end the insert mode of vi. */
static bool begins_paste(ce_editor *editor) {
    static const char mark[] = "[200~";
    char bytes[sizeof mark];
    for (size_t count = 0; count < sizeof mark - 1; count++) {
        if (take(editor, patience_for_keys, bytes + count) != BYTE) {
            give_back(editor, bytes, count);
            return false;
        }
        if (bytes[count] != mark[count]) {
            give_back(editor, bytes, count + 1);
            return false;
        }
    }
    return true;
}

/* In a long line that comes fast a note after each word would take longer than the words. */
static bool is_noted(EditLine *el, wchar_t key) {
    const LineInfoW *line = el_wline(el);
    return key < L' ' || key == 127 || key == KEY_PASTED || (key == L' ' && line->lastchar - line->buffer < long_line);
}

int ce_read_character(EditLine *el, wchar_t *character) {
    ce_editor *editor = ce_self(el);
    for (;;) {
        if (!take_character(editor, character)) return 0;
        if (ce_is_kept((uint32_t)*character)) break;
        if (ce_is_unseen((uint32_t)*character)) el_beep(el);
    }
    if (*character == 27 && editor->can_clear && begins_paste(editor)) *character = take_paste(editor);
    if (*character == 0) return 0;
    if (editor->grabs && *character != KEY_PASTED) {
        editor->grabbed = *character;
        *character = KEY_GRABBED;
    }
    if (is_noted(el, *character)) editor->keys->before(editor->keys->context);
    return 1;
}
