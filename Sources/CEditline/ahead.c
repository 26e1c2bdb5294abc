#define _GNU_SOURCE
#include "internal.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* What is typed before the first line is read becomes a part of that line. Until then the terminal shows none of it,
 * and what it has shown before goes. */

void ce_hide_typing(ce_editor *editor) {
    if (tcgetattr(STDIN_FILENO, &editor->shown) != 0) return;
    struct termios hidden = editor->shown;
    hidden.c_lflag &= ~(tcflag_t)(ECHO | ICANON);
    editor->hides = tcsetattr(STDIN_FILENO, TCSADRAIN, &hidden) == 0;
    int typed = 0;
    if (!editor->can_clear || ioctl(STDIN_FILENO, FIONREAD, &typed) != 0 || typed == 0) return;
    fputs("\r\033[K", stdout);
    fflush(stdout);
}

void ce_show_typing(ce_editor *editor) {
    if (editor->hides) tcsetattr(STDIN_FILENO, TCSADRAIN, &editor->shown);
    editor->hides = false;
}
