#define _GNU_SOURCE
#include "CEditline.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

enum { most_signals = 16 };

static int ends[2] = {-1, -1};
static int watched[most_signals];
static struct sigaction previous[most_signals];
static int watched_count = 0;

static void on_signal(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t written = write(ends[1], &byte, 1);
    (void)written; /* a full pipe already holds enough to wake the reader */
    errno = saved;
}

int ce_signals_watch(const int *signals, int count) {
    if (ends[0] >= 0) {
        errno = EBUSY;
        return -1;
    }
    if (count > most_signals) {
        errno = EINVAL;
        return -1;
    }
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    fcntl(ends[1], F_SETFL, O_NONBLOCK);
    for (int i = 0; i < count; i++) {
        struct sigaction old;
        if (sigaction(signals[i], NULL, &old) != 0 || old.sa_handler == SIG_IGN) continue;
        struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
        sigemptyset(&action.sa_mask);
        if (sigaction(signals[i], &action, NULL) != 0) continue;
        watched[watched_count] = signals[i];
        previous[watched_count++] = old;
    }
    return ends[0];
}

void ce_signals_restore(void) {
    for (int i = 0; i < watched_count; i++) sigaction(watched[i], &previous[i], NULL);
    watched_count = 0;
    int writing = ends[1];
    ends[0] = ends[1] = -1;
    if (writing >= 0) close(writing);
}
