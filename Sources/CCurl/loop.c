#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "exchange.h"

/* The thread sleeps in epoll_wait on the sockets that libcurl names and tells libcurl which of them are ready, so that
 * a wake-up costs what the ready ones cost, however many exchanges wait for their answers. How long it may sleep it
 * asks libcurl right before it does: a timer callback would run at every call instead. */

#define MAXIMUM_POOLED 256
/* More exchanges than this wait for a connection inside libcurl: a process has 1024 descriptors by default. */
#define MAXIMUM_CONNECTIONS 256L
#define EVENTS_AT_ONCE 64

struct swb_curl {
    swb_curl_api api;
    CURLM *multi;
    int poller;
    /* An eventfd that is never read: each write to it is an edge. */
    int waker;
    pthread_t thread;
    char *ca_file;
    int is_joined;

    pthread_mutex_t lock;
    /* Under the lock. */
    swb_curl_exchange *submitted_first;
    swb_curl_exchange *submitted_last;
    uint64_t *cancelled;
    size_t cancelled_count;
    size_t cancelled_capacity;
    int is_woken;
    int is_stopping;

    /* Of the loop's thread alone. */
    swb_curl_exchange *active;
    CURL *pool[MAXIMUM_POOLED];
    int pooled;
};

/* Gives the lock back, so that the thread finds it free, and wakes it once for all that has come since it looked. */
static void unlock_and_wake(swb_curl *loop) {
    int was_woken = loop->is_woken;
    loop->is_woken = 1;
    pthread_mutex_unlock(&loop->lock);
    if (!was_woken) eventfd_write(loop->waker, 1);
}

/* MARK: the loop's thread */

static void unlink_active(swb_curl *loop, swb_curl_exchange *exchange) {
    if (exchange->previous) exchange->previous->next = exchange->next;
    else loop->active = exchange->next;
    if (exchange->next) exchange->next->previous = exchange->previous;
}

static void recycle(swb_curl *loop, CURL *easy) {
    if (loop->pooled == MAXIMUM_POOLED) {
        loop->api.easy_cleanup(easy);
        return;
    }
    loop->api.easy_reset(easy);
    loop->pool[loop->pooled++] = easy;
}

/* Takes the exchange from libcurl; the callback comes after it, so that the connection is free when it runs. */
static void retire(swb_curl *loop, swb_curl_exchange *exchange) {
    unlink_active(loop, exchange);
    loop->api.multi_remove_handle(loop->multi, exchange->easy);
}

static void dispose(swb_curl *loop, swb_curl_exchange *exchange) {
    recycle(loop, exchange->easy);
    swb_curl_exchange_free(exchange);
}

static void begin(swb_curl *loop, swb_curl_exchange *exchange) {
    CURL *easy = loop->pooled ? loop->pool[--loop->pooled] : loop->api.easy_init();
    if (!easy) abort();
    CURLcode code = swb_curl_exchange_prepare(exchange, &loop->api, easy, loop->ca_file);
    if (code == CURLE_OK && loop->api.multi_add_handle(loop->multi, easy) == CURLM_OK) {
        exchange->previous = NULL;
        exchange->next = loop->active;
        if (loop->active) loop->active->previous = exchange;
        loop->active = exchange;
        return;
    }
    swb_curl_exchange_finish(exchange, code == CURLE_OK ? CURLE_FAILED_INIT : code);
    dispose(loop, exchange);
}

static void cancel_active(swb_curl *loop, uint64_t id) {
    for (swb_curl_exchange *exchange = loop->active; exchange; exchange = exchange->next) {
        if (exchange->id != id) continue;
        retire(loop, exchange);
        swb_curl_exchange_cancel(exchange, SWB_CURL_OTHER);
        dispose(loop, exchange);
        return;
    }
}

