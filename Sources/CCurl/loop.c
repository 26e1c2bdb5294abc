#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange.h"

#define MAXIMUM_POOLED 256
/* More exchanges than this wait for a connection inside libcurl: a process has 1024 descriptors by default. */
#define MAXIMUM_CONNECTIONS 256L
/* How long the thread sleeps when nothing happens; libcurl's own timers and wake-ups shorten it. */
#define IDLE_MS 60000

struct swb_curl {
    swb_curl_api api;
    CURLM *multi;
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

/* Wakes the thread once for all that has come since it last looked; the lock is held. */
static void wake(swb_curl *loop) {
    if (loop->is_woken) return;
    loop->is_woken = 1;
    loop->api.multi_wakeup(loop->multi);
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

static void *run(void *context) {
    swb_curl *loop = context;
    int running;
    while (take_work(loop)) {
        loop->api.multi_perform(loop->multi, &running);
        collect_finished(loop);
        loop->api.multi_poll(loop->multi, NULL, 0, IDLE_MS, NULL);
    }
    end_everything(loop);
    return NULL;
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
    if (loop->multi) {
        loop->api.multi_setopt(loop->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, MAXIMUM_CONNECTIONS);
        loop->api.multi_setopt(loop->multi, CURLMOPT_MAXCONNECTS, MAXIMUM_CONNECTIONS);
        int failure = start_thread(loop);
        if (failure == 0) return loop;
        snprintf(error, error_size, "the HTTP thread cannot be started: %s", strerror(failure));
        loop->api.multi_cleanup(loop->multi);
    } else {
        snprintf(error, error_size, "libcurl has no descriptors left");
    }
    loop->is_joined = 1;
    swb_curl_free(loop);
    return NULL;
}

int swb_curl_submit(
    swb_curl *loop, uint64_t id, const swb_curl_request *request, swb_curl_done done, void *context
) {
    swb_curl_exchange *exchange = swb_curl_exchange_make(id, request, done, context);
    pthread_mutex_lock(&loop->lock);
    int accepted = !loop->is_stopping;
    if (accepted) {
        if (loop->submitted_last) loop->submitted_last->next = exchange;
        else loop->submitted_first = exchange;
        loop->submitted_last = exchange;
        wake(loop);
    }
    pthread_mutex_unlock(&loop->lock);
    if (!accepted) swb_curl_exchange_free(exchange);
    return accepted;
}

void swb_curl_cancel(swb_curl *loop, uint64_t id) {
    pthread_mutex_lock(&loop->lock);
    if (!loop->is_stopping) {
        if (loop->cancelled_count == loop->cancelled_capacity) {
            loop->cancelled_capacity = loop->cancelled_capacity ? loop->cancelled_capacity * 2 : 16;
            loop->cancelled = realloc(loop->cancelled, loop->cancelled_capacity * sizeof *loop->cancelled);
            if (!loop->cancelled) abort();
        }
        loop->cancelled[loop->cancelled_count++] = id;
        wake(loop);
    }
    pthread_mutex_unlock(&loop->lock);
}

void swb_curl_stop(swb_curl *loop) {
    if (loop->is_joined) return;
    pthread_mutex_lock(&loop->lock);
    loop->is_stopping = 1;
    wake(loop);
    pthread_mutex_unlock(&loop->lock);
    pthread_join(loop->thread, NULL);
    loop->is_joined = 1;
}

void swb_curl_free(swb_curl *loop) {
    swb_curl_stop(loop);
    pthread_mutex_destroy(&loop->lock);
    free(loop->cancelled);
    free(loop->ca_file);
    free(loop);
}