static void collect_finished(swb_curl *loop) {
    CURLMsg *message;
    int left;
    while ((message = loop->api.multi_info_read(loop->multi, &left))) {
        if (message->msg != CURLMSG_DONE) continue;
        CURLcode code = message->data.result;
        swb_curl_exchange *exchange = NULL;
        loop->api.easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
        if (!exchange) continue;
        retire(loop, exchange);
        swb_curl_exchange_finish(exchange, code);
        dispose(loop, exchange);
    }
}

/* Takes over what other threads have asked for; returns 0 when the loop is to end. */
static int take_work(swb_curl *loop) {
    pthread_mutex_lock(&loop->lock);
    swb_curl_exchange *submitted = loop->submitted_first;
    uint64_t *cancelled = loop->cancelled;
    size_t cancelled_count = loop->cancelled_count;
    int is_stopping = loop->is_stopping;
    loop->submitted_first = loop->submitted_last = NULL;
    loop->cancelled = NULL;
    loop->cancelled_count = loop->cancelled_capacity = 0;
    loop->is_woken = 0;
    pthread_mutex_unlock(&loop->lock);

    while (submitted) {
        swb_curl_exchange *next = submitted->next;
        begin(loop, submitted);
        submitted = next;
    }
    for (size_t i = 0; i < cancelled_count; i++) cancel_active(loop, cancelled[i]);
    free(cancelled);
    return !is_stopping;
}

static void end_everything(swb_curl *loop) {
    while (loop->active) {
        swb_curl_exchange *exchange = loop->active;
        retire(loop, exchange);
        swb_curl_exchange_cancel(exchange, SWB_CURL_STOPPED);
        dispose(loop, exchange);
    }
    while (loop->pooled) loop->api.easy_cleanup(loop->pool[--loop->pooled]);
    loop->api.multi_cleanup(loop->multi);
}

/* Lets libcurl do what a ready socket, or with CURL_SOCKET_TIMEOUT the clock, allows. */
static void act(swb_curl *loop, curl_socket_t socket, int ready) {
    int running;
    loop->api.multi_socket_action(loop->multi, socket, ready, &running);
    collect_finished(loop);
}

/* Sleeps until a socket is ready, a timer is due or there is work; libcurl ignores one that it closed meanwhile. */
static void await_sockets(swb_curl *loop) {
    struct epoll_event events[EVENTS_AT_ONCE];
    long timeout_ms = -1;
    loop->api.multi_timeout(loop->multi, &timeout_ms);
    int count = epoll_wait(loop->poller, events, EVENTS_AT_ONCE, (int)timeout_ms);
    for (int i = 0; i < count; i++) {
        if (events[i].data.fd == loop->waker) continue;
        /* Where it is neither, because of an error, libcurl looks itself. */
        int ready = (events[i].events & EPOLLIN ? CURL_CSELECT_IN : 0)
            | (events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0);
        act(loop, events[i].data.fd, ready);
    }
}

static void *run(void *context) {
    swb_curl *loop = context;
    while (take_work(loop)) {
        act(loop, CURL_SOCKET_TIMEOUT, 0);
        await_sockets(loop);
    }
    end_everything(loop);
    return NULL;
}

/* Watches a socket as libcurl says, which names each before it waits for it and before it closes it.
 * One that the kernel does not take, for want of memory, is left to its exchange's deadline: an error would end all. */
static int watch(CURL *easy, curl_socket_t socket, int what, void *context, void *unused) {
    (void)easy, (void)unused;
    int poller = ((swb_curl *)context)->poller;
    struct epoll_event event = {.data.fd = socket};
    event.events = (what & CURL_POLL_IN ? EPOLLIN : 0) | (what & CURL_POLL_OUT ? EPOLLOUT : 0);
    if (what == CURL_POLL_REMOVE) epoll_ctl(poller, EPOLL_CTL_DEL, socket, NULL);
    else if (epoll_ctl(poller, EPOLL_CTL_ADD, socket, &event) != 0) epoll_ctl(poller, EPOLL_CTL_MOD, socket, &event);
    return 0;
}

/* Returns 0 where a descriptor is missing. */
static int open_poller(swb_curl *loop) {
    loop->poller = epoll_create1(EPOLL_CLOEXEC);
    loop->waker = eventfd(0, EFD_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.fd = loop->waker};
    return epoll_ctl(loop->poller, EPOLL_CTL_ADD, loop->waker, &event) == 0;
}

/* The thread takes no signal: they belong to the host, and a write to a closed peer must not raise SIGPIPE. */
static int start_thread(swb_curl *loop) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int result = pthread_create(&loop->thread, NULL, run, loop);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (result == 0) pthread_setname_np(loop->thread, "swb-http");
    return result;
}

/* MARK: any thread */

swb_curl *swb_curl_start(const char *library, const char *ca_file, char *error, size_t error_size) {
    swb_curl *loop = calloc(1, sizeof *loop);
    if (!loop) abort();
    if (!swb_curl_api_load(&loop->api, library, error, error_size)) {
        free(loop);
        return NULL;
    }
    loop->multi = loop->api.multi_init();
    loop->ca_file = ca_file ? strdup(ca_file) : NULL;
    pthread_mutex_init(&loop->lock, NULL);
    if (open_poller(loop) && loop->multi) {
        loop->api.multi_setopt(loop->multi, CURLMOPT_SOCKETFUNCTION, watch);
        loop->api.multi_setopt(loop->multi, CURLMOPT_SOCKETDATA, loop);
        loop->api.multi_setopt(loop->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, MAXIMUM_CONNECTIONS);
        loop->api.multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS, MAXIMUM_CONNECTIONS);
        int failure = start_thread(loop);
        if (failure == 0) return loop;
        snprintf(error, error_size, "the HTTP thread cannot be started: %s", strerror(failure));
    } else {
        snprintf(error, error_size, "the HTTP thread has no descriptors left");
    }
    if (loop->multi) loop->api.multi_cleanup(loop->multi);
    loop->is_joined = 1;
    swb_curl_free(loop);
    return NULL;
}

int swb_curl_submit(
    swb_curl *loop, uint64_t id, const swb_curl_request *request, swb_curl_done done, void *context
) {
    swb_curl_exchange *exchange = swb_curl_exchange_make(id, request, done, context);
    pthread_mutex_lock(&loop->lock);
    if (loop->is_stopping) {
        pthread_mutex_unlock(&loop->lock);
        swb_curl_exchange_free(exchange);
        return 0;
    }
    if (loop->submitted_last) loop->submitted_last->next = exchange;
    else loop->submitted_first = exchange;
    loop->submitted_last = exchange;
    unlock_and_wake(loop);
    return 1;
}

void swb_curl_cancel(swb_curl *loop, uint64_t id) {
    pthread_mutex_lock(&loop->lock);
    if (loop->is_stopping) {
        pthread_mutex_unlock(&loop->lock);
        return;
    }
    if (loop->cancelled_count == loop->cancelled_capacity) {
        loop->cancelled_capacity = loop->cancelled_capacity ? loop->cancelled_capacity * 2 : 16;
        loop->cancelled = realloc(loop->cancelled, loop->cancelled_capacity * sizeof *loop->cancelled);
        if (!loop->cancelled) abort();
    }
    loop->cancelled[loop->cancelled_count++] = id;
    unlock_and_wake(loop);
}

void swb_curl_stop(swb_curl *loop) {
    if (loop->is_joined) return;
    pthread_mutex_lock(&loop->lock);
    loop->is_stopping = 1;
    unlock_and_wake(loop);
    pthread_join(loop->thread, NULL);
    loop->is_joined = 1;
}

void swb_curl_free(swb_curl *loop) {
    swb_curl_stop(loop);
    close(loop->poller);
    close(loop->waker);
    pthread_mutex_destroy(&loop->lock);
    free(loop->cancelled);
    free(loop->ca_file);
    free(loop);
}
